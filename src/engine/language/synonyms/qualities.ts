/** Adjectives and adverbs that say the same: one group per line, divided by commas. */
export const QUALITY_GROUPS: string = `
  fast, quick, rapid, speedy, quickly
  slow, sluggish
  big, large
  huge, enormous, giant
  small, little
  tiny, very small
  important, crucial, vital, essential
  critical, crucial
  optional, voluntary, not required, not mandatory
  forbidden, prohibited, banned, not allowed, not permitted
  outdated, out of date, obsolete, stale
  up to date, current
  broken, defective, faulty
  available, in stock
  unavailable, out of stock, not available
  free, gratis, free of charge, complimentary, at no cost, without charge, no charge, at no charge
  cheap, inexpensive, low-cost
  expensive, costly, pricey
  difficult, hard, tough
  easy, simple
  correct, right
  wrong, incorrect
  automatic, automated, automatically
  manual, by hand, manually
  main, primary, principal
  whole, entire, complete
  full, complete
  final, last
  initial, first
  additional, extra, further
  confidential, secret
  private, personal
  ill, sick
  short, brief, concise, succinct
  short, to the point
  detailed, in-depth, thorough
  long, lengthy
  written, in writing
  oral, verbal
  illegal, unlawful
  valid, in force, in effect
  effective, in effect, in force
  void, invalid
  binding, legally binding
  exclusive, sole
  joint, shared
  typical, usual
  special, particular
  different, distinct
  same, identical
  equal, identical
  similar, alike
  new, recent, newly
  old, aged
  modern, up-to-date
  current, present
  previous, prior, former, earlier
  next, following, upcoming
  local, on-site, onsite
  remote, off-site
  responsible, accountable
  happy, glad
  sad, unhappy
  angry, mad
  tired, exhausted
  hungry, starving
  nice, pleasant
  beautiful, pretty
  kind, friendly
  polite, courteous
  formal, official
  informal, casual
  loud, noisy
  quiet, silent
  clean, tidy
  dirty, unclean
  wealthy, rich
  smart, clever, intelligent
  safe, secure
  dangerous, hazardous, risky
  urgent, pressing
  ready, prepared
  certain, sure
  obvious, evident
  clear, plain
  strict, rigid
  flexible, adaptable
  vegan, plant-based
  vegetarian, meatless
  gluten-free, without gluten
  sugar-free, without sugar
  lactose intolerant, lactose-intolerant
  monthly, per month
  immediate, instant, immediately, right away, straight away, at once, instantly, without delay, promptly
  soon, shortly
  often, frequently
  rarely, seldom, hardly ever
  sometimes, occasionally, from time to time, now and then
  usually, normally, typically, generally, as a rule, in general
  probably, likely, presumably, most likely
  maybe, perhaps, possibly
  apparently, seemingly
  always, at all times, every time, without exception
  never, at no time, under no circumstances, not ever
  about, approximately, roughly, around, circa, approx
  almost, nearly
  exactly, precisely
  together, jointly
  separately, individually
  beforehand, in advance, ahead of time
  afterwards, afterward, later
  twice, two times
  once, one time
  all, every, each, any
  everyone, everybody, all people
  anyone, anybody
  someone, somebody
  nobody, no one
  several, multiple
  many, a lot of, lots of, numerous
  most, the majority of, majority of
  half, one half
  instead of, rather than, in place of
  alone, by oneself, on one's own
  abroad, overseas
  upstairs, on the upper floor
  nearby, close by
  everywhere, in all places
  internally, in-house
  in person, face to face, face-to-face, on site
  online, on the internet, over the internet
  remotely, from home
  by default, default
  in case of, in the event of
  per person, per head
  full-time, full time
  part-time, part time
  long-term, long term
  short-term, short term
  read-only, read only
  case-sensitive, case sensitive
  real-time, real time, realtime
  open source, open-source
  self-hosted, self hosted, on-premise, on-prem, on premises
  third-party, third party, external
  out of office, ooo
  as soon as possible, asap
  hard-coded, hardcoded
  lowercase, lower case, lower-case
  uppercase, upper case, upper-case
  snake case, snake_case
  camel case, camelcase
  kebab case, kebab-case
  left-handed, left handed
  right-handed, right handed
  allergic, allergy
  married, wedded
  unmarried, single
  pregnant, expecting
  asleep, sleeping
  careful, cautious
  sensitive, delicate
  spicy, hot
  top, highest, uppermost
  bottom, lowest
  external, outside, third-party
  internal, in-house
  legacy, old
  hazardous, dangerous
  damaged, broken
  intact, undamaged
  readable, legible
  writable, writeable
  empty, blank
  missing, absent
  unused, idle
  redundant, superfluous, unneeded
  unnecessary, needless
  sufficient, enough, adequate
  insufficient, not enough
  overdue, late
  punctual, on time
  weekly, per week
  long-haul, long-distance, long
  overnight, at night
  worldwide, globally, around the world
  nationwide, across the country
  completely, entirely, fully, totally
  partly, partially, in part
  mainly, mostly, primarily, chiefly
  especially, particularly, in particular
  directly, straight
  promptly, quickly, fast
  gradually, step by step, bit by bit
  regularly, at regular intervals, on a regular basis
  again, once more, anew
  anyway, in any case
  abroad, in foreign countries
  secretly, in secret
  publicly, in public
  verbally, orally
  electronically, digitally
  in writing, written
  on paper, in paper form, printed
  by phone, over the phone, on the phone
  by email, via email, per email
  by mail, by post
  by train, by rail
  in cash, cash
  on demand, on request, upon request
  in parallel, concurrently, simultaneously, at the same time
  in sequence, sequentially, one after another, one after the other
  at random, randomly
  in order, ordered, sorted
  out of scope, not in scope
  up and running, running, live
  on schedule, on time
  in charge, responsible
  on leave, on holiday, on vacation, away
  in the office, on site
  well-known, famous
  favorite, preferred, best-loved
  requested, asked for, asked-for, wanted
  unhappy, dissatisfied
  satisfied, happy
  interested in, keen on
  afraid of, scared of
  fond of, like
  good at, skilled at
  aware of, conscious of
  familiar with, know
  eligible, entitled
  liable, responsible
  subject to, depend on
  equal to, same as
  due, payable
  null and void, void, invalid
  time-barred, statute-barred
  tax-free, free of tax, tax free
  net, after tax
  gross, before tax
  annual, yearly
  daily, everyday
  shared, common, joint
  separate, own
  dedicated, own
  sole, only, single
  unique, only one of its kind
  maximum, highest, largest
  minimum, lowest, smallest
  biggest, largest
  oldest, eldest
  youngest, last-born
  newest, latest, most recent
  highest, top
  mandatory, required
  sensitive, confidential
  public, publicly available
  encrypted, in encrypted form
  signed, with a signature
  compressed, zipped
  anonymous, anonymised, anonymized
  temporary, provisional
  permanent, lasting, lifelong
  unlimited, without limit, no limit
  late, delayed
  quick, prompt
  identical, same
  unaffected, not affected
  off limits, forbidden, taboo
  absent, away
  around the clock, 24/7, day and night
  solely, exclusively, purely
  strictly, rigidly
  at a time, at once
`
