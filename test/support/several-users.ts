import type { Audience } from '../../src/core/audience.ts'
import type { Change } from '../../src/core/change.ts'
import type { Dream, Thinking } from '../../src/core/dream.ts'
import { DEFAULT_WORKSPACE, derivedId, type NewId, type SessionId } from '../../src/core/ids.ts'
import type { MemoryStore } from '../../src/core/memory-store.ts'
import type { SessionEvent } from '../../src/core/session-event.ts'
import { importedAuthor } from '../../src/core/unit-matching.ts'
import { createAsker } from '../../src/engine/asking/create-asker.ts'
import type { StageProgress } from '../../src/engine/dream-ports.ts'
import { recordUnits } from '../../src/engine/mirror-folder.ts'
import type { Contributor } from '../../src/engine/pinning/pin-sessions.ts'
import { planDream } from '../../src/engine/plan-dream.ts'
import { RULES } from '../../src/engine/rules.ts'
import { runDream } from '../../src/engine/run-dream.ts'
import {
  ALL_EFFECTIVE,
  consume,
  NOTHING,
  settlePlan,
} from '../../src/engine/settling/settle-plan.ts'
import { lexicalEmbedder } from '../../src/models/lexical-embedder.ts'
import type { Model } from '../../src/models/model.ts'
import { openEphemeralStorage } from '../../src/storage/ephemeral/ephemeral-storage.ts'
import type { Storage } from '../../src/storage/storage.ts'
import { countedIds } from './dream-world.ts'

/** One message, or one call of a tool with its result. */
export type Turn =
  | { readonly user: string }
  | {
      readonly tool: string
      readonly input: object
      readonly result: string
      readonly failed?: true
    }

export interface HeardSession {
  readonly name: string
  readonly audience: Audience
  readonly userIds?: readonly string[]
  readonly agentId?: string
  readonly parent?: SessionId
  readonly at?: string
  readonly turns: readonly Turn[]
}

export interface Reading {
  /** Sessions of the store's own agents. */
  readonly own?: readonly SessionId[]
  readonly contributors?: readonly Contributor[]
  readonly onProgress?: (progress: StageProgress) => void
}

export interface Dreamt {
  readonly dream: Dream
  readonly changes: readonly Change[]
  readonly isNew: boolean
}

const NOW = '2026-11-20T03:00:00.000Z'

/** Stores and sessions of several users and agents; equal worlds give equal bytes. */
export class SeveralUsers {
  readonly storage: Storage
  readonly newId: NewId = countedIds()
  readonly #model: Model | null

  private constructor(storage: Storage, model: Model | null) {
    this.storage = storage
    this.#model = model
  }

  static async open(model: Model | null = null, storage?: Storage): Promise<SeveralUsers> {
    const own = storage ?? (await openEphemeralStorage({ workspaceId: DEFAULT_WORKSPACE }))
    return new SeveralUsers(own, model)
  }

  async store(
    audience: Audience,
    memories: Readonly<Record<string, string>> = {},
  ): Promise<MemoryStore> {
    const id = derivedId('memstore', audience)
    const times = { createdAt: NOW, updatedAt: NOW, archivedAt: null }
    const about = { name: audience, description: '', metadata: {}, folder: null }
    const store: MemoryStore = { id, lineageId: id, audience, ...about, ...times }
    await this.storage.stores.create(store)
    for (const [path, content] of Object.entries(memories)) {
      const memory = await this.storage.memories.write({
        storeId: id,
        path,
        content,
        actor: { type: 'folder_actor', firstSight: true },
        at: NOW,
        newIds: { memory: this.newId('mem'), version: this.newId('memver') },
      })
      await recordUnits(this.storage, store, memory, null, importedAuthor)
    }
    return store
  }

  async hear(heard: HeardSession): Promise<SessionId> {
    const { name, audience, userIds = [], agentId, parent = null } = heard
    const id = derivedId('sesn', name)
    const at = heard.at ?? '2026-11-01T10:00:00.000Z'
    await this.storage.sessions.put({
      id,
      format: 'chat',
      title: name,
      sourcePath: `${name}.jsonl`,
      startedAt: at,
      endedAt: at,
      userIds,
      agentIds: agentId === undefined ? [] : [agentId],
      parentSessionId: parent,
      audience,
      archivedAt: null,
    })
    await this.storage.sessions.append(id, eventsOf(id, heard, at))
    return id
  }

