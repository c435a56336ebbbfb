import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { LIMITS } from '../../config.ts'
import { DREAMING_VARIABLE, endSession, type HookOutcome } from './session-end.ts'

const NOW = '2026-11-02T10:00:00.000Z'
/** In place of the command: notes how it was started. */
const PROGRAM = `
  const { writeFileSync, renameSync } = require('node:fs')
  const { ${DREAMING_VARIABLE}: guard } = process.env
  const told = JSON.stringify({ words: process.argv.slice(2), cwd: process.cwd(), guard })
  writeFileSync(process.argv[1] + '.part', told)
  renameSync(process.argv[1] + '.part', process.argv[1] + '.told')
  console.log('looked')
`

let base: string

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'reverie-hook-'))
  mkdirSync(join(base, 'project'))
  writeFileSync(join(base, 'talk.jsonl'), '{}\n')
  writeFileSync(join(base, 'program.cjs'), PROGRAM)
})

afterEach(() => rmSync(base, { recursive: true, force: true }))

const path = (name: string): string => join(base, name)
const spool = (): string => path('home/session-ends.jsonl')

function told(more: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({
    session_id: 'a',
    transcript_path: path('talk.jsonl'),
    cwd: path('project'),
    hook_event_name: 'SessionEnd',
    reason: 'other',
    ...more,
  })
}

function hook(
  input: string | AsyncIterable<string>,
  env: Readonly<Record<string, string>> = {},
): Promise<HookOutcome> {
  return endSession({
    stdin: typeof input === 'string' ? Readable.from([input]) : input,
    env: { PATH: process.env.PATH ?? '', REVERIE_HOME: path('home'), ...env },
    now: () => new Date(NOW),
    invocation: [process.execPath, path('program.cjs')],
  })
}

/** What the program that was started has noted. */
async function started(): Promise<unknown> {
  while (!existsSync(path('program.cjs.told'))) await delay(20)
  return JSON.parse(readFileSync(path('program.cjs.told'), 'utf8'))
}

describe('the hook of a session that ends', () => {
  it('marks the session and starts a look in its folder that outlives it', async () => {
    const outcome = await hook(told())

    expect(outcome).toMatchObject({ isMarked: true, isStarted: true })
    const line = { transcript: path('talk.jsonl'), at: NOW }
    expect(readFileSync(spool(), 'utf8')).toBe(`${JSON.stringify(line)}\n`)
    expect(statSync(spool()).mode & 0o777).toBe(0o600)
    expect(statSync(path('home')).mode & 0o777).toBe(0o700)
    expect(await started()).toEqual({
      words: ['dream', '--if-due'],
      cwd: path('project'),
      guard: '1',
    })
    while (readFileSync(path('home/dream.log'), 'utf8') !== 'looked\n') await delay(20)
    expect(statSync(path('home/dream.log')).mode & 0o777).toBe(0o600)
  })

  it('adds to what other hooks have told', async () => {
    await hook(told())
    await hook(told())

    expect(readFileSync(spool(), 'utf8').trimEnd().split('\n')).toHaveLength(2)
  })

  it('does nothing inside of what it has started itself', async () => {
    const outcome = await hook(told(), { [DREAMING_VARIABLE]: '1' })

    expect(outcome).toMatchObject({ isMarked: false, isStarted: false })
    expect(existsSync(path('home'))).toBe(false)
  })

  it.each([
    ['nothing', () => ''],
    ['no JSON', () => '{"session_id":'],
    ['a number', () => '7'],
    ['another event', () => told({ hook_event_name: 'Stop' })],
    ['no transcript', () => told({ transcript_path: null })],
    ['a relative path', () => told({ transcript_path: 'talk.jsonl' })],
    ['a transcript that is not there', () => told({ transcript_path: '/nowhere/talk.jsonl' })],
    [
      'more than an agent has to tell',
      () => told({ reason: 'x'.repeat(LIMITS.hookInputBytesMax) }),
    ],
  ])('is told %s: it starts nothing and throws nothing', async (_what, input) => {
    expect(await hook(input())).toMatchObject({ isMarked: false, isStarted: false })
    expect(existsSync(spool())).toBe(false)
  })

  it('marks a session whose folder is gone, and starts nothing', async () => {
    const outcome = await hook(told({ cwd: path('gone') }))

    expect(outcome).toMatchObject({ isMarked: true, isStarted: false })
  })

  it('leaves a full file of marks as it is, and looks all the same', async () => {
    mkdirSync(path('home'))
    writeFileSync(spool(), ' '.repeat(LIMITS.sessionEndsBytesMax + 1))

    expect(await hook(told())).toMatchObject({ isMarked: false, isStarted: true })
    expect(statSync(spool()).size).toBe(LIMITS.sessionEndsBytesMax + 1)
    await started()
  })

  it('starts its log anew when that is long, and follows no link', async () => {
    mkdirSync(path('home'))
    writeFileSync(path('home/dream.log'), ' '.repeat(LIMITS.dreamLogBytesMax + 1))
    await hook(told())
    await started()
    expect(statSync(path('home/dream.log')).size).toBeLessThan(100)

    rmSync(spool())
    writeFileSync(path('other'), 'mine')
    symlinkSync(path('other'), spool())
    expect(await hook(told())).toMatchObject({ isMarked: false, isStarted: false })
    expect(readFileSync(path('other'), 'utf8')).toBe('mine')
  })

  it('does not wait for an agent that leaves the pipe open', async () => {
    async function* open(): AsyncGenerator<string> {
      yield told()
      await new Promise(() => undefined)
    }

    expect(await hook(open())).toMatchObject({ isMarked: true, isStarted: true })
    await started()
  })

  it('has nothing to say about settings that cannot be read but why', async () => {
    const outcome = await hook(told(), { REVERIE_AUTO_APPLY: 'everything' })

    expect(outcome).toMatchObject({ isMarked: false, isStarted: false })
    expect(outcome.why).toContain('REVERIE_AUTO_APPLY')
  })
})
