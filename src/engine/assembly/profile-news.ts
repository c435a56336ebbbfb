import type { Claim } from '../../core/claim.ts'
import { trustRank } from '../../core/trust.ts'
import { claimEntry } from '../entries.ts'
import type { Entry } from '../entry.ts'
import { laterOf } from '../judging/later-of.ts'
import type { StatementInputs } from './weigh-units.ts'

/** What was told, and the notes that it may change. */
export type NewsInputs = Pick<StatementInputs, 'claims' | 'entries' | 'isFrozen'>

/** Whether what a person told may change a note: for good, with authority, and not before it. */
export function mayBeNews(claim: Claim, note: Entry): boolean {
  if (claim.cues.includes('temporary') || claim.audience !== note.audience) return false
  if (trustRank(claim.trust) > trustRank(note.trust)) return false
  const later = laterOf(claimEntry(claim), note)
  return later === 'a' || (later === null && note.statedAt === null)
}
