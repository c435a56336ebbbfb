import type { DataFolder } from './data-folder.ts'
import type { DreamCases } from './dream-cases.ts'
import type { Row } from './row.ts'
import { sampled } from './shuffled.ts'

/** What a suite is run with. */
export interface BenchContext {
  readonly data: DataFolder
  /** Runs whole dreams through the public interface. */
  readonly cases: DreamCases
  readonly seed: number
  /** At most so many items of a set, drawn under the seed; null = all. */
  readonly limit?: number | null
  /** Only the sets of these names; null = all. */
  readonly only?: readonly string[] | null
  /** Every combination, where a suite measures a part of them otherwise. */
  readonly isFull?: boolean
  /** Told as the suite goes along, for people. */
  readonly note: (text: string) => void
}

/** One family of figures. A set whose files are not there is left out, and said so. */
export interface Suite {
  readonly name: string
  /** One line: what it measures. */
  readonly about: string
  run(context: BenchContext): Promise<readonly Row[]>
}

/** One set of a suite, measured by itself. */
export interface BenchSet {
  readonly name: string
  run(context: BenchContext): Promise<readonly Row[]>
}

/** A suite that runs its sets one after the other. */
export function suiteOf(name: string, about: string, sets: readonly BenchSet[]): Suite {
  return {
    name,
    about,
    async run(context) {
      const rows: Row[] = []
      for (const set of sets) {
        if (context.only?.includes(set.name) ?? true) rows.push(...(await set.run(context)))
      }
      return rows
    },
  }
}

/**
 * The items of a set that a figure is of: all, or the sample of a quick run. None, with a note,
 * where there is no such file.
 */
export function itemsOf<T>(
  context: BenchContext,
  folder: string,
  set: string,
  isOfFigure: (item: T) => boolean = () => true,
): readonly T[] {
  const items = context.data.items<T>(folder, set)
  if (items === null) {
    context.note(`no ${folder}/${set}.*.jsonl; the set is left out`)
    return []
  }
  return sampleOf(context, set, items.filter(isOfFigure))
}

/** All items, or the sample of a quick run. */
export function sampleOf<T>(context: BenchContext, set: string, items: readonly T[]): readonly T[] {
  const { limit = null, seed, note } = context
  if (limit === null || items.length <= limit) return items
  note(`${set}: ${limit} of ${items.length} items, drawn under seed ${seed}`)
  return sampled(items, limit, seed)
}
