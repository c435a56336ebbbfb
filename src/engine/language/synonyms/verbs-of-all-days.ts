/**
 * Verbs of all days, at work and at home: one group per line. Kept apart from their opposites and
 * from what merely belongs to them: to lend is not to borrow, to sign is not to countersign.
 */
export const EVERYDAY_VERB_GROUPS: string = `
  keep, save, hold on to, hang on to, retain, preserve
  keep, stay with, stick with, stick to
  store, keep, put away, stash, park
  store, live, sit, be kept, be found
  lie, sit, be located
  give, hand, hand over, pass, provide
  give, offer, grant
  issue, hand out, give out, distribute
  issue, send out, release
  get, receive, be given, obtain
  get, be sent, receive
  get, take, fetch, pick up, collect
  fetch, load, retrieve, read
  need, require, call for, depend on
  need, want
  rely on, use, lean on, build on
  happen, take place, occur, be held, come about, be
  happen, run, take place
  start, begin, launch, open, kick off, get going, get under way, set off
  start, set up, found
  end, stop, finish, conclude, come to an end, be over, close, terminate
  end, expire, lapse, run out
  last, run, take, go on for, be valid for
  continue, go on, keep on, carry on, proceed
  allow, let, permit, enable, make possible
  prevent, stop, block, keep from
  forbid, ban, not allow, bar
  must not, not allowed to, not permitted to, forbidden to
  buy, purchase, order, get, acquire
  buy, pick up, shop for
  pay, settle, foot, cover
  cost, come to, run to, be priced at
  spend, pay
  earn, make, bring in
  like, enjoy, love, be fond of, be a fan of, be into
  like, prefer, favor, favour
  prefer, would rather have, go for
  hate, dislike, detest, cannot stand, not like, can not stand, loathe, be no fan of
  fear, be afraid of, be scared of, dread
  worry about, be worried about, be concerned about
  want, would like, wish for, wish
  expect, count on, anticipate
  tell, inform, let know, notify, give a heads-up, brief
  tell, say to
  say, state, mention, note
  announce, tell, make known
  notify, message, email, ping, let know
  write, email, mail, message, drop a line, send an email, send a message
  email, send an email, write an email, write
  call, phone, ring, give a call, ring up
  call, page, ring
  talk to, speak to, speak with, talk with, chat with
  ask, request, ask for, put in for
  ask, consult, turn to, go to, contact
  answer, reply, respond, get back to, write back
  check, verify, inspect, look at, look over, test, make sure of, control
  check, look at, look into, review
  review, read, go over, look through, check
  review, evaluate, assess
  confirm, acknowledge, verify
  see, notice, spot, observe
  see, view, look at
  miss, overlook, not notice, not see
  notice, find, discover, find out, learn
  find, come across, run into, encounter
  understand, get, grasp
  know, be familiar with, be aware of
  learn, study, be taught
  forget, not remember
  decide, agree, resolve, determine, settle
  decide, choose, opt
  choose, pick, select, go with, opt for, settle on, decide on, choose to use
  pick, go with, choose, take
  plan, intend, mean, aim, be going
  plan, be scheduled, be planned, be slated, be due
  try, attempt, seek, aim
  manage, succeed
  manage, run, be in charge of, look after, lead, head
  handle, manage, deal with, take care of, see to, be responsible for, look after
  handle, cope with, deal with, process, support, tolerate
  own, be responsible for, be in charge of, be the owner of, run
  do, carry out, perform, complete, make
  make, build, create, produce, put together
  make, cause
  work, function, operate, run, perform
  work, be employed, have a job
  use, work with, go with, employ, rely on, run on
  use, apply, follow
  break, fail, stop working, go wrong, die, give out
  break, damage
  fail, go wrong, not work
  repair, fix, mend, get working
  fix, clear, clear up, resolve, solve, cure
  crash, die, go down, fall over
  change, switch, swap, replace, alter, adapt, adjust
  change, edit, update, modify, touch, revise, amend
  update, revise, edit, amend, bring up to date
  touch, change, edit, modify
  replace, swap, exchange, substitute, supersede
  switch, change over, move, migrate
  switch off, turn off, shut off, shut down, power off, power down
  turn off, shut down, stop
  switch on, turn on, power on, power up
  move, relocate, shift, transfer, migrate
  move house, move, relocate
  put, place, set, add, insert
  add, include, attach
  remove, delete, take out, get rid of, discard, clear out, strip
  drop, discard, throw away, dump, reject
  drop, cut, remove, leave out, take out, axe, scrap
  delete, purge, clean up, clear
  throw out, throw away, discard, toss
  split, divide, break up, break down, separate, cut
  join, merge, combine, unite, bring together
  join, become a member of, sign up for
  grow, rise, go up, increase, climb, expand
  raise, increase, put up, bump, lift
  cut, lower, reduce, decrease, bring down, trim
  fall, drop, go down, decline, sink
  limit, cap, restrict, be restricted, be limited, be capped
  exceed, go over, go above, be more than, be above, surpass, top
  reach, hit, get to
  reach, get to, access
  come, arrive, get in, show up, turn up
  go, travel, head
  go, leave, depart
  leave, quit, go away
  return, come back, go back, be back
  return, give back, bring back, send back
  bring, take, carry
  carry, transport, haul
  send, ship, forward, mail, deliver, pass on
  send, submit, hand in, file, turn in
  send, route, direct, go
  ship, send, go
  show, display, present, list
  show, demonstrate, present
  hide, conceal, not show
  contain, include, have, hold, list
  include, cover, come with
  lack, have no, be without, not have, miss, be missing
  have, own, possess, come with
  live, reside, be based, stay, make a home
  stay, live, sleep
  visit, see, go to, drop by, call on
  meet, see, get together with, catch up with, sit down with
  attend, join, go to, be at, take part in
  help, support, assist, give a hand
  teach, train, show
  lead, run, head, be in charge of, chair
  watch, monitor, keep an eye on, observe
  save, store, write
  save money, cut costs, reduce costs, lower costs, keep costs down
  save time, be faster
  wait, hold off, hold on, pause
  delay, postpone, push back, put off, hold up
  cancel, call off, drop, scrap, end
  open, start
  close, shut, be closed
  pull, download, get, fetch
  rewrite, reimplement, re-implement, redo, port
  write, author, create, compose, draft, put together
  write, build, implement, develop
  draft, prepare, draw up, write, put together
  prepare, get ready, set up, put together
  arrange, organize, organise, plan, set up, schedule, book
  book, reserve, make a reservation, make a booking
  schedule, plan, set, fix
  set, fix, define, configure, specify
  define, specify, describe, set out
  configure, set up, set
  name, call, title
  count, number
  represent, make up, account for, constitute, form
  belong to, be part of
  belong, go, sit
  match, fit, correspond to, agree with
  differ, vary, be different
  depend, hinge, rely
  spread, propagate, roll out
  outrank, take priority over, come before, take precedence over, have priority over, go before
  come before, precede
  follow, come after
  follow, stick to, adhere to, comply with, observe, obey, respect
  break, violate, breach
  approve, sign off, sign off on, okay, give the okay, greenlight, clear, agree to, give approval
  reject, turn down, decline, refuse, say no to
  accept, take, agree to
  offer, propose, suggest
  suggest, recommend, propose, advise
  insist on, demand, require
  promise, commit to, pledge
  warn, alert, caution
  complain, grumble
  cook, make, prepare
  eat, have
  drink, have
  sleep, be asleep
  wake, get up, wake up
  exercise, work out, train
  run, jog, go for a run, go running, go jogging
  walk, go for a walk, take a walk, stroll
  swim, go for a swim, go swimming
  cycle, bike, ride, go by bike
  drive, go by car, take the car
  go by train, take the train, travel by train
  commute, travel, go to work
  play, practise, practice
  practice, practise
  read, go through
  listen to, hear
  feed, give food to
  clean, wash, tidy
  look after, care for, mind, take care of, watch
  be born, come into the world
  suffer from, have, struggle with
  be allergic to, have an allergy to
  hurt, ache
  marry, get married, wed
  govern, regulate
  be subject to, fall under, come under
  apply, hold, be in force, be valid
  enter into force, take effect, come into effect, start to apply, become effective
  cancel, terminate, give notice on, end
  terminate, end, cancel
  sign, put a signature on
  file, submit, lodge, hand in
  transfer, hand over, sign over
  disclose, reveal, share
  protect, guard, shield, safeguard
  store, archive, keep on file
  log, record, write down, note, track
  keep track of, track, monitor, follow
  measure, track
  publish, release, put out, bring out, post
  post, share, publish
  release, ship, launch, publish, roll out, go out
  deploy, ship, release, push, roll out, go out
  go out, be sent, be shipped
  roll out, launch, introduce, bring in
  retire, sunset, shut down, phase out, discontinue, switch off
  localize, localise, translate
  freeze, lock
  compile, build
  test, try, try out
  ignore, skip, disregard, pass over, leave out
  skip, leave out, omit, miss out
  avoid, stay away from, keep away from, not use, steer clear of
  aim at, target, be meant for, be intended for, be for, be designed for
`
