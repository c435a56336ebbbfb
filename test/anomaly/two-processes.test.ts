import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { LIMITS } from '../../src/config.ts'
import { isReverieError } from '../../src/core/errors.ts'
import { createReverie, type Reverie } from '../../src/reverie.ts'
import { openMemoryFolder } from '../../src/storage/folder/memory-folder.ts'
import { ActedWorld } from '../support/unbreakable/acted-world.ts'
import { type Actor, ActorPool } from '../support/unbreakable/actor-process.ts'
import { filesIn } from '../support/unbreakable/acts.ts'
import { standsStill } from '../support/unbreakable/stands-still.ts'

let base = ''
let world: ActedWorld
let pool: ActorPool
let reverie: Reverie
/** Calls on files that a whole apply makes. */

beforeAll(async () => {
  base = mkdtempSync(join(tmpdir(), 'reverie-two-'))
  pool = new ActorPool(2)
  const at = (name: string): string => join(base, name)
  world = new ActedWorld({ home: at('home'), memory: at('memory'), transcripts: at('sessions') })
  await world.begin()
  reverie = await createReverie({ home: world.places.home, env: {} })
})

afterAll(async () => {
  await reverie.close()
  await pool[Symbol.asyncDispose]()
  rmSync(base, { recursive: true, force: true })
})

test('two dreams over one memory at once are one dream', async () => {
  await using other = await pool.take()
  other.order(world.order({ acts: ['dream', 'apply', 'revert'], firstRound: 1 }))
  await other.told('begins', 'dream')

  const { memory, transcripts } = world.places
  const { dream } = await reverie.dream({ memory, sessions: [join(transcripts, '1.jsonl')] })

  const { notes, err } = await other.ended()
  expect(err).toBe('')
  expect(notes.find(({ kind }) => kind === 'dreamt')).toMatchObject({
    dreamId: dream.id,
    digest: dream.plan?.digest,
  })
  world.hear(notes)
  expect(await world.problems()).toEqual([])
})

/** The same notes, and something new that was said: an apply makes as many calls as the first. */
async function planAnew(round: number): Promise<void> {
  if (world.planStatus === 'applied') await world.act(['revert'], round)
  await world.act(['import', 'dream'], round)
}

/** How many calls of files an apply makes where nobody else is at work. */
async function callsOfApply(): Promise<number> {
  await planAnew(2)
  await using alone = await pool.take()
  alone.order(world.order({ acts: ['apply', 'revert'], firstRound: 2 }))
  const { notes } = await alone.ended()
  world.hear(notes)
  const last = notes.at(-1)
  return last?.kind === 'ended' ? (last.calls.apply?.files ?? 0) : 0
}

/** A process that stands still in the middle of an apply, with the lock of the folder. */
async function haltedInApply(): Promise<Actor> {
  const calls = await callsOfApply()
  await planAnew(2)
  const actor = await pool.take()
  const call = Math.round(calls * 0.75)
  const kill = { act: 'apply', counted: 'files', call, signal: 'SIGSTOP' } as const
  actor.order(world.order({ acts: ['apply'], firstRound: 2, kill }))
  await actor.told('begins', 'apply')
  await standsStill(actor)
  expect(readdirSync(join(world.places.home, 'journal'))).toEqual([
    expect.stringMatching(/\.journal$/),
    expect.stringMatching(/\.writer$/),
    expect.stringMatching(/\.writer\.holder$/),
  ])
  return actor
}

test('while one applies, others import, are told who has the folder, or wait for the end', async () => {
  await using halted = await haltedInApply()
  const { home, memory } = world.places
  const talk = join(base, 'talk.jsonl')
  writeFileSync(talk, `${JSON.stringify({ role: 'user', content: 'The port is 1.' })}\n`)

  expect((await reverie.sessions.add([talk])).newEvents).toBe(1)
  await expect(reverie.revert(world.dreamId)).rejects.toMatchObject({
    type: 'conflict_error',
    message: `${world.dreamId} is waiting; it cannot be reverted.`,
  })
  const impatient = openMemoryFolder({
    root: memory,
    stateDir: join(home, 'journal'),
    limits: { ...LIMITS, busyTimeoutMs: 40 },
  })
  await expect(impatient.recover(async () => undefined)).rejects.toMatchObject({
    type: 'conflict_error',
    message: expect.stringMatching(
      new RegExp(`^Process ${halted.pid} \\(since .+Z\\) is writing this memory folder\\.$`),
    ),
    next: 'Wait until it has ended, then type the command again.',
  })
  const waiting = Promise.allSettled([
    reverie.apply(world.dreamId),
    reverie.doctor(),
    reverie.memories.list(memory),
  ])
  halted.kill('SIGCONT')

  const { notes, err } = await halted.ended()
  const [applied, doctored, listed] = await waiting

  expect(err).toBe('')
  expect(notes.some(({ kind }) => kind === 'moved')).toBe(true)
  world.hear(notes)
  if (applied.status === 'rejected') {
    expect(isReverieError(applied.reason, 'conflict_error'), String(applied.reason)).toBe(true)
  }
  expect([doctored.status, listed.status]).toEqual(['fulfilled', 'fulfilled'])
  expect(await world.problems()).toEqual([])
})

test('two applies at once are one, and the other is told', async () => {
  await planAnew(3)
  const before = filesIn(world.places.memory)
  await using other = await pool.take()
  other.order(world.order({ acts: ['apply'], firstRound: 3 }))
  await other.told('begins', 'apply')

  const [mine] = await Promise.allSettled([reverie.apply(world.dreamId)])
  const { notes } = await other.ended()

  const failed = notes.find(({ kind }) => kind === 'failed')
  const reasons = [
    ...(mine.status === 'rejected' && isReverieError(mine.reason) ? [mine.reason] : []),
    ...(failed?.kind === 'failed' ? [failed] : []),
  ]
  for (const { type, message } of reasons) {
    expect(type).toBe('conflict_error')
    expect(message).toMatch(/Another process was faster|is applied; it cannot be applied/)
  }
  expect(reasons.length).toBeLessThan(2)
  const { dream, changes } = await reverie.show(world.dreamId)
  expect(dream.planStatus).toBe('applied')
  expect(changes.every(({ status }) => status === 'applied')).toBe(true)
  await reverie.revert(world.dreamId)
  expect(filesIn(world.places.memory)).toEqual(before)
})

test('who is killed in the middle of an apply is in nobody’s way', async () => {
  await using halted = await haltedInApply()
  halted.kill()
  world.hear((await halted.ended()).notes)

  const startedMs = performance.now()
  expect(await world.problems()).toEqual([])
  expect(performance.now() - startedMs).toBeLessThan(LIMITS.busyTimeoutMs)
})
