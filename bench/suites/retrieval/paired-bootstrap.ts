import { seededRandom } from '../../../src/testing/seeded-random.ts'

const DRAWS = 2_000

/** Mean of paired differences with its 95 % percentile bootstrap interval (B. Efron 1979). */
export function pairedBootstrap(
  differences: readonly number[],
  seed: number,
): { readonly mean: number; readonly low: number; readonly high: number } {
  if (differences.length === 0) throw new RangeError('There is nothing to draw from.')
  const random = seededRandom(seed)
  const means = Array.from({ length: DRAWS }, () =>
    meanOf(differences.map(() => differences[Math.floor(random() * differences.length)] ?? 0)),
  ).toSorted((a, b) => a - b)
  return {
    mean: meanOf(differences),
    low: means[Math.floor(0.025 * DRAWS)] ?? 0,
    high: means[Math.ceil(0.975 * DRAWS) - 1] ?? 0,
  }
}

export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** The middle value; of an even number the mean of both. */
export function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const [low, high] = [sorted[(sorted.length - 1) >> 1] ?? 0, sorted[sorted.length >> 1] ?? 0]
  return (low + high) / 2
}
