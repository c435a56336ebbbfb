import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDreamCases } from '../../harness/dream-cases.ts'
import type { Row } from '../../harness/row.ts'
import type { BenchContext, BenchSet, Suite } from '../../harness/suite.ts'
import { ABLATIONS, type Ablation } from './ablations.ts'

/** Items of a set where the run names no bound: enough to see what a part is worth. */
const LIMIT = 60

/** What each part of judgement is worth: the same sets with it and without. */
export const ablate: Suite = {
  name: 'ablate',
  about:
    'one part of judgement taken out at a time; `with_all` is the same figure with all of them',
  async run(context) {
    const rows: Row[] = []
    for (const ablation of ABLATIONS) {
      if (context.only?.includes(ablation.name) ?? true) {
        rows.push(...(await ablated(ablation, { ...context, limit: context.limit ?? LIMIT })))
      }
    }
    return rows
  },
}

async function ablated(ablation: Ablation, context: BenchContext): Promise<readonly Row[]> {
  const rows: Row[] = []
  for (const set of ablation.sets) {
    const whole = await runWith({}, set, context)
    const without = await runWith(ablation.rules, set, context)
    rows.push(...without.flatMap((row) => compared(row, whole, ablation)))
  }
  return rows
}

async function runWith(
  rules: Ablation['rules'],
  set: BenchSet,
  context: BenchContext,
): Promise<readonly Row[]> {
  const home = mkdtempSync(join(tmpdir(), 'reverie-ablate-'))
  const cases = await openDreamCases(home, rules)
  try {
    return await set.run({ ...context, cases, only: null })
  } finally {
    await cases.reverie.close()
    rmSync(home, { recursive: true })
  }
}

/** The figure without the part, and beside it the one with everything. */
function compared(row: Row, whole: readonly Row[], { name, metrics }: Ablation): readonly Row[] {
  if (!metrics.includes(row.metric)) return []
  const isWholeSet = row.class === null || !whole.some(isWholeOf(row))
  const same = whole.find((one) => one.metric === row.metric && one.class === row.class)
  if (!isWholeSet || same === undefined) return []
  const of = row.class === null ? row.set : `${row.set}: ${row.class}`
  return [
    {
      ...row,
      suite: 'ablate',
      set: name,
      class: of,
      baselines: { with_all: same.value },
      target: null,
    },
  ]
}

/** A figure of all items of the set, where the suite gives one. */
function isWholeOf({ metric }: Row): (one: Row) => boolean {
  return (one) => one.metric === metric && one.class === null
}
