import { joinedStem, type PlacedSense, type Reading } from '../reading/reading.ts'

/** A sense of the one text and the sense of the other that says the same. */
export interface Match {
  readonly a: PlacedSense
  readonly b: PlacedSense
}

/** Two texts laid over each other, sense by sense. */
export interface Matching {
  readonly pairs: readonly Match[]
  /** Senses without a counterpart; function words and empty words are left out. */
  readonly onlyA: readonly PlacedSense[]
  readonly onlyB: readonly PlacedSense[]
}

/** Pairs the senses of two readings; the best fitting role first, then the nearest place. */
export function matchSenses(a: Reading, b: Reading): Matching {
  const first = pairUp(a.senses.filter(counts), b.senses.filter(counts))
  // A phrase that the other text does not have is read word by word.
  const second = pairUp(first.onlyA.flatMap(dissolved), first.onlyB.flatMap(dissolved))
  const joinedA = joined(second.onlyA, second.onlyB)
  const joinedB = joined(second.onlyB, second.onlyA)
  const gone = new Set([...joinedA, ...joinedB])
  const isLeft = (sense: PlacedSense): boolean => !gone.has(sense) && !sense.isEmpty
  return {
    pairs: [...first.pairs, ...second.pairs].sort((x, y) => x.a.index - y.a.index),
    onlyA: second.onlyA.filter(isLeft),
    onlyB: second.onlyB.filter(isLeft),
  }
}

function pairUp(left: readonly PlacedSense[], right: readonly PlacedSense[]): Matching {
  const candidates = left
    .flatMap((one) =>
      right.flatMap((other) => (shareKey(one, other) ? [{ a: one, b: other }] : [])),
    )
    .sort((x, y) => costOf(x) - costOf(y) || x.a.index - y.a.index || x.b.index - y.b.index)
  const taken = new Set<PlacedSense>()
  const pairs = candidates.filter(({ a, b }) => {
    if (taken.has(a) || taken.has(b)) return false
    taken.add(a).add(b)
    return true
  })
  const isFree = (sense: PlacedSense): boolean => !taken.has(sense)
  return { pairs, onlyA: left.filter(isFree), onlyB: right.filter(isFree) }
}

/** They say nothing without the phrase; "up" and "down" do: "scale the cluster down". */
const FUNCTION: ReadonlySet<string> = new Set(
  'of in on at to from by with for into onto about as per than under until'.split(' '),
)

function dissolved(sense: PlacedSense): readonly PlacedSense[] {
  if (sense.parts.length === 0 || sense.isEmpty) return [sense]
  return sense.parts
    .filter(({ words: [word] }) => !FUNCTION.has(word?.norm ?? ''))
    .map((part) => ({ ...sense, ...part }))
}

function counts({ role }: PlacedSense): boolean {
  return role !== 'mark'
}

function shareKey(a: PlacedSense, b: PlacedSense): boolean {
  const [small, large] = a.keys.size <= b.keys.size ? [a.keys, b.keys] : [b.keys, a.keys]
  for (const key of small) if (large.has(key)) return true
  return false
}

function costOf({ a, b }: Match): number {
  const exact = a.words[0]?.norm === b.words[0]?.norm ? 0 : 2
  const place = (a.clause === b.clause ? 0 : 8) + (a.role === b.role ? 0 : 4)
  return exact + place + (a.isDetail === b.isDetail ? 0 : 1)
}

/** "trade mark" and "trademark": two neighbours that are one word on the other side. */
function joined(
  parts: readonly PlacedSense[],
  wholes: readonly PlacedSense[],
): readonly PlacedSense[] {
  return parts.flatMap((part, n) => {
    const next = parts[n + 1]
    if (next === undefined || next.index !== part.index + 1) return []
    const stem = joinedStem(part, next)
    const whole = wholes.find(({ keys }) => keys.has(stem))
    return whole === undefined ? [] : [part, next, whole]
  })
}
