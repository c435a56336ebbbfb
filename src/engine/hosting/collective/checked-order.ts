import { LIMITS } from '../../../config.ts'
import { notFound, ReverieError } from '../../../core/errors.ts'
import type { SessionId } from '../../../core/ids.ts'
import type { MemoryStore } from '../../../core/memory-store.ts'
import type { Storage } from '../../../storage/storage.ts'
import type { CollectiveInput, CollectiveOrder } from '../../collective/collective-api.ts'
import { storeAt } from '../../workspace/workspace-deps.ts'
import { inputSession } from '../pending-dream.ts'

/** The name of an agent that is kept here; null = no agent has this id. */
export type AgentName = (storage: Storage, id: string) => Promise<string | null>

/** An input with what its agent is called in lessons. */
export interface NamedInput extends CollectiveInput {
  readonly agentName: string
}

const CONTROL = /\p{C}/u
const AGENT_ID = /^agent_/

/**
 * Throws `invalid_request_error` for an order that cannot be meant: too much or too little of
 * something, or a session or a target that is named twice.
 */
export function assertCollectiveOrder({ inputs, targets }: CollectiveOrder): void {
  assertCount('inputs', inputs.length, LIMITS.collectiveInputsMax)
  assertCount('targets', targets.length, LIMITS.collectiveTargetsMax)
  const sessions = inputs.flatMap(({ sessionIds }) => sessionIds)
  if (inputs.some(({ sessionIds }) => sessionIds.length === 0)) {
    throw invalid(
      'An input of the collective dream names no session.',
      'Name some, or leave it out.',
    )
  }
  assertCount('sessions', sessions.length, LIMITS.collectiveSessionsMax)
  const repeated = firstRepeated(sessions)
  if (repeated !== null) {
    throw invalid(`The session "${repeated}" is named twice.`, 'A session is of one input alone.')
  }
  const target = firstRepeated(targets.map(({ storeId }) => storeId))
  if (target !== null) {
    throw invalid(`The memory store "${target}" is a target twice.`, 'Name each target once.')
  }
  for (const { agentId } of inputs) assertAgentId(agentId)
}

/**
 * The inputs as they stand in the storage. Throws `not_found_error` for a store, a session or an id
 * of an agent that is not there, `invalid_request_error` for an archived store and for a target
 * whose audience is another.
 */
export async function checkedInputs(
  tx: Storage,
  order: CollectiveOrder,
  agentName: AgentName,
): Promise<readonly NamedInput[]> {
  for (const { storeId, audience } of order.targets) {
    const store = await openStore(tx, storeId)
    if (store.audience === audience) continue
    throw invalid(
      `The memory store "${storeId}" is not for the audience that the order names.`,
      'Name the audience that the store was made for: nothing is told to others.',
    )
  }
  const named: NamedInput[] = []
  for (const input of order.inputs) {
    await openStore(tx, input.storeId)
    named.push({ ...input, agentName: await nameOf(tx, input, agentName) })
  }
  return named
}

async function nameOf(
  tx: Storage,
  { agentId, sessionIds }: CollectiveInput,
  agentName: AgentName,
): Promise<string> {
  const agents = new Set<string>()
  for (const id of sessionIds) {
    for (const agent of (await inputSession(tx, id)).agentIds) agents.add(agent)
  }
  const kept = await agentName(tx, agentId)
  if (kept !== null) return plainName(kept) || agentId
  // What is no id is what the agent is called; an id that nobody knows is a slip.
  if (AGENT_ID.test(agentId) && !agents.has(agentId)) throw notFound('agent', agentId)
  return agentId
}

/** On one line and without what cannot be seen: it stands in lessons. */
function plainName(name: string): string {
  const words = name.replaceAll(/[\p{C}\s]+/gu, ' ').trim()
  return [...words].slice(0, LIMITS.collectiveAgentCharsMax).join('')
}

async function openStore(tx: Storage, id: CollectiveInput['storeId']): Promise<MemoryStore> {
  const store = await storeAt(tx, id)
  if (store.archivedAt === null) return store
  throw invalid(`The memory store "${id}" is archived.`, 'Name one that is not.')
}

function assertAgentId(agentId: string): void {
  const max = LIMITS.collectiveAgentCharsMax
  const isName = agentId.trim() !== '' && [...agentId].length <= max && !CONTROL.test(agentId)
  if (isName) return
  throw invalid(
    'An input of the collective dream names its agent in no way that can be told.',
    `Give an id, or a name of 1 to ${max} characters on one line.`,
  )
}

function assertCount(what: string, count: number, max: number): void {
  if (count >= 1 && count <= max) return
  throw new ReverieError(
    'invalid_request_error',
    `A collective dream has 1 to ${max} ${what}; ${count} are named.`,
  )
}

function firstRepeated<Id extends SessionId | string>(ids: readonly Id[]): Id | null {
  return ids.find((id, at) => ids.indexOf(id) < at) ?? null
}

function invalid(message: string, next: string): ReverieError {
  return new ReverieError('invalid_request_error', message, { next })
}
