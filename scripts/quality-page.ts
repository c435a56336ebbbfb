import { meetsTarget, type Row } from '../bench/harness/row.ts'

/** A row of the results as the bench appended it. */
export interface ResultRow extends Row {
  readonly commit: string
  /** Absent of runs before days were written down. */
  readonly day?: string
  readonly seed: number
  /** Set where the figures are of another data folder: those are not published. */
  readonly data?: string | null
}

/** What people wrote: reasons by `suite/set/metric`, and what names mean. */
export interface QualityNotes {
  readonly introduction: readonly string[]
  /** Why a target is missed, by `suite/set/metric`. */
  readonly missed: Readonly<Record<string, string>>
  readonly metrics: Readonly<Record<string, string>>
  /** Rows of the decision table, in order: what is met, in plain words. */
  readonly decisions: Readonly<Record<string, string>>
}

/** A suite as the page shows it. */
export interface QualitySuite {
  readonly name: string
  readonly about: string
}

/** docs/quality.md, from nothing but the results and the notes. */
export function qualityPage(
  results: readonly ResultRow[],
  suites: readonly QualitySuite[],
  notes: QualityNotes,
): string {
  const rows = latestRows(results)
  const known = suites.filter(({ name }) => rows.some(({ suite }) => suite === name))
  const sections = [
    ['# How good the judgement is', ...notes.introduction],
    summary(rows),
    decisionTable(rows, notes),
    ...known.map((suite) => suiteSection(suite, rows, notes)),
    metricTable(rows, notes),
  ]
  return `${sections.flat().join('\n\n')}\n`
}

/** Targets that are missed without a reason in the notes, by key. */
export function unexplained(results: readonly ResultRow[], notes: QualityNotes): readonly string[] {
  return latestRows(results)
    .filter((row) => meetsTarget(row) === false && notes.missed[keyOf(row)] === undefined)
    .map(keyOf)
}

/** Of each set the rows of its last run; a figure that is no longer measured goes. */
export function latestRows(all: readonly ResultRow[]): readonly ResultRow[] {
  const results = all.filter(({ data = null }) => data === null)
  const lastRun = new Map(results.map((row) => [`${row.suite}/${row.set}`, runOf(row)]))
  const ofLastRun = results.filter((row) => lastRun.get(`${row.suite}/${row.set}`) === runOf(row))
  return [...new Map(ofLastRun.map((row) => [`${keyOf(row)}/${row.class ?? ''}`, row])).values()]
}

function runOf({ commit, seed }: ResultRow): string {
  return `${commit} ${seed}`
}

function keyOf({ suite, set, metric }: Row): string {
  return `${suite}/${set}/${metric}`
}

function summary(rows: readonly ResultRow[]): readonly string[] {
  const reached = rows.map(meetsTarget)
  const [met, missed] = [true, false].map((is) => reached.filter((one) => one === is).length)
  return [`${rows.length} figures; of those with a target ${met} meet it and ${missed} miss it.`]
}

const DECISIONS = 'decisions'

/** The table that decides, with the rate at which each row is followed. */
function decisionTable(rows: readonly ResultRow[], notes: QualityNotes): readonly string[] {
  const followed = rows.filter(
    (row) => row.suite === DECISIONS && row.metric === 'as_expected' && row.class !== null,
  )
  if (followed.length === 0) return []
  const sets = [...new Set(followed.map(({ set }) => set))]
  const order = Object.keys(notes.decisions)
  const cases = [...new Set(followed.map((row) => row.class ?? ''))].toSorted(
    (a, b) => order.indexOf(situationOf(a)) - order.indexOf(situationOf(b)) || (a < b ? -1 : 1),
  )
  const lines = cases.map((name) => {
    const [situation, result = ''] = name.split(': ')
    const cells = sets.map((set) => {
      const row = followed.find((one) => one.set === set && one.class === name)
      return row === undefined ? '' : `${shownValue(row)} (${shownInterval(row)}; n ${row.n})`
    })
    return [notes.decisions[situation ?? ''] ?? situation ?? '', result, ...cells]
  })
  return [
    '## The decision table',
    'A note and a later statement, or two statements, differ. What the dream is to do, and how often it did so.',
    table(['situation', 'result', ...sets], lines),
  ]
}

function situationOf(name: string): string {
  return name.split(': ')[0] ?? ''
}

function suiteSection(
  { name, about }: QualitySuite,
  rows: readonly ResultRow[],
  notes: QualityNotes,
): readonly string[] {
  const own = rows.filter(({ suite }) => suite === name)
  const missed = own.filter((row) => meetsTarget(row) === false)
  const head = [
    'set',
    'class',
    'metric',
    'value',
    '95 %',
    'n',
    'target',
    'trivial methods',
    'commit',
  ]
  const reasons = missed.map(
    (row) =>
      `- \`${row.set}\` \`${row.metric}\`: ${notes.missed[keyOf(row)] ?? 'not looked into yet.'}`,
  )
  return [
    `## ${name}`,
    `${about.charAt(0).toUpperCase()}${about.slice(1)}`,
    table(head, own.map(cellsOf)),
    ...(reasons.length === 0 ? [] : [`Missed:\n\n${reasons.join('\n')}`]),
  ]
}

function cellsOf(row: ResultRow): readonly string[] {
  const reached = meetsTarget(row)
  const mark = reached === null ? '' : reached ? ', met' : ', **missed**'
  return [
    row.set,
    row.class ?? '',
    row.metric,
    shownValue(row),
    shownInterval(row),
    String(row.n),
    row.target === null ? '' : `${shownTarget(row)}${mark}`,
    Object.entries(row.baselines)
      .map(([name, value]) => `${name.replaceAll('_', ' ')} ${shown(value, row.unit)}`)
      .join(', '),
    row.commit,
  ]
}

function metricTable(rows: readonly ResultRow[], { metrics }: QualityNotes): readonly string[] {
  const used = new Set(rows.map(({ metric }) => metric))
  const lines = Object.entries(metrics).filter(([metric]) => used.has(metric))
  return lines.length === 0 ? [] : ['## What the metrics mean', table(['metric', 'is'], lines)]
}

/** A table of markdown. */
export function table(head: readonly string[], lines: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(head), `|${head.map(() => '---|').join('')}`, ...lines.map(line)].join('\n')
}

function shownValue({ value, unit }: Row): string {
  return shown(value, unit)
}

function shownInterval({ low, high, unit }: Row): string {
  return low === null || high === null ? '' : `${shown(low, unit)} to ${shown(high, unit)}`
}

/** ">= 0.97" of a share as ">= 97 %". */
function shownTarget({ target, unit }: Row): string {
  const [sign = '', bound = ''] = (target ?? '').split(' ')
  return unit === 'share' ? `${sign} ${rounded(Number(bound) * 100, 1)} %` : `${sign} ${bound}`
}

function shown(value: number, unit: Row['unit']): string {
  if (unit === 'share') return `${(value * 100).toFixed(1)} %`
  return `${rounded(value, 3)}${unit === 'ratio' || unit === 'count' ? '' : ` ${unit}`}`
}

function rounded(value: number, digits: number): number {
  return Math.round(value * 10 ** digits) / 10 ** digits
}
