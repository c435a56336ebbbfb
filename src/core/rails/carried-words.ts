import type { Change } from '../change.ts'
import { highestTrust, lowestTrust, type Trust } from '../trust.ts'
import { displaced, isTainted, type RailFacts, trustOf, written } from './rail-facts.ts'

/** How a memory tells whose words a sentence in the first person is: by an id or a name, no more. */
const FRAME =
  /^(?:The user|[\p{L}\p{N}_.@’'-]{1,80}(?: [\p{Lu}\p{N}][\p{L}\p{N}_.@’'-]{0,40}){0,3}) said: “(.*)”\.?$/su
/** What is added to words as spoken: dates that they mean, an end, how often they were heard. */
const ADDED =
  / ?\[\d{4}(?:-\d{2}){0,2}\]| \(until \d{4}(?:-\d{2}){0,2}\)| \(the user (?:corrected|said) this in \d+ sessions(?:, last seen \d{4}-\d{2}-\d{2})?\)/gu

/** The words of a text that somebody must have said. */
export function saidPart(text: string): string {
  return (FRAME.exec(text)?.[1] ?? text).replace(ADDED, '')
}

/** Share of what `text` is about that stands in `sources`, 0..1; 1 of a text about nothing. */
export function carriedShare(
  text: string,
  sources: readonly string[],
  { language: { stemsOf } }: RailFacts,
): number {
  const stems = [...stemsOf(saidPart(text))]
  if (stems.length === 0) return 1
  const known = new Set(sources.flatMap((source) => [...stemsOf(source)]))
  return stems.filter((stem) => known.has(stem)).length / stems.length
}

/**
 * The best trust whose evidence carries all that any evidence carries of what a change writes: a
 * repetition by strangers never lowers what a trusted source said, and never raises what it did
 * not say. Null = the change writes nothing that its evidence speaks of.
 */
export function neededTrust(change: Change, facts: RailFacts): Trust | null {
  const needed = written(change).flatMap((text) => neededFor(text, change, facts) ?? [])
  return needed.length === 0 ? null : lowestTrust(needed)
}

function neededFor(text: string, change: Change, facts: RailFacts): Trust | null {
  const { stemsOf } = facts.language
  const quotes = change.evidence.map((item) => ({
    stems: stemsOf(item.quote),
    trust: trustOf(item, facts),
  }))
  const standing = standingStems(change, facts)
  const carried = [...stemsOf(saidPart(text))].filter(
    (stem) => !standing.has(stem) && quotes.some(({ stems }) => stems.has(stem)),
  )
  if (carried.length === 0) return null
  const best = (stem: string): Trust =>
    highestTrust(quotes.flatMap(({ stems, trust }) => (stems.has(stem) ? [trust] : [])))
  return lowestTrust(carried.map(best))
}

/** What a replacement leaves of a sound note needs nobody's word: it stood there before. */
function standingStems(change: Change, facts: RailFacts): ReadonlySet<string> {
  if (change.kind !== 'supersede') return new Set()
  const kept = displaced(change, facts).filter((unit) => !isTainted(unit))
  return new Set(kept.flatMap(({ text }) => [...facts.language.stemsOf(text)]))
}
