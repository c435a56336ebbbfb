import { KEY_VARIABLES } from '../../settings.ts'
import type { Environment } from '../terminal.ts'

/** Shorter values are no keys, and would be found inside ordinary words. */
const KEY_CHARS_MIN = 8

/** The text without the value of any key of the environment, whoever put it there. */
export function hideKeys(text: string, env: Environment): string {
  const keys = KEY_VARIABLES.map((name) => [name, env[name]?.trim() ?? ''] as const)
  return keys
    .filter(([, key]) => key.length >= KEY_CHARS_MIN)
    .sort(([, a], [, b]) => b.length - a.length)
    .reduce((hidden, [name, key]) => hidden.replaceAll(key, `[${name}]`), text)
}
