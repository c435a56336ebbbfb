import { words } from '../lexicon.ts'
import { CLAUSE_OPENERS, gapOf, isBe, isVerb, PREPOSITIONS, wordOf } from './function-words.ts'
import type { Sense } from './senses.ts'

/** A clause of a text. */
export interface Part {
  readonly senses: readonly Sense[]
  /** What opened it: "if", "until"; empty for a main clause. */
  readonly clause: string
  /** An elaboration that may be missing: a reason, an apposition, a second sentence. */
  readonly isDetail: boolean
  /** The part before a colon: "Owner of billing: Mara". */
  readonly isKey: boolean
}

/** They only explain: the statement stands without them. */
const EXPLAINING = words('because so although')
/** Also said of things: "before Friday", "since 2019", "without approval". */
const PHRASE_OPENERS = words('until before after while because since except without instead')
const DETAIL_OPENERS = words(`
  which who whose where mostly mainly partly it he she they this these those his her their its as we i you
  because since so although though otherwise
`)
/** Behind a comma these narrow what was said. */
const NARROWING_OPENERS = words(
  'if unless until except without instead before after only not but when while',
)

interface Cut {
  readonly parts: Part[]
  current: Sense[]
  clause: string
  isDetail: boolean
  inBrackets: boolean
  /** An apposition between two commas, behind which the sentence goes on. */
  isAside: boolean
}

/** Cuts the senses of a text into clauses at marks and at the words that open one. */
export function partsOf(senses: readonly Sense[]): readonly Part[] {
  const cut: Cut = {
    parts: [],
    current: [],
    clause: '',
    isDetail: false,
    inBrackets: false,
    isAside: false,
  }
  for (const [at, sense] of senses.entries()) {
    if (at > 0) cutAtMarks(cut, senses, at)
    cutAtOpener(cut, openerAt(senses, at))
    cut.current.push(sense)
  }
  close(cut)
  return untilAfterDenial(cut.parts)
}

/** "Never ship before it is signed" is "never ship until it is signed". */
function untilAfterDenial(parts: readonly Part[]): readonly Part[] {
  const isDenied = parts.some(
    ({ clause, isDetail, senses }) => clause === '' && !isDetail && senses.some(isDenial),
  )
  if (!isDenied) return parts
  return parts.map((part) => (part.clause === 'before' ? { ...part, clause: 'until' } : part))
}

function isDenial({ keys }: Sense): boolean {
  return keys.has('not')
}

function close(cut: Cut, isKey = false): void {
  const { current, clause, isDetail, inBrackets } = cut
  if (current.length > 0) {
    cut.parts.push({ senses: current, clause, isDetail: isDetail || inBrackets, isKey })
  }
  cut.current = []
  cut.clause = ''
}

function cutAtMarks(cut: Cut, senses: readonly Sense[], at: number): void {
  const gap = gapOf(senses[at])
  if (/[()]/.test(gap)) {
    const { clause } = cut
    close(cut)
    cut.clause = clause
    cut.inBrackets = gap.lastIndexOf('(') > gap.lastIndexOf(')')
  } else if (/[.;:!?–—]|\s-+\s/.test(gap)) {
    const isKey = isKeyBefore(cut, gap)
    close(cut, isKey)
    cut.isDetail = cut.isDetail || !isKey
  } else if (gap.includes(',')) cutAtComma(cut, senses, at)
}

/** "Owner of billing: Mara", "Standup - 9:30": what stands before has no verb yet. */
function isKeyBefore({ clause, isDetail, current }: Cut, gap: string): boolean {
  // "There are two of them: ..." says no more than "Two of them: ...".
  const isThere = wordOf(current[0]) === 'there' && isBe(current[1])
  const said = isThere ? current.slice(2) : current
  return !/[.;!?]/.test(gap) && clause === '' && !isDetail && !said.some(isVerb)
}

function cutAtComma(cut: Cut, senses: readonly Sense[], at: number): void {
  const isFronted = cut.clause !== '' && cut.parts.every(({ clause }) => clause !== '')
  const isLater = !isFronted && opensDetail(senses, at)
  if (isFronted || isLater) {
    close(cut)
    cut.isDetail = cut.isDetail || isLater
  } else if (cut.isDetail && cut.isAside && isVerb(senses[at])) {
    close(cut)
    cut.isDetail = false
  }
  cut.isAside = isLater
}

function cutAtOpener(cut: Cut, opener: string | null): void {
  if (opener === null || (cut.clause === opener && cut.current.length === 0)) return
  close(cut)
  cut.clause = opener
  cut.isDetail = cut.isDetail || (EXPLAINING.has(opener) && cut.parts.length > 0)
}

/** The word a clause is opened by here; null = none. A time or a thing behind it makes a phrase. */
function openerAt(senses: readonly Sense[], at: number): string | null {
  const sense = senses[at]
  const isWord = sense?.kind === 'word' && sense.words.length === 1
  const opener = isWord ? CLAUSE_OPENERS.get(wordOf(sense)) : undefined
  if (opener === undefined) return null
  if (!PHRASE_OPENERS.has(opener) || opener === 'because') return opener
  if (!hasVerbAhead(senses, at + 1)) return null
  return opener === 'since' ? 'because' : opener
}

function hasVerbAhead(senses: readonly Sense[], from: number): boolean {
  for (const sense of senses.slice(from)) {
    if (/[,.;:()]/.test(gapOf(sense)) || CLAUSE_OPENERS.has(wordOf(sense))) return false
    if (isVerb(sense)) return true
  }
  return false
}

/** "Without a ticket, nobody may ...", "According to Beth, we ...": only now the sentence begins. */
function isBehindFronted(senses: readonly Sense[], at: number): boolean {
  const first = wordOf(senses[0])
  if (!PREPOSITIONS.has(first) && first !== 'according') return false
  return !senses.slice(1, at).some((sense) => /[,;:.()]/.test(gapOf(sense)))
}

const RELATIVE = /^(?:which|who|whose|where)$/

/** Behind a comma: an apposition or a clause of its own; a bare noun continues a list. */
function opensDetail(senses: readonly Sense[], at: number): boolean {
  const first = wordOf(senses[at])
  if (NARROWING_OPENERS.has(first) || isBehindFronted(senses, at)) return false
  if (!senses.slice(0, at).some(isVerb)) return RELATIVE.test(first)
  if (DETAIL_OPENERS.has(first)) return true
  const rest = senses.slice(at + 1)
  const stop = rest.findIndex((sense) => /[,;.()]/.test(gapOf(sense)))
  const stretch = stop < 0 ? rest : rest.slice(0, stop)
  return /^(?:the|a|an|our|my)$/.test(first) ? stretch.length > 1 : stretch.some(isVerb)
}
