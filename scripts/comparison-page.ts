import { CHANGE_KINDS, type Change, isEffective, plainWord } from '../src/core/change.ts'
import type { PlanUsage } from '../src/core/dream.ts'
import type { CassetteManifest } from '../src/models/cassette-file.ts'
import type { DreamOutcome } from '../src/reverie.ts'

/** The part of examples/shop/expected.json that a comparison counts. */
export interface ShopExpected {
  readonly merge: readonly { readonly a: string; readonly b: string; readonly kind: string }[]
  readonly supersede: readonly { readonly old: string; readonly now: string }[]
  readonly conflict: readonly { readonly a: string; readonly b: string }[]
  readonly add: readonly { readonly quote: string }[]
  readonly lesson: readonly { readonly fix: string }[]
  readonly must_not_merge: readonly (readonly [string, string])[]
  readonly must_not_appear: readonly string[]
}

export interface ComparisonInput {
  readonly embedded: DreamOutcome
  readonly withModel: DreamOutcome
  readonly expected: ShopExpected
  /** Of the recorded answers; null = they came from a model at once. */
  readonly answers: CassetteManifest | null
}

/** docs/with-a-model.md: both modes side by side. */
export function comparisonPage(input: ComparisonInput): string {
  const { embedded, withModel, expected, answers } = input
  const sections = [
    '# With a model',
    'The example of this repository (`examples/shop`: 16 topic files, 25 sessions) dreamt twice: by rules alone ("embedded mode"), and with a language model that proposes and code that checks. Written by `node scripts/compare-shop.ts`.',
    origin(withModel, answers),
    '## Counts',
    table(['', 'by rules alone', 'with a model'], countRows(embedded, withModel, expected)),
    'Neither plan breaks an invariant: a dream that does ends without a plan. "Found" counts the entries of `examples/shop/expected.json`, which was written before any model answered.',
    '## Tokens and money',
    usageTable(planOf(withModel).report.usage),
    '## Changes that only the dream with a model makes',
    ...list(only(withModel, embedded)),
    '## Changes that only rules alone make',
    ...list(only(embedded, withModel)),
    '## Changes of both',
    ...list(effective(withModel).filter((line) => effective(embedded).includes(line))),
  ]
  return `${sections.join('\n\n')}\n`
}

function origin(outcome: DreamOutcome, answers: CassetteManifest | null): string {
  const models = planOf(outcome).report.usage.models.join(', ')
  if (answers === null) return `The answers came from ${models}.`
  const who = answers.model_family ?? 'nobody that the recording names'
  const how = {
    'file relay': 'by file relay',
    provider: 'from a provider',
    script: 'from a script',
  }
  return `The answers were recorded ${how[answers.made]} (model family: ${who}, ${answers.recorded_at.slice(0, 10)}) and are replayed here.`
}

function countRows(
  embedded: DreamOutcome,
  withModel: DreamOutcome,
  expected: ShopExpected,
): readonly (readonly string[])[] {
  const both = [embedded, withModel]
  const row = (name: string, count: (outcome: DreamOutcome) => string | number): string[] => [
    name,
    ...both.map((outcome) => String(count(outcome))),
  ]
  const found = (name: string, of: readonly unknown[], hits: (outcome: DreamOutcome) => number) =>
    row(name, (outcome) => `${hits(outcome)} of ${of.length}`)
  return [
    ...CHANGE_KINDS.filter((kind) => kind !== 'keep').map((kind) =>
      row(plainWord(kind), (outcome) => changesOf(outcome, kind).length),
    ),
    row('held for a person', ({ changes }) => changes.filter((one) => !isEffective(one)).length),
    found(
      'true merges found',
      expected.merge,
      (outcome) => expected.merge.filter(({ a, b }) => isTogether(outcome, 'merge', a, b)).length,
    ),
    found(
      'true replacements found',
      expected.supersede,
      (outcome) => expected.supersede.filter((one) => isReplaced(outcome, one)).length,
    ),
    found(
      'true conflicts found',
      expected.conflict,
      (outcome) =>
        expected.conflict.filter(({ a, b }) => isTogether(outcome, 'conflict', a, b)).length,
    ),
    found(
      'new statements found',
      expected.add,
      (outcome) => expected.add.filter(({ quote }) => isAdded(outcome, quote)).length,
    ),
    found(
      'lessons found',
      expected.lesson,
      (outcome) =>
        expected.lesson.filter(({ fix }) => holds(changesOf(outcome, 'insight'), keyOfFix(fix)))
          .length,
    ),
    found(
      'wrong merges',
      expected.must_not_merge,
      (outcome) =>
        expected.must_not_merge.filter(([a, b]) => isTogether(outcome, 'merge', a, b)).length,
    ),
    found(
      'texts that must not appear',
      expected.must_not_appear,
      (outcome) =>
        expected.must_not_appear.filter((words) =>
          holds(outcome.changes.filter(isEffective), words),
        ).length,
    ),
  ]
}

