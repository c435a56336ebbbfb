/** Adjectives and adverbs of all days that say the same. */
export const EVERYDAY_QUALITY_GROUPS: string = `
  usually, normally, mostly, generally, typically, tend to, as a rule, most of the time, most often
  often, frequently, regularly, a lot, many times, most often
  most often, most commonly, most frequently
  most common, most frequent
  sometimes, occasionally, now and then, from time to time, every now and then, at times, once in a while, on occasion
  rarely, seldom, hardly ever, almost never, not often
  never, at no time, not ever, not once
  always, at all times, every time, each time, constantly, invariably
  especially, particularly, in particular, above all, mainly
  mostly, mainly, chiefly, largely, for the most part, primarily, predominantly
  only, just, solely, exclusively, nothing but
  about, around, roughly, approximately, more or less, something like
  almost, nearly, just under, not quite
  exactly, precisely
  very, really, extremely, highly, quite
  too, overly, excessively
  slowly, slow
  silently, quietly, without warning, with no warning, without a warning, without notice, without a message
  manually, by hand, manual
  automatically, automatic, on its own, by itself, by themselves
  directly, straight, immediately
  at once, immediately, right away, straight away, instantly, without delay
  soon, shortly, before long
  at the moment, right now, currently, at present, presently
  earlier, before, previously
  afterwards, after that, later, subsequently, then
  in the meantime, meanwhile
  recently, lately
  original, initial
  old, previous, former, past
  old, existing
  new, fresh
  latest, newest, most recent, last
  live, running, up, active
  live, real
  running, active
  stuck, hung, jammed, hanging
  confusing, hard to understand, unclear, difficult to understand, hard to follow
  clear, easy to understand, understandable
  hard, difficult, tricky, challenging
  easy, simple, straightforward
  short, brief, concise, to the point, terse
  long, lengthy, extended
  big, large, great
  greatest, biggest, largest, main
  bigger, larger, greater
  bigger than, larger than, greater than, more than, above, over
  smaller than, less than, below, under
  longer than, more than
  younger than, less than
  as long as, up to
  as much as, up to
  as many as, up to
  up to, at most, a maximum of, maximum, no more than, max
  at least, a minimum of, minimum, no fewer than, no less than, or more, min
  fast, quick, swift, rapid
  fragile, brittle, delicate
  flaky, unstable, unreliable, intermittent
  reliable, stable, dependable
  buggy, broken, faulty
  handy, useful, helpful
  useless, pointless, no use
  good, fine
  great, excellent, very good
  bad, poor
  best, ideal, optimal
  favorite, favourite, most liked, most loved, best-liked
  keen, eager
  annoyed, irritated, upset
  nervous, anxious
  shy, timid
  strict, firm, tough
  polite, friendly
  mandatory, required, obligatory, compulsory, a must, must
  optional, not required, not mandatory, voluntary, not needed
  possible, doable, feasible, can
  impossible, not possible, can not
  reachable, accessible, available, can be reached, can be accessed, get to
  reachable from, accessible from, reachable through
  visible, can be seen
  wrong, incorrect, false, not right
  right, correct, true
  unpaid, not paid, outstanding, open
  unused, not used
  unknown, not known
  unclear, not clear
  uncertain, unsure, not sure
  unfinished, not finished, incomplete
  unsigned, not signed
  unsafe, not safe
  untested, not tested, without tests, lack tests, have no tests
  undocumented, not documented, without documentation
  unrelated, not related
  unlimited, not limited, without limit
  unavailable, not available
  unsupported, not supported
  unmaintained, not maintained
  user-facing, shown to users, visible to users, for users
  customer-facing, facing customers
  yearly, annual, per year
  monthly, per month
  weekly, per week
  daily, per day
  in writing, written
  in person, face to face, on site
  on paper, paper
  on weekends, at weekends, at the weekend, weekends, on the weekend
  in the mornings, in the morning, mornings
  in the evenings, in the evening, evenings
  in the afternoons, in the afternoon, afternoons
  at night, nightly, every night
  ahead of, before
  on top, above
  close to, near, next to
  next to, beside
  opposite, across from
  upper, top
  lower, bottom
  revised, updated, amended, new
  updated, revised
  spare, extra
  broken, out of order, not working, defective, bust
  enough, sufficient
  too few, not enough
  too little, not enough
  too much, excessive
  several, a few, some, a couple of
  many, a lot of, lots of, numerous, plenty of
  all, every, each, any, all of
  none of, no, not any
  a third, one third, one in three
  a quarter, one quarter, one in four
  two thirds, two-thirds, two in three
  half of, one half of, one in two
  fewer, less
  more, additional, further, extra
  further, more
  other than, except, apart from
  in full, fully, completely, the whole amount
  because of, due to, on account of
  regarding, about, concerning, on, with regard to
  according to, as per, says
  on the basis of, based on
`
