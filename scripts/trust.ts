/**
 * Writes docs/trust.md from bench/results/trust.jsonl and docs/trust-notes.json. With `--check` it
 * writes nothing and fails when the page is not what they give, or a missed target has no reason.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readResults } from './read-results.ts'
import { type TrustNotes, trustPage, unexplainedTrust } from './trust-page.ts'
import { writeOrCheck } from './written-page.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const page = join(root, 'docs/trust.md')

const notes: TrustNotes = JSON.parse(readFileSync(join(root, 'docs/trust-notes.json'), 'utf8'))
const results = readResults(join(root, 'bench/results'))
const text = trustPage(results, notes)

writeOrCheck({
  path: page,
  text,
  script: 'scripts/trust.ts',
  problems: unexplainedTrust(results, notes).map(
    (key) => `${key} is missed without a reason. Next: add one to docs/trust-notes.json`,
  ),
})
