import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DataFolder } from '../../harness/data-folder.ts'
import { type DreamCases, openDreamCases } from '../../harness/dream-cases.ts'
import type { BenchSet } from '../../harness/suite.ts'
import { simulation } from './simulation.ts'
import { tauRewards } from './tau-rewards.ts'

const RUNS = 64
/** Every second run guesses, and nearly all that guess fail. */
const hasGuessed = (n: number): boolean => n % 2 === 0
const rewardOf = (n: number): number => Number(n % 16 === 0 || !hasGuessed(n))

function run(n: number): string {
  const tools = hasGuessed(n) ? ['find', 'guess'] : ['find']
  const turns = tools.flatMap((name) => [
    { role: 'assistant', content: null, tool_calls: [{ function: { name, arguments: '{}' } }] },
    { role: 'tool', name, content: 'done' },
  ])
  return JSON.stringify({ id: `run-${n}`, messages: [{ role: 'user', content: 'Hi.' }, ...turns] })
}

describe('contrast', () => {
  const home = mkdtempSync(join(tmpdir(), 'reverie-contrast-'))
  const data = new DataFolder(join(home, 'data'))
  let cases: DreamCases

  beforeAll(async () => {
    const numbers = Array.from({ length: RUNS }, (_, n) => n)
    const rows = numbers.map((n) => ({
      task: `task-${n % 4 < 2 ? 'a' : 'b'}`,
      file: `run-${n}.json`,
      reward: rewardOf(n),
    }))
    const files = {
      ...Object.fromEntries(numbers.map((n) => [`sessions/tau-airline/run-${n}.json`, run(n)])),
      'patterns/tau-airline-runs.tiny.jsonl': rows.map((row) => JSON.stringify(row)).join('\n'),
    }
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(data.path(name)), { recursive: true })
      writeFileSync(data.path(name), content)
    }
    cases = await openDreamCases(home)
  })
  afterAll(async () => {
    await cases.reverie.close()
    rmSync(home, { recursive: true })
  })

  const valuesOf = async (set: BenchSet): Promise<Readonly<Record<string, number>>> => {
    const rows = await set.run({ data, cases, seed: 1, limit: 4, note: () => undefined })
    return Object.fromEntries(rows.map((row) => [`${row.metric} ${row.class}`, row.value]))
  }

  it('proves what the true rewards show, and nothing of shuffled ones', async () => {
    expect(await valuesOf(tauRewards)).toMatchObject({
      'lessons true rewards, inside tasks': 1,
      'borne_out true rewards, inside tasks': 1,
      'false_lessons rewards shuffled, inside tasks': 0,
      'false_lessons rewards shuffled, tasks not told apart': 0,
      'found control: a difference put in': 1,
    })
  })

  it('counts what is found of real and of other features', async () => {
    const values = await valuesOf(simulation)

    expect(values['recall 20 real of 1,000']).toBeGreaterThan(0.2)
    expect(values['false_lessons 20 real of 1,000, on average']).toBeLessThanOrEqual(2)
    expect(values['told_falsely nothing real, one dream']).toBe(0)
  })
})
