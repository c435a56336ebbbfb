import type { PlanReport } from '../core/dream.ts'
import type { DreamOutcome, ImportSummary } from '../reverie.ts'
import { planOf, sessionsRead } from '../wire/extensions/dream-report.ts'
import { byteSize, counted, number, tally } from './amounts.ts'
import { labelled } from './labelled.ts'
import { usageView } from './models/usage-view.ts'
import type { Line } from './styled-line.ts'

export interface ReadingFacts {
  /** The memory as the person named it. */
  readonly memory: string
  /** Transcripts were named, or found where agents keep them. */
  readonly areSessionsNamed: boolean
  readonly outcome: DreamOutcome
  /** Lines of the index file and how many an agent loads; null = the store has no index. */
  readonly index: { readonly lines: number; readonly linesMax: number } | null
}

/** What a dream read and what it did not: said before the plan. */
export function readingView(facts: ReadingFacts, width: number): Line[] {
  const { memory, areSessionsNamed, outcome, index } = facts
  const { report } = planOf(outcome)
  const size = [
    counted(report.memories, 'note'),
    byteSize(report.effect.bytes.before),
    ...(index === null ? [] : [`index ${number(index.lines)} of ${number(index.linesMax)} lines`]),
  ].join(', ')
  return [
    ...labelled('Memory', `${memory}   ${size}`, width),
    ...labelled('Sessions', sessionWords(outcome.imported, report, areSessionsNamed), width),
    ...importView(outcome.imported, width),
    ...usageView(outcome.dream, report, width),
  ]
}

/** What an import read, skipped and took out. */
export function importView(imported: ImportSummary, width: number): Line[] {
  const skipped = tally(imported.skipped)
  if (imported.files === 0 && skipped === '') return []
  const kinds: Record<string, number> = {}
  for (const { kind } of imported.redacted) kinds[kind] = (kinds[kind] ?? 0) + 1
  const secrets = imported.redacted.length
  return [
    ...labelled(
      'Read',
      `${number(imported.read)} of ${counted(imported.lines, 'line')}${skipped === '' ? '' : `; skipped ${skipped}`}`,
      width,
    ),
    ...badLinesView(imported.badLines, width),
    ...(secrets === 0
      ? []
      : labelled(
          'Secrets',
          `${number(secrets)} taken out before anything was stored: ${tally(kinds)}`,
          width,
        )),
  ]
}

const BAD_LINES_SHOWN = 10

/** What is wrong and where: file and line. */
function badLinesView(badLines: ImportSummary['badLines'], width: number): Line[] {
  const more = badLines.length - BAD_LINES_SHOWN
  const places = badLines
    .slice(0, BAD_LINES_SHOWN)
    .map(({ path, line, reason }) => `${path}${line === null ? '' : `:${line}`}: ${reason}`)
  const told = more > 0 ? [...places, `and ${counted(more, 'more place')}`] : places
  return told.flatMap((place, index) => labelled(index === 0 ? 'Bad' : '', place, width))
}

function sessionWords(imported: ImportSummary, report: PlanReport, areNamed: boolean): string {
  const { read, pending } = sessionsRead(report)
  const again = pending === 0 ? '' : ': run it again after apply'
  const told = `${number(read)} read, ${number(pending)} pending${again}`
  if (imported.files === 0) {
    const none = areNamed ? 'no transcript found there' : 'none named'
    return read + pending === 0
      ? `${none}; the memory alone is tidied`
      : `${counted(read + pending, 'stored session')} with something new; ${told}`
  }
  const found = `${number(imported.sessions)} found in ${counted(imported.files, 'file')}`
  return `${found}, ${counted(imported.newEvents, 'new event')}; ${told}`
}
