import { type Change, type HeldReason, isEffective } from '../../core/change.ts'
import { type EvidenceSources, quoteProblem } from '../../core/evidence.ts'
import { isIndexPath } from '../../core/memory-path.ts'
import type { SecretScanner } from '../dream-ports.ts'
import { slotsOf } from '../language/slots-of.ts'
import { planEffect } from '../rendering/plan-effect.ts'
import type { DreamInputs } from './snapshot.ts'

export interface VerifyLimits {
  readonly memoryBytesMax: number
  readonly indexLinesMax: number
  readonly indexBytesMax: number
}

export interface Verified {
  readonly changes: readonly Change[]
  readonly rejected: readonly { readonly reason: string; readonly count: number }[]
  /** Left out because the budget ended before they were checked: the next dream finds them again. */
  readonly waiting?: readonly Change[]
}

/**
 * Stage `verify`, cheapest first: quotes exist and are exact, slots survive or stand in the
 * ledger, no secret goes out, sizes hold. A change-set with a fault is dropped and counted;
 * one that only needs room waits as held.
 */
export async function verify(
  inputs: DreamInputs,
  changes: readonly Change[],
  sources: EvidenceSources,
  secrets: SecretScanner,
  limits: VerifyLimits,
): Promise<Verified> {
  const faults = new Map<string, string>()
  for (const change of changes) {
    const fault = faultOf(change, sources) ?? (await secretFault(change, secrets))
    if (fault !== null) faults.set(change.changeSet, fault)
  }
  const sound = changes.filter(({ changeSet }) => !faults.has(changeSet))
  const dropped = changes.flatMap(({ changeSet }) => faults.get(changeSet) ?? [])
  return { changes: holdOversized(inputs, sound, limits), rejected: tally(dropped) }
}

function faultOf(change: Change, sources: EvidenceSources): string | null {
  if (change.evidence.length === 0) return 'no evidence'
  for (const item of change.evidence) {
    const problem = quoteProblem(item, sources)
    if (problem !== null) return problem
  }
  return lostSlot(change) === null ? null : 'a detail would be lost'
}

/** A number, date, name, negation or condition of the old text that stands nowhere any more. */
function lostSlot(change: Change): string | null {
  if (change.kind !== 'merge' && change.kind !== 'supersede') return null
  const kept = [...change.after.map(({ text }) => text), ...change.ledger.map(({ text }) => text)]
  const present = new Set(kept.flatMap((text) => slotsOf(text)))
  return (
    change.before.flatMap(({ text }) => slotsOf(text)).find((slot) => !present.has(slot)) ?? null
  )
}

async function secretFault(change: Change, secrets: SecretScanner): Promise<string | null> {
  for (const { text } of change.after) {
    if ((await secrets.mask(text)) !== text) return 'a secret in the text'
  }
  return null
}

/** Holds what lets memories outgrow their limits, last ones first. */
function holdOversized(
  inputs: DreamInputs,
  changes: readonly Change[],
  limits: VerifyLimits,
): readonly Change[] {
  let current = changes
  for (const _ of changes) {
    const over = oversized(inputs, current, limits)
    if (over === null) return current
    const culprit = current.findLast(
      (change) => isEffective(change) && writesTo(inputs, change, over.path),
    )
    if (culprit === undefined) return current
    current = current.map((change) =>
      change.changeSet === culprit.changeSet ? held(change, over.reason) : change,
    )
  }
  return current
}

function oversized(
  inputs: DreamInputs,
  changes: readonly Change[],
  limits: VerifyLimits,
): { readonly path: string; readonly reason: HeldReason } | null {
  for (const [path, content] of planEffect(inputs.content, changes).delta) {
    if (content === null) continue
    const before = inputs.content.memories.get(path)?.content ?? ''
    const bytes = Buffer.byteLength(content)
    if (bytes <= Buffer.byteLength(before)) continue
    if (bytes > limits.memoryBytesMax) return { path, reason: 'too_large' }
    if (!isIndexPath(path)) continue
    const lines = content.split('\n').length - (content.endsWith('\n') ? 1 : 0)
    if (lines > limits.indexLinesMax || bytes > limits.indexBytesMax) {
      return { path, reason: 'index_full' }
    }
  }
  return null
}

function writesTo(inputs: DreamInputs, change: Change, path: string): boolean {
  const units = new Set(inputs.content.memories.get(path)?.units.map(({ id }) => id))
  return change.edits.some((edit) =>
    edit.op === 'append'
      ? edit.path === path || edit.create?.indexPath === path
      : edit.op !== 'delete' && units.has(edit.unitId),
  )
}

export function held(change: Change, reason: HeldReason): Change {
  return change.status === 'held' ? change : { ...change, status: 'held', heldReason: reason }
}

/** How often each reason stands in a list, in the order of their first. */
export function tally(reasons: readonly string[]): Verified['rejected'] {
  const counts = new Map<string, number>()
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1)
  return [...counts].map(([reason, count]) => ({ reason, count }))
}
