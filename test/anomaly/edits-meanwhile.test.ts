import { randomBytes } from 'node:crypto'
import {
  appendFileSync,
  existsSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { EXIT, exitCodeOf } from '../../src/cli/exit-code.ts'
import { isReverieError } from '../../src/core/errors.ts'
import { allScenarios } from '../scenarios/scenario.ts'
import { CallFaults } from '../support/call-faults.ts'
import { GoldenWorld } from '../support/golden-world.ts'

/** Edits in all, shared out among the acts, the ways of editing and the files. */
const EDITS = Number(process.env.REVERIE_EDITS ?? '36')
const SCENARIO = 'temporary-state'

type Files = Readonly<Record<string, string>>
type Way = 'adds' | 'saves' | 'removes'
type ActName = 'dream' | 'apply' | 'revert'

const WAYS: readonly Way[] = ['adds', 'saves', 'removes']
const ACTS: readonly ActName[] = ['dream', 'apply', 'revert']
const OWN_LINE = '\n- The person likes their coffee black.\n'

/** What editors do: write into the file, put a new one in its place, or take it away. */
const EDIT: Readonly<Record<Way, (path: string) => void>> = {
  adds: (path) => appendFileSync(path, OWN_LINE),
  saves: (path) => {
    const beside = `${path}.${randomBytes(4).toString('hex')}~`
    writeFileSync(
      beside,
      `${existsSync(path) ? readFileSync(path, 'latin1') : ''}${OWN_LINE}`,
      'latin1',
    )
    renameSync(beside, path)
  },
  removes: (path) => rmSync(path, { force: true }),
}

let faults: CallFaults

beforeAll(() => {
  faults = new CallFaults()
})

afterAll(() => faults[Symbol.dispose]())

/** A waiting and an applied plan over the same folder, put aside. */
async function prepared(): Promise<{
  world: GoldenWorld
  dreamId: string
  old: Files
  applied: Files
}> {
  const scenario = allScenarios().find(({ name }) => name === SCENARIO)
  const [part] = scenario?.parts ?? []
  if (scenario === undefined || part === undefined) throw new Error('The dream is gone.')
  const world = new GoldenWorld(scenario, part)
  world.keep('dream')
  const { dream } = await world.open((reverie) => world.dream(reverie))
  world.keep('apply')
  const old = world.files()
  await world.open((reverie) => reverie.apply(dream.id))
  world.keep('revert')
  return { world, dreamId: dream.id, old, applied: world.files() }
}

type Prepared = Awaited<ReturnType<typeof prepared>>

function run({ world, dreamId }: Prepared, act: ActName): Promise<unknown> {
  return world.open<unknown>((reverie) => {
    if (act === 'dream') return world.dream(reverie, 'none')
    return act === 'apply' ? reverie.apply(dreamId) : reverie.revert(dreamId)
  })
}

/** Calls that others can come ahead of: synchronous ones follow the one before at once. */
async function places(ready: Prepared, act: ActName): Promise<readonly number[]> {
  ready.world.bring(act)
  const { calls, end } = await faults.during(() => run(ready, act))
  if (end.status === 'rejected') throw end.reason
  return calls.flatMap(({ name }, index) => (name.endsWith('Sync') ? [] : [index + 1]))
}

interface Edit {
  readonly act: ActName
  readonly way: Way
  readonly file: string
  readonly at: number
}

/** What is wrong after an edit; empty = nothing. */
async function editOnce(ready: Prepared, { act, way, file, at }: Edit): Promise<readonly string[]> {
  const { world, old, applied } = ready
  const path = join(world.memory, file)
  const bytes = (): string | null => (existsSync(path) ? readFileSync(path, 'latin1') : null)
  let written: string | null | undefined
  let isThere = true
  world.bring(act)
  const { calls, end } = await faults.meanwhile(
    () => run(ready, act),
    at,
    () => {
      isThere = existsSync(path)
      EDIT[way](path)
      written = bytes()
    },
  )
  const problems: string[] = []
  if (written === undefined) problems.push('there was no edit')
  // A file that was not there yet cannot be taken away.
  const isEdit = isThere || way !== 'removes'
  if (isEdit && bytes() !== written) {
    const call = calls[at - 1]?.name
    problems.push(`the edit is lost (${call}, ${end.status})`)
  }
  const rest = (files: Files): Files =>
    Object.fromEntries(Object.entries(files).filter(([name]) => name !== file))
  const now = rest(world.files())
  const isOld = isDeepStrictEqual(now, rest(act === 'revert' ? applied : old))
  const isNew = isDeepStrictEqual(now, rest(act === 'revert' ? old : applied))
  if (end.status === 'rejected') {
    if (!isOld) problems.push('refused, and other files have moved')
    problems.push(...unclear(end.reason, file))
  } else if (act !== 'dream' && !isNew) problems.push('done, and other files have not moved')
  if (act === 'dream') {
    if (!isOld) problems.push('a dream wrote')
    problems.push(...(await applyAfter(world, bytes)))
  }
  return problems.map((problem) => `${act}, ${way} ${file} ahead of call ${at}: ${problem}`)
}

function unclear(error: unknown, file: string): readonly string[] {
  const isClear =
    isReverieError(error) && exitCodeOf(error) === EXIT.conflict && error.next !== null
  return isClear && error.message.includes(`/${file}`) ? [] : [String(error)]
}

/** Whatever the dream has seen of the edit: applying it keeps the words of the person, or refuses. */
async function applyAfter(
  world: GoldenWorld,
  bytes: () => string | null,
): Promise<readonly string[]> {
  const before = bytes()
  const [end] = await Promise.allSettled([
    world.open(async (reverie) => {
      const [store] = (await reverie.status()).stores
      const waiting = store?.waiting.at(-1)?.dreamId
      return waiting === undefined ? null : reverie.apply(waiting)
    }),
  ])
  const isKept = before?.includes(OWN_LINE) !== true || bytes()?.includes(OWN_LINE.trim()) === true
  const isRefused = end?.status !== 'rejected' || exitCodeOf(end.reason) === EXIT.conflict
  return [
    ...(isKept ? [] : ['apply overwrote the edit']),
    ...(isRefused ? [] : [`apply failed: ${end?.status === 'rejected' && end.reason}`]),
  ]
}

describe('a person who edits a file while Reverie is at work', () => {
  test('wins, and everything else is all or nothing', async () => {
    const ready = await prepared()
    using world = ready.world
    const moved = Object.keys({ ...ready.old, ...ready.applied }).filter(
      (file) => ready.old[file] !== ready.applied[file],
    )
    const untouched = Object.keys(ready.old).filter((file) => !moved.includes(file))
    const files = [...moved, ...untouched.slice(0, 1)]
    const problems: string[] = []
    let edits = 0
    for (const act of ACTS) {
      const at = await places(ready, act)
      const share = Math.ceil(EDITS / ACTS.length)
      for (let n = 0; n < share; n += 1) {
        const place = at[Math.floor(((n + 0.5) * at.length) / share)] ?? 1
        const way = WAYS[n % WAYS.length] ?? 'adds'
        const file = files[Math.floor(n / WAYS.length) % files.length] ?? ''
        problems.push(...(await editOnce(ready, { act, way, file, at: place })))
        edits += 1
      }
    }
    expect(moved.length).toBeGreaterThan(1)
    expect(edits).toBeGreaterThanOrEqual(EDITS)
    expect(problems).toEqual([])
    expect(world.leftBehind()).toEqual([])
  }, 3_600_000)
})
