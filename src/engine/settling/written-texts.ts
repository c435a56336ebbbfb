import { type Change, isReleased } from '../../core/change.ts'
import { asUnitText } from '../../core/text/unit-text.ts'
import { isAtLeast, type Trust } from '../../core/trust.ts'
import { plainSentence } from '../assembly/wording.ts'

/** Who stands behind a text that a change writes. */
export interface Author {
  readonly origin: 'dream' | 'person'
  readonly trust: Trust
  readonly statedAt: string | null
}

/** The texts that a change writes as they stand in units, each with its author. */
export function writtenTexts(change: Change): readonly (readonly [string, Author])[] {
  return change.edits.flatMap((edit) => {
    if (edit.op !== 'append' && edit.op !== 'replace') return []
    const text = asUnitText(edit.text)
    const statedAt = saidAt(text, change)
    const author: Author =
      edit.wordedBy === undefined
        ? { origin: 'dream', trust: trustOf(change), statedAt }
        : { origin: 'person', trust: 'user', statedAt }
    return [[text, author] as const]
  })
}

/** Who lets in what was held stands behind it. */
function trustOf(change: Change): Trust {
  return isReleased(change) && !isAtLeast(change.trust, 'user') ? 'user' : change.trust
}

/** The time of the words that the text repeats; else of the newest evidence. */
function saidAt(text: string, { evidence }: Change): string | null {
  const own = evidence.find(({ quote }) => text.includes(plainSentence(quote)))
  if (own !== undefined) return own.at
  return (
    evidence
      .flatMap(({ at }) => at ?? [])
      .sort()
      .at(-1) ?? null
  )
}
