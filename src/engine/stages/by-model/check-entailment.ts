import { type Change, isEffective } from '../../../core/change.ts'
import type { Evidence } from '../../../core/evidence.ts'
import type { ChangeSetId } from '../../../core/ids.ts'
import type { Asker } from '../../asking/asker.ts'
import { DREAM_LIMITS } from '../../dream-limits.ts'
import type { DreamPorts } from '../../dream-ports.ts'
import { splitSentences } from '../../language/sentences.ts'
import {
  type EntailItem,
  type EntailOutput,
  type EntailVerdict,
  entailPrompt,
} from '../../prompts/entail.ts'
import type { DreamInputs } from '../snapshot.ts'
import { tally, type Verified } from '../verify.ts'

/** `unasked`: the budget ended before; `unclear`: no valid answer. */
export type Support = 'yes' | 'no' | 'unclear' | 'unasked'

/**
 * Whether each sentence is carried by its own evidence alone. What is carried in part is not
 * carried. Where the budget ends on the way, every sentence without a verdict counts as unasked.
 */
export async function askSupport(
  asker: Asker,
  items: readonly EntailItem[],
): Promise<readonly Support[]> {
  if (items.length === 0) return []
  const before = asker.uncovered()
  const verdicts = await askVerdicts(asker, items)
  const without = asker.uncovered() > before ? 'unasked' : 'unclear'
  return items.map((_, n) => {
    const verdict = verdicts[n]
    if (verdict === undefined) return without
    return verdict.supported === 'yes' && verdict.unsupported.length === 0 ? 'yes' : 'no'
  })
}

/** What a model says of each sentence; undefined = nothing valid, or the budget ended. */
export async function askVerdicts(
  asker: Asker,
  items: readonly EntailItem[],
): Promise<readonly (EntailVerdict | undefined)[]> {
  if (items.length === 0) return []
  return asker.askItems(entailPrompt, items, {
    batchSize: DREAM_LIMITS.entailBatchMax,
    keyOf: ({ sentence, evidence }) => JSON.stringify([sentence, evidence]),
    verdictsOf: (output: EntailOutput, batch: readonly EntailItem[]) =>
      batch.map((_, n) => {
        const own = output.items.filter(({ item }) => item === n + 1)
        return own.length === 1 ? own[0] : undefined
      }),
  })
}

const NOT_SUPPORTED = 'not supported by its quotes'
const NOT_VERIFIED = 'not verified'

/**
 * Stage `verify`, with a model: every sentence that a model wrote against the words it is said to
 * come from. A change-set with one that they do not plainly carry is dropped and counted; one that
 * the budget left unchecked waits for the next dream. Nothing is reworded. Lessons are left alone:
 * theirs were checked against their counts when they were worded.
 */
export async function checkEntailment(
  _inputs: DreamInputs,
  verified: Verified,
  { asker, rules }: Pick<DreamPorts, 'asker' | 'rules'>,
): Promise<Verified> {
  if (asker === null || !rules.hasVerifier) return verified
  const asked = verified.changes
    .filter((change) => isEffective(change) && change.isWordedByModel && change.kind !== 'insight')
    .flatMap((change) => itemsOf(change).map((item) => ({ set: change.changeSet, item })))
  const support = await askSupport(
    asker,
    asked.map(({ item }) => item),
  )
  const found = new Map<ChangeSetId, Support>()
  for (const [n, { set }] of asked.entries()) {
    found.set(set, worse(found.get(set) ?? 'yes', support[n] ?? 'unclear'))
  }
  return withoutUnsupported(verified, (change) => found.get(change.changeSet) ?? 'yes')
}

function withoutUnsupported(verified: Verified, supportOf: (change: Change) => Support): Verified {
  const { changes } = verified
  const faults = changes.flatMap((change) => {
    const support = supportOf(change)
    return support === 'no' ? [NOT_SUPPORTED] : support === 'unclear' ? [NOT_VERIFIED] : []
  })
  const waiting = changes.filter((change) => supportOf(change) === 'unasked')
  if (faults.length === 0 && waiting.length === 0) return verified
  return {
    changes: changes.filter((change) => supportOf(change) === 'yes'),
    rejected: [...verified.rejected, ...tally(faults)],
    waiting: [...(verified.waiting ?? []), ...waiting],
  }
}

const ORDER: readonly Support[] = ['yes', 'unasked', 'unclear', 'no']

function worse(a: Support, b: Support): Support {
  return ORDER.indexOf(a) >= ORDER.indexOf(b) ? a : b
}

function itemsOf(change: Change): readonly EntailItem[] {
  const before = change.before.map(({ text }) => text)
  return entailItems(writtenTexts(change), change.evidence, before)
}

/**
 * The sentences of texts that a model wrote, each with what it must be carried by. A sentence that
 * stands as it is in the evidence, or stood there before, was not written by a model.
 */
export function entailItems(
  written: readonly string[],
  evidence: readonly Evidence[],
  before: readonly string[],
): readonly EntailItem[] {
  const said = [...evidence.map(({ quote }) => quote), ...before]
  const known = new Set(said.flatMap((text) => [text, ...sentencesOf(text)]).map(plain))
  const carriers = evidence.map(datedQuote)
  return written
    .flatMap(sentencesOf)
    .filter((sentence) => !known.has(plain(sentence)))
    .map((sentence) => ({ sentence, evidence: carriers }))
}

/** With the day it was said, from which "tomorrow" counts. */
function datedQuote({ quote, at }: Evidence): string {
  return at === null ? quote : `(${at.slice(0, 'yyyy-mm-dd'.length)}) ${quote}`
}

function writtenTexts({ edits }: Change): readonly string[] {
  return edits.flatMap((edit) => (edit.op === 'replace' || edit.op === 'append' ? [edit.text] : []))
}

/** All of the text where parts of it are no sentences: nothing that is written goes unchecked. */
function sentencesOf(text: string): readonly string[] {
  const sentences = splitSentences(text)
  const rest = sentences.reduceRight(
    (left, { start, end }) => left.slice(0, start) + left.slice(end),
    text,
  )
  return /[\p{L}\p{N}]/u.test(rest) ? [text] : sentences.map(({ text: sentence }) => sentence)
}

/** On one line, without the mark at its end. */
function plain(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\s.!]+$/, '')
    .trim()
}
