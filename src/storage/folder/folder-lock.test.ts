import { spawnSync } from 'node:child_process'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { lockFolder } from './folder-lock.ts'

let base: string
let path: string

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'folder-lock-'))
  path = join(base, 'a.lock')
})

afterEach(() => rm(base, { recursive: true }))

it('is held once and leaves nothing when released', async () => {
  const held = await lockFolder(path, 0)

  await expect(lockFolder(path, 0)).rejects.toMatchObject({ type: 'conflict_error' })

  await held[Symbol.asyncDispose]()
  expect(await readdir(base)).toEqual([])
})

it('takes over the lock of a process that is gone', async () => {
  const { pid } = spawnSync(process.execPath, ['--version'])
  await writeFile(path, `${pid} 1`)

  await using _held = await lockFolder(path, 100)

  expect(await readdir(base)).toEqual(['a.lock'])
})

it('takes over the lock of an earlier process with the pid of a living one', async () => {
  await writeFile(path, `${process.pid} 1`)

  await using _held = await lockFolder(path, 100)

  expect(await readdir(base)).toEqual(['a.lock'])
})

it('lets one of many through at a time', async () => {
  let inside = 0
  const seen: number[] = []

  await Promise.all(
    Array.from({ length: 5 }, async () => {
      await using _held = await lockFolder(path, 5_000)
      inside += 1
      seen.push(inside)
      await Promise.resolve()
      inside -= 1
    }),
  )

  expect(seen).toEqual([1, 1, 1, 1, 1])
})
