/** Words between white space. */
export const wordCount = (text: string): number =>
  text.split(/\s+/).filter((word) => word !== '').length

/** Every number of a text, without the marks inside it, so that 5,000 and 5000 are one. */
export function numbersIn(text: string): ReadonlySet<string> {
  return new Set((text.match(/\d(?:[.,:]?\d)*/g) ?? []).map((found) => found.replace(/[.,:]/g, '')))
}
