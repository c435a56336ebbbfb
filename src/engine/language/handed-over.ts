const OPENING = String.raw`^\s*(?:(?:please|pls|ok(?:ay)?|hi|hey|hello|now|then|and|so|thanks|btw|(?:can|could|would|will) you|i (?:need|want) you to|i'd like you to|help me(?: to)?|let's|just|quickly|briefly)\b[\s,.!:;-]*)*`
const TEXT_VERBS =
  'summari[sz]e|sum up|tl;?dr|translate|read|rewrite|rephrase|reword|paraphrase|proof-?read|spell-?\\s?check|shorten|condense|review|explain|answer|reply to|respond to|analy[sz]e|classify|polish|interpret|comment on|critique'
/** Said of code as often as of a text: only a colon makes them hand one over. */
const WORK_VERBS =
  'improve|correct|edit|check|fix|extract|look at|take a look at|have a look at|format|convert|clean up'
const TEXTS =
  'texts?|e-?mails?|mails?|messages?|letters?|articles?|posts?|pages?|docs?|documents?|documentation|readme(?:\\.md)?|tickets?|issues?|reviews?|comments?|threads?|transcripts?|logs?|outputs?|paragraphs?|sections?|sentences?|passages?|drafts?|cop(?:y|ies)|snippets?|specs?|descriptions?|quotes?|prompts?|changelogs?|contracts?|polic(?:y|ies)|reports?|faqs?|guides?|manuals?|story|poem|essay|speech|notes|chat|conversation|blurb|announcement|memo|instructions|question'
const POINTER = 'this|these|that|it|the following|the above|below|above|attached|following'

/** An order to work on a text: what follows it is that text. */
const TEXT_ORDER = new RegExp(
  `${OPENING}(?:(?:${WORK_VERBS})\\b[^.!?\\n]{0,60}:|(?:${TEXT_VERBS})\\b(?:[^.!?\\n]{0,60}:|\\s*$|[^.:!?\\n]{0,40}\\b(?:${POINTER})\\b|[^.:!?\\n]{0,40}\\b(?:${TEXTS})\\b(?!\\s+(?:before|when|whenever|if|first)\\b)))`,
  'i',
)
const OPINION = new RegExp(
  `\\bwhat(?:'s| is| are| do you| would you)\\b[^.:?\\n]{0,40}\\b(?:make of|think (?:of|about)|say (?:to|about)|your (?:take|opinion|view)|wrong with|meant by)\\b[^.:?\\n]{0,20}\\b(?:${POINTER}|${TEXTS})\\b`,
  'i',
)
/** "Here is the mail", "From the README". */
const PRESENTED = new RegExp(
  `${OPENING}(?:(?:here(?:'s| is| are| comes)|below (?:is|are)|this is|these are|i (?:just )?(?:got|received|found)|(?:copied|pasted|taken|quoted)?\\s*from|see|attached(?: is)?)\\s+)(?:[\\w'’-]+\\s+){0,4}(?:${TEXTS})\\b(?!\\s+(?:now|to|we|is|are|was)\\b)`,
  'i',
)
/** "The doc says" at the end of a line. */
const SAYS = /\b(?:says?|said|writes?|wrote|reads|states|goes)\s*[:,]?\s*$/i
/** From here on nothing is meant: a game, a story. */
const PRETENCE =
  /^\s*(?:(?:please|ok(?:ay)?|now|so|hey|let's|let us|and|then)\b[\s,]*)*(?:pretend|imagine|suppose|role-?play|act as|play (?:the|a)|say we|in (?:the|my|this|our|a) (?:story|novel|tale|fairy tale|fiction|scenario|dream|role-?play)|once upon)\b/i
const ABOVE = /\b(?:above|preceding|previous)\b/i
/** Only these are said of what stands before them: "<text> Summarise it." */
const BACKWARD = new RegExp(
  `${OPENING}(?:summari[sz]e|sum up|tl;?dr|translate|rewrite|rephrase|paraphrase|proof-?read|shorten|condense)\\b`,
  'i',
)

/** Words that are written somewhere else, up to the end of their paragraph. */
const LABEL =
  /^\s*(?:[-*]\s+)?(?:(?:the|a|an|my|our|new|another|some|commit|pr|page|suggested|possible|proposed|first|second|test|sample)\s+)*(?:e\.?g\.?|i\.e\.?|examples?|for (?:example|instance)|(?:commit )?messages?|titles?|headings?|headlines?|captions?|labels?|texts?|body|description|slogan|tagline|copy|prompt|templates?|samples?|inputs?|outputs?|quotes?|questions?|placeholder|tooltip|hint|alt text|tweet|post|sentences?|lines?|strings?|values?|wording|version [ab\d]|before|after|old|expected|actual|variant|draft|answer|reply|(?:in )?(?:german|english|french|spanish|italian|dutch)(?:,? please)?)(?:\s+(?:is|are|reads?|should be|could be|would be))?\s*:/i
const WRITING_ORDER = new RegExp(
  `${OPENING}(?!(?:update|change|post)\\s*:)(?:change|set|put|write|draft|reply|respond|answer|say|type|print|echo|output|add|insert|append|paste|include|rename|replace|update|name|call|title|post|send|tweet|create|make|commit|rewrite|use|turn|switch|fill in|document|mention|describe|tell|let)\\b[^:\\n]{0,80}:(?=\\s|$)`,
  'i',
)
const FOR_MEMORY =
  /\b(?:(?:your|my|our) (?:notes|memory|profile)|memory|remember|in mind|for the record|future reference|(?:write|note) (?:this|that|it) down)\b/i
const EXAMPLE_START =
  /^\s*(?:[-*]\s+)?(?:e\.g\.?|for example|for instance|example|say|like)(?=\s*[,:])|^\s*e\.g\./i

/** True for a sentence that hands over a text: from its start on nothing is the person's own. */
export function handsOver(sentence: string): boolean {
  return [TEXT_ORDER, OPINION, PRESENTED, SAYS, PRETENCE].some((pattern) => pattern.test(sentence))
}

/** True for an order at the end of a message that speaks of what stands before it. */
export function pointsAtTextBefore(sentence: string, isLast: boolean): boolean {
  if (!handsOver(sentence)) return false
  return ABOVE.test(sentence) || (isLast && BACKWARD.test(sentence))
}

/** True for a line whose words are to be written somewhere: "Commit message: ...", "Rename it to: ...". */
export function dictates(line: string): boolean {
  if (EXAMPLE_START.test(line) || LABEL.test(line)) return true
  const order = WRITING_ORDER.exec(line)?.[0]
  return order !== undefined && !FOR_MEMORY.test(order)
}
