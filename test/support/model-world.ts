import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { LIMITS } from '../../src/config.ts'
import type { Dream } from '../../src/core/dream.ts'
import { DEFAULT_WORKSPACE } from '../../src/core/ids.ts'
import type { DreamOutcome, DreamRequest, FolderOperations } from '../../src/engine/api.ts'
import type { PriceTable } from '../../src/engine/asking/prices.ts'
import { folderOperationsOf } from '../../src/engine/operations/folder-operations.ts'
import { RULES } from '../../src/engine/rules.ts'
import { chatImporter } from '../../src/importers/chat.ts'
import { localTranscripts } from '../../src/importers/local-transcripts.ts'
import { lexicalEmbedder } from '../../src/models/lexical-embedder.ts'
import type { Model } from '../../src/models/model.ts'
import { openEphemeralStorage } from '../../src/storage/ephemeral/ephemeral-storage.ts'
import { openMemoryFolder } from '../../src/storage/folder/memory-folder.ts'
import type { Storage } from '../../src/storage/storage.ts'
import { countedIds } from './dream-world.ts'
import { type ChatLine, filesBelow } from './folder-world.ts'
import { WITHOUT_MODELS } from './without-models.ts'

const REFUSAL: readonly ChatLine[] = [
  {
    role: 'assistant',
    content: '',
    tool_calls: [{ id: 'one', function: { name: 'ship', arguments: '{"parcel":"P100"}' } }],
  },
  { role: 'tool', tool_call_id: 'one', content: 'Error: the depot is full' },
]

/** Every prompt has something to be asked about here, and something comes of it. */
export const MEMORIES: Readonly<Record<string, string>> = {
  'deploy.md': '# Deploy\n\n- Deployed on Heroku from the main branch.\n',
  'ports.md': '# Ports\r\n\r\n- The staging database listens on port 5432.\r\n',
  'release.md':
    '- Blue-green deployment is how we release the storefront.\n- The storefront is released by switching traffic between a blue and a green environment.\n',
  'travel.md':
    '# Travel\n\n- Prefers a window seat on long flights, row 12.\n- Likes a window seat on long flights with Swiss.\n',
}

export const SESSIONS: Readonly<Record<string, readonly ChatLine[]>> = {
  monday: [
    { content: 'The staging database listens on port 6000 now.' },
    { content: 'We sat down with Ines and the export bucket got the name crane-exports.' },
    ...REFUSAL,
  ],
  tuesday: [
    { content: 'You know, since the move to Fly, deploys from the main branch take a minute.' },
    ...REFUSAL,
  ],
  wednesday: [{ content: 'Petra counted, the depot in Chur keeps 30 keys.' }, ...REFUSAL],
}

export interface WorldOptions {
  /** Worlds of one name stand in one place, so that their ids are equal: one at a time. */
  readonly name: string
  readonly memories?: Readonly<Record<string, string>>
  readonly sessions?: Readonly<Record<string, readonly ChatLine[]>>
  readonly prices?: PriceTable
}

/** Who is asked in one dream, over which view of the storage, and how it was requested. */
export interface Dreaming extends Partial<DreamRequest> {
  /** Null = rules alone. */
  readonly answering: Model | null
  readonly storage?: Storage
}

/**
 * A folder of notes and transcripts over an ephemeral storage, whose dreams ask the models that a
 * test brings. The clock stands still; equal worlds give equal bytes.
 */
export class ModelWorld implements Disposable {
  readonly storage: Storage
  readonly memory: string
  readonly #base: string
  readonly #prices: PriceTable
  readonly #newId = countedIds()
  #nowMs = Date.parse('2026-11-20T03:00:00.000Z')

  private constructor(base: string, storage: Storage, prices: PriceTable) {
    this.#base = base
    this.#prices = prices
    this.storage = storage
    this.memory = join(base, 'memory')
  }

  static async open(options: WorldOptions): Promise<ModelWorld> {
    const { name, memories = MEMORIES, sessions = SESSIONS, prices = [] } = options
    const base = join(tmpdir(), `reverie-model-${process.pid}-${name}`)
    rmSync(base, { recursive: true, force: true })
    mkdirSync(base)
    for (const folder of ['memory', 'sessions', 'home']) mkdirSync(join(base, folder))
    for (const [file, content] of Object.entries(memories)) {
      writeFileSync(join(base, 'memory', file), content)
    }
    const at = '2026-11-01T10:00:00Z'
    for (const [session, lines] of Object.entries(sessions)) {
      const rows = lines.map((line) => `${JSON.stringify({ role: 'user', at, ...line })}\n`)
      writeFileSync(join(base, 'sessions', `${session}.jsonl`), rows.join(''))
    }
    const storage = await openEphemeralStorage({ workspaceId: DEFAULT_WORKSPACE })
    return new ModelWorld(base, storage, prices)
  }

  /** The transcript of a session. */
  transcript(session: string): string {
    return join(this.#base, 'sessions', `${session}.jsonl`)
  }

  /** Lets the lease of a dream that died run out. */
  later(): void {
    this.#nowMs += LIMITS.leaseMs
  }

  dream({ answering, storage, ...request }: Dreaming): Promise<DreamOutcome> {
    return this.reverie(answering, storage).dream({
      memory: this.memory,
      sessions: [join(this.#base, 'sessions')],
      ...(answering === null ? { model: 'none' } : {}),
      ...request,
    })
  }

  reverie(answering: Model | null = null, storage: Storage = this.storage): FolderOperations {
    const redact = async (text: string): Promise<{ text: string; kinds: readonly string[] }> => ({
      text,
      kinds: [],
    })
    return folderOperationsOf({
      home: join(this.#base, 'home'),
      nodeVersion: process.versions.node,
      storage,
      transcripts: localTranscripts(redact, [chatImporter]),
      embedder: lexicalEmbedder(),
      rules: RULES,
      models: {
        ...WITHOUT_MODELS,
        budget: { tokens: 2_000_000, usd: null },
        own: answering === null ? null : { small: answering, large: answering },
        prices: () => this.#prices,
      },
      secrets: { mask: async (text) => text },
      openFolder: (root) =>
        openMemoryFolder({ root, stateDir: join(this.#base, 'home', 'journal'), limits: LIMITS }),
      now: () => new Date(this.#nowMs),
      newId: this.#newId,
      wait: async (_ms, signal) => {
        await nextTurn()
        signal?.throwIfAborted()
      },
    })
  }

  /** Every file of the memory folder, one character for each byte. */
  files(): Readonly<Record<string, string>> {
    return filesBelow(this.memory)
  }

  dreams(): Promise<readonly Dream[]> {
    return this.storage.dreams.list()
  }

  /** Events that no applied dream has read. */
  async unread(): Promise<number> {
    const [store] = await this.storage.stores.list()
    let count = 0
    for (const { id } of await this.storage.sessions.list()) {
      const events = await this.storage.sessions.consumption.unread(store?.lineageId ?? '', id)
      count += events.length
    }
    return count
  }

  [Symbol.dispose](): void {
    rmSync(this.#base, { recursive: true, force: true })
  }
}
