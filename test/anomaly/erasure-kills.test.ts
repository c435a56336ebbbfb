import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createReverie } from '../../src/reverie.ts'
import { cliEntry } from '../support/cli-entry.ts'
import { filesBelow } from '../support/folder-world.ts'

const KILL_AT = join(import.meta.dirname, '../support/kill-at.ts')
const TRIES = Number(process.env.REVERIE_ERASURE_KILLS ?? '3')
const NOTE = '# Notes\n\n- The staging database listens on host old-host.\n'
const WORD = 'zq7f3a9c51'
const SAID = [
  `The staging database listens on host ${WORD} now.`,
  `Remember: the warehouse closes at gate ${WORD} on Fridays.`,
]

let base = ''
let sessionId = ''
let dreamt: Readonly<Record<string, string>> = {}
let writes = 0

/** Runs the command in a child process that ends at a write; 0 = never. */
async function erase(
  killAt: number,
): Promise<{ readonly signal: string | null; readonly err: string }> {
  const home = join(base, 'home')
  const args = ['--import', KILL_AT, cliEntry(), 'erase', '--session', sessionId, '--yes']
  const env = { PATH: process.env.PATH, HOME: home, REVERIE_HOME: home, KILL_AT: String(killAt) }
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'ignore', 'pipe'] })
  let err = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text
  })
  await once(child, 'close')
  return { signal: child.signalCode, err }
}

/** The memory that was dreamt over, as it was, in the place that it is known by. */
function freshTry(): void {
  for (const folder of ['memory', 'home']) {
    rmSync(join(base, folder), { recursive: true, force: true })
    cpSync(join(base, `dreamt-${folder}`), join(base, folder), { recursive: true })
  }
}

function filesWithWord(): readonly string[] {
  return ['home', 'memory'].flatMap((folder) =>
    readdirSync(join(base, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => readFileSync(path, 'latin1').includes(WORD)),
  )
}

beforeAll(async () => {
  base = mkdtempSync(join(tmpdir(), 'reverie-erasure-kill-'))
  const [memory, home] = [join(base, 'memory'), join(base, 'home')]
  for (const folder of [memory, home]) mkdirSync(folder)
  writeFileSync(join(memory, 'notes.md'), NOTE)
  const rows = SAID.map((content) => `${JSON.stringify({ role: 'user', content })}\n`)
  writeFileSync(join(base, 'talk.jsonl'), rows.join(''))
  const reverie = await createReverie({ home })
  const { dream } = await reverie.dream({ memory, sessions: [join(base, 'talk.jsonl')] })
  await reverie.apply(dream.id)
  sessionId = (await reverie.sessions.list())[0]?.id ?? ''
  await reverie.close()
  rmSync(join(base, 'talk.jsonl'))
  dreamt = filesBelow(memory)
  expect(JSON.stringify(dreamt)).toContain(WORD)
  for (const folder of ['memory', 'home']) {
    cpSync(join(base, folder), join(base, `dreamt-${folder}`), { recursive: true })
  }
  const whole = await erase(0)
  writes = Number(/writes: (\d+)/.exec(whole.err)?.[1])
  expect(filesWithWord()).toEqual([])
  expect(filesBelow(memory)).toEqual({ 'notes.md': NOTE })
})

afterAll(() => rmSync(base, { recursive: true, force: true }))

describe('an erasure killed at any write', () => {
  test.each(Array.from({ length: TRIES }, (_, n) => n))(
    'is whole or not begun, and the next command ends what it had begun (%i)',
    async (n) => {
      freshTry()
      const killAt = 1 + Math.floor(((n + 0.5) * writes) / TRIES)

      const { signal, err } = await erase(killAt)
      expect(signal, `write ${killAt} of ${writes}: ${err}`).toBe('SIGKILL')

      const reverie = await createReverie({ home: join(base, 'home') })
      const memory = join(base, 'memory')
      const isErased = (await reverie.sessions.list()).length === 0
      await reverie.memories.list(memory)
      expect(filesBelow(memory)).toEqual(isErased ? { 'notes.md': NOTE } : dreamt)
      const by = { type: 'user_actor', userId: 'lena' } as const
      if (isErased) await reverie.erasures.erase({ kind: 'quote', text: WORD }, by)
      else await reverie.erasures.erase({ kind: 'session', sessionId: sessionId as never }, by)
      await reverie.close()
      expect(filesWithWord()).toEqual([])
      expect(filesBelow(memory)).toEqual({ 'notes.md': NOTE })
    },
    60_000,
  )
})
