import { wilsonInterval } from './wilson.ts'

/** One measured figure. Shares are 0..1. */
export interface Row {
  readonly suite: string
  readonly set: string
  /** `recall`, `stale`, `false_merge`, ...: one name means one thing in all suites. */
  readonly metric: string
  /** The kind of item that the figure is of; null = all of the set. */
  readonly class: string | null
  readonly value: number
  /** Items behind the figure. */
  readonly n: number
  /** 95 % Wilson interval of a share; null where the figure is none. */
  readonly low: number | null
  readonly high: number | null
  readonly unit: 'share' | 'ratio' | 'count' | 'ms' | 'mb' | 'tokens'
  /** The same figure of trivial methods on the same items, by name. */
  readonly baselines: Readonly<Record<string, number>>
  /** What is aimed at, such as `>= 0.97`; null = published without a target. */
  readonly target: string | null
}

type Figure = Pick<Row, 'suite' | 'set' | 'metric'> &
  Partial<Pick<Row, 'class' | 'baselines' | 'target'>>

/** A share of `n` items with its interval. `n` 0 gives no row: nothing was measured. */
export function shareRow(figure: Figure, hits: number, n: number): readonly Row[] {
  if (n === 0) return []
  const { low, high } = wilsonInterval(hits, n)
  return [row(figure, hits / n, n, 'share', low, high)]
}

/** Any other figure. */
export function figureRow(figure: Figure, value: number, n: number, unit: Row['unit']): Row {
  return row(figure, value, n, unit, null, null)
}

/** Whether a row reaches its target; null without one. */
export function meetsTarget({ value, target }: Row): boolean | null {
  if (target === null) return null
  const [, sign, bound] = /^(>=|<=)\s*(\S+)$/.exec(target) ?? []
  if (sign === undefined || bound === undefined || Number.isNaN(Number(bound))) {
    throw new Error(`"${target}" is no target: write ">= 0.97" or "<= 0.01".`)
  }
  return sign === '>=' ? value >= Number(bound) : value <= Number(bound)
}

function row(
  figure: Figure,
  value: number,
  n: number,
  unit: Row['unit'],
  low: number | null,
  high: number | null,
): Row {
  const { suite, set, metric, class: kind = null, baselines = {}, target = null } = figure
  return { suite, set, metric, class: kind, value, n, low, high, unit, baselines, target }
}
