import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { DataFolder } from './data-folder.ts'
import { type DreamCases, openDreamCases } from './dream-cases.ts'
import type { Row } from './row.ts'
import type { BenchContext } from './suite.ts'

/** A data folder of a test's own and an installation, until `close`. */
export interface BenchWorld {
  readonly context: BenchContext
  readonly cases: DreamCases
  readonly data: DataFolder
  /** What the suites said along the way. */
  readonly notes: readonly string[]
  close(): Promise<void>
}

/** Sets by path (`supersede/letta.mine.jsonl`), each a list of items. */
export async function openBenchWorld(
  sets: Readonly<Record<string, readonly unknown[]>>,
): Promise<BenchWorld> {
  const home = mkdtempSync(join(tmpdir(), 'reverie-bench-test-'))
  const data = new DataFolder(join(home, 'data'))
  for (const [path, items] of Object.entries(sets)) {
    const file = data.path(path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, items.map((item) => `${JSON.stringify(item)}\n`).join(''))
  }
  const cases = await openDreamCases(home)
  const notes: string[] = []
  const context = { data, cases, seed: 1, note: (text: string): number => notes.push(text) }
  return {
    context,
    cases,
    data,
    notes,
    async close(): Promise<void> {
      await cases.reverie.close()
      rmSync(home, { recursive: true })
    },
  }
}

/** `metric` or `metric, class` -> hits of n, as `1/2`. */
export function hitsOf(rows: readonly Row[]): Readonly<Record<string, string>> {
  const named = rows.map(({ metric, class: kind, value, n }): [string, string] => [
    kind === null ? metric : `${metric}, ${kind}`,
    `${Math.round(value * n)}/${n}`,
  ])
  return Object.fromEntries(named)
}
