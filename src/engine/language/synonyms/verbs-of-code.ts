/** Verbs of code and operations that say the same: one group per line. */
export const CODE_VERB_GROUPS: string = `
  meet, encounter, come across, run into
  acknowledge, ack
  acknowledge, confirm
  hit, call, ping, query
  poll, ping
  deprecate, phase out
  retire, decommission, sunset, phase out
  drop, remove
  tear down, dismantle
  redact, mask, obfuscate, black out
  anonymize, anonymise, make anonymous
  pseudonymize, pseudonymise
  trim, strip
  pin, lock, fix
  bundle, package
  minify, compress
  compress, zip, gzip
  stub, mock, fake
  instantiate, create
  inherit from, extend, derive from, subclass
  implement, build
  develop, build
  refactor, restructure, rework
  rewrite, redo
  ignore, skip
  propagate, pass on
  pass, hand over
  abort, cancel, stop
  kill, terminate, stop
  quit, exit
  hang, freeze, get stuck
  spawn, start, launch
  allocate, reserve
  overwrite, replace
  override, overrule
  append, add
  prefix, prepend
  concatenate, join
  convert, transform, turn into
  cast, convert
  encode, serialize, serialise
  decode, deserialize, deserialise
  persist, store, save
  dump, export
  seed, populate, fill
  fill in, fill out, complete
  sync, synchronize, synchronise
  mirror, replicate
  mount, attach
  provision, set up
  bootstrap, set up
  initialize, initialise, set up
  tune, optimize, optimise
  optimize, optimise, improve
  profile, measure
  throttle, rate-limit, rate limit
  page, alert
  wake, wake up, page
  investigate, look into, examine
  diagnose, troubleshoot
  debug, troubleshoot
  reproduce, replicate
  mitigate, alleviate
  recover, restore
  restore, bring back
  fail over, switch over
  drain, empty
  empty, clear
  clear, wipe, flush
  flush, empty
  invalidate, bust, clear
  warm up, preheat, prime
  scale up, scale out
  scale down, scale in
  patch, fix
  harden, secure
  expire, time out
  time out, give up
  rotate, swap out, renew
  leak, spill
  edit, change, modify
  rename, call
  relabel, rename
  annotate, mark
  enforce, impose
  deploy, roll out, ship, push out, push live
  release, ship, launch, roll out, go live, publish
  launch, go live, go into production
  deploy, release
  merge, land
  commit, check in
  roll back, revert, undo, back out
  restart, reboot
  shut down, turn off, switch off, power down, power off
  shut down, stop
  start up, boot, start, spin up
  turn on, switch on, enable, activate
  turn off, switch off, disable, deactivate
  run, execute
  perform, carry out, conduct, do
  run, conduct, carry out, perform
  call, invoke
  fail, break
  crash, go down
  log, record
  record, write down, note down, note, document
  track, monitor, keep track of, keep an eye on
  monitor, watch, observe
  back up, take a backup of
  query, search
  search, look for
  list, enumerate
  compute, calculate
  verify, check, make sure
  store, put, save
  load, read
  load, import
  return, give back, send back
  emit, output, print
  print, write
  raise, increase
  catch, intercept, trap
  wrap, surround
  nest, embed
  hardcode, hard-code, hard code
  duplicate, repeat
  reuse, use again, recycle
  share, have in common
  separate, split, divide
  separate, keep apart
  extract, pull out, move out
  inline, embed
  guard, protect
  sanitize, sanitise, clean
  escape, quote
  validate, check
  type-check, typecheck, type check
  document, describe
  explain, document
  comment, annotate
  publish, push, upload
  upload, push
  download, pull, fetch
  pull, fetch
  trigger, start, launch, set off
  schedule, time
  run, take place, happen
  run, start, launch
  finish, complete, end
  exit, end, terminate
  crash, die, abort
  retry, repeat
  wait, pause, sleep
  block, stop, hold up
  lock, freeze
  cache, store, keep
  evict, drop, remove
  hit, reach
  reach, hit
  back, support
  power, drive, run
  rely on, use
  consume, read from, use
  subscribe to, listen to
  listen to, watch
  scrape, collect
  aggregate, combine, sum
  ingest, take in, import
  ship, send, forward
  alert, warn
  warn, notify
  occupy, take up
  need, take
  last, take
  span, cover
`
