import { linesOf, type TextLine } from './stretch.ts'

const HEADER =
  /^\s*(?:from|to|subject|sent|date|b?cc|reply-to|message-id|betreff|von|an|gesendet|datum|de|para|asunto|enviado|objet|envoyé)\s*:\s*\S/i
/** One of these alone is enough. */
const OPENING_HEADER = /^\s*(?:from|subject|betreff|asunto|objet|message-id)\s*:/i
const FORWARD =
  /^\s*(?:-{3,}\s*(?:original|forwarded) message|begin forwarded message|on .{6,80} wrote:|am .{6,80} schrieb|le .{6,80} a écrit)/i
const WROTE = /^[^\n:]{2,80}\b(?:wrote|schrieb|a écrit)\s*:\s*$/i
const SUBJECT = /^\s*(?:fwd?|fw|wg|tr|rv)\s*:\s*\S/i
/** A rule, a heading or a cut mark: people who chat write none, documents have all. */
const DOCUMENT =
  /^\s*(?:-{3,}|={3,}|\*{3,}|_{3,})\s*$|^\s{0,3}#{1,6}\s|^\s*[-=*_~]{2,}\s*[^\s=*_~-][^\n]{0,30}\s*[-=*_~]{2,}\s*$|^\s*(?:BEGIN|START|COPY|QUOTE)(?: [A-Z ]{1,20})?\s*$/

/** "[10:32] Bob:", "Bob Miller  10:32 AM", "bob [10:32]". */
const CLOCK = String.raw`\d{1,2}:\d{2}(?::\d{2})?\s*(?:[ap]\.?m\.?)?`
const CHAT_LINE = new RegExp(
  String.raw`^\s*(?:[[(]${CLOCK}[\])]\s*<?[\p{L}\d][\p{L}\d ._'-]{0,30}>?\s*[:>-]|<[\p{L}\d][\p{L}\d ._-]{0,30}>\s|[\p{L}\d][\p{L}\d ._'-]{0,30}(?:\s{2,}|\s*[[(])${CLOCK}[\])]?\s*:?\s*$)`,
  'iu',
)
/** Who speaks in a transcript or a log. */
const ROLE =
  /^\s*(?:\[\/?\s*(?:system|assistant|user|human|ai|agent|bot|developer|admin|operator|(?:tool|function)(?:[_ ]\w+)?|output|result|response|observation|pasted text|attachment|quote)\b[^\]\n]{0,40}\]|(?:system|assistant|user|human|ai|agent|bot|developer|admin|operator|tool|function|customer|result|response|stdout|stderr|observation|(?:tool|function|command)[ _](?:call|use|output|result|response))\s*(?:\([^)\n]{0,30}\)\s*)?:)/i

const SITES =
  'wikipedia|stack ?overflow|reddit|hacker news|github|gitlab|confluence|slack|discord|teams|notion|jira|linkedin|twitter|facebook|quora|medium|youtube|google|the (?:web|internet|wiki|forum|vendor|customer|supplier|support team)|a (?:blog|forum|website|web ?site|customer|vendor|colleague|friend|stranger)'
const FROM_SITE = new RegExp(
  String.raw`^\s*(?:(?:copied|pasted|taken|quoted|seen|found|source|via)\b[\s:,-]*)?(?:from|via|on|source)\s*:?\s+(?:${SITES})\b[^.!?\n]{0,60}$`,
  'i',
)
const SOURCE_LINK = /^\s*(?:source|via|link|from|url|see)\s*:?\s+<?https?:\/\/\S+\s*$/i
const LINK = /^\s*<?https?:\/\/\S+>?\s*$/
/** So much after a bare link is the page. */
const PAGE_CHARS_MIN = 400

/** A short line that only names a text: "Ticket #443", "Review comment from Bob", "tool output". */
const NAMED_TEXT =
  /^\s*(?:(?:the|a|an|their|his|her|full|complete|raw|original|pasted|copied|copy of(?: the| their| his| her)?|review|tool|error|customer|support|vendor|bug|reply|auto|chat)\s+){0,4}(?:e-?mails?|mails?|letters?|articles?|posts?|pages?|readme(?:\.md)?|tickets?|issues?|comments?|transcripts?|logs?|outputs?|results?|text messages?|sms|quotes?|tweets?|repl(?:y|ies)|repons?es?|snippets?|excerpts?|attachments?)(?:\s+#?\d{1,9})?(?:\s+(?:from|by|of|on)\s+[^.!?:\n]{1,40})?\s*:?\s*$/i

/** Where a text of somebody else begins by the look of its lines; the text's length where none does. */
export function foreignLineAt(text: string): number {
  const lines = linesOf(text)
  let headers = 0
  let firstHeader = 0
  for (const [n, { line, start }] of lines.entries()) {
    const hasMore = lines.slice(n + 1).some((next) => next.line.trim() !== '')
    if (opensForeign(line) || (hasMore && announces(line, lines.slice(n + 1)))) return start
    if (HEADER.test(line)) {
      if (headers === 0) firstHeader = start
      headers += 1
      if (headers >= 2 || OPENING_HEADER.test(line)) return firstHeader
    } else if (line.trim() !== '') headers = 0
  }
  return text.length
}

function opensForeign(line: string): boolean {
  return [FORWARD, DOCUMENT, SUBJECT, CHAT_LINE, ROLE].some((pattern) => pattern.test(line))
}

/** Of a line with something after it. */
function announces(line: string, after: readonly TextLine[]): boolean {
  if ([WROTE, FROM_SITE, SOURCE_LINK, NAMED_TEXT].some((pattern) => pattern.test(line))) return true
  const chars = after.reduce((sum, next) => sum + next.line.trim().length, 0)
  return LINK.test(line) && chars >= PAGE_CHARS_MIN
}
