import { type Audience, LOCAL_AUDIENCE } from '../../src/core/audience.ts'
import type { Change } from '../../src/core/change.ts'
import type { Dream } from '../../src/core/dream.ts'
import { derivedId, type IdPrefixes, type NewId, type SessionId } from '../../src/core/ids.ts'
import type { MemoryStore } from '../../src/core/memory-store.ts'
import { importedAuthor } from '../../src/core/unit-matching.ts'
import type { StageProgress } from '../../src/engine/dream-ports.ts'
import { recordUnits } from '../../src/engine/mirror-folder.ts'
import type { DreamRoom } from '../../src/engine/pinning/pin-sessions.ts'
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
import type { Storage } from '../../src/storage/storage.ts'

/** One message of a test transcript. */
export interface Said {
  readonly text: string
  readonly by?: 'user' | 'agent' | 'tool'
  readonly at?: string | null
  readonly tool?: { readonly name: string; readonly isError?: boolean; readonly useId?: string }
}

export interface WorldOptions {
  readonly storage: Storage
  readonly now?: string
  readonly mask?: (text: string) => string
  /** Of the store; absent = the one local principal. */
  readonly audience?: Audience
  /** As in `DreamPorts` and `DreamOrder`. */
  readonly sessionsPerBatch?: number
  readonly room?: DreamRoom
}

/**
 * A store and sessions over a given storage, with a fixed clock and counted ids: equal worlds
 * give equal bytes. For tests of dreams without files.
 */
export class DreamWorld {
  readonly storage: Storage
  readonly store: MemoryStore
  readonly newId: NewId
  readonly #now: string
  readonly #mask: (text: string) => string
  readonly #batches: Pick<WorldOptions, 'sessionsPerBatch'>
  readonly #room: Pick<WorldOptions, 'room'>
  readonly #sessionIds: SessionId[] = []

  private constructor(options: WorldOptions, store: MemoryStore) {
    this.storage = options.storage
    this.#now = options.now ?? '2026-11-20T03:00:00.000Z'
    this.#mask = options.mask ?? ((text) => text)
    const { sessionsPerBatch, room } = options
    this.#batches = sessionsPerBatch === undefined ? {} : { sessionsPerBatch }
    this.#room = room === undefined ? {} : { room }
    this.store = store
    this.newId = countedIds()
  }

  static async open(
    options: WorldOptions,
    memories: Readonly<Record<string, string>>,
  ): Promise<DreamWorld> {
    const id = derivedId('memstore', 'world')
    const createdAt = '2026-11-01T00:00:00.000Z'
    const store: MemoryStore = {
      id,
      name: 'world',
      description: '',
      metadata: {},
      folder: null,
      lineageId: id,
      audience: options.audience ?? LOCAL_AUDIENCE,
      createdAt,
      updatedAt: createdAt,
      archivedAt: null,
    }
    await options.storage.stores.create(store)
    const world = new DreamWorld(options, store)
    for (const [path, content] of Object.entries(memories)) await world.write(path, content)
    return world
  }

  async write(path: string, content: string): Promise<void> {
    const before = await this.storage.memories.getByPath(this.store.id, path)
    const memory = await this.storage.memories.write({
      storeId: this.store.id,
      path,
      content,
      actor: { type: 'folder_actor', firstSight: true },
      at: this.#now,
      newIds: { memory: this.newId('mem'), version: this.newId('memver') },
    })
    await recordUnits(this.storage, this.store, memory, before, importedAuthor)
  }

  async hear(name: string, said: readonly Said[]): Promise<SessionId> {
    const id = derivedId('sesn', 'chat', name)
    const times = said.flatMap(({ at }) => at ?? []).sort()
    await this.storage.sessions.put({
      id,
      format: 'chat',
      title: name,
      sourcePath: `${name}.jsonl`,
      startedAt: times[0] ?? null,
      endedAt: times.at(-1) ?? null,
      userIds: [],
      agentIds: [],
      parentSessionId: null,
      audience: LOCAL_AUDIENCE,
      archivedAt: null,
    })
    await this.storage.sessions.append(
      id,
      said.map((item, ordinal) => {
        const by = item.by ?? 'user'
        return {
          id: derivedId('sevt', id, String(ordinal), item.text),
          sessionId: id,
          ordinal,
          type:
            by === 'user'
              ? ('user.message' as const)
              : by === 'agent'
                ? item.tool === undefined
                  ? ('agent.message' as const)
                  : ('agent.tool_use' as const)
                : ('agent.tool_result' as const),
          speaker: by,
          text: item.text,
          at: item.at ?? null,
          tool:
            item.tool === undefined
              ? null
              : {
                  name: item.tool.name,
                  useId: item.tool.useId ?? null,
                  input: by === 'agent' ? item.text : null,
                  isError: item.tool.isError ?? false,
                },
          userId: null,
          agentId: null,
          threadId: null,
          source: { path: `${name}.jsonl`, line: ordinal + 1 },
          voice: 'own' as const,
        }
      }),
    )
    if (!this.#sessionIds.includes(id)) this.#sessionIds.push(id)
    return id
  }

  /** Plans and runs; `onProgress` may throw to stop the dream at a stage. */
  async dream(onProgress: (progress: StageProgress) => void = () => undefined): Promise<{
    readonly dream: Dream
    readonly changes: readonly Change[]
    readonly isNew: boolean
  }> {
    const { dream: planned, isNew } = await planDream(
      {
        store: this.store,
        sessionIds: this.#sessionIds,
        instructions: null,
        asOf: this.#now,
        thinking: null,
        imported: { lines: 0, skipped: {} },
        ...this.#room,
      },
      this.storage,
      this.newId,
    )
    const lease = await this.storage.dreams.runs.claim(planned.id, this.#now, this.#now)
    if (lease !== null) {
      const secrets = { mask: async (text: string) => this.#mask(text) }
      await runDream(planned, lease, {
        storage: this.storage,
        secrets,
        embedder: lexicalEmbedder(),
        onProgress,
        rules: RULES,
        asker: null,
        announce: async () => undefined,
        signal: null,
        keepAlive: async () => undefined,
        ...this.#batches,
      })
    }
    const dream = await this.storage.dreams.get(planned.id)
    if (dream === null) throw new Error('The dream is gone.')
    if (isNew && dream.planStatus === 'empty') await consume(this.storage, dream, this.store)
    return { dream, isNew, changes: await this.storage.dreams.changes.list(dream.id) }
  }

  async apply(dream: Dream): Promise<void> {
    await settlePlan(dream.id, ALL_EFFECTIVE, this.#applyPorts())
  }

  async revert(dream: Dream): Promise<void> {
    await settlePlan(dream.id, NOTHING, this.#applyPorts())
  }

  /** Path -> content of everything in the store. */
  async contents(): Promise<Readonly<Record<string, string>>> {
    const memories = await this.storage.memories.list(this.store.id)
    return Object.fromEntries(memories.map(({ path, content }) => [path, content]))
  }

  #applyPorts(): Parameters<typeof settlePlan>[2] {
    return {
      storage: this.storage,
      folder: null,
      now: () => new Date(this.#now),
      newId: this.newId,
    }
  }
}

/** Ids in order, so that equal runs have equal ids. */
export function countedIds(): NewId {
  let count = 0
  return <P extends keyof IdPrefixes>(prefix: P) => {
    count += 1
    return `${prefix}_${String(count).padStart(8, '0')}` as IdPrefixes[P]
  }
}
