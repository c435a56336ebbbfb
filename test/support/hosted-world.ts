import { setTimeout as sleep } from 'node:timers/promises'
import { LIMITS } from '../../src/config.ts'
import { type Audience, LOCAL_AUDIENCE } from '../../src/core/audience.ts'
import type { Change } from '../../src/core/change.ts'
import type { Dream } from '../../src/core/dream.ts'
import {
  DEFAULT_WORKSPACE,
  type DreamId,
  type MemoryStoreId,
  type SessionId,
} from '../../src/core/ids.ts'
import type { Actor } from '../../src/core/memory.ts'
import { dreamsOf } from '../../src/engine/hosting/dreams-of.ts'
import type { HostingDeps } from '../../src/engine/hosting/hosting-deps.ts'
import { runHosted } from '../../src/engine/hosting/run-hosted.ts'
import type { ModelAccess } from '../../src/engine/operations/deps.ts'
import { RULES } from '../../src/engine/rules.ts'
import type { DreamOrder, WorkspaceDreams } from '../../src/engine/workspace-api.ts'
import { lexicalEmbedder } from '../../src/models/lexical-embedder.ts'
import type { Model } from '../../src/models/model.ts'
import { openEphemeralStorage } from '../../src/storage/ephemeral/ephemeral-storage.ts'
import type { Storage } from '../../src/storage/storage.ts'
import { DreamWorld, type Said } from './dream-world.ts'
import { WITHOUT_MODELS } from './without-models.ts'

const at = '2026-11-01T10:00:00.000Z'

export const HOSTED_MEMORIES: Readonly<Record<string, string>> = {
  '/MEMORY.md': '# Memory\n\n- [Deploys](deploys.md): how\n- [Ports](ports.md): which\n',
  '/build.md': '- Deploys run from the main branch through the build pipeline.\n',
  '/deploys.md': '# Deploys\n\n- Deploys run from the main branch.\n',
  '/ports.md': '# Ports\r\n\r\n- The staging database listens on port 5432.\r\n',
}

const failure: readonly Said[] = [
  { by: 'agent', text: 'npm test', at, tool: { name: 'Bash', useId: 'one' } },
  {
    by: 'tool',
    text: 'Error: connect ECONNREFUSED 127.0.0.1:5433',
    at,
    tool: { name: 'Bash', useId: 'one', isError: true },
  },
  { by: 'agent', text: 'docker compose up -d db-test', at, tool: { name: 'Bash', useId: 'two' } },
  { by: 'tool', text: 'started', at, tool: { name: 'Bash', useId: 'two' } },
]

export const HOSTED_SESSIONS: Readonly<Record<string, readonly Said[]>> = {
  one: [{ text: 'The staging database listens on port 6000 now.', at }, ...failure],
  two: [{ text: 'Remember: the warehouse closes at 16:00 on Fridays.', at }, ...failure],
}

export const BY: Actor = { type: 'api_actor', apiKeyId: 'key_test' }

export interface HostedOptions {
  readonly memories?: Readonly<Record<string, string>>
  readonly sessions?: Readonly<Record<string, readonly Said[]>>
  readonly storage?: Storage
  /** Of the store; absent = the one local principal. */
  readonly audience?: Audience
  /** Asked for the model `asks`. */
  readonly model?: Model
}

/** A store and sessions of a server over a storage of its own; time stands still unless told. */
export class HostedWorld {
  readonly storage: Storage
  readonly storeId: MemoryStoreId
  readonly sessionIds: readonly SessionId[]
  readonly world: DreamWorld
  /** Streams in the order in which they were announced. */
  readonly announced: string[] = []
  #nowMs = Date.parse('2026-11-20T03:00:00.000Z')
  readonly #model: Model | null

  private constructor(world: DreamWorld, sessionIds: readonly SessionId[], model: Model | null) {
    this.storage = world.storage
    this.world = world
    this.storeId = world.store.id
    this.sessionIds = sessionIds
    this.#model = model
  }

