import type { Dream, Snapshot, Thinking } from '../core/dream.ts'
import {
  type ChangeId,
  digestOf,
  type MemoryStoreId,
  type NewId,
  type SessionId,
} from '../core/ids.ts'
import type { MemoryStore } from '../core/memory-store.ts'
import type { Unit } from '../core/unit.ts'
import type { Storage } from '../storage/storage.ts'
import { expiredUnits } from './assembly/upkeep.ts'
import { ENGINE_VERSION } from './dream-limits.ts'
import { type Contributor, type DreamRoom, pinSessions } from './pinning/pin-sessions.ts'
import { dreamsInto } from './settling/output-of.ts'
import { wasTakenOut } from './settling/taken-out.ts'
import { inputDigestOf } from './stages/snapshot.ts'

export type { Contributor }

export interface DreamOrder {
  readonly store: MemoryStore
  /** Candidates; only what the lineage has not consumed is read. */
  readonly sessionIds: readonly SessionId[]
  readonly instructions: string | null
  readonly asOf: string
  readonly thinking: Thinking | null
  readonly imported: Snapshot['imported']
  readonly contributors?: readonly Contributor[]
  /** As `SessionsToPin`. */
  readonly room?: DreamRoom
}

/**
 * Pins the inputs and makes a pending dream; an identical one that waits, is under way or found
 * nothing is returned instead (fixpoint; design, section 3).
 */
export async function planDream(
  order: DreamOrder,
  storage: Storage,
  newId: NewId,
): Promise<{ readonly dream: Dream; readonly isNew: boolean }> {
  return storage.transaction(async (tx) => {
    const { snapshot, inputDigest } = await pinInputs(order, tx)
    const known = (await tx.dreams.list(order.store.id)).find(
      (dream) => dream.inputDigest === inputDigest && isReusable(dream, snapshot),
    )
    if (known !== undefined) return { dream: known, isNew: false }
    const dream: Dream = {
      id: newId('drm'),
      storeId: order.store.id,
      status: 'pending',
      planStatus: 'none',
      inputDigest,
      snapshot,
      createdAt: order.asOf,
      endedAt: null,
      error: null,
      plan: null,
      hosted: null,
    }
    await tx.dreams.create(dream)
    return { dream, isNew: true }
  })
}

/** The inputs of a dream as they are now, and what makes them these. */
export async function pinInputs(
  order: DreamOrder,
  tx: Storage,
): Promise<{ readonly snapshot: Snapshot; readonly inputDigest: string }> {
  const units = await tx.units.list(order.store.id)
  const snapshot = await pin(order, units, tx)
  const expired = expiredUnits(units, order.asOf).map(({ unit }) => unit.id)
  return { snapshot, inputDigest: inputDigestOf(snapshot, expired) }
}

async function pin(order: DreamOrder, units: readonly Unit[], tx: Storage): Promise<Snapshot> {
  const { store, sessionIds, contributors = [], room } = order
  const named = { store, sessionIds, contributors, ...(room === undefined ? {} : { room }) }
  const memories = await tx.memories.list(store.id)
  const settled = await settledFindings(store.id, tx)
  return {
    storeId: store.id,
    memories: memories.map(({ path, versionId, contentSha256 }) => ({
      path,
      versionId,
      sha256: contentSha256,
    })),
    ...(await pinSessions(named, tx)),
    pinnedUnits: units.filter(({ isPinned }) => isPinned).map(({ id }) => id),
    settledChanges: settled.changes,
    settledPatterns: settled.patterns,
    instructions: order.instructions,
    engineVersion: ENGINE_VERSION,
    thinking: order.thinking,
    asOf: order.asOf,
    imported: order.imported,
  }
}

/**
 * Rejected by a person, at any time; or of an applied plan: in the text, waiting for a person, or
 * taken back out. None of these is proposed again while its evidence is the same.
 */
async function settledFindings(
  storeId: MemoryStoreId,
  tx: Storage,
): Promise<{ readonly changes: readonly ChangeId[]; readonly patterns: readonly string[] }> {
  const changes = new Set<ChangeId>()
  const patterns = new Set<string>()
  for (const dream of await dreamsInto(tx, storeId)) {
    if (dream.storeId !== storeId) {
      // The maker of a clone: what was settled in its input is settled here.
      for (const id of dream.snapshot.settledChanges) changes.add(id as ChangeId)
      for (const pattern of dream.snapshot.settledPatterns) patterns.add(pattern)
    }
    const isApplied = dream.planStatus === 'applied'
    for (const change of await tx.dreams.changes.list(dream.id)) {
      const isTakenOut =
        change.status === 'reverted' && (await wasTakenOut(tx, dream.id, change.id))
      if (isApplied || isTakenOut || change.status === 'rejected') changes.add(change.id)
      if (change.status === 'applied' && change.pattern !== null) patterns.add(change.pattern)
    }
  }
  return { changes: [...changes].sort(), patterns: [...patterns].sort() }
}

/**
 * One that found nothing did so while certain findings were settled; a revert frees them. Dreams of
 * the server are never shared: two orders are two dreams.
 */
function isReusable(dream: Dream, present: Snapshot): boolean {
  if (dream.hosted !== null) return false
  if (dream.status === 'pending' || dream.status === 'running') return true
  if (dream.status !== 'completed') return false
  if (dream.planStatus !== 'empty') return dream.planStatus === 'waiting'
  const settledOf = ({ settledChanges, settledPatterns }: Snapshot): string =>
    digestOf([settledChanges, settledPatterns])
  return settledOf(dream.snapshot) === settledOf(present)
}
