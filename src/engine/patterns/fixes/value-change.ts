import { containsWord } from '../message-template.ts'

/**
 * What the change of an argument's value tells about the values that the tool takes, as advice;
 * empty when code cannot tell. Values are the customers' own and are never part of it.
 */
export function valueAdvice(name: string, old: unknown, fresh: unknown, message: string): string {
  if (old === undefined || old === null) return `give \`${name}\` too`
  if (Array.isArray(old) && Array.isArray(fresh)) {
    return isLonger(fresh, old) ? `give \`${name}\` with an item added` : ''
  }
  const refused = refusedWord(old, fresh, message)
  if (refused !== '') {
    return `give no \`${refused}…\` as \`${name}\``
  }
  const form = newForm(old, fresh)
  return form === '' ? '' : `give \`${name}\` ${form}`
}

/** Digits of a value to which something was added at an end, in words; empty for other changes. */
export function lengthClause(old: unknown, fresh: unknown): string {
  const [before, after] = [scalarText(old), scalarText(fresh)]
  if (before === null || after === null || !/^\d+$/.test(before)) return ''
  return addedPart(before, after) === '' ? '' : ` when it has ${before.length} digits`
}

function isLonger(whole: readonly unknown[], part: readonly unknown[]): boolean {
  const items = new Set(whole.map((item) => JSON.stringify(item)))
  return whole.length > part.length && part.every((item) => items.has(JSON.stringify(item)))
}

function newForm(old: unknown, fresh: unknown): string {
  const [before, after] = [scalarText(old), scalarText(fresh)]
  if (before === null || after === null || before === '') return ''
  const kind = newKind(old, fresh)
  if (before === after) return kind
  const added = addedPart(before, after)
  if (added !== '')
    return [typeof fresh === 'string' && asText(after), added].filter(Boolean).join(' ')
  const dropped = addedPart(after, before)
  if (dropped !== '') return dropped.replace('with', 'without').replace(' put', '')
  if (typeof old !== 'string') return ''
  if (before.trim() === after) return 'without spaces around it'
  if (before.toUpperCase() === after) return 'in upper case'
  return before.toLowerCase() === after ? 'in lower case' : ''
}

/** A number that starts with a zero can only be written as text. */
function asText(text: string): string {
  return /^\d+$/.test(text) ? 'as text' : ''
}

function newKind(old: unknown, fresh: unknown): string {
  if (typeof old === typeof fresh) return ''
  return typeof fresh === 'string' ? 'as text' : 'as a number'
}

function addedPart(before: string, after: string): string {
  if (before === '' || before === after) return ''
  const [front, end] = [after.slice(0, -before.length), after.slice(before.length)]
  if (after.endsWith(before) && MARK.test(front)) return `with \`${front}\` put in front`
  return after.startsWith(before) && MARK.test(end) ? `with \`${end}\` put at the end` : ''
}

/** What belongs to a way of writing; names and other digits may belong to a person. */
const MARK = /^(?:0+|\+\d{1,3}|[^\p{L}\p{N}\s`]{1,3}|[A-Z]{1,3}[-_:#]?)$/u

/** The kind that a refused value bears as its first word, where the error speaks of that kind. */
function refusedWord(old: unknown, fresh: unknown, message: string): string {
  if (typeof old !== 'string' || typeof fresh !== 'string') return ''
  const [, kind = '', word = ''] = /^(([a-z]{4,})[_-])\w/.exec(old) ?? []
  return word !== '' && containsWord(message, word) && !fresh.includes(word) ? kind : ''
}

function scalarText(value: unknown): string | null {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null
}
