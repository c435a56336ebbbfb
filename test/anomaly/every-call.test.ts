import { randomBytes } from 'node:crypto'
import { appendFileSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isReverieError } from '../../src/core/errors.ts'
import type { IdPrefixes, NewId } from '../../src/core/ids.ts'
import type { DreamOutcome } from '../../src/engine/api.ts'
import type { Reverie } from '../../src/reverie.ts'
import { InjectedFault } from '../../src/testing/faulty-storage.ts'
import { allScenarios } from '../scenarios/scenario.ts'
import { type Call, CallFaults } from '../support/call-faults.ts'
import { GoldenWorld, type Handed, LATER_MS } from '../support/golden-world.ts'

/** Of the recorded dreams, twelve of which something is applied. */
const GOLDEN = [
  'buried-in-long-talk',
  'conflict-to-surface',
  'correction-of-a-correction',
  'implicit-update',
  'lesson-over-three-sessions',
  'long-tool-session',
  'merge-needs-both',
  'number-trap',
  'paraphrase-merges',
  'scope-trap',
  'sub-agents',
  'temporary-state',
]

/** Calls of each act that are failed, spread over it: `all` of every dream where nobody waits. */
const FAULTS = process.env.REVERIE_CALL_FAULTS ?? '3'
const POINTS = FAULTS === 'all' ? Number.POSITIVE_INFINITY : Number(FAULTS)
const DREAMS = FAULTS === 'all' ? GOLDEN : GOLDEN.filter((_, n) => n % 6 === 0)
/** A file to which the number of calls of each act is added, by door. */
const COUNTS = process.env.REVERIE_CALL_COUNTS

interface Act {
  readonly name: 'import' | 'dream' | 'apply' | 'revert'
  readonly run: (world: GoldenWorld, reverie: Reverie) => Promise<unknown>
}

const ACTS: readonly Act[] = [
  { name: 'import', run: (world, reverie) => world.importing(reverie) },
  { name: 'dream', run: (world, reverie) => world.dream(reverie) },
  {
    name: 'apply',
    async run(_, reverie) {
      const dreamId = await onlyPlan(reverie, 'waiting')
      return dreamId === null ? null : reverie.apply(dreamId)
    },
  },
  {
    name: 'revert',
    async run(_, reverie) {
      const dreamId = await onlyPlan(reverie, 'applied')
      return dreamId === null ? null : reverie.revert(dreamId)
    },
  },
]

/** The dream whose plan is in this state; null = it has gone on to another. */
async function onlyPlan(
  reverie: Reverie,
  planStatus: 'waiting' | 'applied',
): Promise<string | null> {
  const [store] = (await reverie.status()).stores
  const id = planStatus === 'waiting' ? store?.waiting[0]?.dreamId : store?.lastApplied?.dreamId
  if (id === undefined) return null
  const { dream } = await reverie.show(id)
  return dream.planStatus === planStatus ? dream.id : null
}

/** What of an outcome does not depend on ids and times. */
function told(outcome: unknown): unknown {
  if (typeof outcome !== 'object' || outcome === null || !('changes' in outcome)) return null
  const { changes } = outcome as DreamOutcome
  return changes.map(({ kind, status, heldReason, before, after }) => [
    kind,
    status,
    heldReason,
    before.map(({ text }) => text),
    after.map(({ path, text }) => [path, text]),
  ])
}

/** The error that was thrown at the call, wherever in the chain of causes it stands. */
function isInjected(error: unknown): boolean {
  if (error instanceof InjectedFault) return true
  if (error instanceof AggregateError) return error.errors.some(isInjected)
  return error instanceof Error && error.cause !== undefined && isInjected(error.cause)
}

let faults: CallFaults
const rejections: unknown[] = []
const onRejection = (reason: unknown): void => {
  rejections.push(reason)
}

beforeAll(() => {
  faults = new CallFaults()
  process.on('unhandledRejection', onRejection)
})

afterAll(() => {
  faults[Symbol.dispose]()
  process.off('unhandledRejection', onRejection)
})

