import type { DreamCases, Dreamt } from '../../harness/dream-cases.ts'
import { holdsWords } from '../../harness/holds-words.ts'

/** A note, what a person says later, and what a dream is to make of it. */
export interface DecisionItem {
  readonly id: string
  readonly domain: string
  /** The row of the decision table. */
  readonly row: string
  /** Null = the statements meet each other only. */
  readonly note: string | null
  /** `YYYY-MM-DD`; null = undated. */
  readonly noteDate: string | null
  readonly statements: readonly { readonly text: string; readonly at: string | null }[]
  readonly expected: Expected
  /** Words of a line that is to be current. */
  readonly current: string
  /** Words that no line is to hold any longer, where something is to be replaced. */
  readonly outdated: string | null
}

export type Expected = 'replace' | 'both' | 'conflict' | 'no change'

export interface DecidedItem {
  readonly item: DecisionItem
  readonly isAsExpected: boolean
  /** Something left the current text for the ledger. */
  readonly isReplaced: boolean
  readonly isConflict: boolean
  /** A line holds the words that are to be current. */
  readonly isKept: boolean
}

/** One dream over the note; each statement is a session of its own, as its time says. */
export async function decideItem(item: DecisionItem, cases: DreamCases): Promise<DecidedItem> {
  const dreamt = await cases.dream({
    memory: item.note === null ? {} : { 'notes.md': noteFile(item.note, item.noteDate) },
    transcripts: item.statements.map(({ text, at }) => [
      { role: 'user', content: text, ...(at === null ? {} : { at }) },
    ]),
  })
  const { changes, current } = dreamt
  const isReplaced = changes.some(({ kind, ledger }) => kind === 'supersede' && ledger.length > 0)
  return {
    item,
    isAsExpected: isAsExpected(item, dreamt),
    isReplaced,
    isConflict: changes.some(({ kind }) => kind === 'conflict'),
    isKept: current.some(({ text }) => holdsWords(text, item.current)),
  }
}

function isAsExpected(item: DecisionItem, dreamt: Dreamt): boolean {
  const { note, expected, current: words, outdated } = item
  const { changes, current } = dreamt
  const isNoteUntouched = note === null || current.some(({ text }) => text === note)
  const isConflict = changes.some(({ kind }) => kind === 'conflict')
  switch (expected) {
    case 'replace':
      return (
        current.some(({ text }) => holdsWords(text, words)) &&
        !current.some(({ text }) => outdated !== null && holdsWords(text, outdated))
      )
    case 'both':
      return isNoteUntouched && !isConflict && !changes.some(({ kind }) => kind === 'supersede')
    case 'conflict':
      return isNoteUntouched && isConflictOfAll(item, dreamt)
    case 'no change':
      return isNoteUntouched && current.length === (note === null ? 0 : 1) && !isConflict
  }
}

/** One conflict whose words are those of the note and of every statement. */
function isConflictOfAll({ note, statements }: DecisionItem, { changes }: Dreamt): boolean {
  const sides = [...(note === null ? [] : [note]), ...statements.map(({ text }) => text)]
  return changes.some(({ kind, before, evidence }) => {
    const cited = [...before.map(({ text }) => text), ...evidence.map(({ quote }) => quote)]
    return kind === 'conflict' && sides.every((side) => cited.some((one) => side.includes(one)))
  })
}

function noteFile(note: string, date: string | null): string {
  const head = date === null ? '' : `---\ndate: ${date}\n---\n\n`
  return `${head}- ${note}\n`
}
