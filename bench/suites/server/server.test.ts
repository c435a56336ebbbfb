import { expect, test } from 'vitest'
import { OPERATIONS } from './notes-in-store.ts'
import { serverRows } from './server.ts'

test('every operation is asked of both servers, and all answers are good', async () => {
  const plan = { memories: 60, rounds: 1, requests: 2, atOnce: [1, 2], seed: 1 }

  const rows = await serverRows('few', plan)

  const classes = new Set(rows.map((row) => row.class))
  expect([...classes]).toEqual(
    OPERATIONS.flatMap((one) => [`${one}, 1 at once`, `${one}, 2 at once`]),
  )
  for (const { metric, class: kind, value, n, baselines } of rows) {
    expect(value, `${metric} of ${kind}`).toBeGreaterThan(0)
    expect(n).toBe(kind?.includes('1 at') === true ? 2 : 4)
    if (!metric.endsWith('to_bare')) expect(baselines['bare']).toBeGreaterThan(0)
  }
}, 60_000)
