import { isoOfWritten } from '../../harness/written-day.ts'

/** The values that a thing had one after the other. */
export interface ChainItem {
  readonly id: string
  readonly question: string
  /** Oldest first; the first answer is the one that is told. */
  readonly chain: readonly ChainLink[]
  /** False: the dates do not say which value is the latest. */
  readonly order_certain: boolean
}

export interface ChainLink {
  /** `2011`, `March 4, 2016`: see `isoOfWritten`. */
  readonly valid_from: string
  readonly answers: readonly string[]
}

/** A value as somebody tells it. */
export function statementOf({ question }: ChainItem, { valid_from, answers }: ChainLink): string {
  return `As of ${valid_from}: ${question}: ${answers[0] ?? ''}`
}

/** Whether a text is the statement of a value, whatever was put around or into it. */
export function tells(text: string, { valid_from, answers }: ChainLink): boolean {
  return text.includes(valid_from) && text.includes(answers[0] ?? '')
}

/** A value with the date from which it holds, as ISO 8601 and as precise as it was told. */
export interface DatedLink extends ChainLink {
  readonly from: string
}

/** The values by date; null = a date that nobody can read. */
export function datedLinks({ chain }: ChainItem): readonly DatedLink[] | null {
  const links = chain.flatMap((link): readonly DatedLink[] => {
    const from = isoOfWritten(link.valid_from)
    return from === null ? [] : [{ ...link, from }]
  })
  if (links.length < chain.length) return null
  return links.toSorted((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))
}
