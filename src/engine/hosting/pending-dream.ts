import { type Dream, NO_TOKENS, type Thinking } from '../../core/dream.ts'
import { notFound, ReverieError } from '../../core/errors.ts'
import type { SessionId } from '../../core/ids.ts'
import type { Actor } from '../../core/memory.ts'
import type { MemoryStore } from '../../core/memory-store.ts'
import type { Session } from '../../core/session.ts'
import type { Storage } from '../../storage/storage.ts'
import { DREAM_LIMITS } from '../dream-limits.ts'
import { pinInputs } from '../plan-dream.ts'
import { audit } from '../workspace/audit.ts'
import { storeAt } from '../workspace/workspace-deps.ts'
import type { Alongside, DreamOrder } from '../workspace-api.ts'
import type { HostingDeps } from './hosting-deps.ts'
import { thinkingOf } from './models-of-order.ts'
import { assertOwnersOwn, ownersBehind } from './owners.ts'
import { DREAM_TAG } from './telling/session-body.ts'

/** An order whose model is chosen: what is asked of the outside is asked before a transaction. */
export interface ChosenOrder {
  readonly order: DreamOrder
  readonly thinking: Thinking | null
}

/**
 * Pins the inputs of an order and makes its dream, in one transaction. Two identical orders are two
 * dreams. Throws as `WorkspaceDreams.create` says.
 */
export async function pendingDream(
  order: DreamOrder,
  by: Actor,
  deps: HostingDeps,
  alongside?: Alongside,
): Promise<Dream> {
  checkOrder(order)
  const thinking = await thinkingOf(order.model, deps)
  return deps.storage.transaction(async (tx) => {
    const dream = await pendingDreamIn(tx, { order, thinking }, by, deps)
    await alongside?.(dream, tx)
    return dream
  })
}

/** As `pendingDream`, as part of a transaction. */
export async function pendingDreamIn(
  tx: Storage,
  { order, thinking }: ChosenOrder,
  by: Actor,
  deps: Pick<HostingDeps, 'now' | 'newId'>,
): Promise<Dream> {
  checkOrder(order)
  const store = await writableStore(tx, order)
  const sessions = await sessionsOf(tx, order.sessionIds)
  assertOwnersOwn(store.audience, sessions, await ownersBehind(tx, store.id))
  const at = deps.now().toISOString()
  const { sessionIds, instructions, contributors } = order
  const imported = { lines: 0, skipped: {} }
  const others = contributors === undefined ? {} : { contributors }
  const pinned = await pinInputs(
    { store, sessionIds, instructions, asOf: at, thinking, imported, ...others },
    tx,
  )
  const dream: Dream = {
    id: deps.newId('drm'),
    storeId: store.id,
    status: 'pending',
    planStatus: 'none',
    ...pinned,
    createdAt: at,
    endedAt: null,
    error: null,
    plan: null,
    hosted: {
      outputBehavior: order.outputBehavior,
      autoApply: order.autoApply ?? 'all',
      model: order.model,
      sessionIds: [...sessionIds].sort(),
      trigger: order.trigger ?? 'api',
      sessionId: null,
      output: null,
      usage: NO_TOKENS,
      archivedAt: null,
    },
  }
  await tx.dreams.create(dream)
  const details = { memory_store_id: store.id }
  await audit(tx, { act: 'dream.created', subject: dream.id, by, at, details }, deps.newId)
  return dream
}

function checkOrder({ sessionIds, instructions, contributors }: DreamOrder): void {
  const { sessionsPerBatchMax, instructionsCharsMax } = DREAM_LIMITS
  // What a store is told of other agents is reason enough to dream.
  const sessionsMin = contributors === undefined ? 1 : 0
  if (sessionIds.length < sessionsMin || sessionIds.length > sessionsPerBatchMax) {
    throw invalid(
      `A dream reads 1 to ${sessionsPerBatchMax} sessions; ${sessionIds.length} are named.`,
    )
  }
  if (new Set(sessionIds).size < sessionIds.length) {
    throw invalid('A session is named twice; a dream reads each one once.')
  }
  // In code points, as the wire counts.
  const length = instructions === null ? 1 : [...instructions].length
  if (length < 1 || length > instructionsCharsMax) {
    throw invalid(
      `The instructions have ${length} characters; 1 to ${instructionsCharsMax} are allowed.`,
    )
  }
}

async function writableStore(tx: Storage, { storeId }: DreamOrder): Promise<MemoryStore> {
  const store = await storeAt(tx, storeId)
  if (store.archivedAt === null) return store
  throw invalid(`The memory store "${storeId}" is archived; a dream needs one that is not.`)
}

async function sessionsOf(tx: Storage, ids: readonly SessionId[]): Promise<readonly Session[]> {
  const sessions: Session[] = []
  for (const id of ids) sessions.push(await inputSession(tx, id))
  return sessions
}

/** A session that a dream may read; `not_found_error`, `invalid_request_error` for a dream's own. */
export async function inputSession(tx: Storage, id: SessionId): Promise<Session> {
  const session = await tx.sessions.get(id)
  if (session === null) throw await missing(tx, id)
  return session
}

/** A dream's own session is found on the wire, yet no dream reads it. */
async function missing(tx: Storage, id: SessionId): Promise<ReverieError> {
  const document = await tx.documents.get('session', id)
  return document?.tags.includes(DREAM_TAG) === true
    ? invalid(`The session "${id}" is a dream's own; dreams do not read those.`)
    : notFound('session', id)
}

function invalid(message: string): ReverieError {
  return new ReverieError('invalid_request_error', message)
}
