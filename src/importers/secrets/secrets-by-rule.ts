import { LookedUpWords } from './looked-up-words.ts'
import { SECRET_RULES, type SecretRule } from './secret-rule.ts'
import { SPOKEN_RULES } from './spoken-secret.ts'
import { TYPED_RULES } from './typed-secret.ts'

/** A secret in a text, by UTF-16 offsets. */
export interface Secret {
  readonly kind: string
  readonly start: number
  readonly end: number
}

const RULES: readonly SecretRule[] = [...SECRET_RULES, ...TYPED_RULES, ...SPOKEN_RULES]

/** Every secret that a rule of ours finds; they may overlap. */
export function secretsByRule(text: string): readonly Secret[] {
  const words = new LookedUpWords(text)
  return RULES.flatMap(({ kind, pattern, accepts, mayBeIn }) => {
    if (mayBeIn?.(words) === false) return []
    return [...text.matchAll(pattern)].flatMap((match) => {
      const { secret, end } = secretIn(match)
      return accepts(secret) ? [{ kind, start: end - secret.length, end }] : []
    })
  })
}

/** The group `secret`, else all of the match with the prefix in front of it. */
function secretIn({ 0: matched, index, groups }: RegExpExecArray): {
  readonly secret: string
  readonly end: number
} {
  const secret = groups?.secret
  if (secret === undefined) {
    return { secret: (groups?.prefix ?? '') + matched, end: index + matched.length }
  }
  return { secret, end: index + matched.lastIndexOf(secret) + secret.length }
}
