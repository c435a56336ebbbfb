/** "today", "from support", "on the portal": what may follow the words that hand a text over. */
const TAIL = String.raw`(?:\s+(?:today|yesterday|now|just now|earlier|back|here|again|in|(?:from|on|in|by|via|at|with) [\p{L}\d][\p{L}\d .@'’-]{0,40})){0,3}\s*[:.,!–-]*\s*$`
const SENDER = String.raw`(?:he|she|they|it|somebody|someone|support|\p{Lu}[\p{L}'’-]+|(?:my|our|the|a|an|one)(?: [\p{L}'’-]+){1,3})`
const SENT =
  '(?:sends?|sent|wrote|writes|replied|replies|answered|answers|posted|forwarded|texted|e-?mailed|mailed|messaged|shows?|showed|gave|gives|returned|responded|told|says?|said)'
const POINTER = '(?:this|these|the following|as follows|below|with|back)'

/** Sentences that say that somebody else's words come next. */
const PRESENTED: readonly RegExp[] = [
  new RegExp(
    String.raw`\b${SENDER}(?: just| has| have| also| only)* ${SENT}\b(?: (?:me|us|it))?(?: just| only)? ${POINTER}${TAIL}`,
    'u',
  ),
  /\b(?:i|we)(?:['’]ve| have)?(?: just)? (?:got|received|was sent|were sent)\b (?:this|these|the following)(?: (?:e-?mail|mail|message|reply|letter|text|sms|note|answer))?(?: (?:from|by|via) [^.!?\n]{1,40}|(?: today| yesterday| just now| this morning))\s*[:.,!–-]*\s*$/iu,
  /^\s*(?:(?:i|we)(?:['’]ve| have)? )?(?:just )?(?:got|received) (?:an?|this|the following) (?:e-?mail|mail|message|reply|letter|text|sms|note|dm)\b[^.!?\n]{0,40}[:.,!–-]*\s*$/i,
  /^\s*(?:(?:i|we)(?:['’]ve| have)? )?(?:just )?(?:found|saw|read|copied|pasted|pasting|quoting|copying|forwarding|sharing) (?:this|these|the following)\b[^.!?\n]{0,40}[:.,!–-]*\s*$/i,
  /^\s*(?:here(?:['’]s| is| are| comes?)|look(?: at)?|see|check out|guess|this is) what\b[^.!?\n]{0,80}\s*[:.,!–-]*\s*$/i,
  /^\s*(?:i(?:['’]m| am)? )?(?:pasted|pasting|copying|copied|quoting|forwarding) (?:it|this|that|them) (?:here|below|in)\b[^.!?\n]{0,20}[:.,!–-]*\s*$/i,
  /^\s*fyi\b[^.!?\n]{0,30}\b(?:from|by|via)\b/i,
  /^\s*(?:see|read|look at) (?:below|the following|this)\s*[:.,!–-]*\s*$/i,
  /\bhttps?:\/\/\S+\s*:\s/i,
]

/** True of a sentence after which the words are somebody else's. */
export function presents(sentence: string): boolean {
  return PRESENTED.some((pattern) => pattern.test(sentence))
}

const DOUBTED =
  'legit(?:imate)?|true|real|genuine|spam|scam|phishing|fake|trustworthy|safe|normal|a joke|for real'
/** A question what to make of a text. */
const ASKS_ABOUT = new RegExp(
  String.raw`\b(?:is|are|was|does|do|can|could|would|what) (?:this|that|these|it|you)\b[^.?!\n]{0,40}\b(?:${DOUBTED}|correct|right|mean|make sense|think)\b[^.?!\n]{0,25}\?|\bwhat(?:['’]s| is| does) (?:this|that)\b[^.?!\n]{0,30}\?`,
  'i',
)
const DOUBTS = new RegExp(
  String.raw`\b(?:is|are|was|does|do) (?:this|that|these|it)\b[^.?!\n]{0,25}\b(?:${DOUBTED}|mean)\b[^.?!\n]{0,25}\?|\bwhat (?:does|did) (?:this|that|it|they) mean\b`,
  'i',
)

/** True of a question about a text that comes next. */
export function asksAboutNext(sentence: string): boolean {
  return ASKS_ABOUT.test(sentence)
}

/** True of a question whether what stands before it is to be believed. */
export function doubtsBefore(sentence: string): boolean {
  return DOUBTS.test(sentence)
}

const ORDER =
  "(?:always|never|from now on|please|remember|do not|don['’]?t|make sure|you (?:must|should|have to|need to)|(?:i|we|you) (?:must|should) (?:always|never))"
const REPORTED = new RegExp(
  String.raw`^\W*according to (?:the|this|that|their|his|her|its|a|an|\p{Lu})|^\W*as (?:the|this|that|their|his|her)\b[^,:]{1,40}\b(?:puts?|says?|states?|writes?|explains?)\b|\b(?<!\b(?:[Ii]|[Ww]e)(?: already| have| just)? )(?:says?|said|wrote|writes|states?|told (?:me|us)|asks?|asked (?:me|us)|wants (?:me|us|you))\b(?: that| to)?[\s:,–-]*${ORDER}\b|^\W*fyi\b[^.!?\n]{0,30}\b(?:from|by|via)\b[^.!?\n]{1,40}?(?:\s[–-]|:)\s|\bhttps?://\S+:\s|(?:<-+|←)[^?]{0,60}\?\s*$`,
  'iu',
)

/** True of a sentence that tells what somebody else says or orders. */
export function reports(sentence: string): boolean {
  return REPORTED.test(sentence)
}
