import { LIMITS } from '../../config.ts'
import type { InputStream } from '../io.ts'
import { withCharacters } from '../review-keys.ts'

export type HeldKey = 'accept' | 'reject' | 'edit' | 'skip' | 'help' | 'quit' | 'interrupt'

const KEYS: Readonly<Record<string, HeldKey>> = {
  y: 'accept',
  n: 'reject',
  e: 'edit',
  s: 'skip',
  '?': 'help',
  q: 'quit',
  '\u0003': 'interrupt',
  '\u0004': 'quit',
}

export const HELD_KEY_HELP: readonly (readonly [key: string, what: string])[] = [
  ['y', 'release: it is written at the next apply, and you stand behind it'],
  ['n', 'reject: it is left out, and not proposed again on the same evidence'],
  ['e', 'edit: release it in your own words'],
  ['s', 'skip: decide later'],
  ['q', 'quit; what was decided stays decided'],
]

/** What a person types. Null = the input has ended, or they left the text. */
export interface HeldInput {
  nextKey(): Promise<HeldKey | null>
  /** One line, drawn anew with each character. */
  nextText(draw: (text: string) => void): Promise<string | null>
}

/** Single keys and lines of text while `work` runs, as `withKeys`. */
export function withHeldKeys<T>(
  input: InputStream,
  work: (typed: HeldInput) => Promise<T>,
): Promise<T> {
  return withCharacters(input, (next) =>
    work({
      async nextKey() {
        for (;;) {
          const character = await next()
          if (character === null) return null
          const key = KEYS[character.toLowerCase()]
          if (key !== undefined) return key
        }
      },
      nextText: (draw) => readLine(next, draw),
    }),
  )
}

const LEAVES: readonly string[] = ['\u0003', '\u0004']

async function readLine(
  next: () => Promise<string | null>,
  draw: (text: string) => void,
): Promise<string | null> {
  let text: readonly string[] = []
  for (;;) {
    draw(text.join(''))
    const character = await next()
    if (character === null || LEAVES.includes(character)) return null
    if (character === '\r' || character === '\n') return text.join('')
    if (character === '\u007f' || character === '\b') text = text.slice(0, -1)
    else if (isTyped(character) && text.length < LIMITS.editedTextCharsMax) {
      text = [...text, character]
    }
  }
}

function isTyped(character: string): boolean {
  return !/\p{Cc}/u.test(character)
}
