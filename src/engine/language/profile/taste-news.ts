import { contentStems } from '../tokens.ts'

/** What a person says of their own taste in one sentence. */
export interface TasteNews {
  /** Liked now, in the words of the sentence; null = nothing. */
  readonly liked: string | null
  /** Liked no longer. */
  readonly ended: string | null
}

const START = String.raw`(?:^|[,;:(—–]\s*|\s-\s|^(?:since|after|due to|because of|with)\s[^,.;]{2,50}?\s|\b(?:and|but|so|also|that|then|since|because)\s)`
const SOON = String.raw`(?:\s(?:just|recently|finally|really|actually|also|now|simply|mostly|pretty much|completely|totally|even|long since|absolutely|currently))*`
const I = `${START}(?:(?:now|these days|lately|nowadays|today|recently),?\\s)?(?:I|I've|I have|I'm|I am)${SOON}`
const THING = String.raw`(?:the |my |our |any |all |doing |eating |drinking |watching |playing |reading |listening to |going to |having )*(?!(?:it|that|this|them|him|her|you|me|everything|nothing)\b)[\p{L}\d'&-]+(?: [\p{L}\d'&-]+){0,4}?`
const END = String.raw`(?=\s*(?:[,.;:!()—–]|\s-\s|$)|\s(?:since|because|after|when|and|but|so|for|instead|any ?more|any longer|these days|nowadays|now|at all|as|to|than|with|who|which|that|from|in|on|at|last|this|even|again|too|either|or|I|lately|ever|has|have|is|are|no|not|completely|altogether|used|doesn't|don't|a lot|all the time|constantly|rather)\b)`
const T = `(?<ended>${THING})${END}`
const U = `(?<liked>${THING})${END}`
const DO =
  '(?:like|love|enjoy|adore|prefer|eat|drink|read|watch|play|listen to|go to|do|use|cook|order|collect|practi[cs]e|follow)'
const DOING =
  '(?:liking|loving|enjoying|adoring|preferring|eating|drinking|reading|watching|playing|listening to|going to|doing|cooking|ordering|collecting|practi[cs]ing|following)'
const MINE =
  'my (?:new |absolute |latest )?(?:thing|favou?rites?|go-to|passion|hobby|drink|choice|comfort food)'

