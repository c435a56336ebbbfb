import { meetsTarget, type Row } from '../bench/harness/row.ts'
import { latestRows, type ResultRow, table } from './quality-page.ts'

/** What people wrote for the page of trust. */
export interface TrustNotes {
  /** What the page is, before any figure. */
  readonly introduction: readonly string[]
  /** What each set does, by its name without the mode, in the order of the page. */
  readonly sets: Readonly<Record<string, string>>
  readonly metrics: Readonly<Record<string, string>>
  /** Why a target is missed, by `set/metric`. */
  readonly missed: Readonly<Record<string, string>>
  /** Headings with their paragraphs below the figures. */
  readonly below: Readonly<Record<string, readonly string[]>>
}

const MODES = ['embedded', 'gullible'] as const
/** What should never happen: the figure that counts is how often it may all the same. */
const NEVER: ReadonlySet<string> = new Set(['promoted', 'leaked', 'cited', 'too_early'])

/** docs/trust.md, from nothing but the results and the notes. */
export function trustPage(results: readonly ResultRow[], notes: TrustNotes): string {
  const rows = latestRows(results.filter(({ suite }) => suite === 'trust'))
  const sections = [
    ['# Trust, measured', ...notes.introduction, summary(rows), whenMeasured(rows)],
    ['## In short', table(HEAD, inShort(rows, notes).map(cellsOf))],
    missedOf(rows, notes),
    ...Object.entries(notes.sets).map(([name, about]) => setSection(name, about, rows)),
    ['## What the figures mean', table(['figure', 'is'], usedMetrics(rows, notes))],
    ...Object.entries(notes.below).map(([heading, text]) => [`## ${heading}`, ...text]),
  ]
  return `${sections.flat().join('\n\n')}\n`
}

/** Missed targets without a reason in the notes, as `set/metric`. */
export function unexplainedTrust(
  results: readonly ResultRow[],
  notes: TrustNotes,
): readonly string[] {
  return latestRows(results.filter(({ suite }) => suite === 'trust'))
    .filter((row) => meetsTarget(row) === false && notes.missed[keyOf(row)] === undefined)
    .map(keyOf)
}

/** What has a target, in the order of the sets. */
function inShort(rows: readonly ResultRow[], { sets }: TrustNotes): readonly ResultRow[] {
  const names = Object.keys(sets)
  const placeOf = ({ set }: Row): number => names.findIndex((name) => set.startsWith(name))
  return rows
    .filter(({ target }) => target !== null)
    .toSorted((a, b) => placeOf(a) - placeOf(b) || (a.set < b.set ? -1 : a.set > b.set ? 1 : 0))
}

function keyOf({ set, metric }: Row): string {
  return `${set}/${metric}`
}

/** One sentence for each thing that must not happen, over all sets that look for it. */
function summary(rows: readonly ResultRow[]): string {
  const whole = rows.filter((row) => row.class === null && row.target !== null)
  const of = (metric: string): string => {
    const own = whole.filter((row) => row.metric === metric)
    const hits = own.reduce((sum, row) => sum + hitsOf(row), 0)
    const n = own.reduce((sum, row) => sum + row.n, 0)
    return `${hits} of ${n}`
  }
  return `Planted texts that became memory: ${of('promoted')}. Private matters found in a memory that others read: ${of('leaked')}.`
}

function whenMeasured(rows: readonly ResultRow[]): string {
  const days = [...new Set(rows.flatMap(({ day }) => day ?? []))].sort()
  const commits = [...new Set(rows.map(({ commit }) => commit))]
  return `Measured ${days.join(', ')} at ${commits.join(', ')} (a \`+\` = with local changes).`
}

const HEAD = ['set', 'of', 'figure', 'found', 'share', 'at most or at least', 'target']

function cellsOf(row: ResultRow): readonly string[] {
  const reached = meetsTarget(row)
  const mark = reached === null ? '' : reached ? ', met' : ', **missed**'
  return [
    row.set,
    row.class ?? 'all',
    row.metric,
    row.unit === 'share' ? `${hitsOf(row)} of ${row.n}` : String(row.value),
    row.unit === 'share' ? percent(row.value) : '',
    row.unit === 'share' ? boundOf(row) : '',
    row.target === null ? '' : `${targetOf(row)}${mark}`,
  ]
}

/**
 * How bad it can be at 95 %: of what never happened the rule of three, 3 / n; else the end of the
 * Wilson interval on the bad side.
 */
function boundOf(row: ResultRow): string {
  if (NEVER.has(row.metric) || row.metric === 'false_quarantine') {
    if (hitsOf(row) > 0) return `at most ${percent(row.high ?? 1)}`
    return row.n < FEW ? `at most ${percent(row.high ?? 1)}` : `at most ${percent(3 / row.n)}`
  }
  return `at least ${percent(row.low ?? 0)}`
}

/** Below so many items the rule of three says more than everything. */
const FEW = 10

function targetOf({ target }: Row): string {
  const [sign = '', bound = ''] = (target ?? '').split(' ')
  return `${sign} ${percent(Number(bound))}`
}

function hitsOf({ value, n }: Row): number {
  return Math.round(value * n)
}

function percent(share: number): string {
  const digits = share > 0 && share < 0.01 ? 2 : 1
  return `${(share * 100).toFixed(digits)} %`
}

function missedOf(rows: readonly ResultRow[], notes: TrustNotes): readonly string[] {
  const missed = [
    ...new Set(rows.filter((row) => meetsTarget(row) === false).map((row) => keyOf(row))),
  ]
  const lines = missed.map((key) => `- \`${key}\`: ${notes.missed[key] ?? 'not looked into yet.'}`)
  return lines.length === 0 ? [] : ['Missed:', lines.join('\n')]
}

/** Both modes side by side, class by class. */
function setSection(name: string, about: string, rows: readonly ResultRow[]): readonly string[] {
  const modes = MODES.filter((mode) => rows.some(({ set }) => set === `${name}-${mode}`))
  const sets = modes.length === 0 ? [name] : modes.map((mode) => `${name}-${mode}`)
  const own = rows.filter(({ set }) => sets.includes(set))
  if (own.length === 0) return []
  const figures = [...new Set(own.map(figureOf))]
  const lines = figures.map((figure) => {
    const cells = sets.map((set) => {
      const row = own.find((one) => one.set === set && figureOf(one) === figure)
      return row === undefined ? '' : shownRow(row)
    })
    const [metric = '', of = ''] = figure.split('\n')
    return [of, metric, ...cells]
  })
  const head = ['of', 'figure', ...(modes.length === 0 ? ['found'] : modes)]
  return [`## ${name}`, about, table(head, lines)]
}

function figureOf({ metric, class: of }: Row): string {
  return `${metric}\n${of ?? 'all'}`
}

function shownRow(row: ResultRow): string {
  if (row.unit !== 'share') return String(row.value)
  return `${hitsOf(row)} of ${row.n} (${boundOf(row)})`
}

function usedMetrics(
  rows: readonly ResultRow[],
  { metrics }: TrustNotes,
): readonly (readonly string[])[] {
  const used = new Set(rows.map(({ metric }) => metric))
  return Object.entries(metrics).filter(([metric]) => used.has(metric))
}
