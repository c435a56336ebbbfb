import { expect, it } from 'vitest'
import { derivedId, type NewId, sha256, type WorkspaceId } from '../core/ids.ts'
import { openEphemeralStorage } from '../storage/ephemeral/ephemeral-storage.ts'
import { mirrorFolder } from './mirror-folder.ts'

it('mirrors a file that became a folder of the same name', async () => {
  const storage = await openEphemeralStorage({ workspaceId: 'wrkspc_mirror' as WorkspaceId })
  const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'].values()
  const newId: NewId = (prefix) => derivedId(prefix, ids.next().value ?? 'too few')
  const clock = { now: () => new Date('2026-03-14T00:00:00.000Z'), newId }
  const content = '- The port is 8080.\n'
  const nothingElse = { readOnly: [], skipped: [] }
  const mirror = (path: string): ReturnType<typeof mirrorFolder> =>
    mirrorFolder(
      { root: '/m', memories: [{ path, content, sha256: sha256(content) }], ...nothingElse },
      storage,
      clock,
    )

  await mirror('/notes.md')
  await mirror('/notes.md/port.md')
  const store = await mirror('/notes.md')

  const memories = await storage.memories.list(store.id)
  expect(memories.map(({ path }) => path)).toEqual(['/notes.md'])
  expect(await storage.units.list(store.id)).toHaveLength(1)
  await storage.close()
})
