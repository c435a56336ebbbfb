import { describe, expect, test } from 'vitest'
import { seededRandom } from '../../src/testing/seeded-random.ts'
import { KILLED_ACTS, type KillKind, KillRun } from '../support/unbreakable/kill-run.ts'
import { canTrace } from '../support/unbreakable/tracing.ts'

/** Kills in all. Thousands take an hour and are done by hand; these few keep the test alive. */
const KILLS = Number(process.env.REVERIE_KILLS ?? '3')
const SEED = Number(process.env.REVERIE_KILLS_SEED ?? '1')
const MINUTES = 240

const KINDS: readonly KillKind[] = ['write', 'time', 'syscall']

describe.each(KINDS)('processes killed by a %s', (kind) => {
  test.skipIf(kind === 'syscall' && !canTrace())(
    'lose nothing that was acknowledged, and leave old or new (syscall: where strace may trace)',
    async () => {
      await using run = new KillRun(seededRandom(SEED))

      for (let n = KINDS.indexOf(kind); n < KILLS; n += KINDS.length) {
        await run.kill(KILLED_ACTS[n % KILLED_ACTS.length] ?? 'apply', kind)
      }

      expect(run.tally.problems).toEqual([])
      expect(Object.values(run.tally.kills).length).toBeGreaterThan(0)
    },
    MINUTES * 60_000,
  )
})
