import { remembered } from '../../../core/text/remembered.ts'
import { type PlacedSense, readingOf } from '../reading/reading.ts'
import { isVerbStem } from '../synonyms/synonyms.ts'
import { tokenize } from '../tokens.ts'
import { isPastForm } from '../verbs.ts'
import type { Veto } from './guard-side.ts'

/** "used" against "uses", "was" against "is": said of another time. */
export const tenseVeto: Veto = (a, b) => {
  const left = tenseOf(a.text)
  const right = tenseOf(b.text)
  const isApart = left !== right && left !== 'perfect' && right !== 'perfect'
  return isApart ? 'time differs: past / present' : null
}

const TEXTS_REMEMBERED = 5_000

const tenseOf = remembered(TEXTS_REMEMBERED, readTense)

/** "has moved" tells of the past and of now, so it goes with both. */
function readTense(text: string): 'past' | 'perfect' | 'present' {
  if (!tokenize(text).some((token) => MARKERS.test(token.norm) || isPastForm(token)))
    return 'present'
  const core = readingOf(text).senses.filter(({ isDetail }) => !isDetail)
  if (core.some((sense, at) => isPast(sense, core[at - 1], core[at + 1]) && !isReduced(core, at)))
    return 'past'
  const isPerfect = core.some(
    (sense, at) =>
      HAVE.test(wordOf(sense)) && (isPastVerb(core[at + 1]) || wordOf(core[at + 1]) === 'been'),
  )
  return isPerfect ? 'perfect' : 'present'
}

const MARKERS = /^(?:was|were|did|formerly|previously|been)$/
const HAVE = /^(?:has|have)$/

/** A finite past form: no "is used", no "used by", no "approved vendors". */
function isPast(
  sense: PlacedSense,
  before: PlacedSense | undefined,
  after: PlacedSense | undefined,
): boolean {
  const word = wordOf(sense)
  if (word !== 'been' && MARKERS.test(word)) return true
  if (!isPastVerb(sense) || before === undefined || wordOf(after) === 'by') return false
  if (sense.words[0]?.gap.trim() !== '' || sense.role !== 'verb') return false
  return (
    /^(?:NOUN|PROPN|PRON)$/.test(before.words.at(-1)?.pos ?? before.pos) || before.kind === 'name'
  )
}

/** "The database used for tests is new": the verb of the sentence is another one. */
function isReduced(core: readonly PlacedSense[], at: number): boolean {
  const next = wordOf(core[at + 1])
  if (isPresentVerb(core[at + 1])) return true
  if (!/^(?:for|in|on|to|at|with|as|from|under|before|after|until)$/.test(next)) return false
  const rest = core.slice(at + 2)
  return rest.some(
    (sense, n) =>
      /^(?:is|are|has|have|must|can|may)$/.test(wordOf(sense)) ||
      isPresentVerb(sense) ||
      // The tagger takes "orders placed before 13:00 leave" for a leave.
      (rest[n - 1]?.words[0]?.pos === 'NUM' && isVerbStem(sense.words[0]?.stem ?? '')),
  )
}

function isPresentVerb(sense: PlacedSense | undefined): boolean {
  return sense?.role === 'verb' && sense.words.at(-1)?.pos === 'VERB' && !isPastVerb(sense)
}

function isPastVerb(sense: PlacedSense | undefined): boolean {
  const [word] = sense?.words ?? []
  return word !== undefined && isPastForm({ norm: word.norm })
}

function wordOf(sense: PlacedSense | undefined): string {
  return sense?.words[0]?.norm ?? ''
}
