/**
 * Verbs that say the same in notes: one group per line, members divided by commas, in their bare
 * form. A verb may stand in several groups; two words match where they share one.
 */
export const VERB_GROUPS: string = `
  buy, purchase
  begin, start, commence, kick off
  end, finish, conclude
  finish, complete
  stop, cease, halt, quit
  use, utilize, utilise, employ, make use of, leverage
  depend on, rely on, be dependent on
  get, receive, obtain
  get, retrieve, fetch
  provide, supply
  show, display
  display, present
  hide, conceal
  keep, retain, store, hold
  keep, preserve, retain
  store, save, persist
  store, live, reside, locate, house
  terminate, cancel
  terminate, end
  settle, pay
  pay, pay off
  cause, result in
  extend, prolong
  migrate, move
  live, reside, locate, sit, find, base
  live, reside, dwell
  delete, remove, erase, purge, wipe, get rid of
  drop, remove
  create, generate, produce
  create, make
  set up, configure
  set up, establish
  set up, install
  fix, repair, resolve, solve, sort out
  fix, correct
  check, verify, validate, double-check
  confirm, verify
  review, look over, go over, go through, inspect
  examine, inspect
  approve, sign off, sign off on, okay, green-light, greenlight
  authorize, authorise
  authorize, approve
  forbid, prohibit, ban, disallow
  reject, decline, turn down
  ask, request, ask for
  notify, inform, let know, tell
  notify, alert
  ping, notify, message
  answer, reply, respond, reply to, respond to
  call, phone, telephone, ring, ring up, give a call
  meet, get together, get together with
  talk, speak
  discuss, talk about, talk through
  enjoy, like
  prefer, favor, favour, like better, would rather, would rather have, have a preference for
  hate, detest, cannot stand
  dislike, not like
  want, wish, would like
  help, assist, aid
  support, help
  try, attempt
  choose, select, pick, opt for, go with
  decide on, settle on, choose
  decide, determine
  change, modify, alter
  amend, modify, change
  adjust, tweak
  update, refresh, bring up to date
  increase, raise, bump, bump up
  decrease, reduce, lower, cut, cut down
  grow, expand
  limit, cap, restrict
  exceed, surpass, go over, go beyond
  lead, head, head up
  manage, oversee, supervise, run
  own, responsible for, in charge of, accountable for, owner of, have ownership of
  handle, responsible for, in charge of, take care of, look after, deal with, see to
  manage, responsible for, in charge of, handle, look after
  maintain, look after, take care of
  move, relocate
  move, transfer
  arrive, show up
  leave, depart
  come back, return, go back
  give back, return, send back
  travel, take a trip
  charge, bill, invoice
  rent, lease
  hire, recruit, take on, bring on
  dismiss, let go, lay off, fire
  resign, step down
  renew, roll over
  expire, lapse, run out
  expire, end
  agree, consent
  write, author
  write, compose
  draft, draw up
  teach, instruct
  train, coach
  learn, study
  cook, prepare
  prepare, get ready
  exercise, work out
  split, divide, break up
  combine, merge, join
  replace, substitute, swap out, swap
  exchange, swap
  block, prevent
  restrict, confine
  wait, hold off, hold on
  schedule, plan, slate
  postpone, delay, defer, put off, push back
  cancel, call off
  happen, occur, take place, hold
  include, contain, comprise
  consist of, comprise, be made up of
  connect, link, hook up
  explain, describe, outline
  mention, name
  call, name
  escalate, page
  assign, allocate
  distribute, share
  submit, hand in, turn in, file, send in
  avoid, refrain from, steer clear of, stay away from
  contact, reach out to, get in touch with, reach, get hold of
  refund, reimburse, repay, pay back, give money back
  ship, dispatch, send out, mail out
  send, deliver
  send, email, mail
  send, forward
  forward, pass on
  close, shut
  speed up, accelerate
  clean, clean up, tidy, tidy up
  copy, duplicate, replicate
  find, discover
  remember, keep in mind, bear in mind
  seem, appear
  become, turn into
  attend, take part in, participate in, join, go to
  visit, go to, pay a visit to
  mute, silence
  sign up, register, enroll, enrol
  log in, sign in, log on, authenticate
  log out, sign out, log off
  set up, install
  compile, build
  render, draw
  serve, host
  throw, raise
  handle, process
  retry, try again, reattempt
  print, output
  emit, send, publish
  expose, publish
  trigger, fire, kick off
  trigger, cause
  enable, allow
  guarantee, ensure, make sure, see to it
  protect, safeguard, guard
  secure, protect
  share, give access to
  grant, give
  give, hand over
  revoke, withdraw, take away, rescind
  follow up, check back, get back to
  pick up, collect
  drop off, leave
  collect, gather
  gather, compile
  measure, gauge
  calculate, compute, work out
  count, tally
  estimate, gauge
  format, lay out
  translate, localize
  spell, write
  assume, presume
  estimate, reckon
  improve, enhance
  simplify, streamline
  skip, leave out, omit
  ignore, disregard
  tag, label, mark
  label, mark, flag
  sort, order
  rank, order
  group, bundle
  attach, append, add
  append, add
  insert, add
  shorten, cut
  mean, signify
  arrange, organize, organise, set up
  book, reserve
  reserve, set aside
  own, possess, have
  wear, put on
  feed, give food to
  water, give water to
  wake up, get up
  go to bed, go to sleep
  eat, have, consume
  weigh, have a weight of
  marry, get married to
  commute, travel
  drive, go by car
  cycle, bike, ride a bike, go by bike
  walk, go on foot
  jog, run
  suffer from, have
  play, perform
  watch, look at
  listen to, hear
  keep informed, keep in the loop, keep posted, keep updated
  copy, cc
  hand over, pass on
  work for, employ
  report to, work under
  replace, take over from
  cost, price
  total, amount to, come to, add up to
  earn, make
  put, place, lay, set
  sleep over, stay overnight, spend the night
  pick up, fetch
  bring, take along
  look for, seek
  close, shut
  open, unlock
  love, adore
  love, like most, like best
  enjoy, love
  prefer, like best, like most
  avoid, keep away from, stay clear of
  tell, inform
  tell, say
  speak to, talk to
  remind, prompt
  remind, give a reminder
  cannot stand, hate
  give up, quit, stop
  take up, start
  tend, look after
  bathe, have a bath
  wash, clean
  mow, cut
  mend, repair, fix
  paint, decorate
  celebrate, mark
  throw away, throw out, dispose of, bin
  keep, have
  lend, loan
  live with, share a home with
  grow up, be raised
  pass away, die
  turn, become
  be into, be keen on, like
  swim, go swimming
  hike, go hiking
  ski, go skiing
  run, go running, jog, go jogging
  shop, go shopping, do the shopping, buy groceries
  dine, have dinner
  cook, make dinner
  lunch, have lunch
  breakfast, have breakfast
  nap, take a nap
  smoke, have a cigarette
  pray, say prayers
  vote, cast a vote
  land, touch down
  take off, depart
  board, get on
  fly, go by plane, travel by plane, take a plane
  take the train, go by train, travel by train
  stay, lodge
  call, ring, give a ring
  wake up, rise, get up
  care for, look after, take care of
`
