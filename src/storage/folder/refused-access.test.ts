import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { LIMITS } from '../../config.ts'
import { sha256 } from '../../core/ids.ts'
import { FILE_OPERATIONS, type FileOperations } from './file-operations.ts'
import { openMemoryFolder } from './memory-folder.ts'

const OLD = 'old\n'
const CHANGE = { path: '/area/a.md', expectedSha256: sha256(OLD), content: 'new\n' }

let base: string
let file: string

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'refused-'))
  file = join(base, 'memory/area/a.md')
  await mkdir(join(base, 'memory/area'), { recursive: true })
  await writeFile(file, OLD)
})

afterEach(() => rm(base, { recursive: true }))

function write(files: Partial<FileOperations>): Promise<void> {
  const folder = openMemoryFolder({
    root: join(base, 'memory'),
    stateDir: join(base, 'state'),
    limits: LIMITS,
    files: { ...FILE_OPERATIONS, ...files },
  })
  return folder.write('batch', [CHANGE], () => Promise.resolve())
}

/** As the operating system says it, with the path that was handed to it. */
function systemError(code: string, path: string): Error {
  return Object.assign(new Error(`${code}: refused, open '${path}'`), {
    code,
    syscall: 'open',
    path,
  })
}

describe('a write that the operating system refuses', () => {
  it.each(['EACCES', 'EPERM', 'EROFS', 'EEXIST'])(
    'with %s names the memory file and what to do, and leaves it as it was',
    async (code) => {
      const failing = write({
        createFile: (path, bytes, mode) =>
          path.includes('.reverie-')
            ? Promise.reject(systemError(code, path))
            : FILE_OPERATIONS.createFile(path, bytes, mode),
      })

      await expect(failing).rejects.toMatchObject({
        type: 'permission_error',
        message: expect.stringMatching(/^Cannot read or write "\/area\/a\.md": [a-z -]+\.$/),
        next: expect.stringContaining('type the command again'),
      })
      expect(await readFile(file, 'utf8')).toBe(OLD)
    },
  )

  it('of the journal names the state folder', async () => {
    const failing = write({
      createFile: (path) => Promise.reject(systemError('ENOSPC', path)),
    })

    await expect(failing).rejects.toMatchObject({
      type: 'api_error',
      message: `The disk that holds "${join(base, 'state')}" is full.`,
    })
  })
})

it('leaves a file alone that its owner has made read-only', async () => {
  await chmod(file, 0o444)

  await expect(write({})).rejects.toMatchObject({
    type: 'permission_error',
    message: '/area/a.md is a read-only file.',
  })
  expect(await readFile(file, 'utf8')).toBe(OLD)
})
