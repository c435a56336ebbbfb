import { sha256 } from '../core/ids.ts'
import type { Redact, RedactedText } from './importer.ts'
import { SecretPreset } from './secrets/secret-preset.ts'
import { type Secret, secretsByRule } from './secrets/secrets-by-rule.ts'

/** Texts remembered in one run: transcripts repeat their tool results. */
const REMEMBERED_MAX = 5_000

/** Shorter texts are cheaper to search than to remember. */
const REMEMBERED_CHARS_MIN = 256

/** Replacing one secret can uncover another; a text that still changes then is not worth more. */
const PASSES_MAX = 4

/**
 * Takes secrets out of texts: the preset of secretlint and rules of our own. Deterministic, no
 * network, no configuration files; one instance serves one run.
 */
export function secretRedactor(): Redact {
  const preset = new SecretPreset()
  const remembered = new Map<string, RedactedText>()
  return async (text) => {
    if (text.length < REMEMBERED_CHARS_MIN) return redacted(text, preset)
    const key = sha256(text)
    const known = remembered.get(key)
    if (known !== undefined)
      return { text: known.kinds.length === 0 ? text : known.text, kinds: known.kinds }
    const result = redacted(text, preset)
    if (remembered.size < REMEMBERED_MAX) {
      remembered.set(key, result.kinds.length === 0 ? { text: '', kinds: [] } : result)
    }
    return result
  }
}

/** The kinds of secrets in a text, sorted; empty = none. Never the secrets themselves. */
export function findSecretKinds(text: string): readonly string[] {
  return [...new Set(redacted(text, new SecretPreset()).kinds)].sort()
}

function redacted(text: string, preset: SecretPreset): RedactedText {
  let current = text
  const kinds: string[] = []
  for (let pass = 0; pass < PASSES_MAX; pass += 1) {
    const found = disjoint(secretsIn(current, preset), current)
    if (found.length === 0) break
    kinds.push(...found.map(({ kind }) => kind))
    current = replaced(current, found)
  }
  return { text: current, kinds }
}

/**
 * Escaped line breaks and what was taken out before read as blanks of the same length: the `n` of
 * JSON in a text is no part of the next word, and a mark is no secret.
 */
function secretsIn(text: string, preset: SecretPreset): readonly Secret[] {
  const plain = text.replace(/\\[nrt]|\[redacted:[a-z-]{1,40}\]/g, ({ length }) =>
    ' '.repeat(length),
  )
  return [...secretsByRule(plain), ...preset.find(plain)]
}

/** In order, overlapping ones as one; the kind is that of the first rule that found it. */
function disjoint(secrets: readonly Secret[], text: string): readonly Secret[] {
  const result: Secret[] = []
  for (const secret of secrets.toSorted((a, b) => a.start - b.start)) {
    const last = result.at(-1)
    if (last === undefined || secret.start >= last.end) result.push(secret)
    else result[result.length - 1] = { ...last, end: Math.max(last.end, secret.end) }
  }
  return result.map((secret) => ({ ...secret, end: Math.min(secret.end, text.length) }))
}

function replaced(text: string, secrets: readonly Secret[]): string {
  const parts: string[] = []
  let from = 0
  for (const { kind, start, end } of secrets) {
    parts.push(text.slice(from, start), `[redacted:${kind}]`)
    from = end
  }
  return [...parts, text.slice(from)].join('')
}
