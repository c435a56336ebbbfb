/**
 * Writes docs/first-dream.md: the first ten changes of dreams over the example and over real
 * transcripts, with their quotes and a reader's judgement (docs/first-dream-judgement.json, by
 * change id). `--data DIR` says where the real transcripts are; a set that is missing is left out.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { type Change, plainWord } from '../src/core/change.ts'
import type { Evidence } from '../src/core/evidence.ts'
import { createReverie, type DreamOutcome } from '../src/reverie.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const { values } = parseArgs({
  options: { data: { type: 'string', default: join(root, '../shared/data') } },
})
const SHOWN_MAX = 10
const QUOTES_MAX = 4

interface Judgement {
  readonly verdict: 'useful' | 'harmless' | 'harmful'
  readonly why: string
}

interface DreamtSet {
  readonly title: string
  readonly about: string
  readonly memory: string | null
  readonly sessions: string
}

const SETS: readonly DreamtSet[] = [
  {
    title: 'The web shop',
    about: 'The example of this repository: 16 topic files, 25 sessions.',
    memory: join(root, 'examples/shop/memory'),
    sessions: join(root, 'examples/shop/sessions'),
  },
  {
    title: 'A coding agent',
    about: 'Real Claude Code transcripts of one Elixir project, over an empty memory.',
    memory: null,
    sessions: join(values.data, 'sessions/claude-code'),
  },
  {
    title: 'An airline service agent',
    about: '112 tau-bench runs (28 tasks, four trials each), over an empty memory.',
    memory: null,
    sessions: join(values.data, 'sessions/tau-airline'),
  },
]

const judgementFile = join(root, 'docs/first-dream-judgement.json')
const judgements = (
  existsSync(judgementFile) ? JSON.parse(readFileSync(judgementFile, 'utf8')) : {}
) as Readonly<Record<string, Judgement>>

const sections: string[] = []
for (const set of SETS) {
  if (!existsSync(set.sessions)) {
    console.error(`Left out: ${set.title}, ${set.sessions} is not there.`)
    continue
  }
  sections.push(section(set, await dreamt(set)))
}
writeFileSync(join(root, 'docs/first-dream.md'), `${[head(), ...sections].join('\n\n')}\n`)

async function dreamt(set: DreamtSet): Promise<DreamOutcome> {
  const home = mkdtempSync(join(tmpdir(), 'reverie-first-dream-'))
  const memory = set.memory ?? mkdtempSync(join(home, 'memory-'))
  const reverie = await createReverie({ home: join(home, 'state') })
  const outcome = await reverie.dream({ memory, sessions: [set.sessions] })
  await reverie.close()
  rmSync(home, { recursive: true })
  return outcome
}

function head(): string {
  return [
    '# First dreams',
    '',
    'What a first dream proposes, without a model: the first ten changes of each set in the order in',
    'which `reverie dream` shows them, with their quotes. A reader who did not write the code judged each',
    'one as *useful*, *harmless* or *harmful* to an agent that reads the memory next. Written by',
    '`node scripts/first-dream.ts`.',
  ].join('\n')
}

function section(set: DreamtSet, { dream, changes, imported }: DreamOutcome): string {
  const shown = changes.slice(0, SHOWN_MAX)
  const verdicts = shown.map(({ id }) => judgements[id]?.verdict ?? 'not judged')
  const count = (verdict: string): number => verdicts.filter((item) => item === verdict).length
  const counts = dream.plan?.counts
  return [
    `## ${set.title}`,
    '',
    `${set.about} ${imported.lines.toLocaleString('en')} lines, ${imported.newEvents.toLocaleString('en')} events.`,
    `Planned: ${counts === undefined ? 'nothing' : tally(counts)}.`,
    `**Of the first ${shown.length}: ${count('useful')} useful, ${count('harmless')} harmless, ${count('harmful')} harmful.**`,
    '',
    ...shown.flatMap((change, n) => entry(change, n + 1)),
  ].join('\n')
}

function tally(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .filter(([kind, count]) => kind !== 'keep' && count > 0)
    .map(([kind, count]) => `${count} ${plainWord(kind as Change['kind'])}`)
    .join(', ')
}

function entry(change: Change, n: number): readonly string[] {
  const judgement = judgements[change.id]
  const kept = new Set(change.after.map(({ path, text }) => `${path} ${text}`))
  return [
    `### ${n}. ${plainWord(change.kind)} in \`${(change.before[0] ?? change.after[0])?.path}\``,
    '',
    '```diff',
    ...change.before
      .filter(({ path, text }) => !kept.has(`${path} ${text}`))
      .map(({ text }) => `- ${text}`),
    ...change.after.map(({ text }) => `${isOld(change, text) ? ' ' : '+'} ${text}`),
    '```',
    '',
    change.reason,
    '',
    ...change.evidence.slice(0, QUOTES_MAX).map(quote),
    ...(change.evidence.length > QUOTES_MAX
      ? [`- and ${change.evidence.length - QUOTES_MAX} more`]
      : []),
    '',
    judgement === undefined
      ? `*Not judged yet* (${change.id}).`
      : `*${judgement.verdict}*: ${judgement.why}`,
    '',
  ]
}

function isOld({ before }: Change, text: string): boolean {
  return before.some((old) => old.text === text)
}

function quote(item: Evidence): string {
  const who = item.kind === 'event' ? item.speaker : 'note'
  const path = item.source.path.startsWith('/') ? place(item.source.path) : item.source.path
  const at = item.at === null ? 'undated' : item.at.slice(0, 10)
  return `- “${item.quote.replace(/\s+/g, ' ')}” (${who}, ${at}, \`${path}:${item.source.line}\`)`
}

/** Inside the set; the machine it was dreamt on is of no interest. */
function place(path: string): string {
  const set = SETS.find(({ sessions }) => path.startsWith(sessions))
  return set === undefined ? path : relative(set.sessions, path)
}
