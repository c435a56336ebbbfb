import { withoutAddresses } from './address.ts'

/**
 * What may be told of a tool's words: one line, no address, no sentence that commands its reader.
 * Null when nothing harmless is left. Tool output is untrusted: it is quoted, never obeyed.
 */
export function plainMessage(text: string): string | null {
  const plain = text
    .normalize('NFKC')
    .replace(/\s+/g, ' ')
    .replace(INVISIBLE, '')
    .replace(/`+/g, "'")
  const line = withoutAddresses(plain).trim()
  // Only the first sentence: what follows an error's words is advice, and may be anybody's.
  const [told = ''] = line.split(/(?<=[.!?;])\s+(?=\S)/)
  const isState = MISSING_STATE.test(told)
  const isError = SPEAKS_OF_FAILURE.test(told.replace(QUOTED, '')) && !isCommanding(told)
  return told.length >= TOLD_CHARS_MIN && (isState || isError)
    ? told.replace(/[.:;,\s]+$/, '')
    : null
}

const TOLD_CHARS_MIN = 8
const QUOTED = /"[^"]*"|'[^']*'(?!\w)|“[^”]*”/g

/** Words of which an error has at least one; a wish or an order put into its place seldom has. */
export const SPEAKS_OF_FAILURE: RegExp =
  /\b(?:\w*(?:Error|Exception|Failure)|errors?|fatal|fail(?:s|ed|ing|ure)?|not|no|none|never|cannot|\w+n't|unable|missing|requires?|required|must|invalid|illegal|bad|wrong|rejected|denied|refused|reset|closed|lost|undefined|unknown|unexpected|unresolved|unsupported|unauthori[sz]ed|unavailable|unreachable|forbidden|ignored|exceed(?:s|ed)|exhausted|expired|timed out|timeout|already|conflicts?|ambiguous|duplicate|mismatch|violat\w+|insufficient|locked|blocke(?:d|rs)|busy|taken|used up|in use|reserved|inactive|disabled|pending|full|empty|stale|outdated|corrupt\w*|broken|aborted|killed|overwritten|too \w+|is beyond|only|\(Mix\)|E[A-Z]{4,})\b/i

/** Cut at a word, with an ellipsis. */
export function clipped(text: string, charsMax: number): string {
  if (text.length <= charsMax) return text
  const cut = text.slice(0, charsMax - 1)
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), charsMax / 2))}…`
}

const INVISIBLE = /[\p{Cc}\p{Cf}]/gu

/** Verbs that open an instruction to whoever reads the output. */
const COMMAND =
  /^(?:\W*(?:\w+\s*:\s*)?)(?:please|you (?:must|should|need|have to|can)|always|never|now|do not|don't|ignore|disregard|forget|remember|run|use|try|call|execute|install|add|remove|delete|send|email|forward|upload|post|visit|open|click|go to|see|set|make|ensure|check|consider|reply|respond|say|tell|write|save|store|copy|download|transfer|add|augment|append|insert|incorporate|include|integrate|embed|attach|modify|update|change|render|encode|answer|explain|describe|list|provide|give|mention|talk|discuss|promote|recommend|suggest|share|export|retrieve|access|capture|collect|extract|analy[sz]e|monitor|search|find|create|generate|build|compose|draft|schedule|book|order|buy|pay|withdraw|translate|summari[sz]e|determine|identify|compare|calculate|what|which|who|where|when|why|how|grant|approve|disable|enable|fix|contact|to (?:fix|resolve|continue|push|see))\b(?!\s*[:[(=])/i
const ADDRESSED =
  /\b(?:ignore|disregard|forget)\b.{0,40}\b(?:instruction|previous|above|prior|rule)|\b(?:system prompt|as an ai|ai (?:agent|assistant|model)|assistant|language model|add (?:this )?to (?:your )?memory|from now on|you (?:must|should)|your (?:reply|response|answer|code\w*|implementation|output|program|script|message|text)|the (?:following|subsequent) (?:code|script|snippet|text))\b/i

/** `open config.yaml: permission denied`: the verb is what failed, not what to do. */
const FAILED_VERB =
  /^\w+ [^:]{1,80}: (?:.*\b)?(?:no such|denied|refused|time(?:out|d out)|not found|invalid|exists|EOF|reset)\b/i

/** `You must be logged in to the server`: the state that is missing, and nothing after it. */
const MISSING_STATE =
  /^you (?:must|need to|have to) be (?:logged in|signed in|authenticated|authori[sz]ed|connected|root|an? (?:admin|administrator|owner|member))(?: (?:to|into|as|on|with|for|of)(?: (?!and\b|then\b|or\b|also\b|please\b)[a-z'-]+){1,5})?(?: \([a-z0-9 ]{1,30}\))?[.!]?$/i

function isCommanding(sentence: string): boolean {
  if (ADDRESSED.test(sentence)) return true
  return COMMAND.test(sentence) && !FAILED_VERB.test(sentence)
}
