/** Nouns of code and operations that say the same: one group per line, divided by commas. */
export const WORK_NOUN_GROUPS: string = `
  bug, defect
  issue, problem
  ticket, issue
  error, mistake
  exception, error
  repository, repo, codebase, code base
  function, func
  argument, parameter, param, arg
  directory, folder, dir
  variable, var
  environment variable, env var, env variable
  environment, env
  database, db, data base
  server, machine, host, box
  virtual machine, vm
  kubernetes, k8s
  javascript, js
  typescript, ts
  postgres, postgresql, pg, psql
  python, py
  node, nodejs, node.js
  elasticsearch, elastic
  credential, cred
  credential, login, login detail
  password, passphrase, passcode, pw
  api key, api token, access token, access key
  secret, credential
  pull request, pr, merge request, mr
  code review, peer review, pull request review, pr review
  review, code review
  deployment, deploy, rollout, roll-out
  release, rollout
  production, prod, live
  production, production environment, prod environment, live system, live environment
  staging, staging environment, stage environment
  development, dev, development environment
  continuous integration, ci
  continuous integration, ci pipeline, build pipeline, ci build
  pipeline, ci pipeline, build pipeline
  test suite, suite
  integration test, integration testing
  unit test, unit testing
  e2e, end-to-end, end to end
  e2e test, end-to-end test, end to end test
  dependency, dep
  dependency, third-party package, third-party library
  library, lib
  library, package
  configuration, config, setting, cfg
  configuration file, config file
  documentation, docs, doc
  document, doc
  specification, spec
  application, app
  user interface, ui
  front end, frontend, front-end
  back end, backend, back-end
  administrator, admin
  feature flag, feature toggle, feature switch
  flag, switch, toggle
  alert, alarm
  notification, alert
  outage, downtime
  latency, response time
  backup, back-up
  cron job, scheduled job, cron, scheduled task, cronjob
  job, task
  endpoint, route
  url, link, address
  response, reply, answer
  memory, ram
  disk, disk space
  processor, cpu
  limit, cap, ceiling, maximum, upper limit, upper bound
  maximum, max
  minimum, min, lower limit, floor, lower bound
  quota, limit
  timeout, time limit, time-out
  permission, access right, privilege, right
  standup, stand-up, daily standup, stand-up meeting, standup meeting, daily
  retrospective, retro
  one-on-one, 1:1, one to one
  meeting, sync
  sync, sync meeting
  weekly meeting, weekly sync, weekly
  postmortem, post-mortem, incident review
  on-call, on call, oncall
  on-call engineer, on-call person, person on call, engineer on call, on-call
  runbook, playbook
  hotfix, hot fix, emergency fix, urgent fix
  bugfix, bug fix
  fix, patch
  default branch, main branch
  branch, git branch
  message, msg
  information, info
  identifier, id
  timestamp, time stamp
  time zone, timezone, tz
  utc, gmt, coordinated universal time
  string, str
  integer, int
  boolean, bool
  line, row
  column, field
  field, attribute
  property, attribute
  character, char
  whitespace, white space
  indentation, indent
  newline, line break
  file name, filename
  path, file path
  screenshot, screen shot, screen capture
  picture, image, photo
  dashboard, overview
  web page, page, webpage
  website, site, web site
  web app, web application
  mobile app, mobile application, phone app
  login, sign-in, log-in, signin
  signup, sign-up, registration
  checkout, check-out
  checkout page, checkout
  payment service, payments service
  log file, log
  stack trace, traceback, stacktrace
  monitor, monitoring
  load balancer, lb
  cdn, content delivery network
  dns, domain name system
  tls, ssl
  certificate, cert
  vpn, virtual private network
  firewall, fw
  operating system, os
  command line, cli
  keyboard shortcut, shortcut, hotkey
  hash, checksum
  schema, data model
  migration, database migration, schema migration, schema change
  replica, read replica
  primary, primary database, leader
  object storage, blob storage
  region, aws region
  availability zone, az
  container, docker container
  image, docker image, container image
  container registry, registry, image registry
  code owner, codeowner
  approval, sign-off, signoff, okay, green light, go-ahead
  engineer, developer, dev, programmer, software engineer, software developer, coder
  sre, site reliability engineer
  qa, quality assurance
  tester, qa engineer
  product manager, pm
  project manager, pm
  designer, ux designer
  stakeholder, interested party
  sprint, iteration
  backlog, product backlog
  user story, story
  roadmap, product roadmap
  minimum viable product, mvp
  proof of concept, poc
  a/b test, ab test, split test
  beta, beta version
  feature, functionality, capability
  bug report, defect report
  feature request, enhancement request
  changelog, change log, release note
  version, release
  search engine, search
  queue, message queue
  background job, async job, background task
  worker, background worker
  web hook, webhook
  rate limit, request limit, throttle
  throughput, bandwidth
  uptime, availability
  sla, service level agreement
  slo, service level objective
  single sign-on, sso, single sign on
  multi-factor authentication, mfa
  two-factor authentication, 2fa, two factor authentication, two-step verification
  authentication, auth, authn
  authorization, authz
  personal data, personal information, pii, personally identifiable information
  source code, code
  style guide, coding style
  linter, lint
  formatter, code formatter
  type check, type checking, typecheck
  commit message, commit msg
  component, ui component
  button, btn
  dark mode, dark theme
  light mode, light theme
  night, nighttime
  data, datum
  dataset, data set
  spreadsheet, excel sheet, excel file
  data warehouse, warehouse
  report, reporting
  metric, measure
  cpu usage, cpu load
  usage, utilization, consumption
  traffic, load
  peak hour, rush hour
  business hour, office hour, working hour
  maintenance window, maintenance slot
  slot, window
  deadline, due date, cutoff, cut-off, cutoff date
  release date, launch date, go-live date, go-live
  freeze, code freeze, deploy freeze, release freeze
  root, root user
  superuser, root user
  ssh key, ssh keys
  try, attempt
  exception, error
  lb, load balancer
  kube, kubernetes
  datacenter, data center, data centre, dc
  health check, healthcheck
  network, net
  setting, option
  tool, utility
  module, package
  entry point, entrypoint
  body, payload
  request, req
  response, resp
  parameter, option
  return value, result
  callback, handler
  producer, publisher
  lock, mutex
  retry, attempt
  dump, export
  blob, binary
  binary, executable
  script, program
  prompt, instruction
  comment, remark
  header, heading
  heading, title
  copy, duplicate
  clone, copy
  legacy, old
`
