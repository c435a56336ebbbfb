import { expect, it } from 'vitest'
import { DEFAULT_WORKSPACE, derivedId, type NewId, sha256 } from '../../../core/ids.ts'
import { openEphemeralStorage } from '../../../storage/ephemeral/ephemeral-storage.ts'
import type { FolderContent, MemoryFolder } from '../../../storage/memory-folder.ts'
import type { Storage } from '../../../storage/storage.ts'
import { mirrorFolder } from '../../mirror-folder.ts'
import type { Deps } from '../deps.ts'
import { finishPut, isPutRecorded, writeInFolder } from './write-in-folder.ts'

const OLD = '- Mira owns search.\n'
const NEW = '- Mira owns search.\n- Jonas owns billing.\n'

/** A folder of one file, in which the process dies once the file is written. */
class DyingFolder implements MemoryFolder {
  content: string | null = OLD
  batchId = ''

  async read(): Promise<FolderContent> {
    const { content } = this
    const memories = content === null ? [] : [{ path: '/a.md', content, sha256: sha256(content) }]
    return { root: '/memory', memories, readOnly: [], skipped: [] }
  }

  async write(batchId: string, writes: Parameters<MemoryFolder['write']>[1]): Promise<void> {
    this.batchId = batchId
    this.content = writes[0]?.content ?? null
    throw new Error('killed')
  }

  async recover(): Promise<null> {
    return null
  }
}

async function killedWhile(content: string | null): Promise<{
  readonly folder: DyingFolder
  readonly storage: Storage
  readonly deps: Pick<Deps, 'storage' | 'now' | 'newId'>
  readonly storeId: Awaited<ReturnType<typeof mirrorFolder>>['id']
}> {
  const storage = await openEphemeralStorage({ workspaceId: DEFAULT_WORKSPACE })
  let ids = 0
  const newId: NewId = (prefix) => {
    ids += 1
    return derivedId(prefix, String(ids))
  }
  const deps = { storage, newId, now: () => new Date('2026-11-20T03:00:00Z') }
  const folder = new DyingFolder()
  const store = await mirrorFolder(await folder.read(), storage, deps)
  const before = await storage.memories.getByPath(store.id, '/a.md')
  const put = { store, folder, path: '/a.md', content, before }
  await expect(writeInFolder(put, deps as Deps)).rejects.toThrow('killed')
  return { folder, storage, deps, storeId: store.id }
}

it('of a write that died behind its file, recovery makes the rows: the new words are the person’s', async () => {
  const { folder, storage, deps, storeId } = await killedWhile(NEW)
  expect(await isPutRecorded(folder.batchId, storage)).toBe(false)

  await finishPut(folder.batchId, folder, deps)
  await finishPut(folder.batchId, folder, deps)

  expect(await isPutRecorded(folder.batchId, storage)).toBe(true)
  const units = await storage.units.list(storeId)
  expect(units.map(({ text, origin }) => [text, origin])).toEqual([
    ['Mira owns search.', 'imported'],
    ['Jonas owns billing.', 'person'],
  ])
  expect(await storage.memories.versions.list(storeId)).toHaveLength(2)
})

it('of a removal that died behind its file, recovery makes the row', async () => {
  const { folder, storage, deps, storeId } = await killedWhile(null)

  await finishPut(folder.batchId, folder, deps)

  const [version] = await storage.memories.versions.list(storeId)
  expect(version).toMatchObject({ operation: 'deleted', actor: { type: 'user_actor' } })
})

it('leaves batches of dreams to others', async () => {
  const { folder, storage, deps, storeId } = await killedWhile(NEW)

  await finishPut('drm_1.digest', folder, deps)

  expect(await storage.memories.versions.list(storeId)).toHaveLength(1)
})
