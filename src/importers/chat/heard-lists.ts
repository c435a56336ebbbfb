import { sha256 } from '../../core/ids.ts'
import { compactJson } from '../json-value.ts'

/** Below this a list that goes on is no sign: many conversations begin with the same word. */
const SHARED_MIN = 2

/** The lists of messages that a source has told, each under the key of its session. */
export class HeardLists {
  readonly #chains = new Map<string, string[]>()
  readonly #keyByEnd = new Map<string, string>()

  /** How many messages at the beginning of a list were told under the key already. */
  known(key: string, messages: readonly unknown[]): number {
    const heard = this.#chains.get(key) ?? []
    let count = 0
    for (let end = ''; count < messages.length && count < heard.length; count += 1) {
      end = linked(end, messages[count])
      if (end !== heard[count]) break
    }
    return count
  }

  /** The key of a list that the given one repeats as a whole and goes on; null = none. */
  grownFrom(messages: readonly unknown[]): string | null {
    let found: string | null = null
    let end = ''
    for (const message of messages.slice(0, -1)) {
      end = linked(end, message)
      found = this.#keyByEnd.get(end) ?? found
    }
    return found
  }

  add(key: string, message: unknown): void {
    const chain = this.#chains.get(key) ?? []
    const before = chain.at(-1) ?? ''
    if (this.#keyByEnd.get(before) === key) this.#keyByEnd.delete(before)
    const end = linked(before, message)
    chain.push(end)
    this.#chains.set(key, chain)
    if (chain.length >= SHARED_MIN) this.#keyByEnd.set(end, key)
  }
}

function linked(before: string, message: unknown): string {
  return sha256(`${before} ${compactJson(message)}`)
}
