import { stemmer } from 'stemmer'
import { words } from './lexicon.ts'
import type { Token } from './tokens.ts'

const VERBS = stems(`
  run listen use live own ship work start end go get need expire give take cost close open log send write
  call return approve contain store keep deploy build test merge commit push pull read serve host point map
  bind default support require depend prefer like love hate know say speak play teach study graduate organize
  organise lead manage maintain report belong reside sit land fit allow forbid deny accept reject include
  exclude produce consume publish subscribe handle process import export sync copy move rotate restart fail
  pass load cache render compute calculate round format parse validate check verify sign encrypt compress
  archive delete remove add create update upgrade install enable disable show hide print answer reply ask
  tell mention pay charge refund bill order buy sell deliver arrive leave enter join meet visit attend host
  direct design develop invent found compose author publish volunteer collaborate specialize mentor coach
  perform feature win receive earn enjoy drink eat cook train sleep wake begin finish last set stay remain
  become expect return throw raise lower increase decrease limit cap retry time wait block trigger schedule
  launch release tag label name assign review notify alert page escalate follow watch track measure monitor
  back restore replicate scale provision configure mount expose proxy route redirect authenticate authorize
  document describe explain translate mock stub skip ignore lint compile bundle transpile sort filter group
  count match search index query fetch request respond accept connect disconnect pin bump avoid put wear carry
  hold exhibit participate photograph travel paint produce initiate partner co-found co-host co-author co-write interview drive ride walk swim practice practise collect invite donate speak write make do have mean say drop stop share mentor commute marry retire die consist weigh
`)

const IRREGULAR_PAST: ReadonlySet<string> = words(`
  met went led wrote won gave spoke taught grew built ran held took made sang became began chose drew
  drove flew knew paid said saw sent sold sat spent stood swam told thought understood wore left lost kept
  got had found fought fell felt brought bought caught broke came cut put set read rode rose shot shut
`)

const AUXILIARIES: ReadonlySet<string> = words(`
  is are am was were be has have had do does did can could may might must shall should will would isn't
  aren't wasn't weren't don't doesn't didn't can't cannot won't shouldn't mustn't gets goes
`)

/** Their objects stand side by side: knowing one language does not end knowing another. */
const MANY_VALUED = stems(`
  like love enjoy hate dislike know speak support include contain have own visit read watch attend buy meet
  eat drink try cook fix add use play need require support say own collect ship depend practise practice
  handle manage cover serve process send
`)

/** Done once by one doer: naming another one corrects the first. */
const SINGLE_DOER = stems(`
  found co-found develop invent create design write author compose direct host organize organise produce
  build win coin discover launch initiate paint interview co-author co-write
`)
/** Done together: with one partner shared, another partner corrects the first. */
const SHARED_DOING = stems(
  'collaborate co-found co-host co-author co-write partner organize organise',
)

export function isSingleDoer(verb: Token | undefined): boolean {
  return (
    verb !== undefined &&
    isPastForm(verb) &&
    (SINGLE_DOER.has(verb.stem) || /^(?:wrote|won|built)$/.test(verb.norm))
  )
}

export function isSharedDoing(verb: Token | undefined): boolean {
  return verb !== undefined && SHARED_DOING.has(verb.stem)
}

/** Position of the first finite verb among the tokens; -1 where the rules see none. */
export function verbIndex(tokens: readonly Token[]): number {
  const [first] = tokens
  if (first === undefined) return -1
  const finite = tokens.findIndex((token, n) => n > 0 && isFiniteVerb(tokens, token, n))
  if (isImperative(tokens, first, finite)) return 0
  return finite
}

export function isManyValued(verb: Token | undefined): boolean {
  return verb !== undefined && MANY_VALUED.has(verb.stem)
}

export function isCopula(verb: Token | undefined): boolean {
  return verb !== undefined && /^(?:is|are|am|was|were|be)$/.test(verb.norm)
}

/** -ed forms and irregular ones; tells "used" from "uses". */
export function isPastForm(token: Pick<Token, 'norm'>): boolean {
  return (
    IRREGULAR_PAST.has(token.norm) ||
    IRREGULAR_PAST.has(token.norm.replace(VERB_PREFIX, '')) ||
    /[^e]ed$/.test(token.norm)
  )
}

/** "rewrote", "undid", "oversaw": the past of the verb behind it. */
const VERB_PREFIX = /^(?:re|un|over|under|out|with|fore|mis)-?(?=\p{L}{3})/u

export function isKnownVerb(token: Pick<Token, 'kind' | 'stem'>): boolean {
  return token.kind === 'word' && VERBS.has(token.stem)
}

/** An order begins with a bare verb, perhaps after "always", "never" or "do not". */
function isImperative(tokens: readonly Token[], first: Token, finite: number): boolean {
  if (/^(?:always|never|don't|do)$/.test(first.norm)) return true
  if (!isKnownVerb(first) || /s$/.test(first.norm)) return false
  // "Refund tickets go to Ben": nothing but nouns before another verb makes the first one a noun.
  return finite < 1 || !tokens.slice(1, finite).every((token) => token.role === 'content')
}

function isFiniteVerb(tokens: readonly Token[], token: Token, n: number): boolean {
  if (AUXILIARIES.has(token.norm)) return true
  if (token.kind !== 'word' || token.role !== 'content') return false
  const before = tokens[n - 1]
  if (
    before === undefined ||
    /^(?:the|a|an|of|for|in|on|at|to|with|from|by|and|or|our|my|its|their|every|each|per)$/.test(
      before.norm,
    )
  ) {
    return false
  }
  if (isPastForm(token) && (VERBS.has(token.stem) || /ed$/.test(token.norm))) return true
  if (IRREGULAR_PAST.has(token.norm)) return true
  if (!VERBS.has(token.stem)) return false
  const isSingular = /s$/.test(token.norm)
  const isAfterPlural =
    /^(?:i|we|you|they)$/.test(before.norm) ||
    tokens.slice(0, n).some((earlier) => /[^s]s$/.test(earlier.norm) || earlier.norm === 'and')
  return isSingular ? !/[^s]s$/.test(before.norm) : isAfterPlural
}

function stems(list: string): ReadonlySet<string> {
  return new Set([...words(list)].map((word) => stemmer(word)))
}
