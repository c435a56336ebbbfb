import {
  CHANGE_KINDS,
  type Change,
  type HeldReason,
  heldCounts,
  plainWord,
} from '../../../core/change.ts'
import type { Dream, Plan } from '../../../core/dream.ts'
import { othersWords } from '../../../core/ledger.ts'

/** What a dream did, in plain words and counts; never a text of a memory. */
export function reportText(dream: Dream, plan: Plan, changes: readonly Change[]): string {
  return [
    doneText(dream, changes),
    ...heldTexts(changes),
    ...hypothesesText(plan),
    ...othersText(plan),
    usageText(plan),
    ...plan.report.warnings,
  ].join('\n')
}

function doneText({ planStatus, hosted, snapshot }: Dream, changes: readonly Change[]): string {
  if (changes.length === 0) {
    return snapshot.sessions.length + snapshot.contributions.length === 0
      ? 'Nothing was changed: these sessions say nothing new, and the memories are in order.'
      : 'Nothing was changed: nothing worth a change was found.'
  }
  const isWritten = planStatus === 'applied'
  const done = changes.filter(({ status }) =>
    isWritten ? status === 'applied' : status !== 'held',
  )
  const counts = CHANGE_KINDS.flatMap((kind) => {
    const n = done.filter((change) => change.kind === kind).length
    return n === 0 ? [] : [`${n} ${plainWord(kind)}`]
  }).join(', ')
  const place = hosted?.output?.storeId ?? 'the store'
  if (counts === '') return `Nothing was written to ${place}.`
  return isWritten
    ? `Written to ${place}: ${counts}.`
    : `Nothing was written to ${place}. Waiting for a review: ${counts}.`
}

const WHY: Readonly<Record<HeldReason, string>> = {
  secret: 'a note carries a secret',
  untrusted_instruction: 'an instruction that the user did not give',
  untrusted_source: 'only strangers say so',
  new_address: 'an address or command that only strangers named',
  unsafe_text: 'hidden characters or markup',
  person_wrote_it: 'a person wrote what it would replace',
  pinned: 'the note is pinned',
  loss_bound: 'too much would go at once',
  probe_broken: 'something would not be found any more',
  index_full: 'the index is full',
  too_large: 'there is no room for it',
  memory_moved: 'the memory was written to meanwhile',
  awaits_review: 'a person decides on it',
}

function heldTexts(changes: readonly Change[]): readonly string[] {
  return heldCounts(changes).map(
    ([reason, n]) => `Held: ${n} ${n === 1 ? 'change' : 'changes'} (${WHY[reason]}).`,
  )
}

/** What sessions that fail do otherwise is told when it is proven, and only counted before. */
function hypothesesText({ report: { hypotheses = 0 } }: Plan): readonly string[] {
  if (hypotheses === 0) return []
  const counted = hypotheses === 1 ? '1 hypothesis is' : `${hypotheses} hypotheses are`
  return [`About sessions that fail ${counted} not proven yet.`]
}

function othersText({ report: { others } }: Plan): readonly string[] {
  return others === undefined ? [] : [othersWords(others)]
}

function usageText({ report: { usage } }: Plan): string {
  if (usage.models.length === 0) return 'No model was used: rules alone decided.'
  const { inputTokens, outputTokens, usd } = usage
  const cost = usd === null ? '' : ` for ${usd.toFixed(2)} US dollars`
  return `Asked ${usage.models.join(' and ')}: ${inputTokens} tokens in, ${outputTokens} out${cost}.`
}
