import { SECRET_RULES } from './secret-rule.ts'
import { SPOKEN_RULES } from './spoken-secret.ts'
import { TYPED_RULES } from './typed-secret.ts'

/** A secret in a text, by UTF-16 offsets. */
export interface Secret {
  readonly kind: string
  readonly start: number
  readonly end: number
}

/** Every noun of the spoken rules has one of these in it; most texts have none. */
const SPOKEN_HINT = /pass|kennwort|pw|pin|code|key|token|secret|log-?in|cred|daten/i

/** Every secret that a rule of ours finds; they may overlap. */
export function secretsByRule(text: string): readonly Secret[] {
  const spoken = SPOKEN_HINT.test(text) ? SPOKEN_RULES : []
  return [...SECRET_RULES, ...TYPED_RULES, ...spoken].flatMap(({ kind, pattern, accepts }) =>
    [...text.matchAll(pattern)].flatMap((match) => {
      const secret = match.groups?.secret ?? match[0]
      if (!accepts(secret)) return []
      const end = match.index + match[0].lastIndexOf(secret) + secret.length
      return [{ kind, start: end - secret.length, end }]
    }),
  )
}
