/**
 * Prints the changes that the bench suite `judged` draws, with their quotes and the verdicts of
 * bench/judged/verdicts.json: a sheet for the reader who judges them. It quotes real transcripts,
 * so it is not kept here. `--data DIR` says where these are.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { DataFolder } from '../bench/harness/data-folder.ts'
import { openDreamCases } from '../bench/harness/dream-cases.ts'
import { readVerdicts } from '../bench/suites/judged/judged.ts'
import { type RealChange, realChanges } from '../bench/suites/judged/real-changes.ts'
import { plainWord } from '../src/core/change.ts'
import type { Evidence } from '../src/core/evidence.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const { values } = parseArgs({
  options: {
    data: { type: 'string', default: join(root, '../shared/data') },
    seed: { type: 'string', default: '1' },
  },
})
const QUOTES_MAX = 3

const home = mkdtempSync(join(tmpdir(), 'reverie-real-changes-'))
const cases = await openDreamCases(home)
const changes = await realChanges({
  data: new DataFolder(values.data),
  cases,
  seed: Number(values.seed),
  note: console.error,
})
await cases.reverie.close()
rmSync(home, { recursive: true })
const verdicts = readVerdicts()
console.log([head(), ...changes.map(entry)].join('\n'))

function head(): string {
  const of = (verdict: string): number =>
    changes.filter(({ change }) => verdicts[change.id]?.verdict === verdict).length
  return [
    '# Real changes, judged',
    '',
    `${changes.length} changes, drawn by lot from what dreams over real transcripts propose (a coding agent, an`,
    'airline service agent, two people and their assistant), each over an empty memory, without a model.',
    'A reader who did not write the rules judged each as *useful*, *harmless* or *wrong* for an agent that',
    'reads the memory a month later.',
    '',
    `**${of('useful')} useful, ${of('harmless')} harmless, ${of('wrong')} wrong.**`,
    '',
  ].join('\n')
}

function entry({ source, change }: RealChange, n: number): string {
  const verdict = verdicts[change.id]
  const kept = new Set(change.after.map(({ text }) => text))
  return [
    `## ${n + 1}. ${plainWord(change.kind)} (${source})`,
    '',
    ...change.before.filter(({ text }) => !kept.has(text)).map(({ text }) => `- was: ${text}`),
    ...change.after.map(({ text }) => `- now: ${text}`),
    '',
    ...change.evidence.slice(0, QUOTES_MAX).map(quote),
    '',
    verdict === undefined
      ? `*Not judged yet* (${change.id}).`
      : `*${verdict.verdict}*: ${verdict.why}`,
    '',
  ].join('\n')
}

function quote(item: Evidence): string {
  const who = item.kind === 'event' ? item.speaker : 'note'
  return `> “${item.quote.replace(/\s+/g, ' ')}” (${who}, ${item.at?.slice(0, 10) ?? 'undated'})`
}
