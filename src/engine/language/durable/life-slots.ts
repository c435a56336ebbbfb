import { MONTHS, WEEKDAYS, words } from '../lexicon.ts'
import { contentTokens, isEntity, type Token, tokenize } from '../tokens.ts'

/** One value of the speaker's life that the next statement of it replaces. */
export interface LifeSlot {
  /** Sorted stems. */
  readonly subject: readonly string[]
  readonly attribute: string
  /** Verbatim. */
  readonly value: string
}

const NUMBER =
  '(?:\\d[\\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|twenty|thirty|forty|fifty)'
const ABOUT =
  '(?:(?:about|around|over|almost|nearly|more than|at least|up to|close to|a total of|just|already) )*'
const SELF = "^(?:so far,? )?I(?:'ve| have|'m| am| was)? "
const ADVERB =
  /(?<=\s)(?:now|currently|recently|just|already|usually|also|always|only|still|actually|generally|normally|typically|regularly|been) /gi
/** They carry an activity and do not name it. */
const CARRIERS = words(
  'go going do doing take taking see seeing have having attend attending get getting play playing been use using meet meeting spend spending make making usually every each time times week month day year today far so i',
)
const TIMES_PER =
  '(?:once|twice|\\d+ times|(?:two|three|four|five|six|seven) times|\\d+ days|(?:two|three|four|five|six) days) (?:a|per|each|every) (?:day|week|month|year)|every (?:other )?(?:day|week|month)|every (?:\\d+|two|three|four|six) (?:days|weeks|months)'
const KIN =
  '(?:\\p{L}+ )?(?:wife|husband|partner|mom|mum|mother|dad|father|parents|son|daughter|sister|brother|aunt|uncle|cousin|niece|nephew|friend|roommate|neighbou?r|boss|manager|colleague)'

interface Reader {
  readonly pattern: RegExp
  readonly attribute: string
  /** The words that say what the value is of; `groups.of` unless given. */
  readonly of?: (groups: Readonly<Record<string, string>>) => string
}

const READERS: readonly Reader[] = [
  {
    pattern: own(
      `(?:got |get |getting )?(?:pre-?)?approved for (?:an? )?(?<value>[$€£]\\d[\\d,.]*k?)(?<of>[^,;]*)`,
    ),
    attribute: 'approval',
    of: ({ of = '' }) =>
      / (?!home\b)(?<what>\p{L}+ (?:loan|card|line))\b/iu.exec(of)?.groups?.what ?? '',
  },
  { pattern: own(`(?:turned )?(?<value>\\d{1,3})(?: years old)?(?<of>)$`), attribute: 'age' },
  {
    pattern: own(
      '(?:started|began) (?:working|a (?:new )?job) (?:at|for|with) (?<value>\\p{Lu}[^,;]*?)(?<of>)(?= (?:in|last|on|this|as|a|two|three)\\b|[,;.]|$)',
    ),
    attribute: 'employer',
  },
  {
    pattern: rx(
      `^my (?<of>${KIN}(?: \\p{Lu}\\p{L}+)?) (?:moved|relocated|lives?|is living)(?: back)? (?:to|in) (?<value>(?:the )?\\p{Lu}[^,;]*?)(?= (?:last|in|on|this|with|for|a|two|three|after|because)\\b|[,;.]|$)`,
    ),
    attribute: 'location',
  },
  {
    pattern: rx(
      String.raw`\b(?:personal (?:best|record)|best time|(?:highest|best) score)(?<of>.*?)(?: (?:of|is|was|with|to|at))+ ${ABOUT}(?<value>\d[\d:.,]*)(?<tail>.*)$`,
    ),
    attribute: 'personal-best',
    of: ({ of = '', tail = '' }) =>
      raceIn(`${of} ${tail}`) ?? `${of} ${tail.replace(/\b(?:last|this|next) \w+.*/i, '')}`,
  },
  {
    pattern: rx(
      String.raw`^my (?:\p{L}+ )?(?<of>commute|rent|salary|weight|height|mortgage payment|shoe size)(?: to work| payment)? (?:takes|is|was|of|(?:went|goes|rose|dropped|fell|came) (?:up |down )?to|increased to) ${ABOUT}(?<value>[$€£]?\d[\d,.]*(?: ?(?:minutes?|hours?|pounds|kg|kilos|lbs|cm|k))?)`,
    ),
    attribute: 'measure',
  },
  {
    pattern: own(
      `(?:${ABOUT}|(?:reached|hit|have|got) ${ABOUT})(?<value>\\d[\\d,.]*) (?<of>(?:followers|subscribers)(?: on \\p{L}+)?)`,
    ),
    attribute: 'count',
  },
  {
    pattern: own(
      `(?<verb>lead|manage|supervise|mentor) (?:a team of )?(?<value>${NUMBER}) (?<of>[^,;]+)`,
    ),
    attribute: 'count',
    of: ({ verb = '', of = '' }) => `${verb} ${upToScope(of)}`,
  },
  {
    pattern: own(`on page (?<value>\\d+) of (?<of>[^,;]+)`),
    attribute: 'page',
  },
  {
    pattern: rx(
      `^I(?:'ve| have)? (?<verb>own|have|keep|raise|(?<='ve |have )[\\p{L}-]+)(?: (?:to|at|up|out))? ${ABOUT}(?<value>${NUMBER}) (?<of>(?!of\\b|more\\b|minutes?\\b|hours?\\b|days?\\b|weeks?\\b|months?\\b|years?\\b|times?\\b)[^,;]+)`,
    ),
    attribute: 'count',
    of: ({ verb = '', of = '' }) => `${verb} ${upToScope(of)}`,
  },
  {
    pattern: own(`(?<of>[^;]{2,80}?),? (?<value>${TIMES_PER})(?<tail>.*)$`),
    attribute: 'how-often',
  },
  {
    pattern: own(
      `(?<of>(?:go|get|wake|leave|start|finish|going|getting|waking|leaving|starting)\\b[^;]{0,60}?) at (?:around |about )?(?<value>\\d{1,2}(?::\\d\\d)? ?[ap]\\.?m\\.?)(?<tail>.*)$`,
    ),
    attribute: 'time-of-day',
    of: ({ of = '', tail = '' }) => `${of} ${tail}`,
  },
  {
    pattern: own(
      `(?<of>[\\p{L}-]+ing [^;]{2,80}?) for ${ABOUT}(?:the (?:past|last) )?(?<value>${NUMBER} (?:weeks|months|years))`,
    ),
    attribute: 'how-long',
  },
  {
    pattern: own(
      `(?:keep|store) my (?<of>[^,;]{2,60}?) (?<value>(?:in|on|under|behind|at) [^,;]+)$`,
    ),
    attribute: 'place',
  },
]

