import { mkdir, mkdtemp, readdir, rename, rm, symlink, unlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { LIMITS } from '../../config.ts'
import type { MemoryFolder } from '../memory-folder.ts'
import { openMemoryFolder } from './memory-folder.ts'

const RACES = 300

let base: string
let root: string
let folder: MemoryFolder

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'folder-escape-'))
  root = join(base, 'memory')
  await mkdir(root)
  await mkdir(join(base, 'outside'))
  folder = openMemoryFolder({ root, stateDir: join(base, 'state'), limits: LIMITS })
})

afterEach(() => rm(base, { recursive: true }))

const create = (path: string): Promise<void> =>
  folder.write('batch', [{ path, expectedSha256: null, content: 'x' }], () => Promise.resolve())

it.each([
  '/../x.md',
  '/a/../../x.md',
  '../x.md',
  'x.md',
  '',
  '/',
  '//x.md',
  '/a//x.md',
  '/./x.md',
  '/.git/x.md',
  '/.x.md',
  '/node_modules/x.md',
  '/x.txt',
  '/x.md/',
  '/x.md\0.md',
  '/a\n.md',
  '/..\\x.md',
  '/\uD800.md',
  `${'/a'.repeat(25)}.md`,
])('refuses the path %j', async (path) => {
  await expect(create(path)).rejects.toMatchObject({ type: 'invalid_request_error' })
  expect(await readdir(root)).toEqual([])
})

it.each(['/CLAUDE.md', '/a/agents.md', '/Claude.local.md'])('never writes %s', async (path) => {
  await expect(create(path)).rejects.toMatchObject({ type: 'permission_error' })
})

it('writes below the root or nothing, whatever the path', async () => {
  const part = fc.constantFrom(
    '..',
    '.',
    '',
    '%2e%2e',
    '..;',
    'a',
    'é',
    'e\u0301',
    '\u202E',
    '~',
    'C:',
    '\\',
    'b.md',
  )
  await fc.assert(
    fc.asyncProperty(fc.array(part, { maxLength: 5 }), async (parts) => {
      await create(`/${parts.join('/')}.md`).catch((error: unknown) => error)
      expect((await readdir(base)).sort()).toEqual(['memory', 'outside', 'state'])
    }),
    { seed: 1, numRuns: 100 },
  )
})

it('writes through no symbolic link, neither of a folder nor of a file', async () => {
  await writeFile(join(base, 'outside', 'x.md'), 'theirs')
  await symlink(join(base, 'outside'), join(root, 'sub'))
  await symlink(join(base, 'outside', 'x.md'), join(root, 'x.md'))

  await expect(create('/sub/new.md')).rejects.toMatchObject({ type: 'permission_error' })
  await expect(create('/x.md')).rejects.toMatchObject({ type: 'permission_error' })

  expect(await readdir(join(base, 'outside'))).toEqual(['x.md'])
})

it('escapes in no race with a folder that turns into a link', async () => {
  const plain = join(root, 'sub')
  await mkdir(plain)
  let isRunning = true
  // The writer makes a folder that is missing, so any of these may come too late.
  const attempt = (work: Promise<unknown>): Promise<unknown> =>
    work.catch((error: unknown) => error)
  const swapping = (async () => {
    for (let n = 0; isRunning; n += 1) {
      await attempt(rename(plain, join(root, `.plain-${n}`)))
      await attempt(symlink(join(base, 'outside'), plain))
      await attempt(unlink(plain))
      await attempt(mkdir(plain))
    }
  })()

  for (let n = 0; n < RACES; n += 1) await create(`/sub/${n}.md`).catch((error: unknown) => error)
  isRunning = false
  await swapping

  expect(await readdir(join(base, 'outside'))).toEqual([])
})
