import { seededRandom } from '../../src/testing/seeded-random.ts'

/** A new list in an order that only the random numbers decide (Fisher and Yates). */
export function shuffled<T>(items: readonly T[], random: () => number): readonly T[] {
  const rest = [...items]
  return items.flatMap(() => rest.splice(Math.floor(random() * rest.length), 1))
}

/** At most `limit` of the items, drawn under the seed, in their own order. */
export function sampled<T>(items: readonly T[], limit: number, seed: number): readonly T[] {
  if (items.length <= limit) return items
  const places = shuffled([...items.keys()], seededRandom(seed)).slice(0, limit)
  const isDrawn = new Set(places)
  return items.filter((_item, place) => isDrawn.has(place))
}
