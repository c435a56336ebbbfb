/**
 * Word lists of the embedded judgement, English. All lower case; a list of stems says so.
 * Sources: the closed classes of English, and the ten vetoes of the slot guard.
 */

/** Words that may come and go without changing what a sentence says. */
export const LIGHT_WORDS: ReadonlySet<string> = words(`
  a an the is are be been being am 's that which also please just really very simply basically so then
  there its it's our we us always then too as such kindly currently now already well
`)

/** Function words that carry a relation: two texts may merge only with the same of them. */
export const ROLE_WORDS: ReadonlySet<string> = words(`
  of in on at to from by with for into onto over under between about above below than but and or nor
  via through behind inside outside within against per towards toward around across along among off out up
  down upon he she it they him her them his their theirs this these those here i me my mine you your
  yours who whom whose what whether how can could should would may might must will shall do does did
  have has had having was were all any some every each both either neither most more less few fewer
  many much several only even not no never none nothing if when whenever while unless until till after
  before once during because since though although except however get gets got let lets one's own same
  other another else again ever still yet where why don't doesn't didn't isn't aren't wasn't weren't
  won't can't cannot couldn't shouldn't wouldn't mustn't hasn't haven't hadn't i'm i'd i'll i've we're
  we've we'll we'd they're they've he's she's you're let's without
`)

/** Each counts as one denial; two texts with different counts never merge. */
export const NEGATIONS: ReadonlySet<string> = words(`
  not no never none nothing nobody nor neither cannot avoid avoids forbid forbids forbidden prohibit
  prohibited refuse refuses lack lacks stop stops don't doesn't didn't isn't aren't wasn't weren't
  won't can't couldn't shouldn't wouldn't mustn't hasn't haven't hadn't dont doesnt isnt arent wont
  cant except excluding nowhere unsupported
`)

export const HEDGES: ReadonlySet<string> = words(`
  probably maybe perhaps possibly likely unlikely might could may seems seem seemingly apparently
  presumably roughly approximately approx around about nearly almost usually often sometimes rarely
  occasionally mostly generally typically tends supposedly guess suppose unsure
`)

/** Words for how many: a different one is a different statement. */
export const QUANTIFIERS: ReadonlySet<string> = words(`
  all any some every each both either neither most few many much several only half least every once
  twice max min maximum minimum exactly
`)

/** Words for how binding. */
export const MODALS: ReadonlySet<string> = words('can could may might must shall should will would')

/** Names of where or for whom something holds: different ones are different subjects. */
export const SCOPE_LABELS: ReadonlySet<string> = words(`
  production staging development test testing local preview sandbox qa uat canary ci nightly
  frontend backend client server mobile desktop web ios android windows linux macos
  internal external public private admin customer read write primary replica secondary
  left right morning evening weekday weekend personal work home beta alpha stable legacy free paid
`)

const ANTONYM_PAIRS = `
  enable disable|enabled disabled|on off|before after|above below|over under|least most|minimum maximum
  min max|more less|more fewer|must may|should may|allow forbid|allow deny|allowed forbidden|allowed denied
  accept reject|accepted rejected|approve reject|approved rejected|include exclude|included excluded
  add remove|added removed|create delete|created deleted|install uninstall|start stop|started stopped
  open close|opened closed|open closed|lock unlock|locked unlocked|public private|internal external
  sync async|synchronous asynchronous|increase decrease|increased decreased|increasing decreasing
  ascending descending|asc desc|true false|yes no|always never|always sometimes|required optional
  mandatory optional|manual automatic|manually automatically|first last|earliest latest|old new
  oldest newest|upper lower|uppercase lowercase|top bottom|left right|up down|in out|inside outside
  import export|imported exported|upload download|read write|push pull|encrypt decrypt|encrypted plain
  success failure|succeed fail|succeeds fails|succeeded failed|pass fail|passes fails|valid invalid
  input output|source target|source destination|inbound outbound|incoming outgoing|even odd
  formal informal|long short|longer shorter|large small|larger smaller|big small|high low|higher lower
  fast slow|faster slower|early late|earlier later|dark light|hot cold|strict lenient|verbose terse
  verbose concise|detailed brief|with without|same different|single double|serial parallel
  sequential parallel|mutable immutable|temporary permanent|online offline|like dislike|likes dislikes
  love hate|loves hates|prefer avoid|prefers avoids|available unavailable|supported unsupported
  supported deprecated|safe unsafe|stable unstable|healthy unhealthy|active inactive|visible hidden
  show hide|shown hidden|buy sell|bought sold|lend borrow|win lose|won lost|married divorced|tabs spaces
  frontend backend|client server|production staging|positive negative|day night|weekday weekend
  buyer seller|sender receiver|parent child|morning evening|weekly daily|monthly weekly|hourly daily
`

/** For each word the words that mean its opposite. */
export const ANTONYMS: ReadonlyMap<string, ReadonlySet<string>> = antonymsOf(ANTONYM_PAIRS)

/** One spelling for what people abbreviate. */
export const ALIASES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    db: 'database',
    dbs: 'databases',
    repo: 'repository',
    repos: 'repositories',
    prod: 'production',
    stage: 'staging',
    dev: 'development',
    env: 'environment',
    envs: 'environments',
    config: 'configuration',
    configs: 'configurations',
    docs: 'documentation',
    app: 'application',
    apps: 'applications',
    postgresql: 'postgres',
    timezone: 'time-zone',
    pr: 'pull-request',
    prs: 'pull-requests',
    msg: 'message',
    info: 'information',
    'e-mail': 'email',
    'e-mails': 'emails',
    mr: 'mr',
    favourite: 'favorite',
    colour: 'color',
  }),
)

export const NUMBER_WORDS: ReadonlyMap<string, string> = new Map(
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty'
    .split(' ')
    .map((word, value): [string, string] => [word, String(value)])
    .concat([
      ['thirty', '30'],
      ['forty', '40'],
      ['fifty', '50'],
      ['sixty', '60'],
      ['ninety', '90'],
      ['hundred', '100'],
      ['thousand', '1000'],
      ['dozen', '12'],
    ]),
)

export const WEEKDAYS: ReadonlySet<string> = words(
  'monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays sundays',
)

export const MONTHS: ReadonlySet<string> = words(
  'january february march april june july august september october november december',
)

/** How often, and when relative to now. */
export const TIME_WORDS: ReadonlySet<string> = words(`
  hourly daily nightly weekly biweekly fortnightly monthly quarterly yearly annually today tomorrow
  yesterday tonight noon midnight morning afternoon evening night weekday weekdays weekend weekends
  spring summer autumn fall winter q1 q2 q3 q4
`)

/** Stops of another language; two of them mean that the English rules do not apply. */
export const FOREIGN_WORDS: ReadonlySet<string> = words(`
  der die das und ist nicht mit von ein eine für auf dem den des wir sind bitte immer werden le la les
  des est pas une dans pour avec que el los las una por con para está il che di non della sono het een
  niet voor og er ikke på att och är inte não uma são
`)

/** Splits a list of words at white space. */
export function words(list: string): ReadonlySet<string> {
  return new Set(list.split(/\s+/).filter((word) => word !== ''))
}

function antonymsOf(list: string): ReadonlyMap<string, ReadonlySet<string>> {
  const table = new Map<string, Set<string>>()
  const link = (from: string, to: string): void => {
    table.set(from, (table.get(from) ?? new Set()).add(to))
  }
  for (const pair of list.split(/[|\n]/)) {
    const [one, two] = pair.trim().split(' ')
    if (one === undefined || two === undefined) continue
    link(one, two)
    link(two, one)
  }
  return table
}
