const MONTHS: readonly string[] = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')

/** `March-15-2024` as `2024-03-15`; a text that is no such day is a `RangeError`. */
export function isoDay(anchor: string): string {
  const [, name = '', day = '', year = ''] =
    /^(\w+)[- ](\d{1,2}),?[- ](\d{4})$/.exec(anchor.trim()) ?? []
  const month = MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1
  if (month === 0) throw new RangeError(`"${anchor}" is no day of a chat.`)
  return [year, String(month).padStart(2, '0'), day.padStart(2, '0')].join('-')
}
