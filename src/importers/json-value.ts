export { asObject, type JsonObject, parseJson } from '../core/text/parsed-json.ts'
export { compactJson } from '../core/text/tool-call-text.ts'

/** The text of a field; null when it is absent, empty or no text. */
export function asText(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}
