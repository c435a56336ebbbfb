import { type Change, isEffective } from '../../core/change.ts'
import type { Dream } from '../../core/dream.ts'
import { isReverieError, ReverieError } from '../../core/errors.ts'
import { digestOf } from '../../core/ids.ts'
import type { MemoryStore } from '../../core/memory-store.ts'
import { type AuthorOf, importedAuthor } from '../../core/unit-matching.ts'
import type { MemoryFolder } from '../../storage/memory-folder.ts'
import type { Storage } from '../../storage/storage.ts'
import { auditPatterns } from '../collective/audit-patterns.ts'
import type { ApplyPorts } from '../dream-ports.ts'
import { recordUnits } from '../mirror-folder.ts'
import { loadSightings } from '../patterns/sightings.ts'
import { loadWaitingEvents } from '../rendering/waiting-events.ts'
import { loadSnapshot } from '../stages/snapshot.ts'
import {
  assertUnmoved,
  assertUnpinned,
  contentsAfter,
  fileWrites,
  overtaken,
  type Step,
  stepsBetween,
} from './bring-to.ts'
import { ledgerEntries } from './ledger-entries.ts'
import { type Output, outputOf } from './output-of.ts'
import { writtenTexts } from './written-texts.ts'

export interface Settled {
  readonly dream: Dream
  readonly written: readonly string[]
  /** Changes that were applied or reverted by this act. */
  readonly moved: readonly Change[]
}

/** What a plan shall come to: which of its changes are in the text from now on. */
export interface Wanted {
  readonly planStatus: 'applied' | 'reverted'
  readonly isIn: (change: Change) => boolean
}

/** Every change that nobody rejected and no rail holds. */
export const ALL_EFFECTIVE: Wanted = { planStatus: 'applied', isIn: isEffective }
export const NOTHING: Wanted = { planStatus: 'reverted', isIn: () => false }

/**
 * Moves store and folder from the changes that are applied now to the wanted ones. One act for
 * apply, for letting in a held change later, for rejecting an applied one, and for revert.
 * The folder is written first, journaled; the rows follow in one transaction before the journal
 * goes, so that `finishSettling` can catch up after a crash in between.
 */
export async function settlePlan(
  dreamId: Dream['id'],
  wanted: Wanted,
  ports: ApplyPorts,
): Promise<Settled> {
  const { storage, folder } = ports
  const act = await prepare(dreamId, wanted, storage)
  await assertInPlace(act, ports)
  if (folder === null || act.steps.length === 0) return record(act, ports)
  const batchId = `${act.dream.id}.${digestOf([act.present, act.target].map(idsOf))}`
  const target: RecordedTarget = { planStatus: act.planStatus, ids: idsOf(act.target) }
  await storage.steps.put(targetKey(batchId), JSON.stringify(target))
  const recorded: Settled[] = []
  await writeFolder(act, batchId, { storage, folder }, async () => {
    recorded.push(await record(act, ports))
  })
  const [settled] = recorded
  if (settled === undefined) throw new Error(`The rows of ${batchId} were not written.`)
  return settled
}

/** Throws `conflict_error` where `settlePlan` would, and writes nothing. */
export async function assertSettleable(
  dreamId: Dream['id'],
  wanted: Wanted,
  ports: Pick<ApplyPorts, 'storage' | 'folder'>,
): Promise<void> {
  await assertInPlace(await prepare(dreamId, wanted, ports.storage), ports)
}

async function assertInPlace(
  act: Act,
  { storage, folder }: Pick<ApplyPorts, 'storage' | 'folder'>,
): Promise<void> {
  const expected = contentsAfter(act.base, act.present)
  const since = act.present.length > 0 ? 'applied' : 'planned'
  const placed = { id: act.dream.id, storeId: act.store.id, since } as const
  await assertUnmoved(placed, expected, mattersTo(act), storage, folder)
  await assertUnpinned(placed, newIn(act), storage)
}

/** Completes the rows of an act whose files were written when the process died. */
export async function finishSettling(batchId: string, ports: ApplyPorts): Promise<void> {
  const act = await recordedAct(batchId, ports.storage)
  if (act !== null && act.steps.length > 0) await record(act, ports)
}

/** Whether the rows of an act were written before the process died. */
export async function isSettled(batchId: string, storage: Storage): Promise<boolean> {
  const act = await recordedAct(batchId, storage)
  return act !== null && act.steps.length === 0
}

/** The act of a batch as it stands now; null = the batch is none of these. */
async function recordedAct(batchId: string, storage: Storage): Promise<Act | null> {
  const recorded = await storage.steps.get(targetKey(batchId))
  if (recorded === null) return null
  const { planStatus, ids } = JSON.parse(recorded) as RecordedTarget
  const dreamId = batchId.slice(0, batchId.indexOf('.')) as Dream['id']
  return prepare(dreamId, { planStatus, isIn: ({ id }) => ids.includes(id) }, storage)
}

interface RecordedTarget {
  readonly planStatus: Wanted['planStatus']
  readonly ids: readonly string[]
}

function idsOf(changes: readonly Change[]): readonly string[] {
  return changes.map(({ id }) => id)
}