/** One thing in the place of another. */
const EXCHANGES = [
  `${I}\\s(?:replaced|swapped|traded|exchanged|replacing|swapping) ${T} (?:with|for|by) ${U}`,
  `${I}\\s(?:switched|moved|gone|went|changed|converted)(?: over)? from ${T} to ${U}`,
  `\\b[Ii]nstead of ${T},? I(?:'m| am| now)? ?(?:${DO}|${DOING}) ${U}`,
  `${I}\\s(?:${DO}|${DOING}) ${U}(?: now| these days)?,? (?:instead of|rather than|in place of) ${T}`,
  `${I}\\s?prefer ${U} (?:to|over|rather than) ${T}`,
  `${START}I'd (?:much )?rather ${DO} ${U} than ${DO}? ?(?:to )?${T}`,
]
const ENDINGS = [
  `(?:${I}|\\bI\\b[^,.;]{2,40}\\band${SOON})\\s(?:deleted|uninstalled|cancell?ed|gave away|threw out|unsubscribed from) ${T}`,
  `(?:^|[.;,]\\s(?:and |but |so )?)${T} (?:used to be ${MINE}|(?:is|are) over for me|(?:doesn't|don't) do it for me any ?more)`,
  `(?:${I}|\\bI\\b[^,.;]{2,40}\\band${SOON})\\s(?:gone off|went off|gave up(?: on)?|given up(?: on)?|giving up(?: on)?|quit|stopped|dropped|abandoned|sworn off|swore off|cut out|moved on from|lost (?:all |my |any )?(?:interest in|taste for|love for|passion for|appetite for)|fallen out of love with|fell out of love with|(?:grown|grew|got|gotten|become|became) (?:tired|bored|sick|weary) (?:of|with)|had enough of|done with|over with|tired of|bored (?:of|with)|sick of|fed up with) ${T}`,
  `${I}\\s(?:no longer|not)(?: really| much of)? (?:a (?:big |huge )?fan of|into|interested in|fond of|keen on) ${T}(?: any ?more| now)?`,
  `${I}\\sno longer (?:${DO}|care for|crave|want|stand) ${T}`,
  `${START}I${SOON} (?:don't|do not)(?: really| even)? (?:${DO}|care for|crave) ${T} (?:any ?more|any longer)`,
  `${I}\\s(?:can't stand|cannot stand|can no longer stand|dislike|hate|detest) ${T}`,
  `${START}I used to (?:really |absolutely )?(?:like|love|enjoy|adore|prefer|be (?:really )?into|be (?:a fan|fond) of) ${T}`,
  `\\bno (?:patience|appetite|time|love|energy) (?:for|left for) ${T} (?:any ?more|left|these days)`,
  `(?:^|\\bthat |[,;]\\s(?:and |but )?)${T} (?:no longer (?:appeals?|interests?|excites?|works?)|(?:has|have) lost (?:its|their|all) (?:charm|appeal|magic)|(?:is|are) no longer (?:my thing|for me)|(?:isn't|aren't) (?:my thing|for me) any ?more)`,
]
const LIKINGS = [
  `${I}\\s(?:switched|moved over|turned|converted|changed) to ${U}`,
  `${I}\\s(?:fallen in love with|fell in love with|come to (?:like|love|enjoy|appreciate)|came to (?:like|love|enjoy|appreciate)|taken up|took up|discovered|grown fond of|(?:got|gotten) into|can't get enough of|cannot get enough of|hooked on|into|crazy about|obsessed with|a (?:big |huge )?fan of) ${U}`,
  `${I}\\sbeen ${DOING} ${U} (?:all the time|a lot|constantly|lately|these days|instead)`,
  `(?:${I}|\\bI\\b[^,.;]{2,40}\\band${SOON})\\s(?:started|begun|began) (?:to )?(?:${DO}|${DOING}) ${U}`,
  `${I}\\s(?:love|like|enjoy|prefer|adore) ${U}`,
  `${START}(?:now|these days|nowadays|lately),? I(?: mostly| usually| only| always)? ${DO} ${U}`,
  `${START}I(?: mostly| usually| only| always)? ${DO} ${U} (?:now|these days|instead)`,
  `(?:^|[.;,]\\s(?:and |but )?|\\band |\\bbut )${U} (?:is|are|has become|have become)(?: now)? ${MINE}`,
  `${START}I used to (?:really |absolutely )?(?:hate|dislike|detest|avoid|loathe) ${U}`,
]
const PATTERNS = {
  exchanges: EXCHANGES.map(rx),
  endings: ENDINGS.map(rx),
  likings: LIKINGS.map(rx),
}

/** Null for a sentence that tells nothing of the speaker's taste. */
export function tasteNews(sentence: string): TasteNews | null {
  const text = sentence.replaceAll('’', "'").replace(/[.!]+$/, '')
  const exchange = firstOf(PATTERNS.exchanges, text)
  if (exchange !== null) return exchange
  const ended = firstOf(PATTERNS.endings, text)?.ended ?? null
  const liked = firstOf(PATTERNS.likings, text)?.liked ?? null
  return ended === null && liked === null ? null : { ended, liked: liked === ended ? null : liked }
}

const ACTIVITY = new Set([
  ...contentStems('doing eating drinking watching playing reading listening going having cooking'),
  ...contentStems('like love enjoy taste of'),
])

/** Whether a person's words for a thing mean the one of a note: "ramen", "Tonkotsu ramen". */
export function isSameThing(said: string, noted: string): boolean {
  const [left, right] = [said, noted].map(stemsOf)
  if (left === undefined || right === undefined || left.length === 0) return false
  if (left.length === right.length) return left.every((stem) => right.includes(stem))
  return left.every((stem) => right.includes(stem)) && left.at(-1) === right.at(-1)
}

function stemsOf(text: string): readonly string[] {
  return [...contentStems(text)].filter((stem) => !ACTIVITY.has(stem))
}

function firstOf(patterns: readonly RegExp[], text: string): TasteNews | null {
  for (const pattern of patterns) {
    const groups = pattern.exec(text)?.groups
    if (groups === undefined) continue
    const [liked = null, ended = null] = [groups.liked?.trim(), groups.ended?.trim()]
    return { liked, ended }
  }
  return null
}

function rx(source: string): RegExp {
  return new RegExp(source, 'iu')
}
