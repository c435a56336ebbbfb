/**
 * Writes docs/trust.md from bench/results/trust.jsonl and docs/trust-notes.json. With `--check` it
 * writes nothing and fails when the page is not what they give, or a missed target has no reason.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readResults } from './read-results.ts'
import { type TrustNotes, trustPage, unexplainedTrust } from './trust-page.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const page = join(root, 'docs/trust.md')

const notes: TrustNotes = JSON.parse(readFileSync(join(root, 'docs/trust-notes.json'), 'utf8'))
const results = readResults(join(root, 'bench/results'))
const text = trustPage(results, notes)

if (process.argv.includes('--check')) {
  const problems = [
    ...(existsSync(page) && readFileSync(page, 'utf8') === text
      ? []
      : ['docs/trust.md is not what the results give. Next: node scripts/trust.ts']),
    ...unexplainedTrust(results, notes).map(
      (key) => `${key} is missed without a reason. Next: add one to docs/trust-notes.json`,
    ),
  ]
  for (const problem of problems) console.error(problem)
  if (problems.length > 0) process.exitCode = 1
} else {
  writeFileSync(page, text)
}
