import { isEffective } from '../../src/core/change.ts'
import { lineOf, type Verdict, verdictOn } from './expectations.ts'
import { type PlayOptions, play } from './play-scenario.ts'
import type { Part, Scenario } from './scenario.ts'

/** What one mode made of one part of a scenario. */
export interface ModeOutcome extends Verdict {
  /** Changes that take effect, one line each, sorted. */
  readonly lines: readonly string[]
  readonly inputTokens: number
  readonly outputTokens: number
}

export interface Comparison {
  readonly scenario: string
  /** Empty where the scenario has one part. */
  readonly part: string
  readonly wanted: number
  readonly embedded: ModeOutcome
  readonly withModel: ModeOutcome
}

/** The parts of a scenario by rules alone, and with the answers of its cassette. */
export async function compareModes(scenario: Scenario): Promise<readonly Comparison[]> {
  const comparisons: Comparison[] = []
  for (const part of scenario.parts) {
    comparisons.push({
      scenario: scenario.name,
      part: part.name,
      wanted: part.expected.must.length,
      embedded: await outcomeOf(part, { model: 'none' }),
      withModel: await outcomeOf(part, { model: `cassette:${scenario.cassette}` }),
    })
  }
  return comparisons
}

async function outcomeOf(part: Part, options: PlayOptions): Promise<ModeOutcome> {
  const { outcome, before, after } = await play(part, options)
  const usage = outcome.dream.plan?.report.usage
  return {
    ...verdictOn(part.expected, { changes: outcome.changes, before, after }),
    lines: outcome.changes.filter(isEffective).map(lineOf).sort(),
    inputTokens: usage?.inputTokens ?? 0,
    outputTokens: usage?.outputTokens ?? 0,
  }
}
