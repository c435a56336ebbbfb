/** Verbs of business and law that say the same: one group per line. */
export const WORK_VERB_GROUPS: string = `
  mandate, prescribe, require
  dictate, prescribe
  permit, authorize
  grant, award
  award, give
  reject, refuse, decline, deny
  refuse, deny
  veto, block
  contest, challenge, dispute
  appeal against, contest
  sue, take to court
  settle, resolve
  resolve, settle, close
  arbitrate, mediate
  declare, report
  report, flag
  disclose, make public
  announce, make known
  publish, make public
  announce, declare
  lodge, file, submit
  file, submit
  apply for, request
  serve, deliver
  enter into, conclude, sign
  conclude, sign
  execute, sign
  countersign, co-sign
  ratify, approve
  adopt, pass
  repeal, revoke
  annul, void, cancel
  nullify, void
  supersede, replace
  replace, stand in for
  stand in for, cover for, fill in for, deputize for, deputise for
  represent, act for
  appoint, name, designate
  nominate, name
  elect, vote in
  delegate, hand over, pass on
  delegate, assign
  transfer, hand over, assign
  sublet, sublease
  compensate, reimburse
  compensate, make up for
  guarantee, warrant
  insure, cover
  inspect, check
  audit, check
  supervise, watch over
  control, check
  certify, attest
  prove, demonstrate, show
  substantiate, back up
  infringe, violate
  cease, end
  cease, discontinue, stop
  suspend, pause, put on hold
  pause, put on hold, halt
  resume, continue, pick up again
  continue, carry on, go on
  persist, continue
  acquire, purchase, buy
  acquire, take over
  merge with, combine with
  incur, attract, carry
  accrue, build up
  offer, give
  upsell, sell more
  close, win, seal
  sign, close
  pitch, present
  present, introduce
  introduce, launch
  introduce, roll out
  adopt, start using
  try out, test, trial, pilot
  pilot, trial
  evaluate, assess, weigh up
  assess, judge
  rate, score
  consider, think about
  plan, intend
  plan on, plan to, intend to, aim to
  estimate, guess
  forecast, predict, project
  expect, anticipate
  target, aim at, go for
  address, tackle, deal with
  tackle, take on
  prioritize, prioritise, put first
  focus on, concentrate on
  postpone, move back, shift
  move, shift
  reschedule, move
  bring forward, move up, advance
  call off, scrap, cancel
  abandon, drop, give up
  scrap, drop
  hold, run, organize
  run, operate
  operate, work
  staff, man
  hire, employ
  promote, raise
  train, educate
  mentor, coach
  onboard, train
  brief, inform
  update, inform
  consult, ask, check with, speak to, talk to
  ask, contact
  message, text, write to
  cc, put in copy, keep in copy
  copy in, cc
  invite, ask
  chair, lead, run, moderate
  moderate, facilitate
  minute, take minutes
  coordinate, organize, orchestrate
  liaise with, work with
  collaborate with, work with, work together with, cooperate with, team up with
  be with, lie with, rest with
  own, belong to, owner of, owner
  belong to, own
  belong in, go into, live in
  go, send
  go, assign
  route, send, direct
  direct, send
  redirect, forward
  ship, send
  ship, go out
  stock, carry, keep in stock
  manufacture, make, produce
  assemble, put together
  source, procure, buy
  procure, purchase
  reorder, order again
  pick, collect
  pack, package
  load, fill
  unpack, open
  inspect, look over
  complain, make a complaint
  complain about, criticize
  praise, commend
  respond, react
  react, answer
  solve, clear up
  clarify, clear up
  explain, clarify
  escalate to, pass on to
  archive, file away
  shred, destroy
  destroy, delete
  print out, print
  scan, digitize, digitise
  proofread, check
  translate, render
  summarize, summarise, sum up
  shorten, abbreviate
  quote, cite
  mention, refer to
  refer to, point to
  link, connect, tie
  link to, point to, refer to
  attach, enclose
  depend on, hinge on
  affect, influence, impact
  concern, affect
  apply to, hold for
  apply, be valid
  cover, apply to
  exclude, leave out
  contain, hold
  comprise, consist of, be made up of, count, be composed of
  total, come to
  peak, be highest
  vary, differ
  disclose, reveal, divulge, share
  breach, violate, break
  comply with, follow, adhere to, abide by, stick to, conform to
  obey, follow
  govern, regulate
  indemnify, hold harmless
  negotiate, bargain
  win, land, close
  onboard, bring on board
  waive, give up, forgo
  survive, outlast, remain in force
  bind, oblige, obligate
  owe, be due
  offer, provide
  present, demo
  demo, demonstrate
  prioritize, put first
  focus on, concentrate on
  insist on, demand
  look for, want
  meet, see
  meet, convene, assemble
  speak, present
  open, start
  found, set up, establish, start
  employ, have on staff
  visit, see, call on
  host, organize
  sponsor, fund, finance
  fund, finance, pay for
  pay for, cover, bear
  bear, pay, cover
  grant, allow, give
  buy, order
  order, purchase
  cut, slash, reduce
  waive, drop
  raise, put up
  negotiate, discuss
  handle, look after, be the contact for
  look after, be in charge of
  supply, deliver, provide
  deliver, bring
  pick up, collect, fetch
  receive, get, be sent
  mail, post, send
  remind, nudge, chase
  chase, follow up with, follow up on
  check with, ask, consult, clear with
  inform, tell, brief, let know, keep informed
  keep, hold, maintain
  maintain, keep up
  track, record, log
  note, write down
  rank, rate
  top, lead
  aim, plan, intend
  grow, increase, rise
  rise, go up, climb, increase
  fall, drop, decline, go down, decrease
  fail, fall through, collapse
  win, secure, land
  lose, miss
  miss, fail to meet
  stick with, stay with, keep
  switch to, move to, change to
  restrict, limit
  prohibit, not allow, not permit
  require, call for, take
  oblige, require
  entitle, give the right to
  be entitled to, have the right to, have a right to
  void, cancel
  retain, keep
  surrender, hand over, give up
  return, hand back, give back
  disclose, pass on, reveal, share
  forward, transfer
  store, keep
  erase, delete, destroy
  object to, oppose
  claim, demand
  assert, claim
  dispute, deny
  admit, concede
  handle, process, deal with
  hear, consult
  deduct, subtract
  withhold, keep back
`
