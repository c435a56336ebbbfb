import type { Change } from '../../core/change.ts'
import type { Evidence } from '../../core/evidence.ts'
import { asUnitText } from '../../core/text/unit-text.ts'
import { plainSentence } from '../assembly/wording.ts'
import { isWithin, runsOf } from './words.ts'

/** What becomes of a text: null = it goes; the same text = it stays. */
export type Left = string | null

/** What is left of the support of a change. */
export interface Support {
  readonly change: Change
  /** What it cites and still stands. */
  readonly rest: readonly Evidence[]
  /** What it cites and is gone. */
  readonly gone: readonly Evidence[]
  /** Whether words of what is gone stand in a text. */
  readonly holds: (text: string) => boolean
  /** Whether a text that was there before may come back. */
  readonly mayReturn: (text: string) => boolean
}

/**
 * A text without what is gone. It stays where others said it; told in the words of another source
 * where one is left; a merge goes back to its other members, a replacement to what was true before.
 */
export function leftOf(text: string, support: Support): Left {
  if (isStillSaid(text, support)) return text
  const { change, mayReturn } = support
  const others = [...membersOf(change)].filter((member) => member !== text && mayReturn(member))
  const spoken = support.rest.flatMap((item) =>
    item.kind === 'event' ? [asUnitText(plainSentence(item.quote))] : [],
  )
  switch (change.kind) {
    case 'merge':
      return longest(others) ?? longest(spoken)
    case 'supersede':
      return longest(spoken) ?? longest(others)
    case 'add':
    case 'conflict':
      return longest(spoken)
    default:
      return null
  }
}

function isStillSaid(text: string, { change, rest, gone, holds }: Support): boolean {
  if (rest.length === 0 || holds(text)) return false
  if (rest.some(({ quote }) => isWithin(text, quote))) return true
  const isSpoken = rest.some(({ kind }) => kind === 'event')
  if (!isSpoken && change.kind !== 'merge') return false
  const left = new Set(rest.flatMap(({ quote }) => runsOf(quote)))
  const taken = new Set(gone.flatMap(({ quote }) => runsOf(quote)))
  return runsOf(text).every((word) => !taken.has(word) || left.has(word))
}

/** The texts that a change put another one in the place of. */
export function membersOf({ before, ledger }: Change): ReadonlySet<string> {
  const texts = [...before.map(({ text }) => text), ...ledger.map(({ text }) => text)]
  return new Set(texts.map(asUnitText))
}

function longest(texts: readonly string[]): string | null {
  return texts.reduce<string | null>(
    (best, text) => (best === null || text.length > best.length ? text : best),
    null,
  )
}
