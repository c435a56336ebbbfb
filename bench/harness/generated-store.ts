import { seededRandom } from '../../src/testing/seeded-random.ts'
import { NAME_PARTS, type Pools, SENTENCES } from './store-vocabulary.ts'

export interface StoreSize {
  readonly files: number
  readonly bulletsPerFile: number
}

/** Files by path, as a memory folder holds them. */
export type GeneratedStore = Readonly<Record<string, string>>

/** One bullet in so many says again what an earlier one says, as stores do that grew by hand. */
const REPEATED_EVERY = 100

/**
 * A memory folder of notes about invented services, customers and people: many kinds of sentences,
 * names that grow in number with the store, and some repeats. The same seed gives the same bytes.
 */
export function generatedStore(size: StoreSize, seed: number): GeneratedStore {
  const draw = drawOf(seed, size.files)
  const told: string[] = []
  const files = Array.from({ length: size.files }, (_, n): [string, string] => {
    const topic = nameOf(n)
    const first = draw.below(SENTENCES.length)
    const bullets = Array.from({ length: size.bulletsPerFile }, (_, at) => {
      const isRepeat = told.length > 0 && draw.below(REPEATED_EVERY) === 0
      const text = isRepeat ? draw.oneOf(told) : draw.sentence(topic, first + at)
      told.push(text)
      return `- ${text}`
    })
    return [`${fileName(topic)}-${n}.md`, `# ${topic}\n\n${bullets.join('\n')}\n`]
  })
  return Object.fromEntries(files)
}

/** So many new sentences of the same kind, about things the store of this seed may not know. */
export function generatedSentences(
  count: number,
  size: StoreSize,
  seed: number,
): readonly string[] {
  const draw = drawOf(seed, size.files)
  return Array.from({ length: count }, () =>
    draw.sentence(draw.newName(), draw.below(SENTENCES.length)),
  )
}

/**
 * The store as it is some days later: one bullet in so many has other words, and as many are new,
 * spread over its files.
 */
export function laterStore(store: GeneratedStore, every: number, seed: number): GeneratedStore {
  const draw = drawOf(seed, Object.keys(store).length)
  const other = (): string => `- ${draw.sentence(draw.newName(), draw.below(SENTENCES.length))}`
  let n = 0
  const later = Object.entries(store).map(([path, content]): [string, string] => {
    const lines = content.split('\n').flatMap((line) => {
      if (!line.startsWith('- ')) return [line]
      n += 1
      if (n % every !== 0) return [line]
      return n % (2 * every) === 0 ? [other()] : [line, other()]
    })
    return [path, lines.join('\n')]
  })
  return Object.fromEntries(later)
}

interface Draw {
  below(limit: number): number
  oneOf<T>(items: readonly T[]): T
  /** Of a thing that no file of the store is about. */
  newName(): string
  /** The n-th kind of sentence about a thing. */
  sentence(topic: string, kind: number): string
}

function drawOf(seed: number, files: number): Draw {
  const random = seededRandom(seed)
  const below = (limit: number): number => Math.floor(random() * limit)
  const oneOf = <T>(items: readonly T[]): T => at(items, below(items.length))
  const pools: Pools = { below, oneOf, name: () => nameOf(below(files)) }
  return {
    below,
    oneOf,
    newName: () => nameOf(files + below(files + 1)),
    sentence: (topic, kind) => at(SENTENCES, kind)(topic, pools),
  }
}

/** The n-th invented name, such as "Veltora gateway". */
function nameOf(n: number): string {
  const { first, second, last, noun } = NAME_PARTS
  const middle = Math.floor(n / first.length)
  const end = Math.floor(middle / second.length)
  return `${at(first, n)}${at(second, middle)}${at(last, end)} ${at(noun, n * 7 + middle)}`
}

/** The n-th of the items, counted round and round. */
function at<T>(items: readonly T[], n: number): T {
  const item = items[n % items.length]
  if (item === undefined) throw new Error('Nothing to draw from.')
  return item
}

function fileName(topic: string): string {
  return topic.toLowerCase().replaceAll(' ', '-')
}
