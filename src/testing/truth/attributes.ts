import type { Draw } from './draw.ts'

/**
 * A property of which a thing has one value at a time, and the ways people word it. `S` stands for
 * the thing and `V` for the value.
 */
export interface Attribute {
  readonly name: string
  readonly value: (draw: Draw) => string
  /** The same statement in other words; the first one is how notes begin. */
  readonly says: readonly [string, string, ...string[]]
  /** The new value with a word of change. */
  readonly changed: string
  readonly temporary: string
  readonly planned: string
}

const PEOPLE = list('Ada Ben Cleo Dario Elif Femi Greta Hana Igor Jonas Kaya Lena Mara Nils Olga')
const REGIONS = list('eu-west-1 eu-central-1 us-east-1 us-west-2 ap-south-1 sa-east-1')
const WEEKDAYS = list('Monday Tuesday Wednesday Thursday Friday')
const LANGUAGES = list('Go Rust Kotlin Python Elixir TypeScript Scala')
const CHANNELS = list('#alerts #ops-night #platform #on-call #incidents #noise')
const TOOLS = list('npm pnpm yarn bun')

export const ATTRIBUTES: readonly Attribute[] = [
  {
    name: 'port',
    value: (draw) => String(3000 + draw.below(6000)),
    says: ['The S listens on port V.', 'S: port V', 'Port V is the one the S listens on.'],
    changed: 'The S listens on port V now.',
    temporary: 'Until Friday the S listens on port V.',
    planned: 'We might move the S to port V next quarter.',
  },
  {
    name: 'owner',
    value: (draw) => draw.oneOf(PEOPLE),
    says: ['The S is owned by V.', 'V owns the S.', 'Owner of the S: V'],
    changed: 'V owns the S now.',
    temporary: 'While the owner is on leave V owns the S, only until the end of the month.',
    planned: 'We are thinking about letting V own the S some day.',
  },
  {
    name: 'region',
    value: (draw) => draw.oneOf(REGIONS),
    says: ['The S runs in V.', 'The region of the S is V.', 'V is the region the S runs in.'],
    changed: 'The S moved to V.',
    temporary: 'For this week the S runs in V.',
    planned: 'Perhaps the S will run in V at some point.',
  },
  {
    name: 'retention',
    value: (draw) => String(10 + draw.below(80)),
    says: [
      'The S keeps its logs for V days.',
      'Logs of the S are kept for V days.',
      'The log retention of the S is V days.',
    ],
    changed: 'The S now keeps its logs for V days.',
    temporary: 'For the time being the S keeps its logs for V days.',
    planned: 'Should the S keep its logs for V days?',
  },
  {
    name: 'timeout',
    value: (draw) => String(5 + draw.below(90)),
    says: [
      'Requests to the S time out after V seconds.',
      'The S times out requests after V seconds.',
      'The request timeout of the S is V seconds.',
    ],
    changed: 'Requests to the S now time out after V seconds.',
    temporary: 'Just for today requests to the S time out after V seconds.',
    planned: 'We plan to let requests to the S time out after V seconds.',
  },
  {
    name: 'deploy day',
    value: (draw) => draw.oneOf(WEEKDAYS),
    says: [
      'The S is deployed every V.',
      'We deploy the S every V.',
      'Deploys of the S happen every V.',
    ],
    changed: 'From now on the S is deployed every V.',
    temporary: 'During the freeze, until next month, the S is deployed every V.',
    planned: 'I would like to see the S deployed every V eventually.',
  },
  {
    name: 'language',
    value: (draw) => draw.oneOf(LANGUAGES),
    says: [
      'The S is written in V.',
      'The language of the S is V.',
      'V is the language that the S is written in.',
    ],
    changed: 'The S was rewritten and is written in V now.',
    temporary: 'For the moment a prototype of the S is written in V.',
    planned: 'Somebody suggested that the S be written in V.',
  },
  {
    name: 'budget',
    value: (draw) => `${1 + draw.below(90)},500`,
    says: [
      'The monthly budget of the S is V euros.',
      'The S has a monthly budget of V euros.',
      'Monthly budget of the S: V euros',
    ],
    changed: 'The monthly budget of the S was raised to V euros.',
    temporary: 'This month only, the monthly budget of the S is V euros.',
    planned: 'If sales allow it, the monthly budget of the S could be V euros.',
  },
  {
    name: 'alerts',
    value: (draw) => draw.oneOf(CHANNELS),
    says: [
      'Alerts of the S go to V.',
      'The S sends its alerts to V.',
      'V receives the alerts of the S.',
    ],
    changed: 'Alerts of the S go to V now.',
    temporary: 'Until the migration is done, alerts of the S go to V.',
    planned: 'Maybe alerts of the S would be better off in V.',
  },
  {
    name: 'package manager',
    value: (draw) => draw.oneOf(TOOLS),
    says: [
      'The S uses V as its package manager.',
      'The package manager of the S is V.',
      'V is the package manager of the S.',
    ],
    changed: 'The package manager of the S is V now.',
    temporary: 'Until the lock file is mended the package manager of the S is V.',
    planned: 'Ben thinks that the package manager of the S ought to be V.',
  },
]

const FIRST = list(`
  invoice loyalty catalog checkout refund shipping warehouse supplier pricing discount newsletter search
  billing payroll ticket session profile avatar consent audit ledger quota report export import archive
  backup thumbnail video upload download signup login device sensor fleet route driver parcel locker
  return gift voucher campaign survey partner tenant license contract visa travel expense meeting roster
  shift badge parking meter energy weather
`)
const SECOND = list(`
  service worker gateway dashboard exporter importer scheduler queue cache index proxy console portal agent
  bot crawler renderer validator notifier archiver balancer broker collector dispatcher formatter generator
  handler indexer listener mapper monitor planner poller processor reader recorder relay resolver router
  runner scanner sender server simulator sorter store stream switcher syncer tracker trigger uploader
  verifier viewer watcher writer
`)
const PREFIXES = ['', '', 'internal ', 'partner ', 'legacy ']

/** More different names than this are not to be had in reasonable time. */
export const THINGS_MAX: number = Math.floor(FIRST.length * SECOND.length * 4 * 0.8)

/** The names of `count` different things, in an order that depends on the draw. */
export function thingNames(count: number, draw: Draw): readonly string[] {
  if (count > THINGS_MAX) throw new RangeError(`There are ${THINGS_MAX} names, not ${count}.`)
  const names = new Set<string>()
  while (names.size < count) {
    names.add(`${draw.oneOf(PREFIXES)}${draw.oneOf(FIRST)} ${draw.oneOf(SECOND)}`)
  }
  return [...names]
}

/** A template with its thing and value put in. */
export function worded(template: string, thing: string, value: string): string {
  const text = template.replaceAll(/\bS\b/g, () => thing).replaceAll(/\bV\b/g, () => value)
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function list(words: string): readonly string[] {
  return words.trim().split(/\s+/)
}
