import type { CliIo } from '../io.ts'
import { type Line, line } from '../styled-line.ts'
import { DREAMING_VARIABLE } from './session-end.ts'

/**
 * What an entry begins with in the log of dreams that hooks start, since every project writes into
 * that one file: when, and of which memory. Nothing where a person or cron has started the dream.
 */
export function logHead({ env, now }: Pick<CliIo, 'env' | 'now'>, about: () => string): Line[] {
  return env[DREAMING_VARIABLE] === undefined ? [] : [line(`${now().toISOString()} ${about()}`)]
}