interface Act {
  readonly dream: Dream
  readonly planStatus: Wanted['planStatus']
  /** Where the changes go, with its memories as they were before them. */
  readonly store: MemoryStore
  readonly output: Output
  readonly base: Awaited<ReturnType<typeof loadSnapshot>>['content']
  readonly present: readonly Change[]
  readonly target: readonly Change[]
  readonly steps: readonly Step[]
}

/**
 * A plan was judged on the whole store, so nothing of that may have moved when it is first
 * applied. What was applied is undone by touched file: people and agents go on writing the others,
 * and a store of the server is never still.
 */
function mattersTo({ dream, steps }: Act): (path: string) => boolean {
  const touched = new Set(steps.map(({ path }) => path))
  const isWhole = dream.planStatus === 'waiting' && dream.hosted === null
  return (path) => isWhole || touched.has(path)
}

/** Changes of the target that are not in the text yet. */
function newIn({ present, target }: Act): readonly Change[] {
  const wasIn = new Set(present.map(({ id }) => id))
  return target.filter(({ id }) => !wasIn.has(id))
}

async function prepare(dreamId: Dream['id'], wanted: Wanted, storage: Storage): Promise<Act> {
  const dream = await storage.dreams.get(dreamId)
  if (dream === null) throw new ReverieError('not_found_error', `There is no dream "${dreamId}".`)
  const changes = await storage.dreams.changes.list(dreamId)
  const output = outputOf(dream)
  const { content, store } = await loadSnapshot({ ...dream.snapshot, ...output }, storage)
  const present = changes.filter(({ status }) => status === 'applied')
  const target = changes.filter(wanted.isIn)
  return {
    dream,
    planStatus: wanted.planStatus,
    store,
    output,
    base: content,
    present,
    target,
    steps: stepsBetween(content, present, target),
  }
}

async function writeFolder(
  act: Act,
  batchId: string,
  { storage, folder }: { readonly storage: Storage; readonly folder: MemoryFolder },
  whenWritten: () => Promise<void>,
): Promise<void> {
  try {
    await folder.write(batchId, fileWrites(act.steps), whenWritten)
  } catch (error) {
    if (!isReverieError(error, 'memory_precondition_failed_error')) throw error
    const present = await storage.dreams.get(act.dream.id)
    if (present !== null && present.planStatus !== act.dream.planStatus) throw overtaken(present)
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
  const added = newIn(act)
  const taken = act.present.filter(({ id }) => !isIn.has(id))
  return storage.transaction(async (tx) => {
    for (const step of act.steps) await writeMemory(tx, act, step, at, ports)
    const decision = { decidedBy: null, at }
    for (const { id, heldReason } of added) {
      const applied = { ...decision, heldReason, status: 'applied' } as const
      await tx.dreams.changes.decide(act.dream.id, id, applied)
    }
    for (const { id, heldReason } of taken) {
      const reverted = { ...decision, heldReason, status: 'reverted' } as const
      await tx.dreams.changes.decide(act.dream.id, id, reverted)
    }
    await tx.ledger.append(ledgerEntries(act.dream.id, act.store.id, added, at))
    if (taken.length > 0)
      await tx.ledger.markReverted(
        act.dream.id,
        taken.map(({ id }) => id),
      )
    await movePlan(tx, act)
    const { dream: by, store } = act
    await auditPatterns(tx, { dream: by, store, changes: added, at }, ports.newId)
    const dream = (await tx.dreams.get(act.dream.id)) ?? act.dream
    await ports.whenSettled?.(tx, dream)
    return { dream, written: act.steps.map(({ path }) => path), moved: [...added, ...taken] }
  })
}

/** The plan's own status; the first apply consumes its sessions, a whole revert gives them back. */
async function movePlan(tx: Storage, act: Act): Promise<void> {
  const { dream, store, planStatus } = act
  if (dream.planStatus === planStatus) return
  await tx.dreams.setPlanStatus(dream.id, planStatus)
  if (planStatus === 'applied') await consume(tx, dream, store)
  else await giveBack(tx, dream)
}

/**
 * Counts the plan's sessions, also those of which only patterns are told, as read by the store that
 * its changes go to: at commit, apply, or when nothing was found in them.
 */
export async function consume(tx: Storage, dream: Dream, store: MemoryStore): Promise<void> {
  const waiting = await loadWaitingEvents(tx, dream.id)
  const { sessions, contributions } = dream.snapshot
  const eventIds = [...sessions, ...contributions]
    .flatMap((session) => session.eventIds)
    .filter((id) => !waiting.has(id))
  await tx.sessions.consumption.consume(store.lineageId, dream.id, eventIds)
  const sightings = await loadSightings(tx, dream.id)
  const { lineageId } = store
  await tx.counters.add(
    dream.id,
    sightings.map((sighting) => ({ ...sighting, lineageId })),
  )
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
  const storeId = act.store.id
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
  const pinned = act.output.memories.find((memory) => memory.path === path)
  const original = pinned === undefined ? [] : await tx.units.ofVersion(pinned.versionId)
  const originals = new Map(original.map((unit) => [unit.text, unit]))
  const written = new Map(act.target.flatMap(writtenTexts))
  return (parsed, previous) => {
    const own = written.get(parsed.text)
    if (own !== undefined) return own
    return originals.get(parsed.text) ?? previous ?? importedAuthor(parsed, previous)
  }
}

function targetKey(batchId: string): string {
  return `settling:${batchId}`
}
