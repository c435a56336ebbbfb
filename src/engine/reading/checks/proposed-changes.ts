import type { Claim, Cue } from '../../../core/claim.ts'
import { derivedId } from '../../../core/ids.ts'
import { lowestTrust } from '../../../core/trust.ts'
import type { Unit } from '../../../core/unit.ts'
import { exchangeValue } from '../../assembly/wording.ts'
import { conditionOf } from '../../language/conditions.ts'
import { withResolvedDates } from '../../language/dates.ts'
import { readStatement } from '../../language/frames.ts'
import { modalityOf } from '../../language/modality.ts'
import { splitSentences } from '../../language/sentences.ts'
import type { ChangesOutput, ProposedChange } from '../../prompts/changes.ts'
import type { ChangeBatch } from '../change-batches.ts'
import type { Hint } from '../model-reading.ts'
import { type CitedWords, citedWords } from './cited-words.ts'
import type { Discards } from './discards.ts'
import { deniesOwn } from './meaning-kept.ts'
import { textFault } from './plain-text.ts'
import { type CheckInputs, isPlain, statedInterval, steeringFault } from './proposed-claims.ts'

/** A statement said to change a note, and which one. */
export interface HintedClaim extends Hint {
  readonly claim: Claim
}

const CUE: Readonly<Record<ProposedChange['kind'], Cue | null>> = {
  replace: 'change',
  remove: 'change',
  temporary: 'temporary',
  add: null,
  plan: null,
}

/** The changes of one answer that hold against the words they cite, as claims about notes. */
export function proposedChanges(
  { changes }: ChangesOutput,
  batch: ChangeBatch,
  inputs: CheckInputs,
  discards: Discards,
): readonly HintedClaim[] {
  return changes.flatMap((change) => {
    const hinted = hintedClaim(change, batch, inputs)
    if (typeof hinted !== 'string') return [hinted]
    discards.add(hinted)
    return []
  })
}

function hintedClaim(
  change: ProposedChange,
  batch: ChangeBatch,
  inputs: CheckInputs,
): HintedClaim | string {
  const unit = batch.notes[change.note - 1]
  if (unit === undefined) return 'a note that was not shown'
  const cited = citedWords(change.evidence, batch.parts)
  if (cited.kind === 'discarded') return cited.reason
  const { words } = cited
  const said = change.kind === 'add' || change.kind === 'remove'
  const wording = said ? saidText(change, words, unit) : exchanged(change, words, unit)
  if (typeof wording === 'string') return wording
  const quotes = words.map(({ evidence }) => evidence.quote)
  const fault =
    textFault(wording.text, quotes) ?? steeringFault(wording.text, words, inputs.steering)
  if (fault !== null) return fault
  const claim = claimOf(change, wording, words, batch, inputs)
  const { value, formerValue: former } = wording
  const isExchange = wording.wording === 'model' && former !== null && value !== null
  const exchange = isExchange ? { former, value } : null
  return { claim, claimId: claim.id, unitId: unit.id, exchange }
}

interface Wording {
  readonly text: string
  readonly value: string | null
  readonly formerValue: string | null
  readonly wording: Claim['wording']
}

/** The note's own sentence with one value for another, nothing else touched. */
function exchanged(
  change: ProposedChange,
  words: readonly CitedWords[],
  unit: Unit,
): Wording | string {
  const { old: former, new: value } = change
  if (former === null || value === null) return 'a change without its values'
  if (!unit.text.includes(former)) return 'words that are not in the note'
  if (!words.some(({ evidence }) => evidence.quote.includes(value))) {
    return 'a value that is not in its quotes'
  }
  const sentences = splitSentences(unit.text).map(({ text }) => text)
  const holding = (sentences.length > 0 ? sentences : [unit.text]).filter((one) =>
    one.includes(former),
  )
  const [sentence] = holding
  const text =
    sentence === undefined || holding.length > 1 ? null : exchangeValue(sentence, former, value)
  if (sentence === undefined || text === null) return 'it is unclear what would change in the note'
  if (words.some((one) => deniesOwn(one, value))) return 'a denial came or went'
  const isBound = words.some(({ sentences: said }) => said.some((one) => conditionOf(one) !== null))
  if (isBound && conditionOf(sentence) === null && change.kind !== 'temporary') {
    return 'a condition came or went'
  }
  return { text, value, formerValue: former, wording: 'model' }
}

/** The sentence as said; what it takes from the note must stand there. */
function saidText(
  change: ProposedChange,
  words: readonly CitedWords[],
  unit: Unit,
): Wording | string {
  const { old: former } = change
  if (former !== null && !unit.text.includes(former)) return 'words that are not in the note'
  const [first] = words
  const sentence = first?.sentences[0]
  if (first === undefined || sentence === undefined) return 'nothing is quoted'
  const { value, formerValue } = readStatement(sentence, { at: first.read.event.at, context: [] })
  const isNamed = change.kind === 'remove' && former !== null && sentence.includes(former)
  const ended = isNamed ? former : formerValue
  const text = withResolvedDates(sentence, first.read.event.at)
  return { text, value, formerValue: ended, wording: 'verbatim' }
}

/** It counts only against its note, so it is no memory of its own. */
function claimOf(
  change: ProposedChange,
  { text, value, formerValue, wording }: Wording,
  words: readonly CitedWords[],
  batch: ChangeBatch,
  { asOf }: CheckInputs,
): Claim {
  const evidence = words.map((word) => word.evidence)
  const at =
    evidence
      .flatMap((item) => item.at ?? [])
      .sort()
      .at(-1) ?? null
  const own = readStatement(text, { at, context: [] })
  const sentences = words.flatMap((word) => word.sentences)
  const open = sentences.map(modalityOf).find((modality) => !isPlain(modality))
  const cues = new Set(
    sentences.flatMap((one) => readStatement(one, { at, context: [] }).cues).concat(own.cues),
  )
  const cue = CUE[change.kind]
  if (cue !== null) cues.add(cue)
  const event = own.event ?? statedInterval(change, words)
  return {
    ...own,
    value,
    formerValue,
    id: derivedId('clm', ...evidence.flatMap(({ eventId, quote }) => [eventId, quote]), text),
    text,
    wording,
    kind: 'fact',
    isLasting: false,
    modality: open ?? (change.kind === 'plan' ? 'plan' : own.modality),
    cues: [...cues],
    event,
    times: { event, statedAt: at, ingestedAt: null, derivedAt: asOf },
    dependsOn: [],
    evidence,
    trust: lowestTrust(evidence.map(({ trust }) => trust)),
    audience: batch.audience,
  }
}