/** A clock and ids that can fail; the clock stands still. */
function handed(laterMs = 0): Handed {
  const newId: NewId = <P extends keyof IdPrefixes>(prefix: P) => {
    faults.step('ids', prefix)
    return `${prefix}_${randomBytes(12).toString('hex')}` as IdPrefixes[P]
  }
  const now = (): Date => {
    faults.step('clock', 'now')
    return new Date(Date.parse('2026-11-20T03:00:00.000Z') + laterMs)
  }
  return { now, newId }
}

interface Whole {
  readonly calls: readonly Call[]
  readonly before: string
  readonly outcome: unknown
  readonly state: unknown
  /** What a folder may hold: as it was, or as the act leaves it. */
  readonly contents: readonly unknown[]
}

async function undisturbed(world: GoldenWorld, act: Act): Promise<Whole> {
  const before = `before ${act.name}`
  world.keep(before)
  const old = world.files()
  const { calls, end } = await faults.during(() =>
    world.open((reverie) => act.run(world, reverie), handed()),
  )
  if (end.status === 'rejected') throw end.reason
  return {
    calls,
    before,
    outcome: told(end.value),
    state: await world.state(),
    contents: [old, world.files()],
  }
}

/** What is wrong after one call of an act has failed; empty = nothing. */
async function failOnce(
  world: GoldenWorld,
  act: Act,
  whole: Whole,
  failAt: number,
): Promise<readonly string[]> {
  world.bring(whole.before)
  const { end } = await faults.during(
    () => world.open((reverie) => act.run(world, reverie), handed()),
    failAt,
  )
  const problems = end.status === 'rejected' && !isClear(end.reason) ? [String(end.reason)] : []
  if (!whole.contents.some((files) => isDeepStrictEqual(files, world.files()))) {
    problems.push('neither old nor new')
  }

  const [again] = await Promise.allSettled([
    world.open((reverie) => act.run(world, reverie), handed(LATER_MS)),
  ])

  if (again?.status === 'rejected') problems.push(`fails again: ${String(again.reason)}`)
  else if (act.name === 'dream' && !isDeepStrictEqual(told(again?.value), whole.outcome)) {
    problems.push('another plan')
  }
  if (!isDeepStrictEqual(await world.state(), whole.state)) problems.push('another end')
  problems.push(...world.damage(), ...world.leftBehind())
  const { door, name } = whole.calls[failAt - 1] ?? {}
  const where = `${act.name}, call ${failAt} of ${whole.calls.length} (${door} ${name})`
  return problems.map((problem) => `${where}: ${problem}`)
}

/** The injected error, or one of ours that says what to do next. */
function isClear(error: unknown): boolean {
  return isInjected(error) || (isReverieError(error) && error.next !== null)
}

function count(name: string, act: Act, calls: readonly Call[]): void {
  if (COUNTS === undefined) return
  const doors = Object.groupBy(calls, ({ door }) => door)
  const counts = Object.entries(doors).map(([door, found]) => `${door} ${found.length}`)
  appendFileSync(COUNTS, `${name} ${act.name} ${calls.length}: ${counts.join(', ')}\n`)
}

describe.each(allScenarios().filter(({ name }) => DREAMS.includes(name)))('$name', (scenario) => {
  test('is whole, whichever call of import, dream, apply or revert fails', async () => {
    const [part] = scenario.parts
    if (part === undefined) throw new Error(`${scenario.name} has no part.`)
    using world = new GoldenWorld(scenario, part)
    // What is loaded on first use is no call of an act.
    world.keep('new')
    await world.open((reverie) => world.dream(reverie))
    world.bring('new')
    const problems: string[] = []
    for (const act of ACTS) {
      if (act.name === 'dream') world.bring('new')
      const whole = await undisturbed(world, act)
      world.keep(`after ${act.name}`)
      count(scenario.name, act, whole.calls)
      const points = Math.min(POINTS, whole.calls.length)
      for (let n = 0; n < points; n += 1) {
        const failAt = 1 + Math.floor(((n + 0.5) * whole.calls.length) / points)
        problems.push(...(await failOnce(world, act, whole, failAt)))
      }
      world.bring(`after ${act.name}`)
    }
    expect(problems).toEqual([])
    expect(rejections).toEqual([])
  }, 7_200_000)
})
