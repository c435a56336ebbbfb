import type { Slot, Statement } from '../../../core/claim.ts'
import { cuesOf } from '../cues.ts'
import type { StatementOptions } from '../frames.ts'
import { readStatement } from '../frames.ts'
import type { ListChange } from './list-change.ts'
import { listedNews } from './listed-news.ts'
import { ownNews, statedKey } from './own-news.ts'
import type { ProfileField } from './profile-field.ts'
import { styleNews } from './style-news.ts'
import { tasteNews } from './taste-news.ts'

/** A statement about a field of the user's profile, with the words that tell it. */
export interface ProfilePart {
  readonly quote: string
  readonly statement: Statement
}

const PREFIX = 'profile: '
const BETWEEN = ' + '

/** What one sentence of a person tells of the fields that a memory keeps about its user. */
export function profileParts(
  sentence: string,
  at: StatementOptions['at'],
  message: string,
): readonly ProfilePart[] {
  const read = readStatement(sentence, { at, context: [] })
  // "I moved to Oslo this month" says when, and not for how long.
  const base = { ...read, cues: cuesOf(sentence.replace(/\bthis (?:week|month|quarter)\b/gi, '')) }
  const isTold = base.modality === 'is' || base.modality === 'must' || base.modality === 'may'
  const single = isTold
    ? ownNews(sentence).map(({ field, quote, value, former }) => ({
        quote,
        statement: stated(base, field, value, former),
      }))
    : []
  const tools = isTold ? listedNews(sentence) : null
  const style = base.modality === 'hypothesis' ? null : styleNews(sentence, message)
  const keyed = isTold ? statedKey(sentence) : null
  const taste = isTold ? tasteNews(sentence) : null
  return [
    ...single,
    ...(keyed === null
      ? []
      : [{ quote: sentence, statement: stated(base, 'other', keyed.value, null, keyed.key) }]),
    ...(taste === null
      ? []
      : [{ quote: sentence, statement: stated(base, 'taste', taste.liked, taste.ended) }]),
    ...(tools === null ? [] : [{ quote: sentence, statement: ofList(base, 'tools', tools) }]),
    ...(style === null ? [] : [{ quote: sentence, statement: ofList(base, 'style', style) }]),
  ]
}

/** The field that a statement of a person tells of; null for any other statement. */
export function profileFieldOf({ slot }: Statement): ProfileField | null {
  const name = slot?.attribute ?? ''
  return name.startsWith(PREFIX) ? (name.slice(PREFIX.length) as ProfileField) : null
}

/** What a statement says came to a list and left it. */
export function listChangeOf({ value, formerValue }: Statement): ListChange {
  const read = (text: string | null): readonly string[] => text?.split(BETWEEN) ?? []
  return { come: read(value), gone: read(formerValue) }
}

function ofList(base: Statement, field: ProfileField, { come, gone }: ListChange): Statement {
  const join = (list: readonly string[]): string | null =>
    list.length === 0 ? null : list.join(BETWEEN)
  return { ...stated(base, field, join(come), join(gone)), modality: 'must' }
}

function stated(
  base: Statement,
  field: ProfileField,
  value: string | null,
  formerValue: string | null,
  subject = '',
): Statement {
  const slot: Slot = {
    subject,
    attribute: `${PREFIX}${field}`,
    condition: null,
    isFunctional: false,
  }
  return { ...base, slot, value, formerValue, polarity: 1 }
}
