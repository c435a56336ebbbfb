import {
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { LIMITS } from '../../config.ts'
import { sha256 } from '../../core/ids.ts'
import type { MemoryFolder } from '../memory-folder.ts'
import { openMemoryFolder } from './memory-folder.ts'

let base: string
let root: string
let stateDir: string
let folder: MemoryFolder

const nothing = (): Promise<void> => Promise.resolve()

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'folder-'))
  root = join(base, 'memory')
  stateDir = join(base, 'state')
  await mkdir(root)
  folder = openMemoryFolder({ root, stateDir, limits: LIMITS })
})

afterEach(() => rm(base, { recursive: true }))

async function put(path: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true })
  await writeFile(join(root, path), content)
}

const textAt = (path: string): Promise<string> => readFile(join(root, path), 'utf8')

describe('reading a folder', () => {
  it('reads markdown at every depth, in binary order, with hashes of the exact bytes', async () => {
    await put('b.md', 'two\r\n')
    await put('Z.MD', 'zed')
    await put('area/a.md', 'one')
    await put('note.txt', 'not a memory')

    const { memories, skipped } = await folder.read()

    expect(memories).toEqual([
      { path: '/Z.MD', content: 'zed', sha256: sha256('zed') },
      { path: '/area/a.md', content: 'one', sha256: sha256('one') },
      { path: '/b.md', content: 'two\r\n', sha256: sha256('two\r\n') },
    ])
    expect(skipped).toEqual([])
  })

  it('keeps a byte order mark and tells what is not UTF-8', async () => {
    await put('bom.md', new Uint8Array([0xef, 0xbb, 0xbf, 0x61]))
    await put('latin.md', new Uint8Array([0x63, 0x61, 0x66, 0xe9]))

    const { memories, skipped } = await folder.read()

    expect(memories.map(({ content }) => content)).toEqual(['\uFEFFa'])
    expect(skipped).toEqual([{ path: '/latin.md', reason: 'not UTF-8' }])
  })

  it('sets instructions to agents apart and leaves hidden names out', async () => {
    await put('CLAUDE.md', 'operator')
    await put('area/AGENTS.md', 'operator too')
    await put('.hidden/a.md', 'hidden')
    await put('.a.md', 'hidden')
    await put('node_modules/pkg/README.md', 'foreign')

    const { memories, readOnly } = await folder.read()

    expect(memories).toEqual([])
    expect(readOnly.map(({ path }) => path)).toEqual(['/CLAUDE.md', '/area/AGENTS.md'])
  })

  it('follows no symbolic link and tells where it leads', async () => {
    await writeFile(join(base, 'secret.md'), 'outside')
    await put('real.md', 'inside')
    await symlink(join(base, 'secret.md'), join(root, 'out.md'))
    await symlink(base, join(root, 'up'))
    await symlink(join(root, 'real.md'), join(root, 'in.md'))
    await symlink(join(root, 'gone.md'), join(root, 'dangling.md'))

    const { memories, skipped } = await folder.read()

    expect(memories.map(({ path }) => path)).toEqual(['/real.md'])
    expect(skipped).toEqual([
      { path: '/dangling.md', reason: 'symbolic link to nothing' },
      { path: '/in.md', reason: 'symbolic link' },
      { path: '/out.md', reason: 'symbolic link out of the folder' },
      { path: '/up', reason: 'symbolic link out of the folder' },
    ])
  })

  it('reads a root that is itself a link under its real path', async () => {
    await put('a.md', 'x')
    await symlink(root, join(base, 'link'))

    const linked = openMemoryFolder({ root: join(base, 'link'), stateDir, limits: LIMITS })

    expect((await linked.read()).root).toBe((await folder.read()).root)
  })

  it('skips a file over the limit and refuses too many files by name of the limit', async () => {
    await put('a.md', 'x'.repeat(11))
    await put('b.md', 'x')
    const limits = { ...LIMITS, folderFileBytesMax: 10, folderFilesMax: 1 }
    const small = openMemoryFolder({ root, stateDir, limits })

    expect((await small.read()).skipped).toEqual([
      { path: '/a.md', reason: 'larger than 10 bytes' },
    ])
    await put('c.md', 'x')
    await expect(small.read()).rejects.toMatchObject({ type: 'request_too_large' })
  })

  it('says when there is no such folder', async () => {
    const missing = openMemoryFolder({ root: join(base, 'no'), stateDir, limits: LIMITS })

    await expect(missing.read()).rejects.toMatchObject({ type: 'not_found_error' })
  })
})

