import { type Change, type ChangeKind, heldCounts, isReleased, plainWord } from '../core/change.ts'
import type { BeforeAfter, DreamWithChanges, PlanReport, PlanStatus } from '../core/dream.ts'
import { othersWords } from '../core/ledger.ts'
import { planOf } from '../wire/extensions/dream-report.ts'
import { byteSize, counted, number } from './amounts.ts'
import { changeView, heldWords, KIND_TONE } from './change-view.ts'
import { BLANK, blanks, type Line, line, type Span, span, wrap } from './styled-line.ts'

export interface PlanViewOptions {
  readonly width: number
  /** Changes shown, held ones apart; the rest is counted. */
  readonly limit: number
}

/** A plan as a person reads it: the sum, every change with its words, held ones apart, the effect. */
export function planView(outcome: DreamWithChanges, options: PlanViewOptions): Line[] {
  const { width, limit } = options
  const plan = planOf(outcome)
  const open = outcome.changes.filter((change) => change.status !== 'held')
  const held = outcome.changes.filter((change) => change.status === 'held')
  const ordered = [...open, ...held]
  const placeColumns = number(ordered.length).length
  const viewOf = (change: Change): Line[] => [
    BLANK,
    ...changeView(change, {
      width,
      place: ordered.indexOf(change) + 1,
      placeColumns,
      isFull: false,
    }),
  ]
  const { id } = outcome.dream
  return [
    ...planHeading(outcome, width),
    ...open.slice(0, limit).flatMap(viewOf),
    ...restView(open.slice(limit), id),
    ...(held.length === 0 ? [] : [BLANK, ...heldHeading(held, width)]),
    ...held.slice(0, limit).flatMap(viewOf),
    ...restView(held.slice(limit), id),
    BLANK,
    ...effectView(plan.report, width),
    ...hypothesesView(plan.report, width),
    ...othersView(plan.report, width),
  ]
}

/** Sums read best in the order of what people check first. */
const COUNTED: readonly Change['kind'][] = [
  'merge',
  'supersede',
  'add',
  'insight',
  'conflict',
  'annotate',
  'redact',
  'remove',
]

const STATUS_WORDS: Readonly<Record<PlanStatus, string>> = {
  none: 'no plan yet',
  waiting: 'nothing has been written',
  empty: 'nothing to change',
  applied: 'applied',
  discarded: 'discarded; nothing has been written',
  reverted: 'applied, then reverted',
}

function planHeading({ dream, changes }: DreamWithChanges, width: number): Line[] {
  const before = line('  ', span('Plan', 'strong'), ' ', span(dream.id, 'strong'), '   ')
  const sums = countChanges(changes)
  const body = [
    ...sums.flatMap((sum) => [sum, blanks(3)]),
    span(STATUS_WORDS[dream.planStatus], 'quiet'),
  ]
  const [oneLine, ...more] = wrap(body, { width, before })
  if (oneLine !== undefined && more.length === 0) return [oneLine]
  return [[...before, span(STATUS_WORDS[dream.planStatus], 'quiet')], ...sumLines(sums, width)]
}

/** Sums side by side; none is torn apart at a line's end. */
export function sumLines(sums: readonly Span[], width: number): Line[] {
  const lines: Span[][] = []
  let used = Number.POSITIVE_INFINITY
  for (const sum of sums) {
    if (used + sum.text.length + 3 > width) {
      lines.push([blanks(2)])
      used = 2
    } else {
      lines.at(-1)?.push(blanks(3))
      used += 3
    }
    lines.at(-1)?.push(sum)
    used += sum.text.length
  }
  return lines
}

/** `4 merged`, `3 replaced`, …: without the zeros. */
export function countKinds(changes: readonly Change[]): readonly Span[] {
  const count = (kind: ChangeKind): number => changes.filter((it) => it.kind === kind).length
  return COUNTED.filter((kind) => count(kind) > 0).map((kind) =>
    span(`${number(count(kind))} ${plainWord(kind)}`, KIND_TONE[kind]),
  )
}

