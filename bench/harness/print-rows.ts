import { meetsTarget, type Row } from './row.ts'
import type { Suite } from './suite.ts'

const HEAD = ['set', 'class', 'metric', 'value', '95 %', 'n', 'target', 'baselines']

/** The figures of a suite as a table for people, on standard output. */
export function printRows(suite: Suite, rows: readonly Row[], limit: number | null): void {
  const sample = limit === null ? '' : ` (a sample: at most ${limit} items of a set)`
  console.log(`\n${suite.name}: ${suite.about}${sample}\n`)
  const lines = [HEAD, ...rows.map(cellsOf)]
  const widths = HEAD.map((_name, at) => Math.max(...lines.map((cells) => cells[at]?.length ?? 0)))
  for (const cells of lines) {
    const line = cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join('  ')
    console.log(`  ${line.trimEnd()}`)
  }
  console.log('')
}

function cellsOf(row: Row): readonly string[] {
  const { set, class: kind, metric, n, low, high, target, baselines } = row
  return [
    set,
    kind ?? '',
    metric,
    shown(row.value, row.unit),
    low === null || high === null ? '' : `${percent(low)} - ${percent(high)}`,
    String(n),
    target === null ? '' : `${target} ${meetsTarget(row) ? 'met' : 'missed'}`,
    Object.entries(baselines)
      .map(([name, value]) => `${name} ${shown(value, row.unit)}`)
      .join(', '),
  ]
}

function shown(value: number, unit: Row['unit']): string {
  return unit === 'share' ? percent(value) : `${Math.round(value * 100) / 100} ${unit}`
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`
}
