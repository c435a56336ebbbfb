/**
 * Records the scenarios of test/scenarios: dreams each one against a model and keeps every answer
 * in its `cassette/`, with a manifest that says who answered, how and when.
 *
 *   node scripts/record-scenarios.ts --model <address> --family <name> [--made "file relay"]
 *     [--date YYYY-MM-DD] [--note <text>] [--only <scenario>]...
 *
 * Answers that a cassette has already are asked again: a server that keeps its own gives the same.
 */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type CassetteManifest, MANIFEST_FILE, readManifest } from '../src/models/cassette-file.ts'
import { lineOf, verdictOn } from '../test/scenarios/expectations.ts'
import { play } from '../test/scenarios/play-scenario.ts'
import { allScenarios, type Scenario } from '../test/scenarios/scenario.ts'

const AT_ONCE = 4
const EXIT_USAGE = 64
const MADE: readonly CassetteManifest['made'][] = ['file relay', 'provider']

const { values } = parseArgs({
  options: {
    model: { type: 'string' },
    family: { type: 'string' },
    made: { type: 'string', default: 'file relay' },
    date: { type: 'string', default: new Date().toISOString().slice(0, 10) },
    note: { type: 'string', default: '' },
    only: { type: 'string', multiple: true, default: [] },
  },
})
const { model, family, date, note, only } = values
const made = MADE.find((one) => one === values.made)
const scenarios = allScenarios().filter(({ name }) => only.length === 0 || only.includes(name))

if (model === undefined || family === undefined || made === undefined || scenarios.length === 0) {
  console.error(
    `Give --model and --family; --made is one of: ${MADE.join(', ')}; --only names a scenario.`,
  )
  process.exitCode = EXIT_USAGE
} else {
  const waiting = [...scenarios]
  const failed: string[] = []
  const work = async (): Promise<void> => {
    for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) {
      try {
        console.log(await recorded(one, model, { made, family, date, note }))
      } catch (error) {
        failed.push(one.name)
        console.error(`${one.name}: ${error instanceof Error ? error.message : String(error)}`)
      }
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  if (failed.length > 0) {
    console.error(`Not recorded: ${failed.join(', ')}. Next: run it again with --only.`)
    process.exitCode = 1
  }
}

interface Making {
  readonly made: CassetteManifest['made']
  readonly family: string
  readonly date: string
  readonly note: string
}

/** Dreams every part of a scenario, twice as its test does, and says what came of it. */
async function recorded(scenario: Scenario, address: string, making: Making): Promise<string> {
  const { name, cassette, parts } = scenario
  rmSync(cassette, { recursive: true, force: true })
  const lines: string[] = [`## ${name}`]
  for (const part of parts) {
    const played = await play(part, { model: address, smallModel: address, cassette })
    const { changes } = played.outcome
    const { found, missed, wrong } = verdictOn(part.expected, { ...played, changes })
    lines.push(
      `${part.name} found ${found.length} (${found.join(', ')}), missed ${missed.join(', ')}`,
      ...wrong.map(({ why, what }) => `  not wanted (${why}): ${what}`),
      ...changes.map((change) => `  ${change.status} ${lineOf(change)}`),
    )
  }
  describe(cassette, making)
  return lines.join('\n')
}

/** The dream knows who was asked, not who answered: a relay may have anybody behind it. */
function describe(cassette: string, { made, family, date, note }: Making): void {
  const file = join(cassette, MANIFEST_FILE)
  const manifest = existsSync(file) ? readManifest(readFileSync(file, 'utf8')) : null
  if (manifest === null) throw new Error('No cassette was written: the dream asked nothing.')
  const told = { ...manifest, made, model_family: family, recorded_at: date, note }
  writeFileSync(file, `${JSON.stringify(told, null, 2)}\n`)
}
