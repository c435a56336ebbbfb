/**
 * Writes docs/quality.md from bench/results and docs/quality-notes.json. With `--check` it writes
 * nothing and fails when the page is not what the results give, or a missed target has no reason.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { SUITES } from '../bench/suites/suites.ts'
import { type QualityNotes, qualityPage, unexplained } from './quality-page.ts'
import { readResults } from './read-results.ts'
import { writeOrCheck } from './written-page.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const page = join(root, 'docs/quality.md')

const notes: QualityNotes = JSON.parse(readFileSync(join(root, 'docs/quality-notes.json'), 'utf8'))
// Trust has a page of its own.
const results = readResults(join(root, 'bench/results')).filter(({ suite }) => suite !== 'trust')
const text = qualityPage(results, SUITES, notes)

writeOrCheck({
  path: page,
  text,
  script: 'scripts/quality.ts',
  problems: unexplained(results, notes).map(
    (key) => `${key} is missed without a reason. Next: add one to docs/quality-notes.json`,
  ),
})
