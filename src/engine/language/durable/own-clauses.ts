/** Who a person speaks of when they speak of their own life. */
const SUBJECT = String.raw`(?:I|I['’](?:m|ve|d)|my)\b`
const TIME =
  'recently|lately|currently|right now|nowadays|these days|today|yesterday|earlier today|last (?:night|week|weekend|month|year|spring|summer|fall|autumn|winter|\\p{Lu}\\p{Ll}+)|this (?:morning|week|month|year)|(?:a|one|two|three|four|five|six|\\d+) (?:days?|weeks?|months?|years?) ago|in (?:\\p{Lu}\\p{Ll}+|\\d{4})|on \\p{Lu}\\p{Ll}+(?: \\d{1,2}(?:st|nd|rd|th)?)?'
const START = String.raw`(?=(?:(?:${TIME}),?\s+)?${SUBJECT})`
const LINK =
  'and|but|so|plus|then|also|yet|although|though|while|especially since|especially as|since|because|as|given that|now that|seeing that|considering(?: that)?|remember(?:ing)?(?: that time)? when|remember(?:ing)? that|the fact that'
const FILLER = 'also|actually|just|now|then|so far|honestly|by the way|btw|in fact|anyway'

/**
 * Where a new statement about the person begins: after a stop inside the sentence, after a link
 * ("..., and I", "since I"), or where the rest turns to the agent ("can you ...").
 */
const BOUNDARY = new RegExp(
  [
    String.raw`(?:[,;:(]|\s[–—-]+)\s*(?:(?:${LINK})[\s,]+)*(?:(?:${FILLER})[\s,]+)*${START}`,
    String.raw`(?<!\bmy [\p{L}-]+(?: \p{Lu}\p{L}+)?)\s+(?:(?:${LINK})[\s,]+)+(?:(?:${FILLER})[\s,]+)*(?=I\b|I['’](?:m|ve)\b)`,
    String.raw`(?:[,;:"”]|\s[–—-]+)\s*(?:(?:and|but|so)\s+)?(?=(?:have you|do|does|can|could|would|will|what|how|which (?:one|ones|of|would)|where (?:can|should|do)|is that|are there|any)\s)`,
  ].join('|'),
  'giu',
)
/** Talk that leads into a statement. */
const LEAD =
  /^(?:(?:oh|well|also|and|but|so|yes|yeah|yep|no|okay|ok|sure|actually|anyway|haha|hm+|by the way|btw|(?:do you )?remember(?:ing)? when|speaking of [^,]{2,40}|on (?:a|another) (?:\w+ )?note|as (?:i|for) [^,]{2,30}|to be honest|honestly|in fact|besides|additionally|plus|in addition|hi|hello|hey)\b(?:\s*[,!.:–—-]+\s*|\s+))+/i
const AHEAD =
  /^(?:(?:I(?:['’](?:m|ve|d))?|my)\b|(?:recently|lately|currently|right now|today|yesterday|earlier|last|this|in|on|two|three|a|one|\d+)\b)/i
/** What hangs on behind and only comments: ", which has helped me a lot". */
const COMMENT =
  /,\s*(?:which|who|where|giving|making|so|with|and it|but|and that|though|although|if|it)\b[^$€£\d"“]*$/i
const NAME = /\s(?!I\b)\p{Lu}\p{L}/u

/**
 * The parts of a sentence that state something of the speaker by themselves, each an exact
 * substring of it, in order: the aside of a request, the reason behind a question.
 */
export function ownClauses(sentence: string): readonly string[] {
  const starts = [0]
  const ends: number[] = []
  for (const match of sentence.matchAll(BOUNDARY)) {
    if (isInsideQuotes(sentence, match.index)) continue
    ends.push(match.index)
    starts.push(match.index + match[0].length)
  }
  ends.push(sentence.length)
  return starts
    .map((start, n) => tidied(sentence.slice(start, ends[n])))
    .filter((clause) => AHEAD.test(clause))
}

function tidied(raw: string): string {
  const led = raw.replace(/^\s+/, '').replace(LEAD, '')
  const bare = led.replace(/[\s,;:.!?)–—-]+$/, '')
  const comment = COMMENT.exec(bare)
  return comment === null || NAME.test(comment[0]) ? bare : bare.slice(0, comment.index)
}

function isInsideQuotes(text: string, at: number): boolean {
  return (text.slice(0, at).match(/["“”]/g)?.length ?? 0) % 2 === 1
}
