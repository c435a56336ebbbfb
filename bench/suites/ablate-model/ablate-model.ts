import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { MANIFEST_FILE } from '../../../src/models/cassette-file.ts'
import { openCassette } from '../../../src/models/cassette-model.ts'
import { allScenarios, type Scenario } from '../../../test/scenarios/scenario.ts'
import { figureRow, type Row, shareRow } from '../../harness/row.ts'
import type { BenchContext, Suite } from '../../harness/suite.ts'
import { answersAtHand, type KnownVerdicts } from './answers-at-hand.ts'
import { MODEL_ABLATIONS, type ModelAblation, WITH_ALL } from './model-ablations.ts'
import { playedPart } from './played-part.ts'

const SUITE = 'ablate-model'

/** What each part of a dream with a model is worth: the recorded scenarios with it and without. */
export const ablateModel: Suite = {
  name: SUITE,
  about: 'one part of a dream with a model taken out at a time, over the recorded scenarios',
  async run({ only = null, note }) {
    const scenarios = recordedScenarios(note)
    if (scenarios.length === 0) return []
    const known = new Map<string, KnownVerdicts>()
    // Once to learn every verdict on a single item, so that the first figures have them too.
    await outcomeOf(WITH_ALL, scenarios, known)
    const whole = await outcomeOf(WITH_ALL, scenarios, known)
    if (whole.unanswered > 0) note(`${whole.unanswered} answers are missing: record them again`)
    const rows = [...rowsOf(WITH_ALL, whole, null)]
    for (const ablation of MODEL_ABLATIONS) {
      if (!(only?.includes(ablation.name) ?? true)) continue
      note(ablation.name)
      rows.push(...rowsOf(ablation, await outcomeOf(ablation, scenarios, known), whole))
    }
    return rows
  },
}

function recordedScenarios(note: BenchContext['note']): readonly Scenario[] {
  const scenarios = allScenarios()
  const recorded = scenarios.filter(({ cassette }) => existsSync(join(cassette, MANIFEST_FILE)))
  const left = scenarios.length - recorded.length
  if (left > 0) note(`${left} scenarios have no recorded answers and are left out`)
  return recorded
}

/** Summed over all scenarios. */
export interface AblationOutcome {
  readonly wanted: number
  readonly found: number
  readonly unwanted: number
  readonly wrongChanges: number
  readonly changes: number
  readonly tokens: number
  readonly unanswered: number
}

async function outcomeOf(
  { rules, hasModel }: ModelAblation,
  scenarios: readonly Scenario[],
  known: Map<string, KnownVerdicts>,
): Promise<AblationOutcome> {
  const outcomes: AblationOutcome[] = []
  for (const { name, cassette, parts } of scenarios) {
    const verdicts: KnownVerdicts = known.get(name) ?? new Map()
    known.set(name, verdicts)
    const model = hasModel ? answersAtHand(openCassette(cassette), verdicts) : null
    for (const part of parts) {
      const asked = model?.unanswered() ?? 0
      const { found, wrong, changes, tokens } = await playedPart(part, rules, model)
      outcomes.push({
        wanted: part.expected.must.length,
        found: found.length,
        unwanted: wrong.length,
        wrongChanges: new Set(wrong.map(({ what }) => what)).size,
        changes,
        tokens,
        unanswered: (model?.unanswered() ?? 0) - asked,
      })
    }
  }
  return summed(outcomes)
}

const NOTHING: AblationOutcome = {
  wanted: 0,
  found: 0,
  unwanted: 0,
  wrongChanges: 0,
  changes: 0,
  tokens: 0,
  unanswered: 0,
}

function summed(outcomes: readonly AblationOutcome[]): AblationOutcome {
  return outcomes.reduce(
    (sum, one) => ({
      wanted: sum.wanted + one.wanted,
      found: sum.found + one.found,
      unwanted: sum.unwanted + one.unwanted,
      wrongChanges: sum.wrongChanges + one.wrongChanges,
      changes: sum.changes + one.changes,
      tokens: sum.tokens + one.tokens,
      unanswered: sum.unanswered + one.unanswered,
    }),
    NOTHING,
  )
}

/** The figures without a part, and beside each the one with everything; `whole` null = this is it. */
export function rowsOf(
  { name }: Pick<ModelAblation, 'name'>,
  outcome: AblationOutcome,
  whole: AblationOutcome | null,
): readonly Row[] {
  const { wanted, found, changes } = outcome
  const place = (metric: string, figureOf: (of: AblationOutcome) => number) => ({
    suite: SUITE,
    set: name,
    metric,
    baselines: whole === null ? {} : { with_all: figureOf(whole) },
  })
  const figure = (
    metric: string,
    figureOf: (of: AblationOutcome) => number,
    unit: Row['unit'],
  ): Row => figureRow(place(metric, figureOf), figureOf(outcome), changes, unit)
  return [
    ...shareRow(
      place('wanted', (of) => of.found / Math.max(1, of.wanted)),
      found,
      wanted,
    ),
    figure('unwanted', (of) => of.unwanted, 'count'),
    figure('wrong_changes', (of) => of.wrongChanges, 'count'),
    figure('changes', (of) => of.changes, 'count'),
    figure('tokens', (of) => of.tokens, 'tokens'),
    figure('unanswered', (of) => of.unanswered, 'count'),
  ]
}
