import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { TRANSCRIPT_FORMATS } from './config.ts'
import { createReverie } from './reverie.ts'

let base = ''

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'open-'))
})

afterEach(() => rmSync(base, { recursive: true }))

function memoryFolder(path: string): string {
  const folder = join(base, path)
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'notes.md'), '# Notes\n\n- The port is 8080.\n')
  return folder
}

describe('the state folder', () => {
  it('is made with the folders above it', async () => {
    await using reverie = await opened(join(base, 'a/b/c'))

    expect((await reverie.doctor()).map(({ isOk }) => isOk)).toEqual([true, true, true])
  })

  it('that nobody can make is refused at once', async () => {
    await expect(createReverie({ home: '/proc/nope/deep' })).rejects.toMatchObject({
      type: 'permission_error',
      message: expect.stringContaining('/proc/nope/deep'),
    })
  })

  it('below a file is refused by the name of the file', async () => {
    const file = join(base, 'file')
    writeFileSync(file, '')

    await expect(createReverie({ home: join(file, 'state') })).rejects.toMatchObject({
      type: 'invalid_request_error',
      message: expect.stringContaining(`"${file}" is no folder`),
    })
  })

  it.each([
    ['the same', 'memory', 'memory'],
    ['inside the memory folder', 'memory', 'memory/.state'],
    ['around the memory folder', 'state/memory', 'state'],
  ])('is refused when it is %s', async (_where, memory, home) => {
    const folder = memoryFolder(memory)
    await using reverie = await opened(join(base, home))

    await expect(reverie.dream({ memory: folder, sessions: [] })).rejects.toMatchObject({
      type: 'invalid_request_error',
      next: expect.stringContaining('REVERIE_HOME'),
    })
  })

  it('is refused inside the memory folder also behind a link, and allowed beside it', async () => {
    const folder = memoryFolder('memory')
    symlinkSync(folder, join(base, 'link'))
    await using inside = await opened(join(base, 'link/state'))
    await using beside = await opened(join(base, 'memory-state'))
    const request = { memory: folder, sessions: [] }

    await expect(inside.dream(request)).rejects.toMatchObject({ type: 'invalid_request_error' })
    rmSync(join(folder, 'state'), { recursive: true })
    await expect(beside.dream(request)).resolves.toMatchObject({ isNew: true })
  })
})

it('reads just the transcript formats that the command line offers', async () => {
  const source = join(base, 'talk.jsonl')
  writeFileSync(source, '{}\n')
  await using reverie = await opened(join(base, 'state'))

  for (const format of TRANSCRIPT_FORMATS) await reverie.sessions.add([source], format)
  await expect(reverie.sessions.add([source], 'nope')).rejects.toMatchObject({
    next: `Use one of: ${TRANSCRIPT_FORMATS.join(', ')}.`,
  })
})

describe('doctor', () => {
  it('lists a memory folder that is gone as a check that fails, and the others as well', async () => {
    const [gone, there] = [memoryFolder('gone'), memoryFolder('there')]
    await using reverie = await opened(join(base, 'state'))
    for (const memory of [gone, there]) await reverie.dream({ memory, sessions: [] })
    rmSync(gone, { recursive: true })

    const checks = await reverie.doctor()

    expect(checks.filter(({ isOk }) => !isOk)).toEqual([
      {
        name: expect.stringContaining('gone'),
        isOk: false,
        found: expect.stringContaining(gone),
        next: expect.stringContaining('moved'),
      },
    ])
    expect(checks.find(({ name }) => name.includes('there'))).toMatchObject({ isOk: true })
  })
})

type Opened = Awaited<ReturnType<typeof createReverie>> & AsyncDisposable

async function opened(home: string): Promise<Opened> {
  const reverie = await createReverie({ home })
  return Object.assign(reverie, { [Symbol.asyncDispose]: () => reverie.close() })
}
