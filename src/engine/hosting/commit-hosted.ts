import type { Dream } from '../../core/dream.ts'
import { notFound } from '../../core/errors.ts'
import type { Storage } from '../../storage/storage.ts'
import type { Planned } from '../dream-ports.ts'
import { outputOf } from '../settling/output-of.ts'
import { ALL_EFFECTIVE, consume, settlePlan } from '../settling/settle-plan.ts'
import { loadSnapshot } from '../stages/snapshot.ts'
import { audit } from '../workspace/audit.ts'
import { heldBack } from './hold-back.ts'
import type { HostingDeps } from './hosting-deps.ts'
import { assertInputsThere, assertOutputThere } from './inputs-there.ts'
import { endSession } from './telling/dream-session.ts'
import { reportText } from './telling/report-text.ts'
import { linesOf } from './telling/session-lines.ts'

/**
 * Writes a plan to its output, in the transaction that stores it: what no rail, no later write and
 * no level holds. Consumption, the dream's session and its audit line land with it or not at all.
 */
export async function commitHosted(
  tx: Storage,
  { dream, plan, changes }: Planned,
  deps: HostingDeps,
): Promise<void> {
  await assertInputsThere(dream, tx)
  await assertOutputThere(dream, tx)
  if (changes.length === 0) await consume(tx, dream, await outputStore(dream, tx))
  else if (dream.hosted?.autoApply !== 'off') await writeChanges(tx, dream, changes, deps)
  const ended = (await tx.dreams.get(dream.id)) ?? dream
  const at = ended.endedAt ?? deps.now().toISOString()
  const decided = await tx.dreams.changes.list(dream.id)
  const lines = [linesOf(dream, at).message('end', reportText(ended, plan, decided))]
  await endSession(tx, dream, { at, lines, usage: plan.report.usage })
  const by = { type: 'dream_actor', dreamId: dream.id } as const
  await audit(tx, { act: 'dream.completed', subject: dream.id, by, at }, deps.newId)
}

async function writeChanges(
  tx: Storage,
  dream: Dream,
  changes: Planned['changes'],
  deps: HostingDeps,
): Promise<void> {
  const output = outputOf(dream)
  const { content } = await loadSnapshot({ ...dream.snapshot, ...output }, tx)
  const present = await tx.memories.list(output.storeId)
  const units = await tx.units.list(output.storeId)
  const held = heldBack(changes, {
    base: content,
    present: new Map(present.map((memory) => [memory.path, memory.content])),
    pinned: new Set(units.flatMap(({ id, isPinned }) => (isPinned ? [id] : []))),
    level: dream.hosted?.autoApply ?? 'all',
    memoriesMax: deps.memoriesMax,
  })
  const at = deps.now().toISOString()
  for (const [{ id }, heldReason] of held) {
    await tx.dreams.changes.decide(dream.id, id, {
      status: 'held',
      heldReason,
      decidedBy: null,
      at,
    })
  }
  const { now, newId } = deps
  await settlePlan(dream.id, ALL_EFFECTIVE, { storage: tx, folder: null, now, newId })
}

async function outputStore(dream: Dream, tx: Storage): Promise<Parameters<typeof consume>[2]> {
  const { storeId } = outputOf(dream)
  const store = await tx.stores.get(storeId)
  if (store === null) throw notFound('memory store', storeId)
  return store
}
