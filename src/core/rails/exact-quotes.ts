import { quoteProblem } from '../evidence.ts'
import { collapsed } from '../text/unit-text.ts'
import { carriedShare } from './carried-words.ts'
import { isLessonText } from './lesson-text.ts'
import { displaced, newlyWritten, type Rail } from './rail-facts.ts'

/** How much of a new text its quotes must say, where they do not say it byte for byte. */
const SPOKEN_MIN = 0.7
const WORDED_MIN = 0.4

/**
 * Rail 2, quote or it did not happen: every quote stands byte for byte in what it cites, in the
 * ledger too, and the quotes say what is written. A redaction quotes nothing.
 */
export const exactQuotes: Rail = (change, facts) => {
  const { evidence, ledger, kind } = change
  if (evidence.length === 0 && kind !== 'redact') return { act: 'drop', why: 'no evidence' }
  for (const item of [...evidence, ...ledger.flatMap((row) => row.evidence)]) {
    const problem = quoteProblem(item, facts.sources)
    if (problem !== null) return { act: 'drop', why: problem }
  }
  if (kind === 'redact' || kind === 'remove') return null
  const sources = [
    ...evidence.map(({ quote }) => quote),
    ...displaced(change, facts).map(({ text }) => text),
  ]
  const least = change.isWordedByModel ? WORDED_MIN : SPOKEN_MIN
  const isSaid = (text: string): boolean =>
    isLessonText(text, change, facts) ||
    sources.some((source) => collapsed(source).includes(text)) ||
    carriedShare(text, sources, facts) >= least
  return newlyWritten(change, facts).every(isSaid)
    ? null
    : { act: 'drop', why: 'its quotes do not say it' }
}
