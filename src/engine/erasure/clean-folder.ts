import { isReverieError } from '../../core/errors.ts'
import { sha256 } from '../../core/ids.ts'
import { parseMemory } from '../../core/markdown.ts'
import { isIndexPath } from '../../core/memory-path.ts'
import type { FileWrite, FolderContent, MemoryFolder } from '../../storage/memory-folder.ts'
import type { Storage } from '../../storage/storage.ts'
import { type Clock, mirrorFolder } from '../mirror-folder.ts'
import { keepOpen, type OpenErasure, type OpenFolder, openErasures } from './open-erasure.ts'

/** What folders are written with. */
export interface FolderAccess extends Clock {
  readonly storage: Storage
  /** Null = no folder can be reached from here. */
  readonly openFolder: ((root: string) => MemoryFolder) | null
}

/**
 * Writes the folders of erasures that wait for them. Returns the folders and files that could not be
 * written and may hold the words still.
 */
export async function finishErasures(access: FolderAccess): Promise<readonly string[]> {
  const left: string[] = []
  for (const open of await openErasures(access.storage)) left.push(...(await finish(open, access)))
  return [...new Set(left)].sort()
}

async function finish(open: OpenErasure, access: FolderAccess): Promise<readonly string[]> {
  const waiting: OpenFolder[] = []
  const left: string[] = []
  for (const [n, folder] of open.folders.entries()) {
    try {
      left.push(...(await cleanFolder(`${open.id}.${n}`, folder, access)))
    } catch (error) {
      if (!isOutOfReach(error)) throw error
      waiting.push(folder)
      left.push(folder.root)
    }
  }
  const at = access.now().toISOString()
  await keepOpen(access.storage, { ...open, folders: waiting }, at)
  return left
}

/** Gone, locked away, or written to at this very moment: another time. */
export function isOutOfReach(error: unknown): boolean {
  return (
    isReverieError(error, 'not_found_error') ||
    isReverieError(error, 'permission_error') ||
    isReverieError(error, 'memory_precondition_failed_error') ||
    isReverieError(error, 'conflict_error')
  )
}

/** One folder, through its journal. Returns the files of operators, which nobody writes but they. */
async function cleanFolder(
  batchId: string,
  open: OpenFolder,
  access: FolderAccess,
): Promise<readonly string[]> {
  const folder = access.openFolder?.(open.root)
  if (folder === undefined) return [open.root]
  const content = await folder.read()
  const writes: FileWrite[] = []
  for (const file of open.files)
    writes.push(...(await writesFor(file, content, open, access.storage)))
  await folder.write(batchId, writes, async () => undefined)
  await mirrorFolder(await folder.read(), access.storage, access)
  const untouched = new Set(content.readOnly.map(({ path }) => path))
  return open.files.flatMap(({ path }) => (untouched.has(path) ? [`${open.root}${path}`] : []))
}

async function writesFor(
  { path, newPath, sha256: before }: OpenFolder['files'][number],
  { memories }: FolderContent,
  open: OpenFolder,
  storage: Storage,
): Promise<readonly FileWrite[]> {
  const present = memories.find((file) => file.path === path)
  if (present === undefined) return []
  const mirrored = newPath === null ? null : await storage.memories.getByPath(open.storeId, newPath)
  const isMoved = present.sha256 !== before
  // What a person wrote meanwhile stays: only what is known by its hash goes out of it.
  const content = isMoved ? withoutUnits(present, open) : (mirrored?.content ?? null)
  if (newPath === path || newPath === null || isMoved) {
    return [{ path, expectedSha256: present.sha256, content }]
  }
  return [
    { path: newPath, expectedSha256: null, content },
    { path, expectedSha256: present.sha256, content: null },
  ]
}

function withoutUnits(
  { path, content }: FolderContent['memories'][number],
  { units }: OpenFolder,
): string {
  const parsed = parseMemory(content, { isIndex: isIndexPath(path) })
  let bytes = Buffer.from(content, 'utf8')
  for (const unit of parsed.units.toReversed()) {
    const left = units[sha256(unit.text)]
    if (left === undefined) continue
    const { start, end } = left === null ? unit.outerBytes : unit.bytes
    bytes = Buffer.concat([bytes.subarray(0, start), Buffer.from(left ?? ''), bytes.subarray(end)])
  }
  return bytes.toString('utf8')
}

/** Brings mirrors up to their folders, so that nothing that stands there is missed. */
export async function mirrorAll(access: FolderAccess): Promise<readonly string[]> {
  const unread: string[] = []
  for (const { folder } of await access.storage.stores.list()) {
    if (folder === null) continue
    const opened = access.openFolder?.(folder)
    try {
      if (opened === undefined) unread.push(folder)
      else await mirrorFolder(await opened.read(), access.storage, access)
    } catch (error) {
      if (!isOutOfReach(error)) throw error
      unread.push(folder)
    }
  }
  return unread
}
