/** Random choices that only depend on a seed. */
export interface Draw {
  /** A whole number from 0 to `n` - 1. */
  below(n: number): number
  oneOf<T>(list: readonly T[]): T
  /** True in `share` of the cases. */
  chance(share: number): boolean
  shuffled<T>(list: readonly T[]): readonly T[]
}

/** Draws by mulberry32 (public domain): fast, and good enough for test data. */
export function seededDraw(seed: number): Draw {
  const next = mulberry32(seed)
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

function mulberry32(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = state
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
