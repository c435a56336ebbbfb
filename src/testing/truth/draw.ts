import { seededRandom } from '../seeded-random.ts'

/** Random choices that only depend on a seed. */
export interface Draw {
  /** A whole number from 0 to `n` - 1. */
  below(n: number): number
  oneOf<T>(list: readonly T[]): T
  /** True in `share` of the cases. */
  chance(share: number): boolean
  shuffled<T>(list: readonly T[]): readonly T[]
}

/** The draws of one seed, each following from the one before. */
export function seededDraw(seed: number): Draw {
  const next = seededRandom(seed)
  const below = (n: number): number => Math.floor(next() * n)
  return {
    below,
    oneOf: (list) => {
      const item = list[below(list.length)]
      if (item === undefined) throw new RangeError('Nothing to draw from.')
      return item
    },
    chance: (share) => next() < share,
    shuffled: (list) => {
      const dealt = [...list]
      for (const [at, item] of list.entries()) {
        // Fisher and Yates, from the front: the new item changes places with one dealt before.
        const place = below(at + 1)
        dealt[at] = dealt[place] ?? item
        dealt[place] = item
      }
      return dealt
    },
  }
}
