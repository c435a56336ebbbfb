import { seededRandom } from '../../../src/testing/seeded-random.ts'
import type { BenchContext, BenchSet } from '../../harness/suite.ts'
import { type Asked, askCase } from './ask-case.ts'
import type { Findable, SearchCase } from './search-case.ts'
import { searchRows } from './search-rows.ts'

const NAME = 'generated'
const STORES = 6
const SERVICES_MAX = 24
const SAID_AT = '2026-03-01T09:00:00Z'

/** A note about a service, how a user says that it changed, and who asks for it how. */
interface Attribute {
  readonly values: readonly string[]
  readonly note: (service: string, value: string) => string
  readonly change: (service: string, value: string) => string
  readonly question: (service: string) => string
}

const ATTRIBUTES: readonly Attribute[] = [
  {
    values: ['3100', '4200', '5300', '6400', '7500', '8600'],
    note: (service, value) => `The ${service} listens on port ${value}.`,
    change: (service, value) => `The ${service} listens on port ${value} now.`,
    question: (service) => `Which port does the ${service} listen on?`,
  },
  {
    values: ['Ines', 'Jonas', 'Mira', 'Tomas', 'Wanda', 'Yusuf'],
    note: (service, value) => `${value} owns the ${service}.`,
    change: (service, value) => `${value} owns the ${service} now.`,
    question: (service) => `Who is the owner of the ${service}?`,
  },
  {
    values: ['Dublin', 'Frankfurt', 'Milan', 'Oregon', 'Tokyo', 'Warsaw'],
    note: (service, value) => `The ${service} runs in ${value}.`,
    change: (service, value) => `The ${service} now runs in ${value}.`,
    question: (service) => `Where is the ${service} running?`,
  },
]

const FIRST = ['billing', 'catalog', 'delivery', 'invoice', 'loyalty', 'pricing', 'search', 'stock']
const SECOND = ['gateway', 'worker', 'scheduler']

/** Stores in which some notes stand twice, a fifth of the facts changed, and most did not. */
export const generatedQuestions: BenchSet = {
  name: NAME,
  async run(context: BenchContext) {
    const { seed, limit = null } = context
    const asked: Asked[] = []
    for (let n = 0; n < Math.min(STORES, limit ?? STORES); n += 1) {
      asked.push(...(await askCase(generatedCase(seed * 1000 + n), context)))
    }
    return searchRows(NAME, asked, seed)
  },
}

interface Fact {
  readonly id: string
  readonly service: string
  readonly question: string
  /** The note as it stands. */
  readonly note: string
  /** What a session says instead; null = it is still true. */
  readonly said: string | null
  /** What a line that is true now holds, besides the service. */
  readonly value: string
  readonly isNotedTwice: boolean
}

export function generatedCase(seed: number): SearchCase {
  const facts = factsOf(seededRandom(seed))
  const files = Map.groupBy(facts, ({ service }) => service)
  const twice = facts.filter(({ isNotedTwice }) => isNotedTwice)
  const notes: readonly Findable[] = [
    ...[...files].map(([service, own]) => findable(`${service.replace(' ', '-')}.md`, own)),
    findable('overview.md', twice),
  ]
  const told = facts.flatMap(({ id, said }): readonly Findable[] =>
    said === null ? [] : [{ path: `said-${id}.md`, content: `- ${said}\n`, holds: new Set([id]) }],
  )
  return {
    before: [...notes, ...told],
    memory: Object.fromEntries(notes.map(({ path, content }) => [path, content])),
    transcripts: facts.flatMap(({ said }) =>
      said === null ? [] : [[{ role: 'user', content: said, at: SAID_AT } as const]],
    ),
    turns: told,
    heldAfter: ({ current }) => {
      const paths = Map.groupBy(current, ({ path }) => path)
      return new Map(
        [...paths].map(([path, entries]) => [
          path,
          new Set(
            facts
              .filter((fact) => entries.some(({ text }) => says(text, fact)))
              .map(({ id }) => id),
          ),
        ]),
      )
    },
    questions: facts.map(({ question, id }) => ({ text: question, gold: [id] })),
  }
}

function says(text: string, { service, value }: Fact): boolean {
  return text.includes(service) && text.includes(value)
}

function findable(path: string, facts: readonly Fact[]): Findable {
  return {
    path,
    content: facts.map(({ note }) => `- ${note}\n`).join(''),
    holds: new Set(facts.filter(({ said }) => said === null).map(({ id }) => id)),
  }
}

function factsOf(random: () => number): readonly Fact[] {
  const pick = (values: readonly string[]): string =>
    values[Math.floor(random() * values.length)] ?? ''
  const services = FIRST.flatMap((first) => SECOND.map((second) => `${first} ${second}`))
  return services.slice(0, SERVICES_MAX).flatMap((service, at) =>
    ATTRIBUTES.map(({ values, note, change, question }, n): Fact => {
      const old = pick(values)
      const now = random() < 0.2 ? pick(values.filter((value) => value !== old)) : old
      return {
        id: `${at}-${n}`,
        service,
        question: question(service),
        note: note(service, old),
        said: now === old ? null : change(service, now),
        value: now,
        isNotedTwice: random() < 0.15,
      }
    }),
  )
}
