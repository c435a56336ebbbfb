import { linesOf } from './stretch.ts'

const GREETING =
  /^\s*(?:hi|hello|hey|dear|hallo|liebe[rs]?|sehr geehrte[rsn]?|good (?:morning|afternoon|evening|day)|guten (?:tag|morgen)|bonjour|hola)\b([^.!?\n]{0,50}?)[,!]?\s*$/i
/** Whom an agent is not: a letter to one of these was written to many. */
const TO_MANY =
  /\b(?:customers?|clients?|users?|members?|subscribers?|sir|madam|damen|herren|colleagues|applicant|guest|owner|partner|developer|friend|valued|investor|winner)\b/i
const TO_AGENT =
  /^\s*(?:claude|assistant|agent|ai|bot|gpt|chatgpt|copilot|gemini|cursor|codex|there|you|again)?\s*$/i
const CLOSING =
  /^\s*(?:(?:best|kind|warm|with best|many thanks and)?\s*regards|sincerely(?: yours)?|yours (?:truly|sincerely|faithfully)|best wishes|best|cheers|mit freundlichen grüßen|viele grüße|beste grüße|liebe grüße|mfg|cordialement|saludos)\s*,?\s*$/i

/**
 * Where a letter to somebody else begins: it greets many, or it greets by name and closes formally.
 * The text's length where there is none.
 */
export function letterAt(text: string): number {
  const lines = linesOf(text)
  const closes = lines.some(({ line }) => CLOSING.test(line))
  for (const { line, start } of lines) {
    const addressee = GREETING.exec(line)?.[1]
    if (addressee === undefined) continue
    if (TO_MANY.test(addressee)) return start
    if (closes && !TO_AGENT.test(addressee)) return start
  }
  return text.length
}
