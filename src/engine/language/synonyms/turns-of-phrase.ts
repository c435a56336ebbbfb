/** Idioms, and words across the classes, that say the same in notes: one group per line. */
export const PHRASE_GROUPS: string = `
  be in favor of, favor, support
  be against, oppose
  take into account, consider, account for
  make use of, use
  make a decision, decide, take a decision
  make a change, change
  make a payment, pay
  make a copy, copy
  make a call, call, place a call
  make an appointment, book an appointment, schedule an appointment
  make sure, ensure, be sure, see to it that
  make clear, clarify
  make available, provide
  make public, publish
  make up, constitute
  take notes, write notes
  take a break, pause
  take a shower, shower
  take a look at, look at, have a look at
  take effect, come into effect, come into force, become effective, enter into force
  take over, assume
  take place, happen, occur, be held
  take down, remove
  take off, remove
  take out, remove
  take part, participate
  give notice, notify
  give permission, permit, allow
  give access, grant access
  have access to, be able to access, can access
  have priority, take priority, come first, take precedence, go first
  have a meeting, meet
  have trouble with, struggle with
  have an allergy to, allergic to
  get access to, access
  get along with, get on with
  get married, marry
  get up, rise
  get rid of, dispose of
  get in, arrive
  get back to, reply to, answer
  get lost, disappear
  go through, pass through
  go down, fall, drop, decrease
  go up, rise, increase
  go live, launch
  go off, ring, fire
  go wrong, fail
  go ahead, proceed
  come from, originate from, stem from
  come with, include
  come out, appear, be released
  keep track of, track
  keep up to date, update
  keep away from, avoid
  keep to, stick to, follow
  put off, postpone
  put together, assemble, compile
  put up with, tolerate
  put in place, implement, introduce
  put in charge of, make responsible for
  set aside, reserve
  set off, trigger
  set out, describe
  look for, search for, seek
  look forward to, anticipate
  look after, take care of
  look into, investigate, examine
  look up, search for
  run by, operated by, managed by
  run late, be late
  run into, encounter
  turn down, reject, decline
  turn up, show up, appear
  turn out, prove
  fill up, fill
  fall back to, fall back on, revert to
  fall behind, lag
  break down, fail
  break off, end
  point out, mention
  point to, refer to
  carry over, transfer
  carry on, continue
  check in with, talk to
  check for, look for
  check out, examine
  subscribe to, sign up for
  sign up, join
  work on, deal with
  work from home, work remotely, telecommute
  work as, be employed as
  deal in, trade in
  live in, reside in, be based in, be located in
  based in, located in, headquartered in
  named after, called after
  known as, called
  aimed at, intended for, meant for, designed for
  suited for, suitable for, fit for
  based on, built on, rest on
  written in, implemented in, coded in, programmed in
  hosted on, run on
  made of, consist of
  made by, produced by, manufactured by
  compared to, compared with, in comparison to
  according to, in accordance with, in line with, as per
  with regard to, regarding
  in line with, consistent with
  in the morning, mornings
  in the evening, evenings
  in the afternoon, afternoons
  at night, during the night
  at the weekend, on weekends, on the weekend, weekends, at weekends
  on weekdays, weekdays, monday to friday, from monday to friday
  during the week, on weekdays
  at the moment, currently
  at the beginning of, at the start of
  at the end of, end of
  at the latest, no later than
  at the same time, simultaneously
  at least once, one or more times
  at any time, anytime
  at home, in the house
  at first, initially
  at short notice, on short notice
  in total, altogether, overall
  in addition, additionally, also
  in use, used
  in place, present
  in time, on time
  in part, partly
  in full, fully, completely
  in advance, beforehand, ahead of time, up front, upfront
  in person, personally, face to face
  in public, publicly
  in private, privately
  in english, english
  on top of, in addition to
  on purpose, deliberately, intentionally
  by accident, accidentally, unintentionally
  by mistake, mistakenly
  by heart, from memory
  by far, clearly
  for free, free of charge, at no cost, free
  for good, permanently, forever
  for life, lifelong
  for now, for the time being, temporarily, for the moment
  for instance, for example, such as, e.g, like
  from scratch, from the beginning
  from then on, since then
  from now on, going forward, in future
  out of hours, outside business hours, outside office hours, outside working hours
  out of date, outdated, stale, obsolete
  out of order, broken
  up for, due for
  up to date, current
  without delay, immediately
  without charge, free
  without asking, unasked
  without warning, unannounced
  ahead of schedule, early
  behind schedule, late, delayed
  under way, in progress, ongoing
  in progress, ongoing
  under review, being reviewed
  under warranty, covered by warranty
  under contract, contracted
  in writing, written
  no matter what, regardless
  sooner or later, eventually
  more and more, increasingly
  one by one, individually
  day off, free day
  day of rest, day off
  end to end, e2e
  brand new, new
  top priority, highest priority
  high priority, high-priority, priority
  best practice, good practice
  rule of thumb, guideline
  point of contact, contact person, contact
  point in time, moment
  state of the art, modern
  single point of contact, only contact
  single source of truth, source of truth
  word for word, verbatim, literally
  line of code, loc
  piece of code, code
  pair programming, pairing
  code base, codebase
  log level, logging level
  exit code, exit status, return code
  status code, http status, response code
  time to live, ttl
  access control list, acl
  access rights, permissions
  read access, permission to read, read permission
  write access, permission to write, write permission
  admin rights, admin access, administrator rights
  release candidate, rc
  release branch, branch for releases
  smoke test, sanity check
  load test, performance test, stress test
  regression test, regression suite
  test coverage, code coverage, coverage
  technical debt, tech debt
  dead code, unused code
  user account, account
  user name, username, login name
  service account, technical user
  sign-off, approval
  kick-off, kickoff, kickoff meeting
  all-hands, all hands, town hall, company meeting
  pitch deck, sales deck
  case study, success story
  customer success, cs
  price increase, price rise
  price list, rate card
  rate card, price sheet
  volume discount, bulk discount, quantity discount
  early payment, prompt payment
  payment reminder, dunning letter, reminder
  bank holiday, public holiday
  public holiday, national holiday, legal holiday
  office space, offices
  contact details, contact information, contact info, contact data
  billing address, invoice address
  shipping address, delivery address
  order number, order id
  tax number, tax id
  cover letter, covering letter
  curriculum vitae, cv, resume
  performance review, appraisal, annual review
  salary review, pay review
  sabbatical, career break
  written consent, consent in writing, written approval, approval in writing
  prior consent, prior approval, consent in advance
  written notice, notice in writing
  due diligence, background check
  letter of intent, loi
  board of directors, board
  articles of association, bylaws, statutes
  place of jurisdiction, jurisdiction, venue
  out-of-court settlement, settlement out of court
  non-compete, non-compete clause, non-competition clause
  data subject, person concerned
  data protection officer, dpo
  data processor, processor
  data controller, controller
  trade secret, business secret
  limitation period, statute of limitations
  cooling-off period, withdrawal period
  next of kin, closest relative
  family doctor, general practitioner, gp
  blood type, blood group
  hay fever, pollen allergy
  sleeping pill, sleep medication
  birthday present, birthday gift
  christmas present, christmas gift
  place of birth, birthplace
  place of residence, home address, residence
  native speaker, mother-tongue speaker
  grocery list, shopping list
  living room, sitting room, lounge
  front door, entrance door
  spare key, extra key
  piano lesson, piano class
  swimming lesson, swimming class
  music lesson, music class
  early bird, morning person
  night owl, evening person
`