/** The first command of a fix is what a lesson has to name. */
function keyOfFix(fix: string): string {
  return fix.split(/ && |, /)[0] ?? fix
}

function isTogether(outcome: DreamOutcome, kind: string, a: string, b: string): boolean {
  return changesOf(outcome, kind).some(({ before, after }) => {
    // A side that is a statement of a session stands in no note before.
    const sides = kind === 'conflict' ? [...before, ...after] : before
    return hasText(sides, wordsAt(a)) && hasText(sides, wordsAt(b))
  })
}

/** Whether a new text cites the words, or a part of them. */
function isAdded(outcome: DreamOutcome, words: string): boolean {
  return changesOf(outcome, 'add').some(({ evidence }) =>
    evidence.some(({ quote }) => quote.includes(words) || words.includes(quote)),
  )
}

function isReplaced(outcome: DreamOutcome, { old, now }: { old: string; now: string }): boolean {
  return changesOf(outcome, 'supersede').some(
    (change) => hasText(change.before, wordsAt(old)) && holds([change], now),
  )
}

function changesOf({ changes }: DreamOutcome, kind: string): readonly Change[] {
  return changes.filter((change) => change.kind === kind && isEffective(change))
}

/** Whether a change brings the words: they stand in its new texts and did not in its old ones. */
function holds(changes: readonly Change[], words: string): boolean {
  return changes.some(({ before, after }) => hasText(after, words) && !hasText(before, words))
}

/** As whole words: "15 minutes" does not say "5 minutes". */
function hasText(placed: Change['before'], words: string): boolean {
  const wanted = words.toLowerCase()
  return placed.some(({ text }) => {
    const at = text.toLowerCase().indexOf(wanted)
    return at >= 0 && !/[\p{L}\p{N}]/u.test(text[at - 1] ?? ' ')
  })
}

/** The part after ` :: `: exact words of a file. */
function wordsAt(place: string): string {
  return place.slice(place.indexOf(' :: ') + 4)
}

function only(one: DreamOutcome, other: DreamOutcome): readonly string[] {
  const known = new Set(effective(other))
  return effective(one).filter((line) => !known.has(line))
}

function effective({ changes }: DreamOutcome): readonly string[] {
  return changes.filter(isEffective).map(lineOf).sort()
}

function lineOf({ kind, before, after }: Change): string {
  const texts = (placed: Change['before']): string =>
    placed.map(({ text }) => withoutLinks(text).replace(/\s+/g, ' ').trim()).join(' / ')
  const parts = [texts(before), texts(after)].filter((text) => text !== '')
  return `**${plainWord(kind)}**: ${parts.map((text) => `“${text}”`).join(' → ')}`
}

/** Links of a memory lead nowhere on this page. */
function withoutLinks(text: string): string {
  return text.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
}

function list(lines: readonly string[]): readonly string[] {
  return [lines.length === 0 ? 'None.' : lines.map((line) => `- ${line}`).join('\n')]
}

function usageTable(usage: PlanUsage): string {
  const money = (usd: number | null): string => (usd === null ? 'not known' : usd.toFixed(4))
  const rows = usage.stages.map((stage) => [
    stage.stage,
    stage.model,
    ...[stage.calls, stage.replayed, stage.inputTokens, stage.cachedInputTokens].map(String),
    String(stage.outputTokens),
    money(stage.usd),
  ])
  const sums = [usage.inputTokens, usage.cachedInputTokens, usage.outputTokens].map(String)
  return table(
    ['asked', 'model', 'calls', 'replayed', 'input', 'of it cached', 'output', 'USD'],
    [...rows, ['all', '', '', '', ...sums, money(usage.usd)]],
  )
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

function planOf({ dream }: DreamOutcome): NonNullable<DreamOutcome['dream']['plan']> {
  if (dream.plan === null) throw new Error('The dream has no plan.')
  return dream.plan
}
