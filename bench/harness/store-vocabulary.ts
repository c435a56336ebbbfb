/** What a sentence is filled from. */
export interface Pools {
  below(limit: number): number
  oneOf<T>(items: readonly T[]): T
  /** Of another thing of the store. */
  name(): string
}

type Sentence = (topic: string, pools: Pools) => string

/** Syllables and nouns of invented names: 24 x 16 x 12 words before one returns. */
export const NAME_PARTS = {
  first: [
    'Vel',
    'Kor',
    'Ama',
    'Tri',
    'Bel',
    'Nor',
    'Sil',
    'Dra',
    'Hel',
    'Ori',
    'Pax',
    'Zen',
    'Lum',
    'Fer',
    'Gal',
    'Mir',
    'Qui',
    'Ras',
    'Tal',
    'Umb',
    'Wex',
    'Yar',
    'Cal',
    'Jov',
  ],
  second: [
    'to',
    'ren',
    'di',
    'mar',
    'lo',
    'ves',
    'qua',
    'bri',
    'nu',
    'sca',
    'phe',
    'gon',
    'ti',
    'wa',
    'xi',
    'zu',
  ],
  last: ['ra', 'n', 'lis', 'dor', 'va', 'th', 'mo', 'ster', 'ke', 'plex', 'nia', 'go'],
  noun: [
    'gateway',
    'worker',
    'warehouse',
    'dashboard',
    'account',
    'contract',
    'newsletter',
    'scheduler',
    'library',
    'office',
    'campaign',
    'pipeline',
    'cluster',
    'app',
    'catalog',
    'router',
    'archive',
    'workshop',
    'portal',
    'report',
    'index',
    'team',
    'plant',
    'store',
  ],
} as const

const PEOPLE = [
  'Ada',
  'Bruno',
  'Chidi',
  'Dana',
  'Elif',
  'Farid',
  'Grete',
  'Hugo',
  'Ines',
  'Jonas',
  'Kaya',
  'Lin',
  'Mara',
  'Nils',
  'Olga',
  'Pavel',
  'Quinn',
  'Rosa',
  'Sami',
  'Tove',
  'Uma',
  'Viktor',
  'Wanda',
  'Xenia',
  'Yusuf',
  'Zoe',
  'Amir',
  'Birgit',
  'Carla',
  'Dmitri',
]
const CITIES = [
  'Lisbon',
  'Hamburg',
  'Osaka',
  'Tallinn',
  'Porto',
  'Graz',
  'Lyon',
  'Turin',
  'Bergen',
  'Malmo',
  'Leeds',
  'Cork',
  'Basel',
  'Ghent',
  'Split',
  'Brno',
  'Kyoto',
  'Quito',
  'Accra',
  'Perth',
]
const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const TOOLS = [
  'pnpm',
  'Terraform',
  'Kafka',
  'Redis',
  'nginx',
  'Grafana',
  'Jira',
  'Excel',
  'Figma',
  'Docker',
  'Ansible',
  'Gradle',
  'Postgres',
  'RabbitMQ',
  'Sentry',
  'Looker',
  'Zapier',
  'Notion',
  'Bazel',
  'Poetry',
]
const FAULTS = [
  'a stale cache',
  'an expired certificate',
  'a full disk',
  'a missing index',
  'a clock that drifts',
  'two writers on one file',
  'a header that is too long',
  'an empty page of results',
  'a wrong time zone',
  'a broken symlink',
  'a proxy that strips cookies',
  'a leap day',
]
const FILES = ['settings', 'deploy', 'limits', 'routes', 'prices', 'owners', 'alerts', 'schema']
const WISHES = [
  'short answers',
  'tables instead of prose',
  'a phone call before any change',
  'invoices by post',
  'examples in Kotlin',
  'screenshots in every report',
  'metric units',
  'drafts before final texts',
  'meetings before noon',
  'changes in small steps',
  'a summary at the top',
  'links to the sources',
]

const HOURS_PER_DAY = 24
const PORT_MIN = 1_024
const PORTS = 60_000

const port = ({ below }: Pools): number => PORT_MIN + below(PORTS)
const amount = ({ below }: Pools): number => 2 + below(998)
const clock = ({ below }: Pools): string => `${String(below(HOURS_PER_DAY)).padStart(2, '0')}:30`
const version = ({ below }: Pools): string => `${1 + below(19)}.${below(30)}.${below(12)}`

