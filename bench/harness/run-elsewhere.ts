import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import type { BenchOrder } from './bench-order.ts'
import type { Row } from './row.ts'
import type { Suite } from './suite.ts'

interface SuiteRows {
  readonly suite: Suite
  readonly rows: readonly Row[]
}

/** Runs each suite of an order by the command `script`, `jobs` at a time; in the order's order. */
export async function runElsewhere(
  order: BenchOrder,
  script: string,
): Promise<readonly SuiteRows[]> {
  const found = new Map<Suite, readonly Row[]>()
  const waiting = [...order.suites]
  const work = async (): Promise<void> => {
    for (let suite = waiting.shift(); suite !== undefined; suite = waiting.shift()) {
      found.set(suite, await runOne(suite, order, script))
    }
  }
  await Promise.all(Array.from({ length: order.jobs }, work))
  return order.suites.map((suite) => ({ suite, rows: found.get(suite) ?? [] }))
}

async function runOne(
  suite: Suite,
  { data, seed, limit, only }: BenchOrder,
  script: string,
): Promise<readonly Row[]> {
  const args = [
    ...[script, suite.name, '--json', '--seed', String(seed)],
    ...(data === null ? [] : ['--data', data]),
    ...(limit === null ? [] : ['--limit', String(limit)]),
    ...(only === null ? [] : ['--only', only.join(',')]),
  ]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  const [printed, code] = await Promise.all([text(child.stdout), ended])
  if (code !== 0) throw new Error(`The suite ${suite.name} ended with ${code}.`)
  const document: { readonly data: { readonly rows: readonly Row[] } } = JSON.parse(printed)
  return document.data.rows
}
