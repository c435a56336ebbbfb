import type { Expectation } from '../../../src/testing/index.ts'
import type { Dreamt } from '../../harness/dream-cases.ts'

/** One thing that was known of a world, and whether the dream's result is a case of the metric. */
export interface Outcome {
  /**
   * `merged` (copies), `false_merge` (traps), `recall` and `stale` (updates), `wrong_replacement`
   * (statements that outdate nothing), `annotated` (dependants), `told` and `false_recurring`
   * (errors), `leaked` (secrets, canaries).
   */
  readonly metric: string
  readonly of: string
  readonly isHit: boolean
}

/** Reads a dreamt store against everything that was planted. */
export function outcomesOf(
  expectations: readonly Expectation[],
  dreamt: Dreamt,
): readonly Outcome[] {
  const texts = dreamt.current.map(({ text }) => text)
  return expectations.flatMap((one) => outcomesOfOne(one, texts, dreamt))
}

function outcomesOfOne(
  one: Expectation,
  texts: readonly string[],
  dreamt: Dreamt,
): readonly Outcome[] {
  switch (one.kind) {
    case 'duplicate':
      return [
        {
          metric: 'merged',
          of: one.isBeside ? 'copy beside it' : 'copy elsewhere',
          isHit: !areBoth(one.texts, texts),
        },
      ]
    case 'negative':
      return [{ metric: 'false_merge', of: one.guard, isHit: !areBoth(one.texts, texts) }]
    case 'update':
      return updateOutcomes(one, texts)
    case 'error':
      return [
        {
          metric: one.isTold ? 'told' : 'false_recurring',
          of: one.why,
          isHit: dreamt.changes.some(
            ({ kind, after }) =>
              kind === 'insight' && after.some(({ text }) => text.includes(one.words)),
          ),
        },
      ]
    case 'secret':
    case 'canary':
      return [{ metric: 'leaked', of: one.kind, isHit: everythingOf(dreamt).includes(one.needle) }]
  }
}

function updateOutcomes(
  one: Extract<Expectation, { kind: 'update' }>,
  texts: readonly string[],
): readonly Outcome[] {
  const { how, note, isReplaced, thing, value, dependant } = one
  const isStanding = stands(note, texts)
  if (!isReplaced) return [{ metric: 'wrong_replacement', of: how, isHit: !isStanding }]
  const isCurrent = texts.some(
    (text) => text.toLowerCase().includes(thing) && text.includes(value) && text !== dependant,
  )
  const marked =
    dependant === null
      ? []
      : [
          {
            metric: 'annotated',
            of: how,
            isHit: texts.some((text) => text.startsWith(`${dependant} (`)),
          },
        ]
  return [
    { metric: 'recall', of: how, isHit: isCurrent && !isStanding },
    { metric: 'stale', of: how, isHit: isStanding },
    ...marked,
  ]
}

function areBoth(pair: readonly [string, string], texts: readonly string[]): boolean {
  return pair.every((text) => stands(text, texts))
}

/** As it was, perhaps with a remark behind it. */
function stands(note: string, texts: readonly string[]): boolean {
  return texts.some((text) => text === note || text.startsWith(`${note} (`))
}

/** Every text that the dream could have put a word into. */
function everythingOf({ current, ledger, changes }: Dreamt): string {
  return JSON.stringify([current.map(({ text }) => text), ledger, changes])
}
