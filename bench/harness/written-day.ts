const MONTHS: readonly string[] = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')

const FORMS: readonly RegExp[] = [
  /^(?<year>\d{4})(?:-(?<number>\d{2})(?:-(?<day>\d{2}))?)?$/,
  /^(?<name>[A-Za-z]+)\.?[- ](?:(?<day>\d{1,2})(?:st|nd|rd|th)?,?[- ])?(?<year>\d{4})$/,
  /^(?<day>\d{1,2})(?:st|nd|rd|th)?[- ](?<name>[A-Za-z]+)\.?,?[- ](?<year>\d{4})$/,
]

/**
 * A date as people write it (`2011`, `March 2011`, `March 4, 2011`, `March-4-2011`, `4 March 2011`,
 * ISO 8601), as `2011`, `2011-03` or `2011-03-04`; null = none of these.
 */
export function isoOfWritten(text: string): string | null {
  const parts = FORMS.map((form) => form.exec(text.trim())?.groups).find((groups) => groups)
  if (parts === undefined) return null
  const { year = '', number, name, day } = parts
  const month = name === undefined ? number : monthOf(name)
  if (month === null) return null
  return [year, month, day?.padStart(2, '0')].filter((part) => part !== undefined).join('-')
}

function monthOf(name: string): string | null {
  const place = MONTHS.indexOf(name.slice(0, 3).toLowerCase())
  return place < 0 ? null : String(place + 1).padStart(2, '0')
}
