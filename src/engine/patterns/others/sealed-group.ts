import { compareText } from '../../../core/text/compare-text.ts'
import { DisjointSets } from '../../disjoint-sets.ts'
import type { SealedSighting } from './sealed-sighting.ts'

/** Sightings of one error over many users, each session once, and what they have in common. */
export interface SealedGroup {
  readonly sightings: readonly SealedSighting[]
  readonly usersMin: number
  /** All words that any of them brings, by mark. */
  readonly words: ReadonlyMap<string, string>
}

/** The same session counts once; of two readings of it, the one that tells more. */
export function groupOf(all: readonly SealedSighting[], usersMin: number): SealedGroup {
  const ordered = all.toSorted(
    (a, b) =>
      compareText(a.sessionId, b.sessionId) ||
      Object.keys(a.marks).length - Object.keys(b.marks).length ||
      compareText(JSON.stringify(a.marks), JSON.stringify(b.marks)),
  )
  const bySession = new Map(ordered.map((sighting) => [sighting.sessionId, sighting]))
  return {
    sightings: [...bySession.values()],
    usersMin,
    words: new Map(ordered.flatMap(({ words }) => Object.entries(words))),
  }
}

/**
 * Users who are independent of each other: two whose sessions belong to one family count as one.
 * Each list holds the sightings of one of them.
 */
export function independentUsers(
  sightings: readonly SealedSighting[],
): readonly (readonly SealedSighting[])[] {
  const sets = new DisjointSets()
  for (const { user, rootSessionId } of sightings) sets.join(`u ${user}`, `s ${rootSessionId}`)
  return [...Map.groupBy(sightings, ({ user }) => sets.rootOf(`u ${user}`)).values()]
}

/** Independent sessions among those of the sightings. */
export function sealedSessions(sightings: readonly SealedSighting[]): number {
  return new Set(sightings.map(({ rootSessionId }) => rootSessionId)).size
}

/** What enough users have in common in one part of their sessions. */
export interface CommonPart {
  readonly mark: string
  readonly value: string
  readonly sightings: readonly SealedSighting[]
}

/** The values of a part that enough users share and that are known, most sessions first. */
export function commonParts(
  { sightings, usersMin, words }: SealedGroup,
  part: string,
): readonly CommonPart[] {
  const having = sightings.filter(({ marks }) => marks[part] !== undefined)
  return [...Map.groupBy(having, ({ marks }) => marks[part] ?? '')]
    .filter(([, all]) => independentUsers(all).length >= usersMin)
    .flatMap(([mark, all]): readonly CommonPart[] => {
      const value = words.get(mark)
      return value === undefined ? [] : [{ mark, value, sightings: all }]
    })
    .sort(
      (a, b) =>
        sealedSessions(b.sightings) - sealedSessions(a.sightings) || compareText(a.value, b.value),
    )
}

/** The marks of everything that enough users share, whatever part it is. */
export function commonMarks(group: SealedGroup): ReadonlySet<string> {
  const parts = new Set(group.sightings.flatMap(({ marks }) => Object.keys(marks)))
  return new Set([...parts].flatMap((part) => commonParts(group, part).map(({ mark }) => mark)))
}
