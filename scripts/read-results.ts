import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ResultRow } from './quality-page.ts'

/** Every figure that was ever appended to the results, file by file. */
export function readResults(folder: string): readonly ResultRow[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .sort()
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n'))
    .filter((line) => line.trim() !== '')
    .map((line): ResultRow => JSON.parse(line))
}
