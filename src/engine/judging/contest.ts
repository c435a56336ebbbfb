import { trustRank } from '../../core/trust.ts'
import type { Entry } from '../entry.ts'
import { type Competition, competition } from '../language/compare/compete.ts'
import { writtenDate } from '../language/dates.ts'
import { conditionVeto, hedgeVeto } from '../language/guard/guard.ts'
import type { GuardSide } from '../language/guard/guard-side.ts'
import { predicateOf } from '../language/rivalry/predicate.ts'
import { withoutContrast } from '../language/statement/contrast.ts'
import { settingOf } from '../language/statement/setting.ts'
import { isImported, isPlain, type Judgement, quotesTool, sideOf } from './judged-entry.ts'
import { laterOf } from './later-of.ts'

/** That two statements give different values for one thing; null = nobody says so. */
export type Competing = (newer: Entry, older: Entry) => Competition | null

/**
 * Different values for one thing in one scope: who wins, or that neither does. Rules find the
 * competition unless `competing` tells it; who wins is decided here and nowhere else.
 */
export function contest(
  a: Entry,
  b: Entry,
  left: GuardSide,
  right: GuardSide,
  orderOf: typeof laterOf,
  competing: Competing = competition,
): Judgement | null {
  if (!isPlain(a) || !isPlain(b)) return null
  if (quotesTool(a) || quotesTool(b)) return null
  if (conditionVeto(left, right) !== null) return null
  const later = orderOf(a, b)
  const [newer, older] =
    later === 'b' || (later === null && hasFormer(b) && !hasFormer(a)) ? [b, a] : [a, b]
  const found = competing(newer, older)
  if (found === null) return null
  if (isTemporary(newer)) {
    return { relation: 'related', reasons: ['holds only for a time', found.ground] }
  }
  if (hedgeVeto(left, right)?.startsWith('certainty')) return null
  const outcome = outcomeOf(found, newer, older, later !== null)
  if (outcome !== 'replaces')
    return { relation: outcome.relation, reasons: [asDispute(found.ground), outcome.reason] }
  const relation = newer === a ? 'a_replaces_b' : 'b_replaces_a'
  const teller = later === null ? 'a statement of the user' : 'a later statement'
  return { relation, reasons: [`${teller} says ${found.ground}`] }
}

/**
 * Whether a person's statement may take the place of a note that tells of the same matter: both
 * plain, in one scope, under one condition, and the statement known to be the later one.
 */
export function mayReplace(claim: Entry, note: Entry): boolean {
  if (claim.source.kind !== 'claim' || !isPlain(claim) || isTemporary(claim)) return false
  if (quotesTool(note)) return false
  if (claim.audience !== note.audience || !(isImported(note) || hasCue(claim))) return false
  if (settingOf(claim.text) !== settingOf([...note.context, note.text].join(' '))) return false
  const side = sideOf(claim)
  const bare = { ...side, text: withoutContrast(side.text).replace(/\bonly (?=for|in|on)/i, '') }
  // "while they lived in Rome" restricts a rule; of what happened it tells when.
  const isRule = predicateOf(bare.text)?.isPast !== true
  if (isRule && conditionVeto(bare, sideOf(note)) !== null) return false
  const isLater = laterOf(claim, note) === 'a'
  const isUndated = note.statedAt === null && writtenDate(note.text) === null
  if (!isLater && !(isUndated && hasCue(claim))) return false
  return trustRank(claim.trust) <= trustRank(note.trust)
}

/** Neither wins: the values stand against each other. */
function asDispute(ground: string): string {
  return ground.replace(' in place of ', ' against ')
}

/**
 * The published table (design, section 3): authority before time; a note gives way to a later
 * statement in the same frame; two statements need a property of one value or words of change.
 */
function outcomeOf(
  found: Competition,
  newer: Entry,
  older: Entry,
  isOrdered: boolean,
): 'replaces' | { readonly relation: 'conflict' | 'related'; readonly reason: string } {
  const isMarked = hasCue(newer)
  const isClaimOnNote = newer.source.kind === 'claim' && isImported(older)
  const isUndated = older.statedAt === null && writtenDate(older.text) === null
  const isStatedNew = isOrdered || (isClaimOnNote && isMarked && isUndated)
  if (!isStatedNew) {
    return found.isFunctional
      ? { relation: 'conflict', reason: 'neither is known to be later' }
      : { relation: 'related', reason: 'neither is known to be later' }
  }
  if (trustRank(newer.trust) > trustRank(older.trust)) {
    return { relation: 'conflict', reason: 'the later one has less authority' }
  }
  if (found.kind === 'polarity' && !isMarked) {
    return { relation: 'conflict', reason: 'no word says that it changed' }
  }
  if (isClaimOnNote || found.isFunctional || isMarked) return 'replaces'
  return { relation: 'related', reason: 'both may hold' }
}

function hasCue({ statement }: Entry): boolean {
  return statement.cues.includes('change') || statement.cues.includes('correction')
}

function hasFormer({ statement }: Entry): boolean {
  return statement.formerValue !== null
}

function isTemporary({ statement }: Entry): boolean {
  return statement.cues.includes('temporary')
}
