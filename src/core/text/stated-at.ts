const DATE = String.raw`\d{4}-\d{2}-\d{2}`
const TIME = String.raw`(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?`
const STAMP = `(${DATE}${TIME})`
const SAYS_WHEN = '(?:as of|updated|last updated|modified|noted|stated|confirmed|checked|added)'

/** The places where a date says when the text was written, not what the text is about. */
const STATED: readonly RegExp[] = [
  new RegExp(String.raw`[([](?:${SAYS_WHEN}:? )?${STAMP}[)\]]`, 'giu'),
  new RegExp(String.raw`\bas of ${STAMP}`, 'giu'),
  new RegExp(String.raw`^(?:\*\*|__|\x60)?${STAMP}(?:\*\*|__|\x60)?:`, 'gu'),
]

const WHOLE_STAMP = new RegExp(`^${STAMP}$`, 'u')
const KEYS = ['modified', 'updated', 'date', 'created'] as const

/**
 * When a unit was stated, ISO 8601 UTC: the latest date its text gives as its own ("as of ...",
 * "(...)", "...:"), else the first of the front matter keys modified, updated, date, created;
 * null = undated. A stamp without a zone is read as UTC.
 */
export function statedAtOf(
  text: string,
  frontMatter: Readonly<Record<string, unknown>> | null,
): string | null {
  const inText = STATED.flatMap((pattern) => [...text.matchAll(pattern)])
    .map((match) => asUtc(match[1] ?? ''))
    .filter((at) => at !== null)
  const latest = inText.sort().at(-1)
  return latest ?? firstDated(frontMatter ?? {})
}

function firstDated(frontMatter: Readonly<Record<string, unknown>>): string | null {
  for (const key of KEYS) {
    const value = frontMatter[key]
    const at = typeof value === 'string' ? asUtc(value.trim()) : null
    if (at !== null) return at
  }
  return null
}

function asUtc(stamp: string): string | null {
  if (!WHOLE_STAMP.test(stamp)) return null
  const [, date = '', time = '00:00', zone = 'Z'] =
    /^([\d-]{10})(?:[T ]([\d:.]+?))?(Z|[+-]\d{2}:?\d{2})?$/u.exec(stamp) ?? []
  const zoned = zone.replace(/^([+-]\d{2})(\d{2})$/u, '$1:$2')
  const day = new Date(`${date}T00:00:00Z`)
  // Date rolls 02-30 over to March; such a date was never stated.
  if (Number.isNaN(day.getTime()) || !day.toISOString().startsWith(date)) return null
  const at = new Date(`${date}T${time}${zoned}`)
  return Number.isNaN(at.getTime()) ? null : at.toISOString()
}
