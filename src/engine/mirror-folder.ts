import { LOCAL_AUDIENCE } from '../core/audience.ts'
import { derivedId, type NewId } from '../core/ids.ts'
import { parseMemory } from '../core/markdown.ts'
import type { Actor, Memory } from '../core/memory.ts'
import { isIndexPath } from '../core/memory-path.ts'
import type { MemoryStore } from '../core/memory-store.ts'
import { type AuthorOf, importedAuthor, personAuthor, toUnits } from '../core/unit-matching.ts'
import type { FolderContent } from '../storage/memory-folder.ts'
import type { Storage } from '../storage/storage.ts'

export interface Clock {
  readonly now: () => Date
  readonly newId: NewId
}

/**
 * Brings the store that mirrors a folder up to the folder's present bytes, so that a folder has
 * versions and unit identities too. Reads only; the folder is never written here.
 */
export async function mirrorFolder(
  content: FolderContent,
  storage: Storage,
  clock: Clock,
): Promise<MemoryStore> {
  return storage.transaction(async (tx) => {
    const at = clock.now().toISOString()
    const known = await tx.stores.findByFolder(content.root)
    const store = known ?? (await createMirror(content.root, at, tx))
    const actor: Actor = { type: 'folder_actor', firstSight: known === null }
    const mirrored = new Map(
      (await tx.memories.list(store.id)).map((memory) => [memory.path, memory]),
    )
    const files = [
      ...content.memories.map((file) => ({ ...file, isOperatorText: false })),
      ...content.readOnly.map((file) => ({ ...file, isOperatorText: true })),
    ]
    const present = new Set(files.map(({ path }) => path))
    const gone = [...mirrored.values()].filter(({ path }) => !present.has(path))
    // Ahead of the writes: where a file became a folder, its memory is in the way.
    for (const { path } of gone) {
      const newIds = { memory: clock.newId('mem'), version: clock.newId('memver') }
      await tx.memories.remove({ storeId: store.id, path, actor, at, newIds })
    }
    for (const file of files) {
      const before = mirrored.get(file.path) ?? null
      if (before?.content === file.content) continue
      const memory = await tx.memories.write({
        storeId: store.id,
        path: file.path,
        content: file.content,
        actor,
        at,
        newIds: { memory: clock.newId('mem'), version: clock.newId('memver') },
      })
      await recordUnits(
        tx,
        store,
        memory,
        before ?? movedFrom(file.content, gone),
        file.isOperatorText ? operatorAuthor : editAuthor,
      )
    }
    return store
  })
}

/** A file of the same content that is gone: it was renamed, and its units keep their identity. */
function movedFrom(content: string, gone: readonly Memory[]): Memory | null {
  return gone.find((memory) => memory.content === content) ?? null
}

/** Parses a memory's new version and records its units, keeping the identities it had. */
export async function recordUnits(
  storage: Storage,
  store: MemoryStore,
  memory: Memory,
  before: Memory | null,
  authorOf: AuthorOf,
): Promise<void> {
  const previous = before === null ? [] : await storage.units.ofVersion(before.versionId)
  const owner = {
    storeId: store.id,
    memoryId: memory.id,
    versionId: memory.versionId,
    path: memory.path,
    audience: store.audience,
  }
  const parsed = parseMemory(memory.content, { isIndex: isIndexPath(memory.path) })
  await storage.units.record(
    memory.id,
    memory.versionId,
    toUnits(owner, parsed, previous, authorOf),
  )
}

/**
 * An edit outside of a dream: of a unit that a dream or a person had written it is a person's;
 * of an imported one nobody knows, since agents write into their folders too.
 */
export const editAuthor: AuthorOf = (parsed, previous) =>
  previous !== null && previous.origin !== 'imported'
    ? personAuthor(parsed, previous)
    : importedAuthor(parsed, previous)

/** CLAUDE.md and AGENTS.md: the operator's word; never written by a dream. */
const operatorAuthor: AuthorOf = () => ({ origin: 'person', trust: 'operator', statedAt: null })

async function createMirror(root: string, at: string, tx: Storage): Promise<MemoryStore> {
  const id = derivedId('memstore', root)
  const name = root.split('/').findLast((part) => part !== '') ?? root
  const store: MemoryStore = {
    id,
    name,
    description: '',
    metadata: {},
    folder: root,
    lineageId: id,
    audience: LOCAL_AUDIENCE,
    createdAt: at,
    updatedAt: at,
    archivedAt: null,
  }
  await tx.stores.create(store)
  return store
}
