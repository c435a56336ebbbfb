import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
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

async function holderInAnotherProcess() {
  const program = `
    import { lockFolder } from ${JSON.stringify(new URL('folder-lock.ts', import.meta.url).href)}
    await lockFolder(${JSON.stringify(path)}, 0)
    process.stdout.write('held')
    setInterval(() => undefined, 1_000)`
  const options = ['--no-warnings', '--input-type=module', '--eval', program]
  const child = spawn(process.execPath, options, { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(child.stdout, 'data')
  const kill = async (): Promise<void> => {
    if (child.signalCode !== null) return
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  return { pid: child.pid, kill, [Symbol.asyncDispose]: kill }
}

it('is held once, tells by whom, and is free when released', async () => {
  const held = await lockFolder(path, 0)

  await expect(lockFolder(path, 0)).rejects.toMatchObject({
    type: 'conflict_error',
    message: expect.stringMatching(
      new RegExp(
        `^Process ${process.pid} \\(since \\d{4}-.+Z\\) is writing this memory folder\\.$`,
      ),
    ),
    next: 'Wait until it has ended, then type the command again.',
  })

  await held[Symbol.asyncDispose]()
  expect(await readdir(base)).toEqual(['a.lock'])
  await using _again = await lockFolder(path, 0)
})

it('keeps other processes out, and is free at once when its holder is killed', async () => {
  await using holder = await holderInAnotherProcess()

  await expect(lockFolder(path, 0)).rejects.toMatchObject({
    message: expect.stringContaining(`Process ${holder.pid} (since `),
  })

  await holder.kill()
  await using _held = await lockFolder(path, 0)
})

it.each([
  ['of a pid that lives again', `Process ${process.pid} (since 2020-01-01T00:00:00.000Z)`],
  ['of another start of the machine', 'Process 1 (since 2020-01-01T00:00:00.000Z)'],
  ['that was cut off', 'Process 12'],
])('believes no note %s', async (_, note) => {
  await writeFile(`${path}.holder`, note)

  await using _held = await lockFolder(path, 0)

  expect(await readFile(`${path}.holder`, 'utf8')).not.toBe(note)
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
