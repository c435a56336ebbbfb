import { copyFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { LOCAL_AUDIENCE } from '../../../src/core/audience.ts'
import { DEFAULT_WORKSPACE, derivedId } from '../../../src/core/ids.ts'
import type { MemoryStore } from '../../../src/core/memory-store.ts'
import { importedAuthor } from '../../../src/core/unit-matching.ts'
import { recordUnits } from '../../../src/engine/mirror-folder.ts'
import { audit } from '../../../src/engine/workspace/audit.ts'
import { openInstallation, openKeys } from '../../../src/reverie.ts'
import type { Storage } from '../../../src/storage/storage.ts'
import { type Note, STORE } from './notes-in-store.ts'

/** The same memories twice: in a state folder, and in a copy of its file for the bare server. */
export interface FilledHome {
  readonly home: string
  readonly bareFile: string
  /** A key that may read and write. */
  readonly key: string
}

const AT = '2026-10-01T10:00:00.000Z'
const PIECE = 1_000
const BY = { type: 'api_actor', apiKeyId: 'key_bench' } as const

/** Makes a store that holds the notes, each written as a request would write it. */
export async function filledHome(folder: string, notes: readonly Note[]): Promise<FilledHome> {
  const home = join(folder, 'state')
  mkdirSync(home, { recursive: true })
  const { ports, close } = await openInstallation({ home })
  const storage = ports.storage.inWorkspace(DEFAULT_WORKSPACE)
  const store: MemoryStore = {
    id: STORE,
    name: 'bench',
    description: '',
    metadata: {},
    folder: null,
    lineageId: STORE,
    audience: LOCAL_AUDIENCE,
    createdAt: AT,
    updatedAt: AT,
    archivedAt: null,
  }
  await storage.stores.create(store)
  for (let start = 0; start < notes.length; start += PIECE) {
    await storage.transaction(async (tx) => {
      for (const note of notes.slice(start, start + PIECE)) await write(note, store, tx)
    })
  }
  await close()
  const { keys, close: closeKeys } = await openKeys({ home })
  const { plain } = await keys.create(
    { workspaceId: DEFAULT_WORKSPACE, name: 'bench', scopes: ['read', 'write'], expiresAt: null },
    BY,
  )
  await closeKeys()
  const bareFile = join(folder, 'bare.db')
  copyFileSync(join(home, 'reverie.db'), bareFile)
  return { home, bareFile, key: plain }
}

async function write({ id, path, content }: Note, store: MemoryStore, tx: Storage): Promise<void> {
  const memory = await tx.memories.write({
    storeId: STORE,
    path,
    content,
    actor: BY,
    at: AT,
    expectedSha256: null,
    memoriesMax: Number.MAX_SAFE_INTEGER,
    newIds: { memory: id, version: derivedId('memver', id) },
  })
  await recordUnits(tx, store, memory, null, importedAuthor)
  const details = { memory_store_id: STORE, memory_version_id: memory.versionId }
  const line = { act: 'memory.created', subject: id, by: BY, at: AT, details } as const
  await audit(tx, line, (prefix) => derivedId(prefix, id))
}
