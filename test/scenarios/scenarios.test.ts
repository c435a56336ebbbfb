import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { MANIFEST_FILE, readManifest } from '../../src/models/cassette-file.ts'
import { type Verdict, verdictOn } from './expectations.ts'
import { type Played, play, playTogether } from './play-scenario.ts'
import { allScenarios, knownMisses, type Part, type Scenario } from './scenario.ts'

const SCENARIOS_MIN = 12
const scenarios = allScenarios()
const known = knownMisses()
const keyOf = (scenario: Scenario, what: string): string => `${scenario.name}/${what}`

describe('the scenarios', () => {
  it('are as many as were promised', () => {
    expect(scenarios.length).toBeGreaterThanOrEqual(SCENARIOS_MIN)
  })

  it('name nothing as missed that no expectation speaks of', () => {
    const spokenOf = scenarios.flatMap((scenario) =>
      scenario.parts.flatMap(({ expected: { must, mustNot } }) => [
        ...must.map(({ name }) => keyOf(scenario, name)),
        ...mustNot.map(({ why }) => keyOf(scenario, why)),
      ]),
    )

    expect(Object.keys(known).filter((key) => !spokenOf.includes(key))).toEqual([])
  })
})

describe.each(scenarios)('$name', (scenario) => {
  it('has answers of a model and says who gave them, how and when', () => {
    expect(existsSync(scenario.cassette), `${scenario.name} has no cassette`).toBe(true)
    const manifest = readManifest(readFileSync(join(scenario.cassette, MANIFEST_FILE), 'utf8'))

    // Answers that a script or a person wrote are no model's.
    expect(['file relay', 'provider']).toContain(manifest?.made)
    expect(manifest?.model_family).toMatch(/\w/)
    expect(manifest?.recorded_at).toMatch(/^20\d\d-\d\d-\d\d/)
  })

  if (scenario.parts.length > 1) {
    it('is refused as one dream over the sessions of all', async () => {
      await expect(playTogether(scenario)).rejects.toMatchObject({ type: 'invalid_request_error' })
    })
  }

  describe.each(scenario.parts)('dream $name', (part) => dreamOf(scenario, part))
})

/** A dream from the cassette alone, its changes applied, the same again, and the way back. */
function dreamOf(scenario: Scenario, part: Part): void {
  let played: Played
  let verdict: Verdict

  beforeAll(async () => {
    played = await play(part, { model: `cassette:${scenario.cassette}` })
    const { changes } = played.outcome
    verdict = verdictOn(part.expected, { ...played, changes })
  })

  it('sends nothing anywhere and asks the recorded answers', () => {
    expect(played.departure?.providers.map(({ host }) => host)).toContain(null)
    expect(played.departure?.providers.filter(({ host }) => host !== null)).toEqual([])
    expect(played.outcome.dream.plan?.report.usage.models).not.toEqual([])
    expect(played.outcome.dream.plan?.report.read.pending).toBe(0)
  })

  it('does what a careful person wants, but for what is known to be missed', () => {
    const missed = verdict.missed.map((name) => keyOf(scenario, name))

    expect(missed.filter((key) => known[key] === undefined)).toEqual([])
  })

  it('does nothing that a careful person would not want, but for what is known', () => {
    expect(verdict.wrong.filter(({ why }) => known[keyOf(scenario, why)] === undefined)).toEqual([])
  })

  it('misses what is said to be missed', () => {
    const told = [...part.expected.must.map(({ name }) => name), ...unwantedOf(part)]
    const seen = [...verdict.missed, ...verdict.wrong.map(({ why }) => why)]

    expect(told.filter((what) => known[keyOf(scenario, what)] !== undefined)).toEqual(
      told.filter((what) => known[keyOf(scenario, what)] !== undefined && seen.includes(what)),
    )
  })

  it('plans nothing more once its changes stand', () => {
    const { dream, changes } = played.again

    expect(changes.filter(({ status }) => status === 'proposed')).toEqual([])
    expect(dream.planStatus).not.toBe('waiting')
  })

  it('is undone to the same bytes', () => {
    expect(played.reverted).toEqual(played.before)
  })
}

function unwantedOf({ expected }: Part): readonly string[] {
  return [...new Set(expected.mustNot.map(({ why }) => why))]
}
