import { type Change, isEffective } from '../core/change.ts'
import type { Dream, PlanStatus } from '../core/dream.ts'
import { ReverieError } from '../core/errors.ts'
import { derivedId } from '../core/ids.ts'
import type { LedgerEntry } from '../core/ledger.ts'
import type { MemoryStore } from '../core/memory-store.ts'
import type { Trust } from '../core/trust.ts'
import { type AuthorOf, importedAuthor } from '../core/unit-matching.ts'
import type { MemoryFolder } from '../storage/memory-folder.ts'
import type { Storage } from '../storage/storage.ts'
import { assertUnmoved, contentsAfter, fileWrites, type Step, stepsBetween } from './bring-to.ts'
import type { ApplyPorts } from './dream-ports.ts'
import { recordUnits } from './mirror-folder.ts'
import { loadSightings } from './sightings.ts'
import { loadSnapshot } from './stages/snapshot.ts'

export interface Settled {
  readonly dream: Dream
  readonly written: readonly string[]
  /** Changes that were applied or reverted by this act. */
  readonly moved: readonly Change[]
}

/** What a plan shall look like: which of its changes are in the text from now on. */
export type Wanted = (change: Change) => boolean

/** Every change that nobody rejected and no rail holds. */
export const allEffective: Wanted = isEffective
export const nothing: Wanted = () => false

/**
 * Moves store and folder from the changes that are applied now to the wanted ones. One act for
 * apply, for letting in a held change later, for rejecting an applied one, and for revert.
 * The folder is written first, journaled; the rows follow in one transaction, and
 * `finishSettling` catches up after a crash in between.
 */
export async function settlePlan(
  dreamId: Dream['id'],
  wanted: Wanted,
  ports: ApplyPorts,
): Promise<Settled> {
  const { storage, folder } = ports
  const act = await prepare(dreamId, wanted, storage)
  await assertUnmoved(act.dream, contentsAfter(act.base, act.present), storage, folder)
  await storage.steps.put(pendingKey(act.dream.id), JSON.stringify(act.target.map(({ id }) => id)))
  await writeFolder(act.dream, act.steps, folder)
  return record(act, ports)
}

/** Completes the rows of an act whose files were written when the process died. */
export async function finishSettling(dreamId: Dream['id'], ports: ApplyPorts): Promise<void> {
  const pending = await ports.storage.steps.get(pendingKey(dreamId))
  if (pending === null || pending === DONE) return
  const target = new Set(JSON.parse(pending) as readonly string[])
  await record(await prepare(dreamId, ({ id }) => target.has(id), ports.storage), ports)
}

interface Act {
  readonly dream: Dream
  readonly store: MemoryStore
  readonly base: Awaited<ReturnType<typeof loadSnapshot>>['content']
  readonly present: readonly Change[]
  readonly target: readonly Change[]
  readonly steps: readonly Step[]
}

async function prepare(dreamId: Dream['id'], wanted: Wanted, storage: Storage): Promise<Act> {
  const dream = await storage.dreams.get(dreamId)
  if (dream === null) throw new ReverieError('not_found_error', `There is no dream "${dreamId}".`)
  const changes = await storage.dreams.changes.list(dreamId)
  const { content, store } = await loadSnapshot(dream.snapshot, storage)
  const present = changes.filter(({ status }) => status === 'applied')
  const target = changes.filter(wanted)
  return {
    dream,
    store,
    base: content,
    present,
    target,
    steps: stepsBetween(content, present, target),
  }
}

async function writeFolder(
  dream: Dream,
  steps: readonly Step[],
  folder: MemoryFolder | null,
): Promise<void> {
  if (folder === null || steps.length === 0) return
  try {
    await folder.write(dream.id, fileWrites(steps))
  } catch (error) {
    if (!(error instanceof ReverieError) || error.type !== 'memory_precondition_failed_error')
      throw error
    throw new ReverieError('conflict_error', error.message, {
      cause: error,
      next: 'Run `reverie dream` again: what was read is remembered, so it is quick.',
    })
  }
}

