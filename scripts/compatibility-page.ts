import { DIFFERENCES, NOT_ANSWERED, type Standing, standingOf } from '../src/wire/compatibility.ts'
import type { SdkMethod } from './sdk-methods.ts'

/** Resources that are shown first, in this order. */
const SHOWN: readonly (readonly [start: string, heading: string])[] = [
  ['dreams.', 'Dreams'],
  ['memoryStores.memories.', 'Memories'],
  ['memoryStores.memoryVersions.', 'Memory versions'],
  ['memoryStores.', 'Memory stores'],
  ['sessions.events.', 'Events of sessions'],
  ['sessions.resources.', 'Resources of sessions'],
  ['sessions.threads.', 'Threads of sessions'],
  ['sessions.', 'Sessions'],
  ['agents.', 'Agents'],
  ['environments.', 'Environments'],
]

/** docs/compatibility.md: every method of the client's `beta`, and where it stands. */
export function compatibilityPage(version: string, methods: readonly SdkMethod[]): string {
  const rowsOf = (start: string): readonly SdkMethod[] =>
    methods.filter(({ name }) => sectionOf(name) === start)
  const shown = SHOWN.flatMap(([start, heading]) => [`## ${heading}`, table(rowsOf(start))])
  const absent = Object.entries(NOT_ANSWERED).flatMap(([start, { how }]) => [
    `### \`${start}*\``,
    how,
    shortTable(rowsOf(start)),
  ])
  return `${[
    '# Compatibility',
    '**Sessions are records.** Reverie runs no agents: a message that is posted to a session is stored, the session goes idle at once, and an event says so. Sessions are what dreams read; what agents said and did comes in by import (`/v1/reverie/`).',
    `The page is made by \`node scripts/generate-compatibility.ts\` from the methods of \`client.beta\` of \`@anthropic-ai/sdk\` ${version}, which works unmodified: give it \`baseURL\`, and any \`apiKey\` as long as no key is needed. ${summary(methods)} Whatever else the client asks for answers 404 in the wire's shape of errors.`,
    '## What differs everywhere',
    DIFFERENCES.map((text) => `- ${text}`).join('\n'),
    ...shown,
    '## Not there',
    'Each of these answers 404 `not_found_error`.',
    ...absent,
  ].join('\n\n')}\n`
}

/** Methods about which the data say nothing. */
export function withoutStanding(methods: readonly SdkMethod[]): readonly string[] {
  return methods.map(({ name }) => name).filter((name) => standingOf(name) === null)
}

function summary(methods: readonly SdkMethod[]): string {
  const count = (support: Standing['support']): number =>
    methods.filter(({ name }) => standingOf(name)?.support === support).length
  return `Of ${methods.length} methods, ${count('supported')} work as documented, ${count('differs')} work with a difference that their row tells, ${count('404')} are not there.`
}

function sectionOf(name: string): string | undefined {
  const starts = [...Object.keys(NOT_ANSWERED), ...SHOWN.map(([start]) => start)]
  return starts.find((start) => name.startsWith(start))
}

function table(methods: readonly SdkMethod[]): string {
  const rows = methods.map((method) => {
    const { support, how } = standingOf(method.name) ?? { support: '404', how: '' }
    return `| \`${method.name}\` | ${routeOf(method)} | ${support} | ${how} |`
  })
  return ['| method | route | | how |', '|---|---|---|---|', ...rows].join('\n')
}

function shortTable(methods: readonly SdkMethod[]): string {
  const rows = methods.map((method) => `| \`${method.name}\` | ${routeOf(method)} |`)
  return ['| method | route |', '|---|---|', ...rows].join('\n')
}

function routeOf({ route }: SdkMethod): string {
  if (route === null) return '-'
  const path = route.path.replaceAll(/\{(\w+)\}/g, ':$1')
  return `\`${route.method.toUpperCase()} ${path}\``
}
