import { isTerminal } from '../../../core/dream.ts'
import { ReverieError } from '../../../core/errors.ts'
import type { CollectiveDreamId } from '../../../core/ids.ts'
import type { Actor } from '../../../core/memory.ts'
import type { Storage } from '../../../storage/storage.ts'
import type {
  CollectiveDream,
  CollectiveOrder,
  WorkspaceCollectiveDreams,
} from '../../collective/collective-api.ts'
import { audit } from '../../workspace/audit.ts'
import { cancelIn } from '../dreams-of.ts'
import type { HostingDeps } from '../hosting-deps.ts'
import { thinkingOf } from '../models-of-order.ts'
import { type ChosenOrder, pendingDreamIn } from '../pending-dream.ts'
import { streamOf } from '../telling/dream-session.ts'
import { type AgentName, assertCollectiveOrder, checkedInputs } from './checked-order.ts'
import {
  collectiveIn,
  type KeptCollective,
  keepCollective,
  keptCollective,
  withDreams,
} from './kept-collective.ts'
import { orderOfTarget } from './orders-of-targets.ts'

/** What collective dreams need; the storage is that of the workspace. */
export interface CollectiveDeps extends HostingDeps {
  readonly agentName: AgentName
}

/** Collective dreams of a workspace: for each target a dream, which a runner takes up like any. */
export function collectiveDreamsOf(deps: CollectiveDeps): WorkspaceCollectiveDreams {
  const { storage } = deps
  return {
    async create(order, by, alongside) {
      assertCollectiveOrder(order)
      const thinking = await thinkingOf(order.model, deps)
      const made = await storage.transaction(async (tx) => {
        const kept = await createIn(tx, order, thinking, by, deps)
        await alongside?.(kept, tx)
        return withDreams(tx, kept)
      })
      deps.wake()
      return made
    },

    get: async (id) => withDreams(storage, await keptCollective(storage, id)),

    async page(query) {
      const page = await storage.documents.page({ ...query, kind: 'collective_dream' })
      const items: CollectiveDream[] = []
      for (const document of page.items)
        items.push(await withDreams(storage, collectiveIn(document)))
      return { ...page, items }
    },

    async cancel(id, by) {
      const streams: string[] = []
      const canceled = await storage.transaction((tx) => cancelAllIn(tx, id, by, deps, streams))
      for (const stream of streams) deps.announce(stream)
      return canceled
    },
  }
}

async function createIn(
  tx: Storage,
  order: CollectiveOrder,
  thinking: ChosenOrder['thinking'],
  by: Actor,
  deps: CollectiveDeps,
): Promise<KeptCollective> {
  const inputs = await checkedInputs(tx, order, deps.agentName)
  const now = deps.now()
  const at = now.toISOString()
  const id = deps.newId('cdrm')
  const dreams: KeptCollective['dreams'][number][] = []
  for (const target of order.targets) {
    const chosen = { order: orderOfTarget(target, inputs, order, id), thinking }
    const dream = await pendingDreamIn(tx, chosen, by, { now: () => now, newId: deps.newId })
    dreams.push({ storeId: target.storeId, dreamId: dream.id })
  }
  const kept: KeptCollective = { id, order, dreams, createdAt: at }
  await keepCollective(tx, kept)
  const details = { dreams: String(dreams.length) }
  const entry = { act: 'collective_dream.created', subject: id, by, at, details } as const
  await audit(tx, entry, deps.newId)
  return kept
}

/** `streams` takes in what has grown. */
async function cancelAllIn(
  tx: Storage,
  id: CollectiveDreamId,
  by: Actor,
  deps: CollectiveDeps,
  streams: string[],
): Promise<CollectiveDream> {
  const kept = await keptCollective(tx, id)
  const before = await withDreams(tx, kept)
  if (before.status === 'canceled') return before
  const open = before.dreams.filter(({ status }) => !isTerminal(status))
  if (open.length === 0) throw ended(before)
  for (const { dreamId } of open) {
    const stream = streamOf(await cancelIn(tx, dreamId, by, deps))
    if (stream !== null) streams.push(stream)
  }
  const at = deps.now().toISOString()
  await audit(tx, { act: 'collective_dream.canceled', subject: id, by, at }, deps.newId)
  return withDreams(tx, kept)
}

function ended({ id, status }: CollectiveDream): ReverieError {
  return new ReverieError(
    'invalid_request_error',
    `The collective dream "${id}" is ${status}. Only one that has not ended can be canceled.`,
  )
}
