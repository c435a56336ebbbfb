import type { Claim } from '../../core/claim.ts'
import { DREAM_LIMITS } from '../dream-limits.ts'
import type { DreamPorts } from '../dream-ports.ts'
import { claimEntry, unitEntries } from '../entries.ts'
import type { Decision, Entry, Relation } from '../entry.ts'
import { recordedStep } from '../recorded-step.ts'
import { decide } from './decide.ts'
import { indexEntries } from './index-entries.ts'
import { findPairs } from './pair.ts'
import type { DreamInputs } from './snapshot.ts'

export interface Judged {
  readonly entries: ReadonlyMap<string, Entry>
  readonly decisions: readonly Decision[]
  readonly judge: (a: Entry, b: Entry) => Decision
}

/** A decision as recorded: entries by key. */
interface RecordedDecision {
  readonly a: string
  readonly b: string
  readonly relation: Relation
  readonly reasons: readonly string[]
  readonly similarity: number
}

/** Stages `index`, `pair` and `decide`: only pairs with a new side, of one audience. */
export async function decidePairs(
  inputs: DreamInputs,
  claims: readonly Claim[],
  ports: DreamPorts,
): Promise<Judged> {
  const list = [...unitEntries(inputs.content, inputs.names), ...claims.map(claimEntry)]
  const entries = new Map(list.map((entry) => [entry.key, entry]))
  const recorded = await recordedStep(ports.storage.steps, 'decide', list, () => {
    const index = indexEntries(list)
    ports.onProgress({ stage: 'pair', done: 0, of: list.length })
    const found = findPairs(index, () => true, DREAM_LIMITS.neighboursMax)
    const pairs = found.filter(({ a, b }) => !isSameUnit(a, b))
    ports.onProgress({ stage: 'decide', done: 0, of: pairs.length })
    return pairs.map(({ a, b, similarity }) => toRecorded(decide(a, b, similarity)))
  })
  return {
    entries,
    decisions: recorded.flatMap((decision) => toDecision(decision, entries)),
    judge: (a, b) => decide(a, b, 0),
  }
}

/** A unit and its own sentences are not a pair. */
function isSameUnit(a: Entry, b: Entry): boolean {
  return (
    a.source.kind === 'unit' && b.source.kind === 'unit' && a.source.unit.id === b.source.unit.id
  )
}

function toRecorded({ a, b, relation, reasons, similarity }: Decision): RecordedDecision {
  return { a: a.key, b: b.key, relation, reasons, similarity }
}

function toDecision(
  recorded: RecordedDecision,
  entries: ReadonlyMap<string, Entry>,
): readonly Decision[] {
  const a = entries.get(recorded.a)
  const b = entries.get(recorded.b)
  if (a === undefined || b === undefined) return []
  const { relation, reasons, similarity } = recorded
  return [{ a, b, relation, reasons, similarity }]
}
