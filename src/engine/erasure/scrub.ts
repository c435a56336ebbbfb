import type { Evidence } from '../../core/evidence.ts'
import { parseJson } from '../../core/text/parsed-json.ts'
import { ERASED, type Words } from './words.ts'

/** What has to go out of a kept value. */
export interface Erased {
  readonly words: Words
  /** Whether what is cited is gone. */
  readonly isCited: (evidence: Evidence) => boolean
  /** What a text is told as now; undefined = as it was. */
  readonly toldAs: (text: string) => string | undefined
}

/**
 * A text without the words; JSON, also JSON inside of JSON, is cleaned value by value, and what is
 * cited no longer is left out of its list. Equal = there was nothing.
 */
export function scrubbed(text: string, erased: Erased): string {
  const told = erased.toldAs(text)
  if (told !== undefined) return told
  const value = parsed(text)
  if (value === undefined) return erased.words.holds(text) ? cutOf(text, erased.words) : text
  const clean = cleaned(value, erased)
  return clean === value ? text : JSON.stringify(clean)
}

/** The same value where nothing had to go. */
function cleaned(value: unknown, erased: Erased): unknown {
  if (typeof value === 'string') return isId(value) ? value : scrubbed(value, erased)
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value
    const left = items.filter((item) => !(isEvidence(item) && erased.isCited(item)))
    const clean = left.map((item) => cleaned(item, erased))
    const isSame = clean.length === items.length && clean.every((item, n) => item === items[n])
    return isSame ? value : clean
  }
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value)
  const clean = entries.map(([name, field]) => {
    return [scrubbed(name, erased), cleaned(field, erased)] as const
  })
  const isSame = clean.every(
    ([name, field], n) => name === entries[n]?.[0] && field === entries[n][1],
  )
  return isSame ? value : withoutReason(Object.fromEntries(clean))
}

/** Why a change was made tells its values, in words of its own: it goes with any other text of it. */
function withoutReason<Field>(
  clean: Readonly<Record<string, Field | string>>,
): Readonly<Record<string, Field | string>> {
  return typeof clean.reason === 'string' ? { ...clean, reason: ERASED } : clean
}

function cutOf(text: string, words: Words): string {
  const left = words.cut(text)
  return words.holds(left) ? ERASED : left
}

const ID = /^[a-z]+_[\w-]+$/

function isId(text: string): boolean {
  return ID.test(text)
}

function parsed(text: string): unknown {
  return /^\s*[[{"]/.test(text) ? parseJson(text) : undefined
}

/** Evidence stands in lists of kept values as it is typed. */
function isEvidence(value: unknown): value is Evidence {
  return (
    typeof value === 'object' &&
    value !== null &&
    'quote' in value &&
    'kind' in value &&
    ['event', 'memory', 'shared'].includes(String(value.kind))
  )
}
