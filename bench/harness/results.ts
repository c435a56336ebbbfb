import { appendFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Row } from './row.ts'

/** What one run measured, and on what. */
export interface BenchRun {
  /** Short commit; a `+` behind it = with local changes. */
  readonly commit: string
  readonly seed: number
  /** Name of the data folder, where it is not the default one; null = it is. */
  readonly data: string | null
  /** Day of the run, `yyyy-mm-dd`. */
  readonly day: string
  readonly rows: readonly Row[]
}

/** Appends one line per figure to `<folder>/<suite>.jsonl`. */
export function appendResults(folder: string, { commit, day, seed, data, rows }: BenchRun): void {
  mkdirSync(folder, { recursive: true })
  for (const row of rows) {
    const line = JSON.stringify({ commit, day, seed, data, ...row })
    appendFileSync(join(folder, `${row.suite}.jsonl`), `${line}\n`)
  }
}
