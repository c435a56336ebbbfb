import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ActedWorld } from '../support/unbreakable/acted-world.ts'
import { ActorPool } from '../support/unbreakable/actor-process.ts'
import type { Note, Order } from '../support/unbreakable/note.ts'
import { canTrace, type Thread, traced, tracedCalls } from '../support/unbreakable/tracing.ts'

/** Flushes of each thread that fail, spread over all; 0 = every one. */
const FLUSHES = Number(process.env.REVERIE_FAILED_FLUSHES ?? '1')
/** Without being asked for more, the thread of the storage alone. */
const THREADS: readonly Thread[] = FLUSHES === 1 ? ['main'] : ['main', 'pool']
const MINUTES = 60
const ACKNOWLEDGED: readonly Note['kind'][] = ['put', 'imported', 'dreamt', 'moved']

let base = ''
let pool: ActorPool

beforeAll(() => {
  base = mkdtempSync(join(tmpdir(), 'reverie-flush-'))
  pool = new ActorPool(1)
})

afterAll(async () => {
  await pool[Symbol.asyncDispose]()
  rmSync(base, { recursive: true, force: true })
})

interface Tried {
  readonly notes: readonly Note[]
  readonly code: number | null
  readonly err: string
  /** The flushes as strace saw them. */
  readonly flushes: readonly string[]
}

/** A process that goes on whatever fails, with one flush of a thread that fails; 0 = none. */
async function withFailingFlush(thread: Thread, n: number, world: ActedWorld): Promise<Tried> {
  await using actor = await pool.take()
  const trace = join(base, 'trace')
  const rule = n === 0 ? 'delay_enter=1:when=1' : `error=EIO:when=${n}`
  const tracer = await traced(actor, 'fsync,fdatasync', rule, trace, thread)
  const acts: Order['acts'] = ['put', 'dream', 'apply', 'revert', 'put', 'import']
  actor.order(world.order({ acts, firstRound: n, goesOn: true }))
  const { notes, code, err } = await actor.ended()
  await tracer.ended()
  return { notes, code, err, flushes: tracedCalls(trace) }
}

async function freshWorld(): Promise<ActedWorld> {
  const at = (name: string): string => join(base, name)
  const world = new ActedWorld({
    home: at('home'),
    memory: at('memory'),
    transcripts: at('transcripts'),
  })
  await world.begin()
  return world
}

function kinds(notes: readonly Note[]): readonly Note['kind'][] {
  return notes.map(({ kind }) => kind).filter((kind) => ACKNOWLEDGED.includes(kind))
}

describe.skipIf(!canTrace())('a flush that fails (where strace may trace)', () => {
  test.each(THREADS)(
    'is told, and is followed by no acknowledgement of the storage (%s thread)',
    async (thread) => {
      const whole = await withFailingFlush(thread, 0, await freshWorld())
      expect(whole.code, whole.err).toBe(0)
      expect(kinds(whole.notes)).toHaveLength(6)
      const all = whole.flushes.length
      const count = FLUSHES === 0 ? all : Math.min(FLUSHES, all)
      for (let tried = 0; tried < count; tried += 1) {
        const n = 1 + Math.floor(((tried + 0.5) * all) / count)
        await failsAt(thread, n, `flush ${n} of ${all}`)
      }
    },
    MINUTES * 60_000,
  )
})

async function failsAt(thread: Thread, n: number, name: string): Promise<void> {
  const world = await freshWorld()

  const { notes, code, err, flushes } = await withFailingFlush(thread, n, world)

  const injected = flushes.find((line) => line.includes('(INJECTED)')) ?? ''
  const where = `${name}: ${injected}`
  const failed = notes.findIndex(({ kind }) => kind === 'failed')
  const failure = notes[failed]
  expect(injected, where).not.toBe('')
  // SQLite does not tell of its own flush of a folder; ours went before it.
  const isOfFolder = injected.includes(`${world.places.home}>`)
  expect(
    code !== 0 || failure !== undefined || isOfFolder,
    `${where}: nobody was told. ${err}`,
  ).toBe(true)
  if (failure?.kind === 'failed') {
    expect(failure, where).toMatchObject({ type: 'api_error' })
    expect(`${failure.message} ${failure.next}`, where).toMatch(/disk failed.* Check the disk/)
    // A folder is made whole again before the next act; the storage is closed for good.
    expect(thread === 'main' ? kinds(notes.slice(failed)) : [], where).toEqual([])
  }
  world.hear(notes)
  expect(await world.problems(), where).toEqual([])
}
