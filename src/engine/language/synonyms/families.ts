/**
 * Words of one family whose stems differ: a verb, the noun for what it does, an adjective. One
 * family per line. Families with one stem (approve, approval) need no line.
 */
export const FAMILIES: string = `
  decide, decision
  pay, payment, paid, payable
  sell, sale, sold
  choose, choice, chosen
  lose, loss, lost
  grow, growth
  analyze, analyse, analysis
  respond, response
  own, owner, ownership
  responsible, responsibility
  store, storage
  deliver, delivery
  expire, expiry, expiration
  allergic, allergy
  describe, description
  subscribe, subscription
  permit, permission
  succeed, success, successful
  fail, failure
  maintain, maintenance
  explain, explanation
  sign, signature
  use, usage
  know, knowledge
  marry, marriage
  weigh, weight
  comply, compliance, compliant
  liable, liability
  notify, notification
  verify, verification
  identify, identification
  classify, classification
  specify, specification
  certify, certification
  modify, modification
  clarify, clarification
  retain, retention
  reduce, reduction
  extend, extension
  suspend, suspension
  expand, expansion
  register, registration
  enter, entry
  summarize, summarise, summary
  prioritize, priority
  apologize, apology
  complain, complaint
  depart, departure
  close, closure
  secure, security
  safe, safety
  enroll, enrol, enrollment, enrolment
  recruit, recruitment
  analyze, analytics
  compare, comparison
  fly, flight
  drive, driver, drove, driven
  speak, speech, spoke, spoken
  think, thought
  lead, leader
  lead, led
  paginate, pagination
  query, querying
  sync, synchronize, synchronise, synchronization, syncing
  organize, organise
  authorize, authorise
  optimize, optimise
  color, colour
  favor, favour, favorite, favourite
  center, centre
  catalog, catalogue
  license, licence
  cancel, cancellation, cancelled, canceled
  label, labelled, labeled
  reimburse, reimbursement
  recover, recovery
  discover, discovery
  inquire, inquiry, enquiry
  disagree, disagreement
  possess, possession
  apply, application
  admit, admission
  submit, submission
  omit, omission
  transmit, transmission
  emit, emission
  refuse, refusal
  withdraw, withdrawal, withdrew, withdrawn
  dispose, disposal
  reply, replied
  try, tried
  write, wrote, written
  rewrite, rewrote, rewritten
  overwrite, overwrote, overwritten
  rebuild, rebuilt
  resell, resold, reseller
  break, broke, broken
  hold, held
  keep, kept
  send, sent
  meet, met
  build, built
  take, took, taken
  give, gave, given
  get, got, gotten
  eat, ate, eaten
  drink, drank, drunk
  go, went, gone
  begin, began, begun
  bring, brought
  buy, bought
  teach, taught
  find, found
  hear, heard
  leave, left
  spend, spent
  stand, stood
  win, won
  wear, wore, worn
  run, ran
  sit, sat
  see, saw, seen
  sing, sang, sung
  swim, swam, swum
  freeze, froze, frozen
  hide, hidden, hid
  draw, drew, drawn
  throw, threw, thrown
  catch, caught
  feed, fed
  say, said
  tell, told
  make, made
  understand, understood
  forget, forgot, forgotten
  ride, rode, ridden
  rise, rose, risen
  sleep, slept
  child, children
  man, men
  woman, women
  person, people
  life, lives
  foot, feet
  tooth, teeth
  index, indices, indexes
  criterion, criteria
  european, europe
  german, germany
  automate, automation
  install, installation
  integrate, integration
  price, pricing
  bill, billing
  schedule, scheduling
  train, training
  review, reviewer
  approve, approver
  intolerant, intolerance
  vegetarian, vegetarianism
  available, availability
  visible, visibility
  able, ability
  possible, possibility
  necessary, necessity, necessarily
  obligatory, obligation, oblige
  confirm, confirmation
  invite, invitation
  reserve, reservation
  publish, publication
  alter, alteration
  destroy, destruction
  receive, receipt
  breathe, breath
  advise, advice
  prove, proof
  bear, birth, born
  long, length
  high, height
  wide, width
  deep, depth
  strong, strength
  hot, heat
  warm, warmth
  true, truth
  annual, annually
`
