import { seededRandom } from '../../../src/testing/seeded-random.ts'
import type { Message } from '../../harness/dream-cases.ts'
import { shuffled } from '../../harness/shuffled.ts'
import type { Night } from './nights.ts'

/** What is true of one thing after a night. */
export interface Truth {
  /** Words that a current entry holds. */
  readonly current: string
  /** Words that no current entry holds any more. */
  readonly former: readonly string[]
}

export interface SeededLife {
  readonly nights: readonly Night[]
  /** After each night, all that was said so far. */
  readonly truths: readonly (readonly Truth[])[]
}

const NIGHTS = 10
const NEW_PER_NIGHT = 4
const CHANGED_PER_NIGHT = 2
const NAMES =
  'Marta Ilse Bruno Tarek Oona Sefa Goran Lidia Piet Runa Amos Zofia Hedda Nuno Vera Kasim Dora Emil Yara Otis Wanda Ravi Selma Jorn Thea Milo Agda Cato Nela Borys Fenja Ugo Pia Lars Ines Mato Olga Tilo Anka Dario'
const PLACES =
  'Porto Turku Ghent Bergen Split Graz Leeds Gdansk Malaga Aarhus Basel Derry Bilbao Tartu Zadar Lyon Siena Cork Varna Utrecht'
const KIN = ['cousin', 'sister', 'brother', 'aunt', 'uncle', 'friend'] as const
const SERVICES = 'orders billing search mail ledger catalog gateway media stock audit'

/** How a thing is told, first and when it changed. */
interface Telling {
  readonly first: (value: string) => string
  readonly changed: (value: string) => string
  readonly value: () => string
}

/**
 * Ten nights of sessions of one person: statements about people and services, later values of some
 * of them, and small talk. The same seed gives the same bytes.
 */
export function seededLife(seed: number): SeededLife {
  const random = seededRandom(seed)
  const below = (count: number): number => Math.floor(random() * count)
  const tellings = tellingsOf(random, below)
  const known: { readonly telling: Telling; readonly values: string[] }[] = []
  const nights: Night[] = []
  const truths: (readonly Truth[])[] = []
  for (let night = 0; night < NIGHTS; night += 1) {
    const said: string[] = []
    for (const { telling, values } of shuffled(known, random).slice(0, CHANGED_PER_NIGHT)) {
      const value = freshValue(telling, values)
      values.push(value)
      said.push(telling.changed(value))
    }
    for (const telling of tellings.slice(night * NEW_PER_NIGHT, (night + 1) * NEW_PER_NIGHT)) {
      const value = telling.value()
      known.push({ telling, values: [value] })
      said.push(telling.first(value))
    }
    nights.push(sessionsOf(night, said, below))
    truths.push(known.map(truthOf))
  }
  return { nights, truths }
}

function truthOf({ telling, values }: { telling: Telling; values: readonly string[] }): Truth {
  const about = (value: string): string => telling.first(value).replace(/[.]$/, '')
  const current = values.at(-1) ?? ''
  return {
    current: wordsFor(about(current)),
    former: values.slice(0, -1).map((value) => wordsFor(about(value))),
  }
}

/** The part of a statement that stays when it is told as a change. */
function wordsFor(statement: string): string {
  return statement.replace(/^My \w+ |^The /, '')
}

function freshValue(telling: Telling, values: readonly string[]): string {
  for (;;) {
    const value = telling.value()
    if (!values.includes(value)) return value
  }
}

function tellingsOf(random: () => number, below: (count: number) => number): readonly Telling[] {
  const places = PLACES.split(' ')
  const people = shuffled(NAMES.split(' '), random).map((name, n): Telling => {
    const kin = KIN[n % KIN.length] ?? 'friend'
    const told = (value: string): string => `My ${kin} ${name} lives in ${value}.`
    return { first: told, changed: told, value: () => places[below(places.length)] ?? '' }
  })
  const services = shuffled(SERVICES.split(' '), random).map(
    (name): Telling => ({
      first: (value) => `The ${name} service listens on port ${value}.`,
      changed: (value) => `The ${name} service listens on port ${value} now.`,
      value: () => String(3000 + below(6000)),
    }),
  )
  const both = people.slice(0, NIGHTS * NEW_PER_NIGHT - services.length)
  return shuffled([...both, ...services], random)
}

/** Two sessions a night; each statement with small talk before it. */
function sessionsOf(
  night: number,
  said: readonly string[],
  below: (count: number) => number,
): Night {
  const day = `2027-${String(1 + night).padStart(2, '0')}`
  const half = Math.ceil(said.length / 2)
  return [said.slice(0, half), said.slice(half)].map((part, n) =>
    part.flatMap((statement, at): readonly Message[] => [
      { role: 'user', content: TALK[below(TALK.length)] ?? '', at: timeOf(day, n, at * 3) },
      { role: 'user', content: statement, at: timeOf(day, n, at * 3 + 1) },
      { role: 'assistant', content: 'Good to know.', at: timeOf(day, n, at * 3 + 2) },
    ]),
  )
}

function timeOf(month: string, session: number, minute: number): string {
  return `${month}-${String(10 + session)}T09:${String(minute).padStart(2, '0')}:00Z`
}

const TALK = [
  'Can you help me to plan the evening?',
  'What goes well with lentils?',
  'Thanks, that was quick.',
  'Could you make the list shorter?',
  'How do I fold a fitted sheet?',
]
