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
  /** `2011`, `March 2011`, `March 4, 2011` or ISO 8601. */
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

/** The values from the first day of each on, with dates that sort. */
export function datedLinks(item: ChainItem): readonly (ChainLink & { readonly from: string })[] {
  return item.chain
    .map((link) => ({ ...link, from: isoDate(link.valid_from) }))
    .toSorted((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))
}

const MONTHS =
  'january february march april may june july august september october november december'
    .split(' ')
    .map((name) => name.slice(0, 3))

/** As precise as the text: `2011`, `2011-03` or `2011-03-04`. Throws a `RangeError` otherwise. */
export function isoDate(text: string): string {
  if (/^\d{4}(?:-\d{2}){0,2}$/.test(text)) return text
  const [, name = '', day, year = ''] = /^(\w+)\.?\s+(?:(\d{1,2}),?\s+)?(\d{4})$/.exec(text) ?? []
  const month = MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1
  if (month === 0) throw new RangeError(`"${text}" is no date of a chain.`)
  const parts = [year, String(month), ...(day === undefined ? [] : [day])]
  return parts.map((part) => part.padStart(2, '0')).join('-')
}
