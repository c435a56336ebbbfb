import type { Dream, PlanReport, PlanUsage, StageUsage, Thinking } from '../../core/dream.ts'
import { counted, money, number } from '../amounts.ts'
import { labelled } from '../labelled.ts'
import type { Line } from '../styled-line.ts'

/** Who was asked, what it took by kind of question, and what stayed unasked. */
export function usageView({ snapshot }: Dream, report: PlanReport, width: number): Line[] {
  const { usage, read } = report
  const { thinking } = snapshot
  const pending =
    read.pending > 0
      ? labelled('Pending', `${counted(read.pending, 'event')} left for the next dream`, width)
      : []
  if (thinking === null) return [...pending, ...labelled('Model', 'none; network: none', width)]
  return [
    ...labelled('Model', modelWords(thinking), width),
    ...usedWords(usage).flatMap((words, n) => labelled(n === 0 ? 'Used' : '', words, width)),
    ...coverageView(usage, width),
    ...(usage.uncovered > 0
      ? labelled(
          'Budget',
          `${counted(usage.uncovered, 'call')} stayed unasked: the budget did not cover them`,
          width,
        )
      : []),
    ...pending,
  ]
}

function modelWords({ small, large }: Thinking): string {
  return small === large ? large : `${large}; reading and judging: ${small}`
}

function usedWords(usage: PlanUsage): readonly string[] {
  if (usage.stages.length === 0) return ['nothing was asked']
  const rows = usage.stages.map((stage) => stageWords(stage, usage.models.length > 1))
  return usage.stages.length === 1 ? rows : [...rows, `in all: ${amounts(usage)}`]
}

function stageWords(stage: StageUsage, namesModel: boolean): string {
  const who = namesModel ? `${stage.stage} by ${stage.model}` : stage.stage
  const calls = [
    counted(stage.calls, 'call'),
    ...(stage.replayed > 0 ? [`${number(stage.replayed)} known before`] : []),
  ].join(', ')
  return `${who}: ${calls}, ${amounts(stage)}`
}

type Amounts = Pick<StageUsage, 'inputTokens' | 'cachedInputTokens' | 'outputTokens' | 'usd'>

function amounts({ inputTokens, cachedInputTokens, outputTokens, usd }: Amounts): string {
  const cached = cachedInputTokens > 0 ? ` (${number(cachedInputTokens)} cached)` : ''
  const cost = usd === null ? 'price not known' : money(usd)
  return `${number(inputTokens)} tokens in${cached}, ${number(outputTokens)} out, ${cost}`
}

function coverageView({ coverage }: PlanUsage, width: number): Line[] {
  if (coverage === null || coverage.claims === 0) return []
  const left = coverage.left.map(({ reason, count }) => `${number(count)} ${reason}`).join(', ')
  const words = `${number(coverage.covered)} of ${counted(coverage.claims, 'statement')} read by the model stand in the memory`
  return labelled('Covered', left === '' ? words : `${words}; left: ${left}`, width)
}