/** Kinds of notes as agents and people write them, over several walks of life. */
export const SENTENCES: readonly Sentence[] = [
  (topic, pools) => `The ${topic} listens on port ${port(pools)}.`,
  (topic, { oneOf }) => `${oneOf(PEOPLE)} owns the ${topic}; ask in person before you touch it.`,
  (topic, pools) =>
    `Backups of the ${topic} start at ${clock(pools)} and take ${amount(pools)} minutes.`,
  (topic, { oneOf }) =>
    `The ${topic} was moved from ${oneOf(CITIES)} to ${oneOf(CITIES)} last spring.`,
  (topic, pools) => `Requests to the ${topic} time out after ${amount(pools)} seconds.`,
  (topic, pools) => `The ${topic} runs version ${version(pools)} of ${pools.oneOf(TOOLS)}.`,
  (topic, { oneOf }) =>
    `Do not restart the ${topic} on ${oneOf(DAYS)}, the ${oneOf(CITIES)} office works late.`,
  (topic, { oneOf, name }) =>
    `An outage of the ${topic} was caused by ${oneOf(FAULTS)} in the ${name()}.`,
  (topic, { oneOf }) => `${oneOf(PEOPLE)} from the ${topic} prefers ${oneOf(WISHES)}.`,
  (topic, pools) =>
    `The budget for the ${topic} is ${amount(pools)},000 euros until ${pools.oneOf(DAYS)} of week ${1 + pools.below(51)}.`,
  (topic, { oneOf, below }) =>
    `Settings of the ${topic} live in config/${oneOf(FILES)}-${below(90)}.yaml.`,
  (topic, { name }) => `The ${topic} must be migrated before the ${name()} can be switched off.`,
  (topic, { oneOf }) => `If the ${topic} is slow, look for ${oneOf(FAULTS)} first.`,
  (topic, pools) => `At most ${amount(pools)} users may open the ${topic} at the same time.`,
  (topic, { oneOf }) =>
    `Releases of the ${topic} go out every ${oneOf(DAYS)} after ${oneOf(PEOPLE)} has signed them.`,
  (topic, { oneOf }) =>
    `We chose ${oneOf(TOOLS)} over ${oneOf(TOOLS)} for the ${topic} because the team knows it.`,
  (topic, { oneOf, name }) =>
    `Reports from the ${topic} are sent to ${oneOf(PEOPLE)} and copied into the ${name()}.`,
  (topic, pools) =>
    `The lease of the ${topic} ends on 20${26 + pools.below(9)}-0${1 + pools.below(9)}-1${pools.below(10)}.`,
  (topic, { oneOf }) =>
    `Tests of the ${topic} need ${oneOf(TOOLS)} and a copy of the ${oneOf(CITIES)} data.`,
  (topic, { oneOf, below }) =>
    `Run \`make ${oneOf(FILES)}-check\` twice for the ${topic}; the first pass fails in ${1 + below(9)} of 10 cases.`,
  (topic, pools) =>
    `Discounts above ${1 + pools.below(60)} % for the ${topic} need a yes from ${pools.oneOf(PEOPLE)}.`,
  (topic, { oneOf }) => `Customers of the ${topic} in ${oneOf(CITIES)} ask for ${oneOf(WISHES)}.`,
  (topic, { oneOf, name }) =>
    `The ${topic} reads from the ${name()} through ${oneOf(TOOLS)}, never directly.`,
  (topic, pools) =>
    `Logs of the ${topic} are kept for ${amount(pools)} days, then they go to ${pools.oneOf(CITIES)}.`,
  (topic, { oneOf, below }) =>
    `${oneOf(PEOPLE)} and ${oneOf(PEOPLE)} meet about the ${topic} in room ${100 + below(800)}.`,
  (topic, { oneOf }) =>
    `The contact for the ${topic} in ${oneOf(CITIES)} is ${oneOf(PEOPLE)}, not ${oneOf(PEOPLE)}.`,
  (topic, pools) =>
    `Retry a failed import into the ${topic} ${2 + pools.below(8)} times with ${amount(pools)} ms between.`,
  (topic, { name, oneOf }) => `The ${topic} and the ${name()} share one ${oneOf(TOOLS)} instance.`,
  (topic, { oneOf }) =>
    `Training for the ${topic} takes place in ${oneOf(CITIES)} each ${oneOf(DAYS)}.`,
  (topic, { oneOf }) =>
    `Never write to the ${topic} by hand: ${oneOf(TOOLS)} overwrites it at night.`,
]
