import type { PlanUsage, StageUsage } from '../../../src/core/dream.ts'
import { figureRow, type Row } from '../../harness/row.ts'
import type { Manner } from './answering-models.ts'
import type { Bill } from './billed-dream.ts'

const SUITE = 'tokens'
/** Probes have a budget of their own. */
const PROBES: readonly string[] = ['probes', 'answer']
const TARGET = '<= 1.6'
const STORE_TARGET = '<= 1.1'

/** The bill of one set, for both manners of answering. */
export function billRows(
  set: string,
  { quiet, talkative }: Readonly<Record<Manner, Bill>>,
): readonly Row[] {
  const { raw, reduced, usage } = talkative
  if (reduced === 0) return []
  const place = { suite: SUITE, set }
  const calls = usage.stages.reduce((sum, stage) => sum + stage.calls, 0)
  const row = (metric: string, value: number, kind: string | null = null): Row =>
    figureRow({ ...place, metric, class: kind }, value, calls, 'ratio')
  const bill = billed(usage, totalOf)
  return [
    figureRow({ ...place, metric: 'raw' }, raw, calls, 'tokens'),
    figureRow({ ...place, metric: 'reduced' }, reduced, calls, 'tokens'),
    row('reduced_to_raw', reduced / raw),
    figureRow(
      { ...place, metric: 'bill_to_reduced', target: TARGET },
      bill / reduced,
      calls,
      'ratio',
    ),
    ...usage.stages
      .filter(({ stage }) => !PROBES.includes(stage))
      .map((stage) => row('bill_to_reduced', totalOf(stage) / reduced, stage.stage)),
    row('bill_to_raw', bill / raw),
    row('uncached_to_reduced', billed(usage, uncachedOf) / reduced),
    row('quiet_bill_to_reduced', billed(quiet.usage, totalOf) / reduced),
    row('probes_to_reduced', (sumOf(usage, totalOf) - bill) / reduced),
  ]
}

/** The bill of the same news over stores of growing size, against that over the smallest. */
export function storeRows(
  set: string,
  bills: readonly { readonly units: number; readonly bill: Bill }[],
): readonly Row[] {
  const smallest = bills[0]
  if (smallest === undefined) return []
  const base = ofNews(smallest.bill)
  return bills.flatMap(({ units, bill: one }) => {
    const { usage, reduced, earlier } = one
    const figure = (metric: string, value: number, unit: Row['unit']): Row =>
      figureRow({ suite: SUITE, set, metric, class: `${units} units` }, value, units, unit)
    const bill = ofNews(one)
    const isLargest = units === bills.at(-1)?.units
    return [
      figure('bill', bill, 'tokens'),
      figure('bill_to_reduced', bill / reduced, 'ratio'),
      figure('bill_to_smallest_store', bill / base, 'ratio'),
      ...usage.stages.map((stage) =>
        figureRow(
          { suite: SUITE, set, metric: 'bill', class: `${units} units, ${stage.stage}` },
          totalOf(stage),
          stage.calls,
          'tokens',
        ),
      ),
      ...(isLargest
        ? [
            figureRow(
              { suite: SUITE, set, metric: 'bill_to_smallest_store', target: STORE_TARGET },
              bill / base,
              bills.length,
              'ratio',
            ),
          ]
        : []),
      figure('news_pairs', one.newsPairs, 'count'),
      figure('backlog', billed(usage, totalOf) - bill, 'tokens'),
      ...(earlier === null ? [] : [figure('earlier_bill', billed(earlier, totalOf), 'tokens')]),
    ]
  })
}

/** Without the pairs of old notes that earlier dreams had no room for. */
function ofNews({ usage, backlogShare }: Bill): number {
  const pairs = usage.stages.find(({ stage }) => stage === 'relate')
  return billed(usage, totalOf) - (pairs === undefined ? 0 : totalOf(pairs) * backlogShare)
}

function billed(usage: PlanUsage, tokensOf: (stage: StageUsage) => number): number {
  const stages = usage.stages.filter(({ stage }) => !PROBES.includes(stage))
  return sumOf({ ...usage, stages }, tokensOf)
}

function sumOf({ stages }: PlanUsage, tokensOf: (stage: StageUsage) => number): number {
  return stages.reduce((sum, stage) => sum + tokensOf(stage), 0)
}

/** Every token that is sent or written, at its full price. */
function totalOf({ inputTokens, outputTokens }: StageUsage): number {
  return inputTokens + outputTokens
}

/** Without what a provider has read before and gives for a tenth. */
function uncachedOf({ inputTokens, cachedInputTokens, outputTokens }: StageUsage): number {
  return inputTokens - cachedInputTokens + outputTokens
}
