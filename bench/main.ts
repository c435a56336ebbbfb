/**
 * `npm run bench -- [speed] [--data DIR] [--json]`: whole dreams through the public interface.
 * Times are ratios to a floor measured in the same run: reading the same files and parsing their
 * JSON, nothing else.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { measureSpeed, type SpeedRow } from './speed.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    data: { type: 'string', default: join(root, '../shared/data') },
    json: { type: 'boolean', default: false },
    only: { type: 'string' },
  },
})

interface SpeedSet {
  readonly name: string
  readonly memory: string | null
  readonly sessions: string
}

const data = resolve(values.data)
const SETS: readonly SpeedSet[] = [
  {
    name: 'shop',
    memory: join(root, 'examples/shop/memory'),
    sessions: join(root, 'examples/shop/sessions'),
  },
  { name: 'claude-code', memory: null, sessions: join(data, 'sessions/claude-code') },
  { name: 'tau-airline', memory: null, sessions: join(data, 'sessions/tau-airline') },
]

const unknown = positionals.filter((name) => name !== 'speed')
if (unknown.length > 0) {
  console.error(`There is no suite "${unknown[0]}". Suites: speed.`)
  process.exit(64)
}

/** One set in a process of its own, so that peak memory is that set's. */
if (values.only !== undefined) {
  const set = SETS.find(({ name }) => name === values.only)
  if (set === undefined) throw new Error(`There is no set "${values.only}".`)
  const home = mkdtempSync(join(tmpdir(), 'reverie-bench-'))
  console.log(JSON.stringify(await measureSpeed(set, home)))
  rmSync(home, { recursive: true })
} else {
  const rows = SETS.flatMap(runApart)
  if (values.json) {
    console.log(
      JSON.stringify({ schema: 'reverie/v1/bench', data: { rows: rows.flatMap(toRows) } }),
    )
  } else {
    console.table(rows)
  }
}

function runApart(set: SpeedSet): readonly SpeedRow[] {
  if (!existsSync(set.sessions)) {
    console.error(`${set.name}: left out, ${set.sessions} is not there.`)
    return []
  }
  const args = [fileURLToPath(import.meta.url), '--only', set.name, '--data', data]
  const run = spawnSync(process.execPath, args, { encoding: 'utf8' })
  if (run.status !== 0) throw new Error(`${set.name}: ${run.stderr}`)
  return [JSON.parse(run.stdout) as SpeedRow]
}

function toRows(row: SpeedRow): readonly object[] {
  const { set, ...metrics } = row
  return Object.entries(metrics).map(([metric, value]) => ({ suite: 'speed', set, metric, value }))
}
