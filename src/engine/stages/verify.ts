import { type Change, type HeldReason, isEffective } from '../../core/change.ts'
import type { EvidenceSources } from '../../core/evidence.ts'
import { isIndexPath } from '../../core/memory-path.ts'

export { held } from '../../core/rails/run-rails.ts'

import type { RailLimits } from '../../core/rails/rail-facts.ts'
import { held, runRails } from '../../core/rails/run-rails.ts'
import type { DreamPorts, SecretScanner } from '../dream-ports.ts'
import { slotsOf } from '../language/slots-of.ts'
import { planEffect } from '../rendering/plan-effect.ts'
import { dreamRails } from './dream-rails.ts'
import type { DreamInputs } from './snapshot.ts'

export interface VerifyLimits extends Omit<RailLimits, 'textBytesMax'> {
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
 * Stage `verify`, cheapest first: the rails judge each change, slots survive or stand in the ledger,
 * no secret goes out, sizes hold. A change-set with a fault is dropped and counted; one that is
 * doubtful or only needs room waits as held.
 */
export async function verify(
  inputs: DreamInputs,
  changes: readonly Change[],
  sources: EvidenceSources,
  ports: Pick<DreamPorts, 'secrets' | 'storage'>,
  limits: VerifyLimits,
): Promise<Verified> {
  const facts = await dreamRails(inputs, changes, sources, ports.storage, limits)
  const railed = runRails(changes, facts)
  const faults = new Map<string, string>()
  for (const change of railed.changes) {
    const fault = lostSlot(change) ?? (await secretFault(change, ports.secrets))
    if (fault !== null) faults.set(change.changeSet, fault)
  }
  const sound = railed.changes.filter(({ changeSet }) => !faults.has(changeSet))
  const dropped = railed.changes.flatMap(({ changeSet }) => faults.get(changeSet) ?? [])
  return {
    changes: holdOversized(inputs, sound, limits),
    rejected: tally([...railed.dropped, ...dropped]),
  }
}

/** A number, date, name, negation or condition of the old text that stands nowhere any more. */
function lostSlot(change: Change): string | null {
  if (change.kind !== 'merge' && change.kind !== 'supersede') return null
  const kept = [...change.after.map(({ text }) => text), ...change.ledger.map(({ text }) => text)]
  const present = new Set(kept.flatMap((text) => slotsOf(text)))
  const isWhole = change.before.flatMap(({ text }) => slotsOf(text)).every((it) => present.has(it))
  return isWhole ? null : 'a detail would be lost'
}

async function secretFault(change: Change, secrets: SecretScanner): Promise<string | null> {
  const texts = [
    change.reason,
    ...change.after.map(({ text }) => text),
    ...change.edits.flatMap((edit) => (edit.op === 'delete' ? [] : [edit.text])),
  ]
  for (const text of new Set(texts)) {
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

/** How often each reason stands in a list, in the order of their first. */
export function tally(reasons: readonly string[]): Verified['rejected'] {
  const counts = new Map<string, number>()
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1)
  return [...counts].map(([reason, count]) => ({ reason, count }))
}