  async dream(store: MemoryStore, order: Reading): Promise<Dreamt> {
    const { own = [], contributors = [], onProgress = () => undefined } = order
    const { dream: planned, isNew } = await planDream(
      {
        store,
        sessionIds: own,
        contributors,
        instructions: null,
        asOf: NOW,
        thinking: this.#model === null ? null : thinkingOf(this.#model),
        imported: { lines: 0, skipped: {} },
      },
      this.storage,
      this.newId,
    )
    const lease = await this.storage.dreams.runs.claim(planned.id, NOW, NOW)
    if (lease !== null) {
      await runDream(planned, lease, {
        storage: this.storage,
        secrets: { mask: async (text) => text },
        embedder: lexicalEmbedder(),
        onProgress,
        rules: RULES,
        asker: this.#asker(planned),
        announce: async () => undefined,
        signal: null,
        keepAlive: async () => undefined,
      })
    }
    const dream = await this.storage.dreams.get(planned.id)
    if (dream === null) throw new Error('The dream is gone.')
    if (isNew && dream.planStatus === 'empty') await consume(this.storage, dream, store)
    return { dream, isNew, changes: await this.storage.dreams.changes.list(dream.id) }
  }

  async apply({ dream }: Dreamt): Promise<void> {
    if (dream.planStatus === 'waiting') await this.#settle(dream, true)
  }

  async revert({ dream }: Dreamt): Promise<void> {
    await this.#settle(dream, false)
  }

  /** Everything that stands under a store: texts, changes, plans, counters, what a plan would count. */
  async under(store: MemoryStore): Promise<string> {
    const { storage } = this
    const memories = await storage.memories.list(store.id)
    const dreams = await storage.dreams.list(store.id)
    const changes = await Promise.all(dreams.map(({ id }) => storage.dreams.changes.list(id)))
    const waiting = await Promise.all(dreams.map(({ id }) => storage.steps.get(`sightings:${id}`)))
    const audit = await storage.logs.page('audit', { limit: 1_000 })
    return JSON.stringify({
      texts: memories.map(({ path, content }) => [path, content]),
      plans: dreams.map(({ plan }) => plan),
      changes,
      waiting,
      counters: await storage.counters.list(store.lineageId),
      ledger: await storage.ledger.list(store.id, { withReverted: true }),
      audit: audit.items,
    })
  }

  async #settle(dream: Dream, isIn: boolean): Promise<void> {
    await settlePlan(dream.id, isIn ? ALL_EFFECTIVE : NOTHING, {
      storage: this.storage,
      folder: null,
      now: () => new Date(NOW),
      newId: this.newId,
    })
  }

  #asker(dream: Dream): ReturnType<typeof createAsker> | null {
    if (this.#model === null) return null
    return createAsker({
      small: this.#model,
      large: this.#model,
      thinking: thinkingOf(this.#model),
      prices: [],
      mask: async (text) => text,
      steps: this.storage.steps,
      dreamId: dream.id,
      signal: null,
      keepAlive: async () => undefined,
    })
  }
}

function thinkingOf({ id }: Model): Thinking {
  return { small: id, large: id, budget: { tokens: 2_000_000, usd: null } }
}

function eventsOf(id: SessionId, heard: HeardSession, at: string): readonly SessionEvent[] {
  const { name, userIds = [], agentId = null, turns } = heard
  const events: SessionEvent[] = []
  const push = (
    type: SessionEvent['type'],
    speaker: SessionEvent['speaker'],
    text: string,
    tool: SessionEvent['tool'],
  ): void => {
    const ordinal = events.length
    events.push({
      id: derivedId('sevt', id, String(ordinal)),
      ...{ sessionId: id, ordinal, type, speaker, text, at, tool, threadId: null, voice: 'own' },
      userId: speaker === 'user' ? (userIds[0] ?? null) : null,
      agentId: speaker === 'agent' ? agentId : null,
      source: { path: `${name}.jsonl`, line: ordinal + 1 },
    })
  }
  for (const [n, turn] of turns.entries()) {
    if ('user' in turn) {
      push('user.message', 'user', turn.user, null)
      continue
    }
    const input = JSON.stringify(turn.input)
    const call = { name: turn.tool, useId: `${id}-${n}` }
    push('agent.tool_use', 'agent', input, { ...call, input, isError: false })
    const isError = turn.failed === true
    push('agent.tool_result', 'tool', turn.result, { ...call, input: null, isError })
  }
  return events
}
