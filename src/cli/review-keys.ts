import type { InputStream } from './io.ts'

export type ReviewKey =
  | 'accept'
  | 'reject'
  | 'skip'
  | 'back'
  | 'diff'
  | 'help'
  | 'quit'
  | 'interrupt'

const KEYS: Readonly<Record<string, ReviewKey>> = {
  y: 'accept',
  n: 'reject',
  s: 'skip',
  b: 'back',
  d: 'diff',
  '?': 'help',
  q: 'quit',
  '\u0003': 'interrupt',
  '\u0004': 'quit',
}

export const REVIEW_KEY_HELP: readonly (readonly [key: string, what: string])[] = [
  ['y', 'accept: it is written at the next apply'],
  ['n', 'reject: it is left out, and not proposed again on the same evidence'],
  ['s', 'skip: decide later'],
  ['b', 'back to the one before'],
  ['d', 'diff of the files that it touches'],
  ['q', 'quit; what was decided stays decided'],
]

/**
 * Single keys while `work` runs: raw mode on a terminal, given back in every case. `null` when the
 * input has ended; keys that mean nothing are passed over.
 */
export async function withKeys<T>(
  input: InputStream,
  work: (nextKey: () => Promise<ReviewKey | null>) => Promise<T>,
): Promise<T> {
  return withCharacters(input, (next) =>
    work(async () => {
      for (;;) {
        const character = await next()
        if (character === null) return null
        const key = KEYS[character.toLowerCase()]
        if (key !== undefined) return key
      }
    }),
  )
}

/** Single characters while `work` runs, in raw mode; `null` when the input has ended. */
export async function withCharacters<T>(
  input: InputStream,
  work: (next: () => Promise<string | null>) => Promise<T>,
): Promise<T> {
  const characters = charactersOf(input)
  const next = async (): Promise<string | null> => {
    const { value, done } = await characters.next()
    return done === true ? null : value
  }
  input.setRawMode?.(true)
  try {
    return await work(next)
  } finally {
    input.setRawMode?.(false)
    await characters.return(undefined)
  }
}

async function* charactersOf(input: InputStream): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder()
  for await (const chunk of input) {
    const text = typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true })
    // An escape sequence (an arrow key) arrives as one chunk and is no letter of ours.
    if (!text.startsWith('\u001b')) yield* text
  }
}
