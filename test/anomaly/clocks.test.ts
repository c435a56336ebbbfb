import { afterEach, expect, test } from 'vitest'
import { createReverie, type Reverie } from '../../src/reverie.ts'
import { FolderWorld, filesBelow } from '../support/folder-world.ts'

const NOTES = { 'ports.md': '# Ports\n\n- The staging database listens on port 5432.\n' }
const SAID = 'The staging database listens on port 6000 now.'
const DAY_MS = 86_400_000
const START = '2026-11-20T03:00:00.000Z'

/** The time at the n-th look of one command, from that of the first. */
type Clock = (startMs: number, look: number) => number

interface Strange {
  readonly name: string
  readonly clock: Clock
  readonly start?: string
  readonly zone?: string
}

const steady: Clock = (startMs, look) => startMs + look * 100
const crossing = (at: string): string => new Date(Date.parse(at) - 250).toISOString()

const STRANGE: readonly Strange[] = [
  { name: 'stands still', clock: (startMs) => startMs },
  { name: 'goes ten times as fast', clock: (startMs, look) => startMs + look * 10_000 },
  {
    name: 'jumps on a day',
    clock: (startMs, look) => steady(startMs, look) + (look > 3 ? DAY_MS : 0),
  },
  {
    name: 'jumps back a day',
    clock: (startMs, look) => steady(startMs, look) - (look > 3 ? DAY_MS : 0),
  },
  {
    name: 'jumps on and back',
    clock: (startMs, look) => startMs + (look % 2 === 0 ? DAY_MS : -DAY_MS),
  },
  { name: 'runs backwards', clock: (startMs, look) => startMs - look * 1_000 },
  { name: 'was never set', clock: steady, start: '1970-01-01T00:00:00.000Z' },
  { name: 'passes 2038', clock: steady, start: crossing('2038-01-19T03:14:08Z') },
  { name: 'passes a leap day', clock: steady, start: crossing('2028-02-29T00:00:00Z') },
  { name: 'passes the end of a year', clock: steady, start: crossing('2027-01-01T00:00:00Z') },
  {
    name: 'loses an hour in Berlin',
    clock: steady,
    start: crossing('2026-03-29T01:00:00Z'),
    zone: 'Europe/Berlin',
  },
  {
    name: 'gains an hour in New York',
    clock: steady,
    start: crossing('2026-11-01T06:00:00Z'),
    zone: 'America/New_York',
  },
  {
    name: 'moves by half an hour on Lord Howe',
    clock: steady,
    start: crossing('2026-04-04T15:00:00Z'),
    zone: 'Australia/Lord_Howe',
  },
  { name: 'is a day ahead in Kiritimati', clock: steady, zone: 'Pacific/Kiritimati' },
]

const ACTS = ['dream', 'apply', 'revert'] as const
type ActName = (typeof ACTS)[number]

const CELLS = STRANGE.flatMap((strange) => ACTS.map((act) => ({ ...strange, act })))

const zone = process.env.TZ
afterEach(() => {
  if (zone === undefined) delete process.env.TZ
  else process.env.TZ = zone
})

/** One command with a clock of its own. */
async function command<T>(
  home: string,
  startMs: number,
  clock: Clock,
  act: (reverie: Reverie) => Promise<T>,
): Promise<T> {
  let look = 0
  const now = (): Date => {
    look += 1
    return new Date(clock(startMs, look))
  }
  const reverie = await createReverie({ home, now })
  try {
    return await act(reverie)
  } finally {
    await reverie.close()
  }
}

test.each(CELLS)('a clock that $name during $act changes nothing but times', async (cell) => {
  if (cell.zone !== undefined) process.env.TZ = cell.zone
  await using world = await FolderWorld.open(NOTES)
  world.say('monday', [{ content: SAID, at: '2025-11-19T10:00:00Z' }])
  const { home, memory, sessions } = world
  const at = (act: ActName): readonly [number, Clock] =>
    act === cell.act
      ? [Date.parse(cell.start ?? START), cell.clock]
      : [Date.parse(START) + ACTS.indexOf(act) * 1_000, steady]
  const dreaming = (reverie: Reverie) => reverie.dream({ memory, sessions: [sessions] })

  const first = await command(home, ...at('dream'), dreaming)
  const same = await command(home, ...at('dream'), dreaming)
  const applied = await command(home, ...at('apply'), (reverie) => reverie.apply(first.dream.id))
  const changed = filesBelow(memory)
  const twice = command(home, ...at('apply'), (reverie) => reverie.apply(first.dream.id))

  await expect(twice).rejects.toMatchObject({ type: 'conflict_error' })
  const again = await command(home, ...at('dream'), dreaming)
  await command(home, ...at('revert'), (reverie) => reverie.revert(first.dream.id))
  const log = await command(home, ...at('revert'), (reverie) => reverie.log())

  expect(first.changes.map(({ kind }) => kind)).toEqual(['supersede'])
  expect(same.dream.id).toBe(first.dream.id)
  expect(applied.applied).toHaveLength(1)
  expect(changed['ports.md']).toContain('port 6000')
  expect(again.changes).toEqual([])
  expect(filesBelow(memory)).toEqual(NOTES)
  expect(new Set(log.map(({ version }) => version.id)).size).toBe(log.length)
  expect(log).toHaveLength(3)
})
