const NUMBER = new Intl.NumberFormat('en-US')

/** `1,204` */
export function number(value: number): string {
  return NUMBER.format(value)
}

/** `1 note`, `41 notes`; the plural is given where it is not an added "s". */
export function counted(count: number, singular: string, plural = `${singular}s`): string {
  return `${number(count)} ${count === 1 ? singular : plural}`
}

/** `512 B`, `23.1 kB`, `1.4 MB`: decimal, one digit. */
export function byteSize(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  const [value, unit] =
    bytes < 1e6 ? [bytes / 1e3, 'kB'] : bytes < 1e9 ? [bytes / 1e6, 'MB'] : [bytes / 1e9, 'GB']
  return `${value.toFixed(1)} ${unit}`
}

/** US dollars: `$0`, `under $0.01`, `$1.20`. */
export function money(usd: number): string {
  if (usd === 0) return '$0'
  return usd < 0.01 ? 'under $0.01' : `$${MONEY.format(usd)}`
}

const MONEY = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })

/** `0.4 s`, `12 s`, `3 min 5 s` */
export function duration(ms: number): string {
  const seconds = ms / 1000
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`
  const whole = Math.round(seconds)
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`
}

/** An ISO time as `2026-11-02 14:03`, UTC; an undated one says so. */
export function timestamp(iso: string | null): string {
  if (iso === null) return 'undated'
  const found = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}))?/.exec(iso)
  if (found === null) return iso
  return found[2] === undefined ? (found[1] ?? iso) : `${found[1]} ${found[2]}`
}

/** `300 torn lines, 12 empty`: the largest first. */
export function tally(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1))
    .map(([what, count]) => `${number(count)} ${what}`)
    .join(', ')
}