/** Versions, units, statuses, ledger, counters and consumption, all or nothing. */
async function record(act: Act, ports: ApplyPorts): Promise<Settled> {
  const { storage, now } = ports
  const at = now().toISOString()
  const isIn = new Set(act.target.map(({ id }) => id))
  const wasIn = new Set(act.present.map(({ id }) => id))
  const added = act.target.filter(({ id }) => !wasIn.has(id))
  const taken = act.present.filter(({ id }) => !isIn.has(id))
  return storage.transaction(async (tx) => {
    for (const step of act.steps) await writeMemory(tx, act, step, at, ports)
    const decision = { heldReason: null, decidedBy: null, at }
    for (const { id } of added) {
      await tx.dreams.changes.decide(act.dream.id, id, { ...decision, status: 'applied' })
    }
    for (const { id } of taken) {
      await tx.dreams.changes.decide(act.dream.id, id, { ...decision, status: 'reverted' })
    }
    await tx.ledger.append(ledgerEntries(act, added, at))
    if (taken.length > 0)
      await tx.ledger.markReverted(
        act.dream.id,
        taken.map(({ id }) => id),
      )
    await movePlan(tx, act)
    await tx.steps.put(pendingKey(act.dream.id), DONE)
    const dream = (await tx.dreams.get(act.dream.id)) ?? act.dream
    return { dream, written: act.steps.map(({ path }) => path), moved: [...added, ...taken] }
  })
}

/** The plan's own status; the first apply consumes its sessions, a whole revert gives them back. */
async function movePlan(tx: Storage, act: Act): Promise<void> {
  const { dream, store } = act
  const next: PlanStatus =
    act.target.length === 0 && act.present.length > 0 ? 'reverted' : 'applied'
  if (dream.planStatus === next) return
  await tx.dreams.setPlanStatus(dream.id, next)
  if (next === 'applied') await consume(tx, dream, store)
  else await giveBack(tx, dream)
}

/** Counts the plan's sessions as read: at commit, apply, or when nothing was found in them. */
export async function consume(tx: Storage, dream: Dream, store: MemoryStore): Promise<void> {
  const eventIds = dream.snapshot.sessions.flatMap((session) => session.eventIds)
  await tx.sessions.consumption.consume(store.lineageId, dream.id, eventIds)
  await tx.counters.add(dream.id, await loadSightings(tx, dream.id))
}

async function giveBack(tx: Storage, dream: Dream): Promise<void> {
  await tx.sessions.consumption.giveBack(dream.id)
  await tx.counters.giveBack(dream.id)
}

async function writeMemory(
  tx: Storage,
  act: Act,
  step: Step,
  at: string,
  ports: ApplyPorts,
): Promise<void> {
  const { storeId } = act.dream
  const actor = { type: 'dream_actor', dreamId: act.dream.id } as const
  const newIds = { memory: ports.newId('mem'), version: ports.newId('memver') }
  const before = await tx.memories.getByPath(storeId, step.path)
  if (step.to === null) {
    if (before !== null) await tx.memories.remove({ storeId, path: step.path, actor, at, newIds })
    return
  }
  const memory = await tx.memories.write({
    storeId,
    path: step.path,
    content: step.to,
    actor,
    at,
    newIds,
  })
  await recordUnits(tx, act.store, memory, before, await authorOf(tx, act, step.path))
}

/** A restored text is its old author's; a new one the dream's, with the trust of its evidence. */
async function authorOf(tx: Storage, act: Act, path: string): Promise<AuthorOf> {
  const pinned = act.dream.snapshot.memories.find((memory) => memory.path === path)
  const original = pinned === undefined ? [] : await tx.units.ofVersion(pinned.versionId)
  const originals = new Map(original.map((unit) => [unit.text, unit]))
  const written = new Map(act.target.flatMap(writtenTexts))
  return (parsed, previous) => {
    const own = written.get(parsed.text)
    if (own !== undefined) return own
    return originals.get(parsed.text) ?? previous ?? importedAuthor(parsed, previous)
  }
}

function writtenTexts(
  change: Change,
): readonly (readonly [string, { origin: 'dream'; trust: Trust; statedAt: string | null }])[] {
  const times = change.evidence.flatMap(({ at }) => at ?? [])
  const statedAt = times.sort().at(-1) ?? null
  const author = { origin: 'dream', trust: change.trust, statedAt } as const
  return change.edits.flatMap((edit) =>
    edit.op === 'append' || edit.op === 'replace' ? [[edit.text, author] as const] : [],
  )
}

function ledgerEntries(act: Act, added: readonly Change[], at: string): readonly LedgerEntry[] {
  return added.flatMap((change) =>
    change.ledger.map((draft, n) => ({
      ...draft,
      id: derivedId('led', act.dream.id, change.id, String(n), at),
      storeId: act.dream.storeId,
      dreamId: act.dream.id,
      changeId: change.id,
      recordedAt: at,
      isReverted: false,
    })),
  )
}

const DONE = 'done'

function pendingKey(dreamId: Dream['id']): string {
  return `settling:${dreamId}`
}
