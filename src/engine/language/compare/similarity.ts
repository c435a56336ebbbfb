import { contentTokens, normalizedText } from '../tokens.ts'

/** A text prepared for comparing. */
export interface TextFeatures {
  /** Weight of each content stem, of unit length. */
  readonly stems: ReadonlyMap<string, number>
  /** Character 3-grams of the content words. */
  readonly grams: ReadonlySet<string>
}

/** How telling a stem is; rare ones weigh more. */
export type StemWeight = (stem: string) => number

const GRAM_LENGTH = 3
const STEM_SHARE = 0.6
/** A text that says all of another and more is near it, however much longer it is. */
const CONTAINMENT_SHARE = 0.8
const CONTAINED_STEMS_MIN = 3

export function textFeatures(text: string, weight: StemWeight = () => 1): TextFeatures {
  const counts = new Map<string, number>()
  for (const { stem } of contentTokens(text)) counts.set(stem, (counts.get(stem) ?? 0) + 1)
  const raw = [...counts].map(([stem, n]): [string, number] => [
    stem,
    (1 + Math.log(n)) * weight(stem),
  ])
  const length = Math.hypot(...raw.map(([, value]) => value)) || 1
  return {
    stems: new Map(raw.map(([stem, value]) => [stem, value / length])),
    grams: gramsOf(text),
  }
}

/** 0..1: weighted stems, character n-grams, and whether one says all of the other. */
export function similarity(a: TextFeatures, b: TextFeatures): number {
  const stems = cosine(a.stems, b.stems)
  const grams = dice(a.grams, b.grams)
  const mixed = STEM_SHARE * stems + (1 - STEM_SHARE) * grams
  return Math.min(1, Math.max(mixed, CONTAINMENT_SHARE * containment(a.stems, b.stems)))
}

/** Lower-case character n-grams of the words, within words only. */
export function gramsOf(text: string): ReadonlySet<string> {
  const grams = new Set<string>()
  for (const word of normalizedText(text).toLowerCase().split(' ')) {
    const padded = ` ${word} `
    for (let n = 0; n + GRAM_LENGTH <= padded.length; n += 1)
      grams.add(padded.slice(n, n + GRAM_LENGTH))
  }
  return grams
}

function cosine(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  let sum = 0
  for (const [stem, value] of a) sum += value * (b.get(stem) ?? 0)
  return sum
}

function dice(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const total = a.size + b.size
  return total === 0 ? 0 : (2 * a.intersection(b).size) / total
}

/** The share of the shorter text's stems that the longer one has. */
function containment(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  const [small, large] = a.size <= b.size ? [a, b] : [b, a]
  if (small.size < CONTAINED_STEMS_MIN) return 0
  return [...small.keys()].filter((stem) => large.has(stem)).length / small.size
}
