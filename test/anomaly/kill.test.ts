import { spawn } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createReverie } from '../../src/reverie.ts'
import { cliEntry } from '../support/cli-entry.ts'
import { filesBelow } from '../support/folder-world.ts'

const ROOT = join(import.meta.dirname, '../..')
const CLI = cliEntry()
const KILL_AT = join(ROOT, 'test/support/kill-at.ts')
const TRIES = 4

const MEMORIES: Readonly<Record<string, string>> = {
  'MEMORY.md': '# Memory\n\n- [Deploys](deploys.md): how\n- [Ports](ports.md): which\n',
  'build.md': '- Deploys run from the main branch through the build pipeline.\n',
  'deploys.md': '# Deploys\n\n- Deploys run from the main branch.\n',
  'ports.md': '# Ports\n\n- The staging database listens on port 5432.\n',
}
const SAID = [
  'The staging database listens on port 6000 now.',
  'Remember: the warehouse closes at 16:00 on Fridays.',
]

let base = ''
let dreamId = ''
let old: Readonly<Record<string, string>> = {}
let finished: Readonly<Record<string, string>> = {}
let writes = 0

/** Runs the command in a child process; `signal` is what ended it, if anything did. */
async function command(
  home: string,
  args: readonly string[],
  killAt: number,
): Promise<{ readonly code: number | null; readonly signal: string | null; readonly err: string }> {
  const child = spawn(process.execPath, ['--import', KILL_AT, CLI, ...args], {
    env: { PATH: process.env.PATH, HOME: home, REVERIE_HOME: home, KILL_AT: String(killAt) },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let err = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text
  })
  const { promise, resolve } = Promise.withResolvers<{
    code: number | null
    signal: string | null
  }>()
  child.on('close', (code, signal) => resolve({ code, signal }))
  return { ...(await promise), err }
}

/** The planned dream again, in folders of its own: the folder is known by its path, so one at a time. */
function freshTry(): { readonly memory: string; readonly home: string } {
  const memory = join(base, 'memory')
  const home = join(base, 'home')
  for (const folder of [memory, home]) rmSync(folder, { recursive: true, force: true })
  cpSync(join(base, 'planned-home'), home, { recursive: true })
  mkdirSync(memory)
  for (const [name, content] of Object.entries(MEMORIES)) writeFileSync(join(memory, name), content)
  return { memory, home }
}

beforeAll(async () => {
  base = mkdtempSync(join(tmpdir(), 'reverie-kill-'))
  mkdirSync(join(base, 'planned-home'))
  const { memory, home } = freshTry()
  old = filesBelow(memory)
  const talk = SAID.map((content) => JSON.stringify({ role: 'user', content }))
  writeFileSync(join(base, 'talk.jsonl'), `${talk.join('\n')}\n`)
  const reverie = await createReverie({ home })
  const { dream, changes } = await reverie.dream({ memory, sessions: [join(base, 'talk.jsonl')] })
  await reverie.close()
  expect(changes.map(({ kind }) => kind)).toContain('merge')
  dreamId = dream.id
  rmSync(join(base, 'planned-home'), { recursive: true })
  cpSync(home, join(base, 'planned-home'), { recursive: true })
  const whole = await command(home, ['apply', dreamId], 0)
  expect(whole.code, whole.err).toBe(0)
  writes = Number(/writes: (\d+)/.exec(whole.err)?.[1])
  finished = filesBelow(memory)
})

afterAll(() => rmSync(base, { recursive: true, force: true }))

describe('apply killed at any write', () => {
  test.each(Array.from({ length: TRIES }, (_, n) => n))(
    'leaves a folder that the next command makes old or new, with rows to match (%i)',
    async (n) => {
      const killAt = 1 + Math.floor(((n + 0.5) * writes) / TRIES)
      const { memory, home } = freshTry()

      const killed = await command(home, ['apply', dreamId], killAt)
      expect(killed.signal, `write ${killAt} of ${writes}: ${killed.err}`).toBe('SIGKILL')

      const reverie = await createReverie({ home })
      try {
        await reverie.doctor()
        const { dream } = await reverie.show(dreamId)
        const isApplied = dream.planStatus === 'applied'
        expect(filesBelow(memory)).toEqual(isApplied ? finished : old)
        const rows = await reverie.memories.list(memory)
        expect(
          Object.fromEntries(rows.map(({ path, content }) => [path.slice(1), content])),
        ).toEqual(filesBelow(memory))
        if (!isApplied) await reverie.apply(dreamId)
        expect(filesBelow(memory)).toEqual(finished)
        await reverie.revert(dreamId)
        expect(filesBelow(memory)).toEqual(old)
      } finally {
        await reverie.close()
      }
    },
  )
})