/** They need no other subject than the speaker. */
const OF_THE_PERSON = words('approval age employer personal-best')
const RACE = /\b(?:\d+(?:\.\d+)? ?k\b|half[- ]marathon|marathon|mile)/i

/** The distance that a text speaks of, as a subject: "a charity 5K"; empty without one. */
export function raceSubject(text: string): string {
  return stemsOf(raceIn(text) ?? '').join(' ')
}

function raceIn(text: string): string | null {
  return RACE.exec(text)?.[0].replace(' ', '') ?? null
}

/**
 * Reads a measure of the speaker's own life: how many, how often, since when, how much, where.
 * Null for anything else.
 */
export function lifeSlot(sentence: string): LifeSlot | null {
  const text = sentence
    .replaceAll('’', "'")
    .replace(/[.!]+$/, '')
    .replace(/\s+(?:now|so far|at the moment|these days)(?= |$)/gi, '')
    .replace(ADVERB, '')
  if (!/^(?:so far,? )?(?:I|my)\b/i.test(text)) return null
  for (const { pattern, attribute, of } of READERS) {
    const groups = pattern.exec(text)?.groups
    const value = groups?.value?.trim()
    if (groups === undefined || value === undefined) continue
    const subject = stemsOf(of?.(groups) ?? groups.of ?? '')
    if (subject.length === 0 && !OF_THE_PERSON.has(attribute)) return null
    return { subject, attribute, value }
  }
  return null
}

/** "Korean places in my city since May": what is counted, and the names of where. */
function upToScope(counted: string): string {
  const cut = counted.search(
    /\s(?:so far|this|in|on|at|since|for|from|with|to|who|that|which|and|but|during|as)\b/i,
  )
  if (cut < 0) return counted
  const names = tokenize(counted.slice(cut)).filter(
    (token) => isEntity(token, false) && !MONTHS.has(token.norm) && !WEEKDAYS.has(token.norm),
  )
  return [counted.slice(0, cut), ...names.map(({ text }) => text)].join(' ')
}

function stemsOf(text: string): readonly string[] {
  const named = contentTokens(text).filter(isNaming)
  return [...new Set(named.map(({ stem }) => stem))].sort()
}

function isNaming({ norm, kind }: Token): boolean {
  return !CARRIERS.has(norm) && kind !== 'date'
}

function own(rest: string): RegExp {
  return rx(`${SELF}${rest}`)
}

function rx(source: string): RegExp {
  return new RegExp(source, 'iu')
}
