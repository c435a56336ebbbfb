import { type Dream, NOTHING_WITHHELD, type Plan } from '../../src/core/dream.ts'
import { derivedId, type NewId, type SessionId } from '../../src/core/ids.ts'
import type { DreamOrder, WorkspaceDreams } from '../../src/engine/workspace-api.ts'
import {
  aChange,
  anEvent,
  aPlan,
  aSession,
} from '../../src/storage/contract/builders.test-support.ts'
import type { Storage } from '../../src/storage/storage.ts'
import type { Habit } from './month-agents.ts'

const CHANGES = 10

/** Makes dreams with their inputs pinned, as the engine does, without what it takes to run one. */
export function pinnedDreams(
  storage: Storage,
  ports: { readonly now: () => Date; readonly newId: NewId },
): Pick<WorkspaceDreams, 'create'> {
  return {
    create: (order) =>
      storage.transaction(async (tx) => {
        const dream = await pinned(tx, order, ports.newId('drm'), ports.now().toISOString())
        await tx.dreams.create(dream)
        return dream
      }),
  }
}

async function pinned(tx: Storage, order: DreamOrder, id: Dream['id'], at: string): Promise<Dream> {
  const store = await tx.stores.get(order.storeId)
  if (store === null) throw new Error('There is no such store.')
  const sessions: Dream['snapshot']['sessions'][number][] = []
  for (const sessionId of order.sessionIds) {
    const eventIds = await tx.sessions.consumption.unread(store.lineageId, sessionId)
    if (eventIds.length > 0) sessions.push({ id: sessionId, eventIds })
  }
  const memories = (await tx.memories.list(store.id)).map((memory) => ({
    path: memory.path,
    versionId: memory.versionId,
    sha256: memory.contentSha256,
  }))
  return {
    id,
    storeId: store.id,
    status: 'pending',
    planStatus: 'none',
    inputDigest: id,
    snapshot: {
      storeId: store.id,
      memories,
      sessions,
      pinnedUnits: [],
      contributions: [],
      withheld: NOTHING_WITHHELD,
      settledChanges: [],
      settledPatterns: [],
      instructions: null,
      engineVersion: 'none',
      asOf: at,
      thinking: null,
      imported: { lines: 0, skipped: {} },
    },
    createdAt: at,
    endedAt: null,
    error: null,
    plan: null,
    hosted: {
      outputBehavior: order.outputBehavior,
      autoApply: order.autoApply ?? 'all',
      model: order.model,
      sessionIds: [...order.sessionIds],
      trigger: order.trigger ?? 'api',
      sessionId: null,
      output: null,
      usage: { inputTokens: 0, outputTokens: 0, cachedInputTokens: 0 },
      archivedAt: null,
    },
  }
}

/** Ends a dream: a failure, a plan that waits, an input that is written, or a new store. */
export async function endDream(
  storage: Storage,
  dream: Dream,
  habit: Habit,
  end: { readonly at: string; readonly isFault: boolean; readonly newId: NewId },
): Promise<void> {
  const { at, newId } = end
  await storage.transaction(async (tx) => {
    const lease = await tx.dreams.runs.claim(dream.id, at, at)
    if (lease === null) throw new Error('The dream is held by somebody else.')
    if (end.isFault) {
      await tx.dreams.runs.fail(lease, at, { type: 'timeout', message: 'The model is down.' })
      return
    }
    const isNewStore = dream.hosted?.outputBehavior === 'create_new'
    const storeId = isNewStore ? derivedId('memstore', dream.id) : dream.storeId
    const input = await tx.stores.get(dream.storeId)
    if (input === null) throw new Error('There is no such store.')
    if (isNewStore) await tx.stores.create({ ...input, id: storeId, lineageId: storeId })
    await tx.dreams.runs.begin(lease, { sessionId: null, output: { storeId, memories: [] } })
    const changes = Array.from({ length: CHANGES }, (_, n) => aChange(`chg_${dream.id}_${n}`))
    await tx.dreams.runs.complete(lease, at, planUsing(habit.tokensPerDream), changes)
    await tellOwnWork(tx, dream, at)
    if (dream.hosted?.autoApply === 'off') return
    await tx.memories.write({
      storeId,
      path: '/dreamt.md',
      content: Array.from({ length: 80 }, (_, n) => `- line ${n} of ${dream.id}`).join('\n'),
      actor: { type: 'dream_actor', dreamId: dream.id },
      at,
      newIds: { memory: newId('mem'), version: newId('memver') },
    })
    const read = dream.snapshot.sessions.flatMap(({ eventIds }) => eventIds)
    const lineage = isNewStore ? storeId : input.lineageId
    await tx.sessions.consumption.consume(lineage, dream.id, read)
    await tx.dreams.setPlanStatus(dream.id, 'applied')
    if (habit.review === null) return
    for (const change of changes) {
      const decision = { status: habit.review, heldReason: null, decidedBy: 'user', at }
      await tx.dreams.changes.decide(dream.id, change.id, decision)
    }
  })
}

function planUsing(tokens: number): Plan {
  const plan = aPlan()
  const usage = { ...plan.report.usage, inputTokens: tokens }
  return { ...plan, report: { ...plan.report, usage } }
}

/** A dream's own session with much to read: were it counted, the store would never rest. */
async function tellOwnWork(tx: Storage, dream: Dream, at: string): Promise<void> {
  const id = derivedId('sesn', dream.id) as SessionId
  const tags = ['dream', `store:${dream.storeId}`, 'agent:agent_own']
  await tx.documents.put({ kind: 'session', id, tags, createdAt: at, body: '{}' })
  await tx.sessions.put(aSession({ id, startedAt: at, endedAt: at }))
  const text = 'word '.repeat(200_000)
  const event = anEvent(0, { id: derivedId('sevt', id), sessionId: id, at, text })
  await tx.sessions.append(id, [event])
}
