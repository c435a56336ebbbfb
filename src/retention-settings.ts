import { LIMITS } from './config.ts'
import { ReverieError } from './core/errors.ts'

/** How long what has served is kept. */
export interface RetentionConfig {
  /** Days after the last dream over a transcript is decided; null = for ever. */
  readonly sessionDays: number | null
}

interface RetentionOption {
  readonly name: string
  readonly env: string
  readonly default: string
  readonly meaning: string
  shown(config: { readonly retention: RetentionConfig }): string
}

const SESSIONS = 'REVERIE_RETENTION_SESSIONS'

export const RETENTION_OPTIONS: readonly RetentionOption[] = [
  {
    name: 'retention.sessions',
    env: SESSIONS,
    default: String(LIMITS.retentionDaysDefault),
    meaning:
      'Days that a transcript is kept after every dream over it is decided, or forever. ' +
      'Quotes of it stay with the changes.',
    shown: ({ retention }) => String(retention.sessionDays ?? 'forever'),
  },
]

/** Throws `invalid_request_error` on a bad value. */
export function readRetention(env: Readonly<Record<string, string | undefined>>): RetentionConfig {
  const word = env[SESSIONS]?.trim()
  if (word === undefined) return { sessionDays: LIMITS.retentionDaysDefault }
  if (word === 'forever') return { sessionDays: null }
  const days = /^\d+$/.test(word) ? Number(word) : Number.NaN
  if (days <= LIMITS.retentionDaysMax) return { sessionDays: days }
  throw new ReverieError('invalid_request_error', `${SESSIONS} has a value that is not allowed.`, {
    next: `Set ${SESSIONS} to whole days from 0 to ${LIMITS.retentionDaysMax}, or \`forever\`.`,
  })
}
