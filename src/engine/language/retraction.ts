const TALK = String.raw`^(?:(?:ok(?:ay)?|oh|ah|hm+|oops|whoops|sorry|well|and|actually|but|uh|um|no|hey|lol|haha)\b[\s,.!:;–—-]+)*`
const TAKEN_BACK = [
  'no,? wait',
  'wait(?=\\s*(?:[,.!:;…–—-]|(?:no|that|it|actually|i)\\b))',
  'scratch (?:that|it)',
  'strike that',
  '(?:forget|ignore|disregard) (?:that|it|what i|my last|about (?:that|it))',
  '(?:that|it|this|what i said) (?:was|were) (?:wrong|not (?:right|true|correct)|incorrect|a (?:mistake|typo|joke|lie)|nonsense)',
  '(?:just |only )?(?:kidding|joking)',
  'jk',
  "i(?:'m| am| was)(?: just| only)? (?:wrong|mistaken|kidding|joking)",
  'my (?:mistake|bad)',
  'never ?mind',
  'i (?:take|took) (?:that|it) back',
  'i (?:made (?:that|it) up|mixed (?:that|it) up|misspoke|got (?:that|it) wrong)',
  'on second thought',
  'not true',
].join('|')
const RETRACTION = new RegExp(`${TALK}(?:${TAKEN_BACK})(?!\\p{L})`, 'iu')
const LEADING_RETRACTION = new RegExp(
  `${TALK.replaceAll("'", "['’]")}(?:${TAKEN_BACK.replaceAll("'", "['’]")})(?!\\p{L})[\\s,.!:;–—-]*`,
  'iu',
)
/** Said of what the agent answered as often as of one's own words. */
const OBJECTION = new RegExp(
  `${TALK}(?:(?:that|this|it)(?:'s| is) (?:wrong|not (?:right|true|correct)|incorrect|a (?:mistake|typo|joke))|correction|i mean(?:t)?|make (?:that|it))\\b`,
  'i',
)
const SELF_CORRECTION =
  /[,;(–—-]\s*(?:no,? wait|wait,? no|scratch that|sorry|i mean(?:t)?|correction|make that|or rather|never ?mind|just kidding|jk)\b/i

/** True for "No wait, 3200.": what was said just before does not hold. */
export function takesBack(sentence: string): boolean {
  return RETRACTION.test(plain(sentence))
}

/** What a sentence says behind the words that take back; a suffix of it. */
export function afterRetraction(sentence: string): string {
  return takesBack(sentence) ? sentence.replace(LEADING_RETRACTION, '') : sentence
}

/** True for "That's wrong.", which takes back only what stands right before it. */
export function objects(sentence: string): boolean {
  return OBJECTION.test(plain(sentence))
}

/** True for a sentence that takes itself back: "It is 3100 now, no wait, 3200." */
export function correctsItself(sentence: string): boolean {
  return SELF_CORRECTION.test(plain(sentence))
}

function plain(sentence: string): string {
  return sentence.replaceAll('’', "'").trim()
}
