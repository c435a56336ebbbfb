import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { generatedStore } from '../../bench/harness/generated-store.ts'
import { writeTranscripts } from '../../bench/suites/scale/made-transcripts.ts'
import { createReverie, type Reverie } from '../../src/reverie.ts'
import { cliEntry } from '../support/cli-entry.ts'

const SIZE = { files: 60, bulletsPerFile: 10 }
const READS_MIN = 50

let home: string
let reverie: Reverie
beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'reverie-reading-'))
  for (const [folder, seed] of [
    ['large', 1],
    ['small', 2],
  ] as const) {
    mkdirSync(join(home, folder))
    const store = generatedStore(folder === 'large' ? SIZE : { files: 3, bulletsPerFile: 4 }, seed)
    for (const [path, content] of Object.entries(store)) {
      writeFileSync(join(home, folder, path), content)
    }
  }
  writeTranscripts(join(home, 'sessions'), { sessions: 3, bytesEach: 200_000 }, SIZE, 3)
  reverie = await createReverie({ home: join(home, 'state') })
})
afterEach(async () => {
  await reverie.close()
  rmSync(home, { recursive: true })
})

/** The command in a process of its own; resolves with its exit code and what it complained of. */
function dreamElsewhere(): Promise<{ readonly code: number | null; readonly said: string }> {
  const words = ['dream', join(home, 'large'), '--sessions', join(home, 'sessions')]
  const child = spawn(process.execPath, [cliEntry(), ...words], {
    env: { ...process.env, REVERIE_HOME: join(home, 'state') },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr.on('data', (text: Buffer) => {
    said += text.toString()
  })
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, said })))
}

test('whoever looks while a dream runs in another process is answered, and so is another dream', {
  timeout: 120_000,
}, async () => {
  const earlier = await reverie.dream({ memory: join(home, 'small'), sessions: [] })
  const looks: readonly (() => Promise<unknown>)[] = [
    () => reverie.status(),
    () => reverie.show(earlier.dream.id),
    () => reverie.log(),
    () => reverie.memories.list(join(home, 'small')),
    () => reverie.sessions.list(),
  ]
  let isOver = false
  const dream = dreamElsewhere().finally(() => {
    isOver = true
  })
  let answered = 0
  while (!isOver) {
    await looks[answered % looks.length]?.()
    answered += 1
    if (answered === READS_MIN) {
      writeFileSync(join(home, 'small', 'new.md'), '- The lift is serviced in May.\n')
      const other = await reverie.dream({ memory: join(home, 'small'), sessions: [] })
      expect(other.dream.status).toBe('completed')
    }
    // The child's end is told between two looks.
    await new Promise((resolve) => setImmediate(resolve))
  }

  expect(await dream).toEqual({ code: 0, said: expect.stringContaining('pending') })
  expect(answered).toBeGreaterThanOrEqual(READS_MIN)
})
