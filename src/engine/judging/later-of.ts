import type { Entry } from '../entry.ts'
import { writtenDate } from '../language/dates.ts'
import { datedValue } from '../language/statement/dated-value.ts'
import { isImported } from './judged-entry.ts'

/** Which one was said later; null = nobody knows. A note is older than any dated statement. */
export function laterOf(a: Entry, b: Entry): 'a' | 'b' | null {
  const [one, two] = [datedFrom(a), datedFrom(b)]
  if (one !== null || two !== null) return laterFrom(one ?? a.statedAt, two ?? b.statedAt, a, b)
  if (a.statedAt !== null && b.statedAt !== null) {
    const precision = Math.min(a.statedAt.length, b.statedAt.length)
    const left = a.statedAt.slice(0, precision)
    const right = b.statedAt.slice(0, precision)
    return left === right ? laterInSession(a, b) : left < right ? 'b' : 'a'
  }
  if (a.statedAt !== null && isImported(b)) return isWrittenAfter(b, a.statedAt) ? 'b' : 'a'
  if (b.statedAt !== null && isImported(a)) return isWrittenAfter(a, b.statedAt) ? 'a' : 'b'
  return a.statedAt === null && b.statedAt === null ? laterInSession(a, b) : null
}

/** "As of 2011: ..." speaks of that time, whenever it was said. */
function datedFrom({ text }: Entry): string | null {
  return datedValue(text)?.from ?? null
}

/** Of two dates in one year the more precise one counts as not earlier. */
function laterFrom(one: string | null, two: string | null, a: Entry, b: Entry): 'a' | 'b' | null {
  if (one === null || two === null) return one === two ? null : one === null ? 'b' : 'a'
  const precision = Math.min(one.length, two.length)
  const [left, right] = [one.slice(0, precision), two.slice(0, precision)]
  if (left !== right) return left < right ? 'b' : 'a'
  if (one.length !== two.length) return one.length < two.length ? 'b' : 'a'
  return a.statedAt === b.statedAt ? null : (a.statedAt ?? '') < (b.statedAt ?? '') ? 'b' : 'a'
}

/** A note that says since when it holds is no older than that. */
function isWrittenAfter({ text }: Entry, statedAt: string): boolean {
  const date = writtenDate(text)
  return date !== null && date > statedAt.slice(0, date.length)
}

/** Within one session the order of its lines is known without any clock. */
function laterInSession(a: Entry, b: Entry): 'a' | 'b' | null {
  const left = placeOf(a)
  const right = placeOf(b)
  if (left === null || right === null || left.session !== right.session) return null
  return left.line === right.line ? null : left.line < right.line ? 'b' : 'a'
}

function placeOf(entry: Entry): { readonly session: string; readonly line: number } | null {
  if (entry.source.kind === 'unit') return null
  const first = entry.source.claim.evidence.find((item) => item.kind === 'event')
  if (first === undefined || first.kind !== 'event') return null
  return { session: `${first.sessionId} ${first.source.path}`, line: first.source.line }
}
