/**
 * What may be told of a tool's words: one line, no address, no sentence that commands its reader.
 * Null when nothing harmless is left. Tool output is untrusted: it is quoted, never obeyed.
 */
export function plainMessage(text: string): string | null {
  const line = text
    .normalize('NFKC')
    .replace(/\s+/g, ' ')
    .replace(INVISIBLE, '')
    .replace(/`+/g, "'")
    .replace(ADDRESS, '<address>')
    .trim()
  const sentences = line.split(/(?<=[.!?;])\s+(?=\S)/)
  const end = sentences.findIndex(isCommanding)
  const told = (end === -1 ? sentences : sentences.slice(0, end)).join(' ')
  return told.length < 8 ? null : told.replace(/[.:;,\s]+$/, '')
}

/** Cut at a word, with an ellipsis. */
export function clipped(text: string, charsMax: number): string {
  if (text.length <= charsMax) return text
  const cut = text.slice(0, charsMax - 1)
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), charsMax / 2))}…`
}

export const ADDRESS: RegExp =
  /\b[a-z][a-z0-9+.-]*:\/\/[^\s"'<>)]+|\bwww\.[^\s"'<>)]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\b\d{1,3}(?:\.\d{1,3}){3}\b(?::\d+)?/gi

const INVISIBLE = /[\p{Cc}\p{Cf}]/gu

/** Verbs that open an instruction to whoever reads the output. */
const COMMAND =
  /^(?:\W*(?:\w+\s*:\s*)?)(?:please|you (?:must|should|need|have to|can)|always|never|now|do not|don't|ignore|disregard|forget|remember|run|use|try|call|execute|install|add|remove|delete|send|email|forward|upload|post|visit|open|click|go to|see|set|make|ensure|check|consider|reply|respond|say|tell|write|save|store|copy|download|transfer|grant|approve|disable|enable|fix|contact|to (?:fix|resolve|continue|push|see))\b/i
const ADDRESSED =
  /\b(?:ignore|disregard|forget)\b.{0,40}\b(?:instruction|previous|above|prior|rule)|\b(?:system prompt|as an ai|ai (?:agent|assistant|model)|assistant|language model|add (?:this )?to (?:your )?memory|from now on|you (?:must|should))\b/i

/** `open config.yaml: permission denied`: the verb is what failed, not what to do. */
const FAILED_VERB =
  /^\w+ [^:]{1,80}: (?:.*\b)?(?:no such|denied|refused|time(?:out|d out)|not found|invalid|exists|EOF|reset)\b/i

function isCommanding(sentence: string): boolean {
  if (ADDRESSED.test(sentence)) return true
  return COMMAND.test(sentence) && !FAILED_VERB.test(sentence)
}
