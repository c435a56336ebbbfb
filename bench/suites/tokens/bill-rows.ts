import type { PlanUsage, StageUsage } from '../../../src/core/dream.ts'
import { figureRow, type Row } from '../../harness/row.ts'
import type { Manner } from './answering-models.ts'
import type { Bill } from './billed-dream.ts'

const SUITE = 'tokens'
/** Probes have a budget of their own. */
const PROBES: readonly string[] = ['probes', 'answer']
const TARGET = '<= 1.6'
const STORE_TARGET = '<= 1.1'
const EXPECTED_TARGET = '<= 2'

/** The bill of one set, for both manners of answering. */
export function billRows(set: string, bills: Readonly<Record<Manner, Bill>>): readonly Row[] {
  const { talkative, quiet } = bills
  const { raw, reduced, usage, notes } = talkative
  if (reduced === 0) return []
  const calls = usage.stages.reduce((sum, stage) => sum + stage.calls, 0)
  const figure = (unit: Row['unit'], metric: string, value: number, n = calls): Row =>
    figureRow({ suite: SUITE, set, metric }, value, n, unit)
  const row = (metric: string, value: number, kind: string | null = null): Row =>
    figureRow({ suite: SUITE, set, metric, class: kind }, value, calls, 'ratio')
  const bill = ofNews(talkative, totalOf)
  const withNotes = billed(usage, totalOf)
  return [
    figure('tokens', 'raw', raw),
    figure('tokens', 'reduced', reduced),
    row('reduced_to_raw', reduced / raw),
    row('sent_to_reduced', talkative.sent / reduced),
    figure('ratio', 'events_sent', talkative.eventsSent / talkative.events, talkative.events),
    { ...row('bill_to_reduced', bill / reduced), target: TARGET },
    ...stagesOf(talkative).map(({ stage, tokens }) =>
      row('bill_to_reduced', tokens / reduced, stage),
    ),
    row('bill_to_raw', bill / raw),
    row('cache_priced_to_reduced', ofNews(talkative, pricedOf) / reduced),
    row('quiet_bill_to_reduced', ofNews(quiet, totalOf) / reduced),
    row('with_own_notes_to_reduced', withNotes / reduced),
    ...(notes > 0 ? [figure('tokens', 'own_notes_each', (withNotes - bill) / notes, notes)] : []),
    row('probes_to_reduced', (sumOf(usage, totalOf) - withNotes) / reduced),
    ...estimateRows(set, talkative),
  ]
}

/** What was told before the first question, against what became of it, probes and all. */
function estimateRows(set: string, { departure, usage }: Bill): readonly Row[] {
  const real = sumOf(usage, totalOf)
  if (departure === null || real === 0) return []
  const { expected } = departure
  const told = expected.inputTokens + expected.outputTokens
  const most = departure.inputTokens + departure.outputTokens
  const row = (metric: string, value: number): Row =>
    figureRow({ suite: SUITE, set, metric }, value, 1, 'ratio')
  return [
    row('expected_to_real', told / real),
    { ...row('expected_off', Math.max(told / real, real / told)), target: EXPECTED_TARGET },
    row('at_most_to_real', most / real),
  ]
}

/** Pairs of the memory's own notes are no part of what a stage took for the sessions. */
function stagesOf(bill: Bill): readonly { readonly stage: string; readonly tokens: number }[] {
  return bill.usage.stages
    .filter(({ stage }) => !PROBES.includes(stage))
    .map((stage) => ({
      stage: stage.stage,
      tokens: totalOf(stage) * (stage.stage === 'relate' ? 1 - bill.ownPairsShare : 1),
    }))
}

/** The bill of the same news over stores of growing size, against that over the smallest. */
export function storeRows(
  set: string,
  bills: readonly { readonly units: number; readonly bill: Bill }[],
): readonly Row[] {
  const smallest = bills[0]
  if (smallest === undefined) return []
  const base = ofNews(smallest.bill, totalOf)
  return bills.flatMap(({ units, bill: one }) => {
    const { usage, reduced, earlier } = one
    const figure = (metric: string, value: number, unit: Row['unit']): Row =>
      figureRow({ suite: SUITE, set, metric, class: `${units} units` }, value, units, unit)
    const bill = ofNews(one, totalOf)
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
      ...(earlier === null ? [] : earlierRows(figure, earlier, units)),
      ...estimateRows(`${set}-${units}`, one),
    ]
  })
}

/** The first dream of a memory judges its own notes: what that takes for each of them. */
function earlierRows(
  figure: (metric: string, value: number, unit: Row['unit']) => Row,
  earlier: PlanUsage,
  units: number,
): readonly Row[] {
  const bill = billed(earlier, totalOf)
  return [figure('earlier_bill', bill, 'tokens'), figure('own_notes_each', bill / units, 'tokens')]
}

/** Without the pairs of the memory's own notes: each is judged once in the life of a memory. */
function ofNews({ usage, ownPairsShare }: Bill, tokensOf: (stage: StageUsage) => number): number {
  const pairs = usage.stages.find(({ stage }) => stage === 'relate')
  return billed(usage, tokensOf) - (pairs === undefined ? 0 : tokensOf(pairs) * ownPairsShare)
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

/** What a provider has read before at a tenth, as those with a cache charge it. */
const CACHED_PRICE = 0.1

function pricedOf({ inputTokens, cachedInputTokens, outputTokens }: StageUsage): number {
  return inputTokens - (1 - CACHED_PRICE) * cachedInputTokens + outputTokens
}
