/**
 * `npm run bench -- [suite...]`: whole dreams through the public interface, scored without a judge.
 * Figures are printed and appended to bench/results/. See docs/bench.md.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type BenchOrder, readOrder } from './harness/bench-order.ts'
import { DataFolder } from './harness/data-folder.ts'
import { openDreamCases } from './harness/dream-cases.ts'
import { printRows } from './harness/print-rows.ts'
import { appendResults } from './harness/results.ts'
import type { Row } from './harness/row.ts'
import { runElsewhere } from './harness/run-elsewhere.ts'
import type { Suite } from './harness/suite.ts'
import { SUITES } from './suites/suites.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const EXIT_USAGE = 64

const read = readOrder(process.argv.slice(2), SUITES)
if (read.kind === 'help') {
  console.log(read.text)
} else if (read.kind === 'wrong') {
  console.error(read.message)
  process.exitCode = EXIT_USAGE
} else {
  await bench(read.order)
}

async function bench(order: BenchOrder): Promise<void> {
  const rows = order.jobs > 1 ? await benchAtOnce(order) : await benchInOrder(order)
  if (order.isJson) {
    console.log(JSON.stringify({ schema: 'reverie/v1/bench', data: { rows } }))
    return
  }
  const silent = (order.only ?? []).filter((name) => !rows.some(({ set }) => set === name))
  if (silent.length > 0) console.error(`No figures of: ${silent.join(', ')}.`)
}

async function benchInOrder(order: BenchOrder): Promise<readonly Row[]> {
  const commit = commitOf(ROOT)
  const rows: Row[] = []
  for (const suite of order.suites) {
    const found = await runApart(suite, order)
    if (!order.isJson) printRows(suite, found, order.limit)
    rows.push(...found)
  }
  // A sample is for looking, never for quoting.
  if (order.limit === null) {
    const data = order.data === null ? null : basename(resolve(order.data))
    const day = new Date().toISOString().slice(0, 'yyyy-mm-dd'.length)
    appendResults(join(ROOT, 'bench/results'), { commit, day, seed: order.seed, data, rows })
  }
  return rows
}

/** Each suite is one more call of this file, which appends its own results. */
async function benchAtOnce(order: BenchOrder): Promise<readonly Row[]> {
  const found = await runElsewhere(order, fileURLToPath(import.meta.url))
  if (!order.isJson) for (const { suite, rows } of found) printRows(suite, rows, order.limit)
  return found.flatMap(({ rows }) => rows)
}

/** Over an installation of its own, which goes afterwards. */
async function runApart(suite: Suite, order: BenchOrder): Promise<readonly Row[]> {
  const home = mkdtempSync(join(tmpdir(), 'reverie-bench-'))
  const cases = await openDreamCases(home)
  try {
    const { seed, limit, only, isFull } = order
    const note = (text: string): void => console.error(`${suite.name}: ${text}`)
    const data = new DataFolder(resolve(order.data ?? join(ROOT, '../shared/data')))
    return await suite.run({ data, cases, seed, limit, only, isFull, note })
  } finally {
    await cases.reverie.close()
    rmSync(home, { recursive: true })
  }
}

function commitOf(folder: string): string {
  const git = (...args: readonly string[]): string =>
    spawnSync('git', ['-C', folder, ...args], { encoding: 'utf8' }).stdout.trim()
  const isDirty = git('status', '--porcelain', '--', 'src', 'bench', ':!bench/results') !== ''
  return `${git('rev-parse', '--short', 'HEAD')}${isDirty ? '+' : ''}`
}
