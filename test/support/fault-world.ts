import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { LIMITS } from '../../src/config.ts'
import { LOCAL_AUDIENCE } from '../../src/core/audience.ts'
import { DEFAULT_WORKSPACE, derivedId, type NewId } from '../../src/core/ids.ts'
import type { MemoryStore } from '../../src/core/memory-store.ts'
import { importedAuthor } from '../../src/core/unit-matching.ts'
import type { DreamOutcome, FolderOperations } from '../../src/engine/api.ts'
import { recordUnits } from '../../src/engine/mirror-folder.ts'
import { folderOperationsOf } from '../../src/engine/operations/folder-operations.ts'
import { RULES } from '../../src/engine/rules.ts'
import { chatImporter } from '../../src/importers/chat.ts'
import { localTranscripts } from '../../src/importers/local-transcripts.ts'
import { lexicalEmbedder } from '../../src/models/lexical-embedder.ts'
import { openEphemeralStorage } from '../../src/storage/ephemeral/ephemeral-storage.ts'
import { openMemoryFolder } from '../../src/storage/folder/memory-folder.ts'
import type { Storage } from '../../src/storage/storage.ts'
import { countedIds } from './dream-world.ts'
import { failureAndFix, filesBelow } from './folder-world.ts'
import { WITHOUT_MODELS } from './without-models.ts'

/** Where the memory of a world lives: in a real folder, or in the storage alone. */
export type Place = 'folder' | 'store'

const MEMORIES: Readonly<Record<string, string>> = {
  '/MEMORY.md': '# Memory\n\n- [Deploys](deploys.md): how\n- [Ports](ports.md): which\n',
  '/build.md': '- Deploys run from the main branch through the build pipeline.\n',
  '/deploys.md': '# Deploys\n\n- Deploys run from the main branch.\n',
  '/ports.md': '# Ports\r\n\r\n- The staging database listens on port 5432.\r\n',
}

const ERROR = 'Error: connect ECONNREFUSED 127.0.0.1:5433'
const FIX = 'docker compose up -d db-test'
const at = '2026-11-01T10:00:00Z'
const SESSIONS: Readonly<Record<string, readonly object[]>> = {
  'one.jsonl': [
    { role: 'user', content: 'The staging database listens on port 6000 now.', at },
    ...failureAndFix(ERROR, FIX),
  ],
  'two.jsonl': [
    { role: 'user', content: 'Remember: the warehouse closes at 16:00 on Fridays.', at },
    ...failureAndFix(ERROR, FIX),
  ],
}

/**
 * A small memory of which every kind of write is due, over an ephemeral storage whose operations
 * can be had over a faulty view of it. The clock stands still but for waiting.
 */
export class FaultWorld implements Disposable {
  readonly storage: Storage
  readonly memory: string
  readonly #base: string
  readonly #newId: NewId
  #nowMs = Date.parse('2026-11-20T03:00:00.000Z')

  private constructor(base: string, storage: Storage, memory: string, newId: NewId) {
    this.#base = base
    this.storage = storage
    this.memory = memory
    this.#newId = newId
  }

  static async open(place: Place): Promise<FaultWorld> {
    const base = mkdtempSync(join(tmpdir(), 'reverie-fault-'))
    for (const folder of ['memory', 'sessions', 'home']) mkdirSync(join(base, folder))
    for (const [name, lines] of Object.entries(SESSIONS)) {
      const rows = lines.map((line) => `${JSON.stringify(line)}\n`)
      writeFileSync(join(base, 'sessions', name), rows.join(''))
    }
    const storage = await openEphemeralStorage({ workspaceId: DEFAULT_WORKSPACE })
    const newId = countedIds()
    if (place === 'store') {
      const { id } = await fillStore(storage, newId)
      return new FaultWorld(base, storage, `store:${id}`, newId)
    }
    for (const [path, content] of Object.entries(MEMORIES)) {
      writeFileSync(join(base, 'memory', path), content)
    }
    return new FaultWorld(base, storage, join(base, 'memory'), newId)
  }

  /** The operations over this world's storage, or over another view of it. */
  reverie(storage: Storage = this.storage): FolderOperations {
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
      models: WITHOUT_MODELS,
      secrets: { mask: async (text) => text },
      openFolder: (root) =>
        openMemoryFolder({ root, stateDir: join(this.#base, 'home', 'journal'), limits: LIMITS }),
      now: () => new Date(this.#nowMs),
      newId: this.#newId,
      wait: async (ms) => {
        this.#nowMs += ms
      },
    })
  }

  dream(reverie: FolderOperations): Promise<DreamOutcome> {
    return reverie.dream({ memory: this.memory, sessions: [join(this.#base, 'sessions')] })
  }

  /** What an agent reads: the files, or the memories of the store. */
  async contents(): Promise<Readonly<Record<string, string>>> {
    if (!this.memory.startsWith('store:')) return filesBelow(this.memory)
    return rowsOf(this.storage)
  }

  /** Everything that must be the same after a retry, without ids of versions and times. */
  async state(): Promise<unknown> {
    const [store] = await this.storage.stores.list()
    if (store === undefined) return null
    const units = await this.storage.units.list(store.id)
    const dreams = await this.storage.dreams.list(store.id)
    const ledger = await this.storage.ledger.list(store.id, { withReverted: true })
    const sightings = await this.storage.counters.list(store.lineageId)
    return {
      contents: await this.contents(),
      rows: await rowsOf(this.storage),
      units: units.map(({ path, text, origin, trust, statedAt }) => [
        path,
        text,
        origin,
        trust,
        statedAt,
      ]),
      changes: await Promise.all(
        dreams
          .filter(({ plan }) => plan !== null)
          .map(async ({ id, planStatus }) => [
            planStatus,
            (await this.storage.dreams.changes.list(id)).map((change) => [
              change.id,
              change.status,
            ]),
          ]),
      ),
      ledger: ledger.map(({ kind, path, text, isReverted }) => [kind, path, text, isReverted]),
      counted: sightings.map(({ pattern, sessionId }) => [pattern, sessionId]),
      unread: await this.unread(),
    }
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

async function rowsOf(storage: Storage): Promise<Readonly<Record<string, string>>> {
  const [store] = await storage.stores.list()
  const memories = store === undefined ? [] : await storage.memories.list(store.id)
  return Object.fromEntries(memories.map(({ path, content }) => [path, content]))
}

async function fillStore(storage: Storage, newId: NewId): Promise<MemoryStore> {
  const id = derivedId('memstore', 'fault-world')
  const createdAt = '2026-11-01T00:00:00.000Z'
  const store: MemoryStore = {
    id,
    name: 'world',
    description: '',
    metadata: {},
    folder: null,
    lineageId: id,
    audience: LOCAL_AUDIENCE,
    createdAt,
    updatedAt: createdAt,
    archivedAt: null,
  }
  await storage.stores.create(store)
  for (const [path, content] of Object.entries(MEMORIES)) {
    const memory = await storage.memories.write({
      storeId: id,
      path,
      content,
      actor: { type: 'api_actor', apiKeyId: 'key' },
      at: createdAt,
      newIds: { memory: newId('mem'), version: newId('memver') },
    })
    await recordUnits(storage, store, memory, null, importedAuthor)
  }
  return store
}
