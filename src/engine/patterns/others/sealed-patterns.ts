import type { SightingId } from '../../../core/ids.ts'
import type { Sighting } from '../../../core/ledger.ts'
import type { RankedLesson } from '../lesson.ts'
import { rootsOf } from './families.ts'
import {
  commonMarks,
  commonParts,
  groupOf,
  independentUsers,
  type SealedGroup,
} from './sealed-group.ts'
import { commonMessage, evidenceOf, type SealedTarget, sealedLesson } from './sealed-lesson.ts'
import {
  markOf,
  type SealedSighting,
  sealedOf,
  sealedPattern,
  sightingIdOf,
} from './sealed-sighting.ts'
import { loadedSealed, storedSealed } from './stored-sealed.ts'

export interface SealedInputs {
  /** Of the sessions just read, reduced. */
  readonly fresh: readonly SealedSighting[]
  /** All counters of the target, of earlier dreams and of the sessions that its readers may see. */
  readonly counted: readonly Sighting[]
  /** Users of the sessions that its readers may see, where they are known. */
  readonly usersOf: ReadonlyMap<string, readonly string[]>
  /** Independent users that have to share what is told. */
  readonly usersMin: number
  /** Patterns whose lesson stands already. */
  readonly known: ReadonlySet<string>
}

export interface SealedOutcome {
  readonly lessons: readonly RankedLesson[]
  /** What the target's counters keep of the fresh sightings. */
  readonly sightings: readonly Sighting[]
  /** Patterns that too few users share. */
  readonly below: number
  /** What a sighting of a sealed session may tell; undefined = nothing. */
  readonly sharedText: (id: SightingId) => string | undefined
}

/**
 * The one way out of sessions that a target's readers may not see. Groups the sightings by error,
 * tells what enough independent users share, and keeps marks of the rest. The order of its inputs
 * does not matter.
 */
export function sealedPatterns(inputs: SealedInputs, target: SealedTarget): SealedOutcome {
  const groups = groupsOf(inputs)
  const texts = new Map<SightingId, string>()
  const lessons: RankedLesson[] = []
  const sightings: Sighting[] = []
  let below = 0
  for (const [pattern, group] of groups) {
    const isShared = independentUsers(group.sightings).length >= inputs.usersMin
    if (!isShared) below += 1
    const shared = isShared ? sharedBy(group, target) : new Map<string, Shared>()
    for (const { id, text } of shared.values()) texts.set(id, text)
    const common = isShared ? commonMarks(group) : new Set<string>()
    for (const sighting of inputs.fresh.filter((it) => it.pattern === pattern)) {
      const evidence = shared.get(sighting.sessionId)?.evidence ?? []
      sightings.push(storedSealed(sighting, common, { ...target, evidence }))
    }
    const ranked = isShared ? sealedLesson(group, target) : null
    if (ranked !== null && !inputs.known.has(ranked.lesson.pattern)) lessons.push(ranked)
  }
  return { lessons, sightings, below, sharedText: (id) => texts.get(id) }
}

/** By sealed pattern, the errors that at least one sealed session shows, sorted by it. */
function groupsOf(inputs: SealedInputs): readonly (readonly [string, SealedGroup])[] {
  const { fresh, counted, usersMin } = inputs
  const sealed = [...fresh, ...counted.flatMap((it) => loadedSealed(it) ?? [])]
  const rootOf = rootsOf([...counted, ...fresh])
  const own = Map.groupBy(
    counted.filter(({ detail }) => detail.kind === 'error'),
    ({ pattern }) => sealedPattern(pattern),
  )
  return [...Map.groupBy(sealed, ({ pattern }) => pattern)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([pattern, all]) => {
      const seen = own.get(pattern) ?? []
      const ownSessions = new Set(seen.map(({ sessionId }) => sessionId))
      const others = all.filter(({ sessionId }) => !ownSessions.has(sessionId))
      const joined = [...others, ...asOneUser(seen, others, inputs.usersOf)].map((it) => ({
        ...it,
        rootSessionId: rootOf(it.rootSessionId) as SealedSighting['rootSessionId'],
      }))
      return [pattern, groupOf(joined, usersMin)] as const
    })
}

/**
 * Sessions that the target's readers may see count as one user more at most, and only where their
 * users are known: whoever has sealed sessions too is that user and nobody else.
 */
function asOneUser(
  seen: readonly Sighting[],
  others: readonly SealedSighting[],
  usersOf: SealedInputs['usersOf'],
): readonly SealedSighting[] {
  const sealedUsers = new Set(others.map(({ user }) => user))
  return seen.flatMap((sighting) => {
    const users = usersOf.get(sighting.sessionId) ?? []
    const agentId = sighting.detail.agent ?? null
    const reduced = users.length === 0 ? null : sealedOf(sighting, { userId: OWN, agentId })
    if (reduced === null) return []
    const user = users.map(markOf).find((mark) => sealedUsers.has(mark)) ?? reduced.user
    return [{ ...reduced, user }]
  })
}

/** No user's id: ids have no line breaks. */
const OWN = 'the target\n'

interface Shared {
  readonly id: SightingId
  readonly text: string
  readonly evidence: SealedShared
}

type SealedShared = ReturnType<typeof evidenceOf>

/** By session, what each sighting of a group with enough users may tell. */
function sharedBy(group: SealedGroup, { lineageId }: SealedTarget): ReadonlyMap<string, Shared> {
  const error = commonMessage(group)
  const pattern = commonParts(group, 'pattern')[0]?.value
  if (error === null || pattern === undefined) return new Map()
  return new Map(
    error.sightings.map((sighting) => [
      sighting.sessionId,
      {
        id: sightingIdOf(lineageId, pattern, sighting.sessionId),
        text: error.text,
        evidence: evidenceOf(
          { ...group },
          { pattern, error: { ...error, sightings: [sighting] } },
          lineageId,
        ),
      },
    ]),
  )
}
