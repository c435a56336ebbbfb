import { words } from '../lexicon.ts'
import type { Sense } from './meaning.ts'

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

/** What opens a clause, and the one word it counts as. */
export const CLAUSE_OPENERS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    if: 'if',
    when: 'if',
    whenever: 'if',
    unless: 'unless',
    until: 'until',
    till: 'until',
    before: 'before',
    after: 'after',
    once: 'after',
    while: 'while',
    during: 'while',
    because: 'because',
    since: 'since',
    although: 'although',
    though: 'although',
    except: 'except',
    excluding: 'except',
    without: 'without',
    instead: 'instead',
    so: 'so',
    otherwise: 'so',
  }),
)
/** They only explain: the statement stands without them. */
const EXPLAINING = words('because so although')
/** Also said of things: "before Friday", "since 2019", "without approval". */
const PHRASE_OPENERS = words('until before after while because since except without instead')
const DETAIL_OPENERS = words(`
  which who whose where mostly mainly partly it he she they this these those his her their its as we i you
  because since so although though otherwise
`)
/** Behind a comma these narrow what was said. */
const NARROWING = words(
  'if unless until except without instead before after only not but when while',
)

/** Cuts the senses of a text into clauses at marks and at the words that open one. */
export function partsOf(senses: readonly Sense[]): readonly Part[] {
  const parts: Part[] = []
  let current: Sense[] = []
  let clause = ''
  let isDetail = false
  let isBracket = false
  /** An apposition between two commas, behind which the sentence goes on. */
  let isAside = false
  const close = (isKey = false): void => {
    if (current.length > 0)
      parts.push({ senses: current, clause, isDetail: isDetail || isBracket, isKey })
    current = []
  }
  for (const [at, sense] of senses.entries()) {
    const gap = at === 0 ? '' : gapOf(sense)
    const opener = openerAt(senses, at)
    const isFirst = current.length === 0 && parts.length === 0
    if (/[()]/.test(gap)) {
      close()
      isBracket = gap.lastIndexOf('(') > gap.lastIndexOf(')')
    } else if (/[.;:!?–—]|\s-+\s/.test(gap) && !isFirst) {
      const isKey: boolean =
        !/[.;!?]/.test(gap) && clause === '' && !current.some(isVerb) && !isDetail
      close(isKey)
      clause = ''
      isDetail = isDetail || !isKey
    } else if (gap.includes(',')) {
      const isFronted = clause !== '' && parts.every((part) => part.clause !== '')
      const isLater = !isFronted && opensDetail(senses, at)
      if (isFronted || isLater) {
        close()
        clause = ''
        isDetail = isDetail || isLater
      } else if (isDetail && isAside && isVerb(sense)) {
        close()
        isDetail = false
      }
      isAside = isLater
    }
    if (opener !== null && !(clause === opener && current.length === 0)) {
      close()
      clause = opener
      isDetail = isDetail || (EXPLAINING.has(opener) && parts.length > 0)
    }
    current.push(sense)
  }
  close()
  return parts
}

/** The word a clause is opened by here; null = none. A time or a thing behind it makes a phrase. */
function openerAt(senses: readonly Sense[], at: number): string | null {
  const sense = senses[at]
  const word = sense?.words.length === 1 ? (sense.words[0]?.norm ?? '') : ''
  const opener = sense?.kind === 'word' ? CLAUSE_OPENERS.get(word) : undefined
  if (opener === undefined) return null
  if (!PHRASE_OPENERS.has(opener)) return opener
  return hasVerbAhead(senses, at + 1)
    ? opener === 'since'
      ? 'because'
      : opener
    : opener === 'because'
      ? opener
      : null
}

function hasVerbAhead(senses: readonly Sense[], from: number): boolean {
  for (const sense of senses.slice(from)) {
    if (/[,.;:()]/.test(gapOf(sense)) || CLAUSE_OPENERS.has(sense.words[0]?.norm ?? ''))
      return false
    if (isVerb(sense)) return true
  }
  return false
}

/** Behind a comma: an apposition or a clause of its own; a bare noun continues a list. */
function opensDetail(senses: readonly Sense[], at: number): boolean {
  const first = senses[at]?.words[0]?.norm ?? ''
  if (NARROWING.has(first)) return false
  if (DETAIL_OPENERS.has(first)) return true
  if (!senses.slice(0, at).some(isVerb)) return false
  const rest = senses.slice(at + 1)
  const stop = rest.findIndex((sense) => /[,;.()]/.test(gapOf(sense)))
  const stretch = stop < 0 ? rest : rest.slice(0, stop)
  if (/^(?:the|a|an|our|my)$/.test(first)) return stretch.length > 1
  return stretch.some(isVerb)
}

export function isVerb({ pos, kind }: Sense): boolean {
  return kind === 'word' && (pos === 'VERB' || pos === 'AUX')
}

export function gapOf(sense: Sense): string {
  return sense.words[0]?.gap ?? ''
}
