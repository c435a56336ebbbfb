import { meetsTarget, type Row } from './row.ts'
import type { Suite } from './suite.ts'

/** The figures of a suite as a table for people, on standard output. */
export function printRows(suite: Suite, rows: readonly Row[]): void {
  console.log(`\n${suite.name}: ${suite.about}`)
  const table = rows.map((row) => ({
    set: row.set,
    class: row.class ?? '',
    metric: row.metric,
    value: shown(row),
    '95 %':
      row.low === null || row.high === null ? '' : `${percent(row.low)} - ${percent(row.high)}`,
    n: row.n,
    baselines: Object.entries(row.baselines)
      .map(([name, value]) => `${name} ${row.unit === 'share' ? percent(value) : value}`)
      .join(', '),
    target: row.target === null ? '' : `${row.target} ${meetsTarget(row) ? 'met' : 'missed'}`,
  }))
  console.table(table)
}

function shown({ value, unit }: Row): string {
  return unit === 'share' ? percent(value) : `${Math.round(value * 100) / 100} ${unit}`
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`
}
