import { digestOf } from '../../core/ids.ts'
import { cleaned, onOneLine, withoutBlockMarks } from './clean-text.ts'

/** Marks what is data and nothing but data in one call. */
export interface Fence {
  /** The text as one block between the marks of this call, without control or invisible characters. */
  block(label: string, text: string): string
  /** The text on one line, cleaned as above, for lists whose frame is a block already. */
  line(text: string): string
}

const NONCE_CHARS = 16

/**
 * A fence whose marks carry the nonce. No text of a block can hold a mark: their brackets `⟦⟧` are
 * replaced in it, as are `⟨⟩` in a line, so that a line cannot pass for the frame of another one.
 */
export function makeFence(nonce: string): Fence {
  const line = (text: string): string => onOneLine(cleaned(text))
  return {
    block: (label, text) =>
      `⟦data ${nonce} ${line(label)}⟧\n${withoutBlockMarks(text)}\n⟦end ${nonce}⟧`,
    line,
  }
}

/**
 * The nonce of a text: 64 bits of the hash over what is asked and all of the text. Equal calls have
 * equal nonces, and no text can contain the one that is made from itself.
 */
export function nonceOf(name: string, version: number, text: string): string {
  return digestOf([name, version, text]).slice(0, NONCE_CHARS)
}