  static async open(options: HostedOptions = {}): Promise<HostedWorld> {
    const { memories = HOSTED_MEMORIES, sessions = HOSTED_SESSIONS, model = null } = options
    const storage =
      options.storage ?? (await openEphemeralStorage({ workspaceId: DEFAULT_WORKSPACE }))
    const { audience = LOCAL_AUDIENCE } = options
    const world = await DreamWorld.open({ storage, audience }, memories)
    const ids: SessionId[] = []
    for (const [name, said] of Object.entries(sessions)) ids.push(await world.hear(name, said))
    return new HostedWorld(world, ids, model)
  }

  deps(storage: Storage = this.storage): HostingDeps {
    const model = this.#model
    const models: ModelAccess = {
      ...WITHOUT_MODELS,
      budget: { tokens: 2_000_000, usd: null },
      own: model === null ? null : { small: model, large: model },
    }
    return {
      storage,
      secrets: { mask: async (text) => text },
      embedder: lexicalEmbedder(),
      rules: RULES,
      memoriesMax: LIMITS.memoriesPerStoreMax,
      models,
      meaningOf: (name) => {
        if (name === 'rules') return 'embedded'
        return name === 'asks' && model !== null ? model.id : null
      },
      now: () => new Date(this.#nowMs),
      newId: this.world.newId,
      wait: (ms, signal) =>
        sleep(Math.ceil(ms / 100), undefined, signal === null ? {} : { signal }),
      announce: (stream) => void this.announced.push(stream),
      wake: () => undefined,
    }
  }

  /** Lets time go by, such as the lease of a run that died. */
  later(ms: number = LIMITS.leaseMs): void {
    this.#nowMs += ms
  }

  dreams(storage: Storage = this.storage): WorkspaceDreams {
    return dreamsOf(this.deps(storage))
  }

  order(more: Partial<DreamOrder> = {}): DreamOrder {
    return {
      storeId: this.storeId,
      sessionIds: this.sessionIds,
      model: 'rules',
      outputBehavior: 'create_new',
      instructions: null,
      ...more,
    }
  }

  create(more: Partial<DreamOrder> = {}): Promise<Dream> {
    return this.dreams().create(this.order(more), BY)
  }

  run(
    id: DreamId,
    storage: Storage = this.storage,
    signal: AbortSignal = new AbortController().signal,
  ): Promise<Dream | null> {
    return runHosted(id, signal, this.deps(storage))
  }

  /** Creates a dream and runs it to its end. */
  async dream(more: Partial<DreamOrder> = {}): Promise<Dream> {
    const { id } = await this.create(more)
    const ended = await this.run(id)
    if (ended === null) throw new Error('Nobody else runs dreams here.')
    return ended
  }

  changes(dream: Dream): Promise<readonly Change[]> {
    return this.storage.dreams.changes.list(dream.id)
  }

  /** Path -> content. */
  async contents(storeId: MemoryStoreId = this.storeId): Promise<Readonly<Record<string, string>>> {
    const memories = await this.storage.memories.list(storeId)
    return Object.fromEntries(memories.map(({ path, content }) => [path, content]))
  }

  /** Unread events of the input sessions, as the lineage of a store sees them. */
  async unread(storeId: MemoryStoreId = this.storeId): Promise<number> {
    const lineageId = (await this.storage.stores.get(storeId))?.lineageId ?? ''
    let count = 0
    for (const id of this.sessionIds) {
      count += (await this.storage.sessions.consumption.unread(lineageId, id)).length
    }
    return count
  }

  /** Wire events of a dream's own session. */
  async told(dream: Dream): Promise<readonly { readonly type: string; readonly body: string }[]> {
    const stream = `session:${dream.hosted?.sessionId}`
    const { items } = await this.storage.logs.page(stream, { limit: 1_000 })
    return items.map(({ type, body }) => ({ type, body: body ?? '' }))
  }
}

/** The store that a dream's changes went to. */
export function outputIdOf(dream: Dream): MemoryStoreId {
  const output = dream.hosted?.output ?? null
  if (output === null) throw new Error(`${dream.id} has no output.`)
  return output.storeId
}
