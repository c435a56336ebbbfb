import { sha256 } from '../../core/ids.ts'
import type { Said } from './said.ts'

/** A conversation that grows; what it holds besides is its user's. */
export interface GrowingSession<T> {
  readonly held: T
  /** The chain of what was said, an entry each: equal chains are equal conversations up to there. */
  readonly chain: string[]
  /** What was said last, by itself. */
  lastDigest: string
}

/** Where a list of what was said goes on a conversation. */
export interface Continuation<T> {
  /** Null = with none: it begins one, or leaves `forkOf` before its end. */
  readonly conversation: GrowingSession<T> | null
  readonly forkOf: GrowingSession<T> | null
  /** How many of the list are known. */
  readonly known: number
  /** The chain up to there; empty = nothing is known. */
  readonly chain: string
}

/**
 * Finds what is new in lists that repeat all that was said before, as requests to a model do. A list
 * that goes another way than the conversation did is a fork; one whose beginning was cut or
 * rewritten goes on where it holds the last words of the conversation.
 */
export class GrowingSessions<T> {
  readonly #byChain = new Map<string, { readonly of: GrowingSession<T>; readonly length: number }>()

  /** `seed` keeps conversations of different people apart. */
  find(seed: string, said: readonly Said[]): Continuation<T> {
    const chain = chainOf(seed, said)
    let known = said.length
    while (known > 0 && !this.#byChain.has(chain[known - 1] ?? '')) known -= 1
    const at = this.#byChain.get(chain[known - 1] ?? '')
    if (at === undefined) return { conversation: null, forkOf: null, known: 0, chain: seed }
    const { of, length } = at
    const reached = of.chain[length - 1] ?? seed
    if (length === of.chain.length || known === said.length) {
      return { conversation: of, forkOf: null, known, chain: reached }
    }
    const last = said.findLastIndex((it, index) => index >= known && digestOf(it) === of.lastDigest)
    return last === -1
      ? { conversation: null, forkOf: of, known, chain: reached }
      : { conversation: of, forkOf: null, known: last + 1, chain: of.chain.at(-1) ?? seed }
  }

  /** Starts a conversation after `from`, the chain of what it has in common with another. */
  begin(held: T): GrowingSession<T> {
    return { held, chain: [], lastDigest: '' }
  }

  /** Takes in what was said next; gives the chain up to it, by which it is known for good. */
  add(conversation: GrowingSession<T>, after: string, said: Said): string {
    const link = linkOf(after, said)
    conversation.chain.push(link)
    conversation.lastDigest = digestOf(said)
    this.#byChain.set(link, { of: conversation, length: conversation.chain.length })
    return link
  }
}

function chainOf(seed: string, said: readonly Said[]): readonly string[] {
  const links: string[] = []
  for (const it of said) links.push(linkOf(links.at(-1) ?? seed, it))
  return links
}

/** The name of what was said after a chain; equal words after equal chains have equal ones. */
export function linkOf(after: string, said: Said): string {
  return sha256(`${after} ${digestOf(said)}`)
}

/** Blanks around words and the layout of a message do not tell two apart. */
function digestOf({ type, text, tool }: Said): string {
  return sha256(JSON.stringify([type, text.trim(), tool?.useId ?? null, tool?.name ?? null]))
}
