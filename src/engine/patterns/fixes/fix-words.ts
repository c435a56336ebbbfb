import type { ErrorSignature } from '../error-signature.ts'
import { containsWord, slotsOf } from '../message-template.ts'
import type { ToolStep } from '../tool-step.ts'

const FIX_QUOTE_CHARS_MAX = 120

/**
 * The wanted words as they stand in an event's text, raw or escaped as in JSON, up to a limit;
 * null when they do not stand there. What it returns is an exact substring.
 */
export function quoteFrom(text: string, wanted: string): string | null {
  const firstLine = wanted.split('\n')[0] ?? ''
  for (const form of [firstLine, JSON.stringify(firstLine).slice(1, -1)]) {
    const at = form === '' ? -1 : text.indexOf(form)
    if (at === -1) continue
    const end = form.length < 40 && /^\\?"/.test(form) ? at + FIX_QUOTE_CHARS_MAX : at + form.length
    const quote = text.slice(at, Math.min(end, at + FIX_QUOTE_CHARS_MAX)).split('\n')[0] ?? ''
    return withoutSecretValue(quote).trimEnd()
  }
  return null
}

/** A text ends where a value that may be a secret begins, even if no scanner knew it. */
export function withoutSecretValue(quote: string): string {
  const match = SECRET_KEY.exec(quote)
  return match === null ? quote : quote.slice(0, match.index + match[0].length)
}

export const SECRET_KEY: RegExp =
  /[\w-]*(?:secret|passw(?:or)?d|token|api[_-]?key|credential|private[_-]?key|salt)[\w-]*\\?["']?\s*(?:=>|[:=])/i

/** Words of the message that name a thing in code: `lazy_html`, `App.Endpoint`, quoted names. */
export function errorIdentifiers(signature: ErrorSignature): readonly string[] {
  const quoted = slotsOf(signature.parts)
    .filter(({ kind }) => kind === 'name' || kind === 'path')
    .map(({ value }) => value.replace(/^["'`“]|["'`”]$/g, ''))
  const coded = signature.message.match(/\b[A-Za-z]\w*(?:[_.]\w+)+\b|\b[A-Z][A-Z_]{3,}\b/g) ?? []
  const underscored = coded.filter((word) => word.includes('_'))
  return [...new Set([...underscored, ...quoted, ...coded])].filter(
    (word) => word.length >= 4 && !/^\S*(?:Error|Exception)$/.test(word),
  )
}

/** True when the error speaks of an argument: of its name, or of the kind of value it had. */
export function errorSpeaksOf(signature: ErrorSignature, name: string, value: unknown): boolean {
  const told = new Set(plainWords(signature.message))
  const words = plainWords(typeof value === 'string' ? `${name} ${value}` : name)
  return words.some((word) => told.has(word))
}

const WORD_CHARS_MIN = 4

/** Words of letters, in lower case and singular: `paymentIds` gives `payment`. */
function plainWords(text: string): readonly string[] {
  const words = text.replace(/([a-z])([A-Z])/g, '$1 $2').match(/[A-Za-z]+/g) ?? []
  return words
    .map((word) => word.toLowerCase().replace(/s$/, ''))
    .filter((word) => word.length >= WORD_CHARS_MIN)
}

/** The added line that holds most of what the error names; the message's order breaks ties. */
export function salientLine(
  lines: readonly string[],
  identifiers: readonly string[],
): string | null {
  for (const word of identifiers) {
    const holding = lines.filter(
      (line) => line.includes(word) && !/^\s*(?:#|\/\/|--|\*)/.test(line),
    )
    const best = holding.toSorted((a, b) => count(b, identifiers) - count(a, identifiers))[0]
    if (best !== undefined) return best
  }
  return null
}

function count(line: string, identifiers: readonly string[]): number {
  return identifiers.filter((word) => line.includes(word)).length
}

const VALUE_CHARS_MIN = 5

/**
 * The tool whose result showed the new value of the one changed argument while no result showed
 * the old one; empty when that cannot be said.
 */
export function valueSource(
  names: readonly string[],
  failed: ToolStep,
  later: ToolStep,
  before: readonly ToolStep[],
): string {
  const [name] = names
  if (names.length !== 1 || name === undefined) return ''
  const [old, fresh] = [failed.input[name], later.input[name]]
  if (typeof fresh !== 'string' || fresh.length < VALUE_CHARS_MIN) return ''
  const shows = (step: ToolStep, value: unknown): boolean =>
    (typeof value === 'string' || typeof value === 'number') &&
    containsWord(step.result.event.text, String(value))
  const results = before.filter(({ isFailed }) => !isFailed)
  if (results.some((step) => shows(step, old))) return ''
  return results.findLast((step) => shows(step, fresh))?.tool ?? ''
}
