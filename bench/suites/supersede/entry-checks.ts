import type { LedgerEntry } from '../../../src/core/ledger.ts'
import type { CurrentEntry } from '../../harness/dream-cases.ts'
import { wordJaccard } from '../../harness/word-overlap.ts'

/** A memory file of one bullet per note. */
export function bulletFile(notes: readonly string[]): string {
  return notes.map((note) => `- ${note}\n`).join('')
}

/** Whether an entry says something, with words of a session behind it. */
export function isTold({ unit, evidence }: CurrentEntry): boolean {
  return unit.kind !== 'index-line' && evidence.some(({ kind }) => kind === 'event')
}

/** Whether a text that is no longer current stands in the ledger with the words that ended it. */
export function leftWithEvidence(text: string, ledger: readonly LedgerEntry[]): boolean {
  return ledger.some(
    (entry) => !entry.isReverted && entry.text === text && entry.evidence.length > 0,
  )
}

/** The note that shares most words with a text; the first of equals. */
export function nearestTo(text: string, notes: readonly string[]): string | undefined {
  const overlaps = notes.map((note) => wordJaccard(note, text))
  return notes[overlaps.indexOf(Math.max(...overlaps))]
}