/** The kinds of what is let in, then `2 held` and `1 rejected`. */
function countChanges(changes: readonly Change[]): readonly Span[] {
  const ofStatus = (status: Change['status']): number =>
    changes.filter((change) => change.status === status).length
  const held = ofStatus('held')
  const released = changes.filter(isReleased).length
  const rejected = ofStatus('rejected')
  return [
    ...countKinds(changes.filter(({ status }) => status !== 'held' && status !== 'rejected')),
    ...(held > 0 ? [span(`${number(held)} held`, 'warning')] : []),
    ...(released > 0 ? [span(`${number(released)} released`, 'warning')] : []),
    ...(rejected > 0 ? [span(`${number(rejected)} rejected`, 'quiet')] : []),
  ]
}

function restView(rest: readonly Change[], dreamId: string): Line[] {
  if (rest.length === 0) return []
  return [
    BLANK,
    line(`  and ${number(rest.length)} more: `, span(`reverie show ${dreamId}`, 'strong')),
  ]
}

function heldHeading(held: readonly Change[], width: number): Line[] {
  const words = ` ${counted(held.length, 'change')} that only a person can let in: reverie review --held`
  const reasons = heldCounts(held)
  const before: Line = [blanks(2)]
  return [
    ...wrap([span('Held', 'warning'), span(words)], { width, before }),
    ...(reasons.length < 2 ? [] : reasonLines(reasons, width)),
  ]
}

/** One line for each reason; of one alone each change tells it. */
function reasonLines(reasons: ReturnType<typeof heldCounts>, width: number): Line[] {
  return reasons.flatMap(([reason, count]) =>
    wrap([span(`${number(count)}: ${heldWords(reason)}`, 'quiet')], {
      width,
      before: [blanks(4)],
    }),
  )
}

/** The figures before and after, all measured. */
export function effectView({ effect }: PlanReport, width: number): Line[] {
  const figures = [
    pair(effect.units, number, 'units'),
    pair(effect.bytes, byteSize, ''),
    pair(effect.tokensLoadedAtStart, number, 'tokens loaded at start'),
    effect.probes.n === 0
      ? 'no probes'
      : `${counted(effect.probes.n, 'probe')}, ${number(effect.probes.broken)} broken`,
    ...modelProbes(effect),
  ]
  return wrap([span(figures.join(' · '))], {
    width,
    before: line('  ', span('Effect', 'strong'), '   '),
  })
}

/** What may tell sessions that fail from others and is only counted so far. */
function hypothesesView({ hypotheses = 0 }: PlanReport, width: number): Line[] {
  if (hypotheses === 0) return []
  const words = `${number(hypotheses)} ${hypotheses === 1 ? 'hypothesis' : 'hypotheses'} about sessions that fail not proven yet`
  return wrap([span(words, 'quiet')], { width, before: [blanks(2)] })
}

/** What sessions other than the store's own gave. */
function othersView({ others }: PlanReport, width: number): Line[] {
  if (others === undefined) return []
  return wrap([span(othersWords(others), 'quiet')], { width, before: [blanks(2)] })
}

/** Probes that a model made and answered. */
function modelProbes({ modelProbes }: PlanReport['effect']): readonly string[] {
  if (modelProbes === null) return []
  const { n, broken, unanswered } = modelProbes
  if (n === 0) return ['no probes by the model']
  const open = unanswered === 0 ? '' : `, ${number(unanswered)} unanswered`
  return [`${counted(n, 'probe')} by the model, ${number(broken)} broken${open}`]
}

function pair({ before, after }: BeforeAfter, words: (n: number) => string, unit: string): string {
  const figure = before === after ? words(before) : `${words(before)} → ${words(after)}`
  return unit === '' ? figure : `${figure} ${unit}`
}
