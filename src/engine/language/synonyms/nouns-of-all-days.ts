/** Nouns and turns of phrase of all days that say the same: one group per line. */
export const EVERYDAY_NOUN_GROUPS: string = `
  party, side
  both parties, both sides, either party, either side, each party
  contact, contact person, point of contact, go-to person, person to ask, person to talk to
  decision maker, decision-maker
  manager, boss, superior
  guest, visitor
  participant, attendee
  user, account holder
  nonprofit, non-profit, charity, nonprofit organization, ngo
  specialist, expert
  helper, assistant
  folks, people
  kids, children
  parents, mother and father, mum and dad, mom and dad
  grandparents, grandma and grandpa
  buddy, friend, pal, mate
  quote, price, quotation, estimate, offer
  discount, rebate, price cut, off, reduction
  spend, spending, bill, cost, costs, expenditure
  bill, invoice
  sign-off, approval, ok, okay, consent, go-ahead, green light, permission, blessing
  permission, leave, approval
  upload limit, maximum upload size, max upload size, upload size limit
  size limit, maximum size, max size
  limit, maximum, max, cap
  minimum, at least
  launch, release, go-live, rollout
  removal, deletion
  change, update, modification, edit, tweak
  update, news
  replacement, substitute
  restart, reboot
  memory exhaustion, oom, out of memory
  leak, memory leak
  failure, breakdown, fault
  fault, defect, bug
  glitch, bug, hiccup
  fix, solution, remedy
  workaround, work-around
  way, method, approach
  procedure, process, workflow
  step, stage
  phase, stage
  plan, intention
  idea, suggestion, proposal
  purpose, aim, goal, point
  target audience, target group, audience, aimed at
  reason, cause
  main reason, most common reason, number one reason, top reason
  lack, shortage, absence
  lack of, not enough, shortage of, no
  want of, lack of
  trouble, problem, difficulty, issue
  advice, tip, guidance
  hint, tip
  talk, conversation, chat, discussion
  small talk, chit-chat, chitchat, chatter
  speech, talk, presentation
  call, phone call, telephone call
  message, note
  note, memo
  reply, answer, response
  text, wording
  paragraph, section
  chapter, section
  form, questionnaire
  sheet, spreadsheet
  document, file
  paper, document, paperwork
  slide, page
  figure, number
  chart, graph, diagram
  library, lib, package
  container log, log of the container
  connection, link
  network, internet connection
  offline, without a connection, without internet, without a network connection, with no connection
  online, connected
  desktop, desktop computer
  screen, display, monitor
  top right, upper right, top right corner, upper right corner, right top corner
  top left, upper left, top left corner, upper left corner
  bottom right, lower right, bottom right corner, lower right corner
  bottom left, lower left, bottom left corner, lower left corner
  button, control
  drop-down, dropdown, select box
  popup, pop-up, modal, dialog, dialogue
  sidebar, side bar
  menu, navigation
  homepage, home page, landing page, start page
  front page, home page
  icon, symbol
  typo, spelling mistake, misspelling
  shape, form
  edge, border
  middle, center, centre
  year end, year's end, end of the year, end of year
  beginning, start
  opening hours, business hours, opening times
  quarter, three months
  half an hour, 30 minutes
  day, 24 hours
  week, seven days
  hour, 60 minutes
  lunch break, lunch hour, lunchtime
  noon, midday, lunchtime
  start date, first day
  closing date, deadline, due date
  duration, length, term
  term, duration, period
  date of signature, signature, signing, signing date
  meeting, call
  meeting, session
  get-together, meeting, gathering
  workshop, session
  training, course
  exercise, workout, training
  run, jog
  trip, tour, journey
  ride, drive
  holiday, vacation, break
  house, home, place
  apartment, flat, place
  room, office
  office, bureau
  shop, store
  food, meal
  meal, food, dish
  meatless, vegetarian, without meat, no meat
  vegetarian, not eat meat, eat no meat
  vegan, not eat animal products, eat no animal products
  teetotal, not drink alcohol, drink no alcohol, not drink
  nonsmoker, not smoke
  medicine, drug, pill
  illness, condition
  pain, ache
  ache, pain
  headache, migraine
  glasses, spectacles
  clothes, clothing
  job, work
  law, legislation, legal rules
  regulation, rule
  rule, policy, convention, standard
  convention, rule
  requirement, condition, prerequisite
  prerequisite, precondition
  right, entitlement
  duty, obligation
  breach, violation, infringement
  court case, lawsuit, legal case, legal proceedings
  hearing, court hearing, court date
  litigation hold, legal hold
  landlord, property owner
  tenant, renter
  subprocessor, sub-processor
  irish, ireland
  german, germany
  french, france
  italian, italy
  spanish, spain
  dutch, netherlands
  british, britain, uk
  english, england
  swiss, switzerland
  austrian, austria
  polish, poland
  swedish, sweden
  danish, denmark
  norwegian, norway
  finnish, finland
  portuguese, portugal
  greek, greece
  american, us, usa, united states
  canadian, canada
  japanese, japan
  chinese, china
  indian, india
  australian, australia
  belgian, belgium
  czech, czechia, czech republic
  hungarian, hungary
  turkish, turkey
  eu, european union
  uk, united kingdom, great britain
  failover, fail over, failing over
  hand over, handover, handing over
  log in, login, logging in
  sign up, signup, signing up
  set up, setup, setting up
  back up, backup, backing up
  roll back, rollback, rolling back
  check in, checkin, check-in
  time out, timeout, timing out
  roll out, rollout, rolling out
  clean up, cleanup, cleaning up
  shut down, shutdown, shutting down
  start up, startup, starting up
  follow up, follow-up, following up
  kick off, kickoff, kick-off
  sign off, sign-off, signoff, signing off
  upgrade, upgrading
  pick up, pickup, pick-up
  drop off, drop-off
`