describe('writing a batch', () => {
  it('creates, changes and deletes together, and leaves nothing of its own behind', async () => {
    await put('a.md', 'old a')
    await put('b.md', 'old b')

    await folder.write(
      'batch',
      [
        { path: '/b.md', expectedSha256: sha256('old b'), content: null },
        { path: '/a.md', expectedSha256: sha256('old a'), content: 'new a' },
        { path: '/area/deep/c.md', expectedSha256: null, content: 'new c' },
      ],
      nothing,
    )

    expect((await folder.read()).memories.map(({ path, content }) => [path, content])).toEqual([
      ['/a.md', 'new a'],
      ['/area/deep/c.md', 'new c'],
    ])
    expect(await readdir(root)).toEqual(['a.md', 'area'])
    expect(await readdir(stateDir)).toEqual([expect.stringMatching(/^[0-9a-f]+\.writer$/)])
  })

  it('writes nothing when any file has moved on', async () => {
    await put('a.md', 'old a')
    await put('b.md', 'edited')
    let isRecorded = false

    const writing = folder.write(
      'batch',
      [
        { path: '/a.md', expectedSha256: sha256('old a'), content: 'new a' },
        { path: '/b.md', expectedSha256: sha256('old b'), content: 'new b' },
        { path: '/c.md', expectedSha256: sha256('gone'), content: null },
      ],
      async () => {
        isRecorded = true
      },
    )

    await expect(writing).rejects.toMatchObject({
      type: 'memory_precondition_failed_error',
      message: 'Changed meanwhile: /b.md, /c.md.',
    })
    expect([await textAt('a.md'), await textAt('b.md'), isRecorded]).toEqual([
      'old a',
      'edited',
      false,
    ])
  })

  it('refuses to create over a file that exists', async () => {
    await put('a.md', 'there')

    const writing = folder.write(
      'batch',
      [{ path: '/a.md', expectedSha256: null, content: 'x' }],
      nothing,
    )

    await expect(writing).rejects.toMatchObject({ type: 'memory_precondition_failed_error' })
  })

  it('keeps the permissions of a file and gives a new one those of its neighbours', async () => {
    await put('a.md', 'old')
    await chmod(join(root, 'a.md'), 0o664)

    await folder.write(
      'batch',
      [
        { path: '/a.md', expectedSha256: sha256('old'), content: 'new' },
        { path: '/b.md', expectedSha256: null, content: 'b' },
        { path: '/area/c.md', expectedSha256: null, content: 'c' },
      ],
      nothing,
    )

    const modes = ['a.md', 'b.md', 'area/c.md'].map(
      async (path) => (await stat(join(root, path))).mode & 0o777,
    )
    expect(await Promise.all(modes)).toEqual([0o664, 0o664, 0o600])
  })

  it('keeps the journal, readable by its owner only, until the rows are written', async () => {
    await put('a.md', 'old')
    let during: readonly (readonly [string, number])[] = []

    await folder.write(
      'batch',
      [{ path: '/a.md', expectedSha256: sha256('old'), content: 'new' }],
      async () => {
        const names = (await readdir(stateDir)).filter((name) => name.endsWith('.journal'))
        during = await Promise.all(
          names.map(
            async (name) =>
              [await textAt('a.md'), (await stat(join(stateDir, name))).mode & 0o777] as const,
          ),
        )
      },
    )

    expect(during).toEqual([['new', 0o600]])
  })

  it('puts every file back when the rows cannot be written', async () => {
    await put('a.md', 'old')

    const writing = folder.write(
      'batch',
      [
        { path: '/a.md', expectedSha256: sha256('old'), content: 'new' },
        { path: '/b.md', expectedSha256: null, content: 'b' },
      ],
      () => Promise.reject(new Error('rows failed')),
    )

    await expect(writing).rejects.toThrow('rows failed')
    expect(await readdir(root)).toEqual(['a.md'])
    expect(await textAt('a.md')).toBe('old')
    expect(await folder.recover(nothing)).toBeNull()
  })

  it('lets a second writer wait for the first', async () => {
    await put('a.md', '0')
    const other = openMemoryFolder({ root, stateDir, limits: { ...LIMITS, busyTimeoutMs: 0 } })
    const inside = Promise.withResolvers<void>()
    const release = Promise.withResolvers<void>()
    const first = folder.write(
      'one',
      [{ path: '/a.md', expectedSha256: sha256('0'), content: '1' }],
      () => {
        inside.resolve()
        return release.promise
      },
    )
    await inside.promise

    await expect(other.write('two', [], nothing)).rejects.toMatchObject({ type: 'conflict_error' })

    release.resolve()
    await first
    await other.write(
      'two',
      [{ path: '/a.md', expectedSha256: sha256('1'), content: '2' }],
      nothing,
    )
    expect(await textAt('a.md')).toBe('2')
  })
})
