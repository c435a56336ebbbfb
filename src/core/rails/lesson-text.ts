import type { Change } from '../change.ts'
import { isOwnWord, type RailFacts } from './rail-facts.ts'

/** Every word that lessons are put together from, besides what sessions show. */
const LESSON_WORDS = `
  refused failed fails with in of session sessions time times last seen user users the this it its
  them that these those there was were is are has have had been be and or but not no never again
  corrected said came back error errors succeeded success successful after before as from start use
  do first keep take give check calling call called without went away added run ran commit other
  another others got past though always file tracked all same repeating repeat did help helped
  something else on agent agents more too item an a number text digits digit put front end at upper
  lower case spaces around when if then so because since which what where how you your we our
  independent compared within one task tasks look for way using unchanged resolve going longer
  tests test build linter last edit open left address date duration branch name path id
  verify confirm ensure make sure read find know pass set get choose wait ask try retry begin instead
  right correct valid existing exact proper value argument option tool command step rule of only
  works worked working fails failing failure message says reports reported happens happened
  succeed succeeds needed needs already exist exists missing unknown
  applies seems done enough stock next answers reason two repeat longer`
const COUNT = /\b\d{4}-\d{2}-\d{2}\b|(?<![\p{L}\p{N}.-])\d{1,6}(?![\p{L}\p{N}-])|<[a-z]{1,12}>/gu
/** Every lesson tells in how many sessions it was seen. */
const COUNTED = /\bin \d{1,6} sessions?\b/u
const QUOTE = /“([^”]{0,2000})”/gu
const CODE = /`([^`]{0,2000})`/gu
/** A tool, an argument, a short command. */
const NAME = /^[\w.:/@+=-]{1,80}…?(?: [\w.:/@+=-]{1,60}){0,2}$/u
/** Names that whoever asked for the dream gave to other agents; addresses in them are judged apart. */
const AGENT = /[\p{L}\p{N}_.:@/-]{1,40}/u.source
const OF_AGENTS = new RegExp(`\\bof agents? ${AGENT}(?:, ${AGENT}){0,3}(?: and ${AGENT})?`, 'gu')

const QUOTED_MIN = 0.5
const FREE_MIN = { template: 0.9, worded: 0.6 } as const

/**
 * True of a lesson: what tools show, in quotation marks and code, and beside it nothing but words that
 * lessons are told in, and those of the user and of the agent's own calls. A text that only claims to be one is judged as any other.
 */
export function isLessonText(text: string, change: Change, facts: RailFacts): boolean {
  if (change.pattern === null || (change.kind !== 'insight' && change.kind !== 'add')) return false
  if (!COUNTED.test(text)) return false
  const shown = stemsIn(
    change.evidence.map(({ quote }) => quote),
    facts,
  )
  const bare = text.replace(COUNT, ' ')
  const quoted = [...bare.matchAll(QUOTE)].map(([, part = '']) => part)
  const code = [...bare.replace(QUOTE, ' ').matchAll(CODE)].map(([, part = '']) => part)
  const free = bare.replace(QUOTE, ' ').replace(CODE, ' ').replace(OF_AGENTS, ' ')
  const agents = change.evidence.flatMap((item) =>
    item.kind === 'memory' ? [] : [item.agentId ?? ''],
  )
  const told = change.evidence.flatMap((item) =>
    isOwnWord(item, facts) || isOfAgent(item) ? [item.quote] : [],
  )
  const words = stemsIn([LESSON_WORDS, ...agents, ...told], facts)
  return (
    quoted.every((part) => shareIn(part, shown, facts) >= QUOTED_MIN) &&
    code.every((part) => NAME.test(part) || shareIn(part, shown, facts) >= QUOTED_MIN) &&
    shareIn(free, words, facts) >= FREE_MIN[change.isWordedByModel ? 'worded' : 'template']
  )
}

function isOfAgent(item: Change['evidence'][number]): boolean {
  return item.kind === 'event' && item.speaker === 'agent'
}

function stemsIn(texts: readonly string[], { language }: RailFacts): ReadonlySet<string> {
  return new Set(texts.flatMap((text) => [...language.stemsOf(text)]))
}

function shareIn(text: string, known: ReadonlySet<string>, { language }: RailFacts): number {
  const stems = [...language.stemsOf(text)]
  return stems.length === 0 ? 1 : stems.filter((stem) => known.has(stem)).length / stems.length
}
