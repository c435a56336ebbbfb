/**
 * `npm run bench -- [suite...] [--data DIR] [--seed N] [--json]`: whole dreams through the public
 * interface, scored without a judge. Figures are printed and appended to bench/results/.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { openReverie } from '../src/reverie.ts'
import { DataFolder } from './harness/data-folder.ts'
import { DreamCases } from './harness/dream-cases.ts'
import { printRows } from './harness/print-rows.ts'
import { appendResults } from './harness/results.ts'
import type { Row } from './harness/row.ts'
import type { Suite } from './harness/suite.ts'
import { SUITES } from './suites/suites.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const EXIT_USAGE = 64

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    data: { type: 'string', default: join(ROOT, '../shared/data') },
    seed: { type: 'string', default: '1' },
    model: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
})

if (values.model !== undefined) fail('This release dreams without a model; leave --model out.')
const seed = Number(values.seed)
if (!Number.isSafeInteger(seed)) fail(`--seed ${values.seed} is no whole number.`)
const chosen = positionals.length === 0 ? SUITES : positionals.map(suiteNamed)

const data = new DataFolder(resolve(values.data))
const rows: Row[] = []
for (const suite of chosen) rows.push(...(await runApart(suite)))
appendResults(join(ROOT, 'bench/results'), { commit: commitOf(ROOT), seed, rows })
if (values.json) console.log(JSON.stringify({ schema: 'reverie/v1/bench', data: { rows } }))

/** Each suite over an installation of its own, which goes afterwards. */
async function runApart(suite: Suite): Promise<readonly Row[]> {
  const home = mkdtempSync(join(tmpdir(), 'reverie-bench-'))
  const reverie = await openReverie({ home: join(home, 'state') })
  try {
    const note = (text: string): void => console.error(`${suite.name}: ${text}`)
    const cases = new DreamCases(reverie, home)
    const found = await suite.run({ data, cases, seed, note })
    if (!values.json) printRows(suite, found)
    return found
  } finally {
    await reverie.close()
    rmSync(home, { recursive: true })
  }
}

function suiteNamed(name: string): Suite {
  const suite = SUITES.find((one) => one.name === name)
  const known = SUITES.map((one) => one.name).join(', ')
  return suite ?? fail(`There is no suite "${name}". Suites: ${known}.`)
}

function fail(message: string): never {
  console.error(message)
  process.exit(EXIT_USAGE)
}

function commitOf(folder: string): string {
  const git = (...args: readonly string[]): string =>
    spawnSync('git', ['-C', folder, ...args], { encoding: 'utf8' }).stdout.trim()
  const isDirty = git('status', '--porcelain', '--', 'src', 'bench', ':!bench/results') !== ''
  return `${git('rev-parse', '--short', 'HEAD')}${isDirty ? '+' : ''}`
}
