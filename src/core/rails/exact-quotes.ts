import { quoteProblem } from '../evidence.ts'
import { collapsed } from '../text/unit-text.ts'
import { standsIn } from '../text/worded-from.ts'
import { carriedShare, saidPart } from './carried-words.ts'
import { isLessonText } from './lesson-text.ts'
import { displaced, isTainted, newlyWritten, type Rail, type RailFacts } from './rail-facts.ts'

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
    isSaidIn(text, sources, least, facts)
  return newlyWritten(change, facts).every(isSaid)
    ? null
    : { act: 'drop', why: 'its quotes do not say it' }
}

/** As a whole and in each of its parts: what is said must not carry in what is not. */
function isSaidIn(
  text: string,
  sources: readonly string[],
  least: number,
  facts: RailFacts,
): boolean {
  const said = withoutZone(saidPart(text), sources)
  const parts = said
    .split(PART_END)
    .filter((part) => facts.language.stemsOf(part).size >= PART_STEMS_MIN)
  return (
    [said, ...parts].every((part) => carriedShare(part, sources, facts) >= least) &&
    facts.language.slotsOf(said).every((slot) => isKnownName(slot, sources, facts))
  )
}

/** Where one time zone takes the place of another, people name it in words of their own. */
const ZONE =
  /\b(?:Africa|America|Antarctica|Asia|Atlantic|Australia|Europe|Indian|Pacific)\/[A-Z][A-Za-z_]+(?:\/[A-Z][A-Za-z_]+)?\b/gu

function withoutZone(text: string, sources: readonly string[]): string {
  return sources.some((source) => source.search(ZONE) >= 0) ? text.replace(ZONE, ' ') : text
}

const PART_END = /[.;:!?,]\s|\s[-–—]\s|\s(?:and|but|so|because|while|whereas|plus|then)\s/giu
const PART_STEMS_MIN = 3
/** Names, numbers and addresses; denials, conditions and dates have their own checks. */
const NAMES_SOMETHING = /[\p{Lu}\d@/\\._]/u
const DATE = /^\d{4}-\d{2}/u

function isKnownName(slot: string, sources: readonly string[], facts: RailFacts): boolean {
  if (!NAMES_SOMETHING.test(slot) || DATE.test(slot)) return true
  const stems = facts.language.stemsOf(slot)
  const isIn = (source: string): boolean => {
    const known = facts.language.stemsOf(source)
    return standsIn(slot, source) || [...stems].every((stem) => known.has(stem))
  }
  return (
    sources.some(isIn) ||
    [...facts.units.values()].some((unit) => !isTainted(unit) && isIn(unit.text))
  )
}
