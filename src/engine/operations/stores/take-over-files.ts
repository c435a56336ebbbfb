import { LIMITS } from '../../../config.ts'
import { isReverieError, ReverieError } from '../../../core/errors.ts'
import { parseMemory } from '../../../core/markdown.ts'
import type { Actor, Memory } from '../../../core/memory.ts'
import { isIndexPath, parseMemoryPath } from '../../../core/memory-path.ts'
import type { MemoryStore } from '../../../core/memory-store.ts'
import type { Unit } from '../../../core/unit.ts'
import { importedAuthor, toUnits } from '../../../core/unit-matching.ts'
import type { MemoryFiles } from '../../../memory-imports/memory-files.ts'
import type { FolderContent } from '../../../storage/memory-folder.ts'
import type { Storage } from '../../../storage/storage.ts'
import { editAuthor, recordUnits } from '../../mirror-folder.ts'
import type { Deps } from '../deps.ts'
import { memoriesMaxOf } from '../memories/put-memory.ts'
import { bringFile } from './bring-file.ts'
import { STORE_FILE } from './file-names.ts'
import type { ImportIds } from './import-ids.ts'
import type { MemoryLine, UnitLine } from './line-forms.ts'
import { invalid } from './store-lines.ts'

export interface ExportedMemories {
  readonly folder: string
  readonly files: MemoryFiles
  readonly lines: readonly MemoryLine[]
  readonly ids: ImportIds
}

/** A file that is not what it was when it was exported: somebody's edit, told and taken over. */
const EDITED: Actor = { type: 'folder_actor', firstSight: false }

/**
 * Gives the memories that a history has come to their units, and takes over what people did to the
 * files since: they own them. Throws where the file of the export is not whole.
 */
export async function takeOverFiles(
  tx: Storage,
  store: MemoryStore,
  source: ExportedMemories,
  deps: Deps,
): Promise<{ readonly warnings: readonly string[] }> {
  const memories = new Map((await tx.memories.list(store.id)).map((one) => [one.path, one]))
  if (memories.size !== source.lines.length) {
    throw invalid(
      STORE_FILE,
      `tells of ${source.lines.length} memories; its versions leave ${memories.size}`,
    )
  }
  const warnings: string[] = []
  for (const line of source.lines) {
    const memory = memories.get(line.path)
    if (memory?.versionId !== source.ids.version(line.version_id)) {
      throw invalid(STORE_FILE, `tells of ${line.path}, which is not what its versions leave`)
    }
    await recordAsExported(tx, store, memory, line, source.ids)
    warnings.push(...(await takeOver(tx, store, memory, line, source, deps)))
  }
  warnings.push(...(await takeAdded(tx, store, source, deps)))
  await assertHolds(tx, store, deps)
  return { warnings }
}

/** Units as they were: a text that is cut in another way by now is a stranger's. */
async function recordAsExported(
  tx: Storage,
  store: MemoryStore,
  memory: Memory,
  { units: lines }: MemoryLine,
  ids: ImportIds,
): Promise<void> {
  const owner = { ...ownerOf(store, memory), audience: store.audience }
  const parsed = parseMemory(memory.content, { isIndex: isIndexPath(memory.path) })
  const waiting = Map.groupBy(lines, ({ sha256: hash }) => hash)
  const pinned: Unit['id'][] = []
  const units = toUnits(owner, parsed, [], importedAuthor).map((unit): Unit => {
    const line: UnitLine | undefined = waiting.get(unit.sha256)?.shift()
    if (line === undefined) return unit
    const id = ids.unit(line.id)
    if (line.is_pinned) pinned.push(id)
    return { ...unit, id, origin: line.origin, trust: line.trust, statedAt: line.stated_at }
  })
  await tx.units.record(memory.id, memory.versionId, units)
  for (const id of pinned) await tx.units.setPinned(id, true)
}

function ownerOf(
  { id: storeId }: MemoryStore,
  { id: memoryId, versionId, path }: Memory,
): Pick<Parameters<typeof toUnits>[0], 'storeId' | 'memoryId' | 'versionId' | 'path'> {
  return { storeId, memoryId, versionId, path }
}

async function takeOver(
  tx: Storage,
  store: MemoryStore,
  memory: Memory,
  { file, path }: MemoryLine,
  { folder, files }: ExportedMemories,
  deps: Deps,
): Promise<readonly string[]> {
  const content = await files.text(folder, file, LIMITS.folderFileBytesMax)
  if (content === memory.content) return []
  const base = { storeId: store.id, path, actor: EDITED, at: deps.now().toISOString() }
  const newIds = { memory: deps.newId('mem'), version: deps.newId('memver') }
  if (content === null) {
    await tx.memories.remove({ ...base, newIds })
    return [`${file} is not there any more: ${path} was removed, its versions are kept.`]
  }
  const written = await tx.memories.write({ ...base, content, newIds })
  await recordUnits(tx, store, written, memory, editAuthor)
  return [`${file} was edited since the export: ${path} is as the file says.`]
}

/** Markdown that somebody put beside the exported files. */
async function takeAdded(
  tx: Storage,
  store: MemoryStore,
  { folder, lines }: ExportedMemories,
  deps: Deps,
): Promise<readonly string[]> {
  const content = await contentOf(folder, deps)
  if (content === null) return ['The folder is too large to look for files that were added.']
  const known = new Set(lines.map(({ file }) => `/${file}`))
  const added = content.memories.filter(({ path }) => !known.has(path))
  for (const file of added) {
    const path = parseMemoryPath(file.path.normalize('NFC'))
    await bringFile(tx, store, { path, content: file.content }, deps)
  }
  return added.map(({ path }) => `${path} was added since the export.`)
}

async function contentOf(folder: string, deps: Deps): Promise<FolderContent | null> {
  try {
    return await deps.openFolder(folder).read()
  } catch (error) {
    if (isReverieError(error, 'request_too_large')) return null
    throw error
  }
}

/** Throws `request_too_large` where the store would hold more than a store may. */
export async function assertHolds(
  tx: Storage,
  { id }: Pick<MemoryStore, 'id'>,
  deps: Pick<Deps, 'memoriesMax'>,
): Promise<void> {
  const memories = await tx.memories.list(id)
  const most = memoriesMaxOf(deps)
  const large = memories.filter(({ content }) => Buffer.byteLength(content) > LIMITS.memoryBytesMax)
  if (memories.length > most) {
    throw tooMuch(`These are ${memories.length} memories; a store holds at most ${most}.`)
  }
  if (large.length === 0) return
  const paths = large.slice(0, LARGE_TOLD).map(({ path }) => path)
  const max = LIMITS.memoryBytesMax
  throw tooMuch(`${large.length} memories are larger than ${max} bytes: ${paths.join(', ')}.`)
}

const LARGE_TOLD = 5

function tooMuch(message: string): ReverieError {
  return new ReverieError('request_too_large', message, {
    next: 'Dream over the folder itself, or split what is too large; nothing was imported.',
  })
}
