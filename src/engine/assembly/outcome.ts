import { isOperatorText } from '../../core/memory-path.ts'
import type { Unit } from '../../core/unit.ts'
import { isWholeUnit } from '../entries.ts'
import type { Decision, Entry } from '../entry.ts'
import { contentStems } from '../language/tokens.ts'
import type { ClaimGroup } from './claim-groups.ts'
import { byPlace, mirrored, unitOf } from './judgement.ts'
import { rivalNote, type Weight, weightAmong } from './rival-note.ts'
import type { StatementInputs } from './weigh-units.ts'

/** Similarity from which a memory counts as speaking of the same thing as a new claim. */
const NEAR_SIMILARITY = 0.4

/** A statement and what the store says to it. */
export interface Outcome {
  readonly group: ClaimGroup
  readonly outdated: readonly Decision[]
  readonly known: Unit | null
  /** A note that was stated later and says otherwise. */
  readonly overtakenBy: Decision | null
  readonly disputed: Decision | null
  /** Operator text that says otherwise; never written, so the new wording is only suggested. */
  readonly operator: Decision | null
  readonly nearPath: string | null
  /** The outdated note tells of the same matter: the statement says it anew, as a whole. */
  readonly isRetold: boolean
}

/** What the store says to each statement. */
export function outcomesOf(
  groups: readonly ClaimGroup[],
  inputs: StatementInputs,
): readonly Outcome[] {
  const weight = weightAmong(notesOf(inputs), contentStems)
  const decisionsOn = decisionsByClaim(groups, inputs.decisions)
  return groups.map((group) => outcomeOf(group, decisionsOn(group), inputs, weight))
}

/** The decisions in which a claim of a group takes part, in their order. */
function decisionsByClaim(
  groups: readonly ClaimGroup[],
  decisions: readonly Decision[],
): (group: ClaimGroup) => readonly Decision[] {
  const places = new Map<string, number[]>(
    groups.flatMap(({ claims }) => claims.map(({ id }) => [id, []])),
  )
  for (const [place, { a, b }] of decisions.entries()) {
    places.get(a.key)?.push(place)
    places.get(b.key)?.push(place)
  }
  return ({ claims }) => {
    const own = new Set(claims.flatMap(({ id }) => places.get(id) ?? []))
    return [...own].sort((x, y) => x - y).flatMap((place) => decisions[place] ?? [])
  }
}

function outcomeOf(
  group: ClaimGroup,
  decisions: readonly Decision[],
  inputs: StatementInputs,
  weight: Weight,
): Outcome {
  const ids = new Set<string>(group.claims.map((claim) => claim.id))
  const about = decisions
    .filter((decision) => ids.has(decision.a.key) !== ids.has(decision.b.key))
    .map((decision) => (ids.has(decision.a.key) ? decision : mirrored(decision)))
    .filter(({ b }) => b.source.kind === 'unit')
    .sort((x, y) => y.similarity - x.similarity || byPlace(unitOf(x.b), unitOf(y.b)))
  const known = about.find(({ relation }) => relation === 'same' || relation === 'b_contains_a')
  const nearest = about[0]
  const opposed = about.filter(
    ({ relation, b }) =>
      relation === 'conflict' || (relation === 'a_replaces_b' && isFrozenEntry(b, inputs)),
  )
  const operator = opposed.find(({ b }) => isOperatorText(unitOf(b).path)) ?? null
  const outdated = about.filter(
    ({ relation, b }) => relation === 'a_replaces_b' && !isFrozenEntry(b, inputs),
  )
  const isSettled = outdated.length > 0 || known !== undefined || opposed.length > 0
  const free = about.filter(({ b }) => !isFrozenEntry(b, inputs))
  const retold = isSettled ? null : rivalNote(free, group.current, weight)
  return {
    group,
    outdated: retold === null ? outdated : [retold],
    isRetold: retold !== null,
    known: known === undefined ? null : unitOf(known.b),
    overtakenBy: about.find(({ relation }) => relation === 'b_replaces_a') ?? null,
    disputed: opposed[0] ?? null,
    operator,
    nearPath:
      nearest !== undefined && nearest.similarity >= NEAR_SIMILARITY
        ? unitOf(nearest.b).path
        : null,
  }
}

function isFrozenEntry(entry: Entry, inputs: StatementInputs): boolean {
  return inputs.isFrozen(unitOf(entry))
}

/** Whole units of the store, each once. */
function notesOf({ entries }: StatementInputs): readonly Entry[] {
  return [...entries.values()].filter((entry) => entry.source.kind === 'unit' && isWholeUnit(entry))
}
