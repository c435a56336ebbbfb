import { type Change, type HeldReason, isEffective } from '../change.ts'
import { isReverieError } from '../errors.ts'
import { reasonedLoss } from './change-budget.ts'
import { clashes, closedOperations } from './closed-operations.ts'
import { exactQuotes } from './exact-quotes.ts'
import { labelled, oneAudience } from './labels.ts'
import { knownAddresses } from './new-addresses.ts'
import { ownOrders } from './own-orders.ts'
import { protectedText } from './protected-text.ts'
import type { Rail, RailFacts } from './rail-facts.ts'
import { taint } from './taint.ts'
import { textSizes } from './text-sizes.ts'
import { safeText } from './unsafe-text.ts'
import { wellFormed } from './well-formed.ts'

/** In this order: what is illegal is dropped before anything is read into its words. */
const RAILS: readonly Rail[] = [
  textSizes,
  closedOperations,
  exactQuotes,
  oneAudience,
  reasonedLoss,
  protectedText,
  taint,
  ownOrders,
  safeText,
  knownAddresses,
  wellFormed,
]

/** What the rails leave of a plan. */
export interface Railed {
  /** Those that may go on, some of them held; each with the trust that its evidence gives it. */
  readonly changes: readonly Change[]
  /** Why change-sets were dropped, once for each change of theirs. */
  readonly dropped: readonly string[]
}

/**
 * Judges proposed changes by every rail. A change-set with an illegal change is dropped as a whole,
 * one with a doubtful change is held as a whole; what is left can be applied. Pure.
 */
export function runRails(changes: readonly Change[], facts: RailFacts): Railed {
  const faults = new Map<string, string>()
  const reasons = new Map<string, HeldReason>()
  const clashing = clashes(changes.filter(isSmall(facts)), facts)
  for (const change of changes) {
    const clash = clashing.get(change)
    if (clash !== undefined) note(faults, change, clash)
    const verdict = firstVerdict(change, facts)
    if (verdict?.act === 'drop') note(faults, change, verdict.why)
    if (verdict?.act === 'hold') note(reasons, change, verdict.why)
  }
  const sound = changes.filter(({ changeSet }) => !faults.has(changeSet))
  const judged = sound.map((change) => heldFor(labelled(change, facts), reasons))
  const { fitting, unfitting } = splitByFit(judged, facts)
  return {
    changes: fitting,
    dropped: [
      ...changes.flatMap(({ changeSet }) => faults.get(changeSet) ?? []),
      ...unfitting.map(() => 'it cannot be written'),
    ],
  }
}

/** Ids and units of what is too large are not even compared. */
function isSmall(facts: RailFacts): (change: Change) => boolean {
  return (change) => textSizes(change, facts) === null
}

function firstVerdict(change: Change, facts: RailFacts): ReturnType<Rail> {
  for (const rail of RAILS) {
    const verdict = rail(change, facts)
    if (verdict !== null) return verdict
  }
  return null
}

function note<Why>(found: Map<string, Why>, { changeSet }: Change, why: Why): void {
  if (!found.has(changeSet)) found.set(changeSet, why)
}

function heldFor(change: Change, reasons: ReadonlyMap<string, HeldReason>): Change {
  const reason = reasons.get(change.changeSet)
  return reason === undefined ? change : held(change, reason)
}

/** Waits for a person; one that waits already keeps its reason. */
export function held(change: Change, reason: HeldReason): Change {
  return change.status === 'held' ? change : { ...change, status: 'held', heldReason: reason }
}

interface Fit {
  readonly fitting: readonly Change[]
  readonly unfitting: readonly Change[]
}

/** What cannot be written beside the changes before it goes, by whole sets. */
function splitByFit(changes: readonly Change[], facts: RailFacts): Fit {
  const sets = [...Map.groupBy(changes, ({ changeSet }) => changeSet).values()]
  const taken = new Set(fittingSets([], sets, facts).flat())
  return {
    fitting: changes.filter((change) => taken.has(change)),
    unfitting: changes.filter((change) => !taken.has(change)),
  }
}

type Sets = readonly (readonly Change[])[]

function fittingSets(taken: Sets, more: Sets, facts: RailFacts): Sets {
  const all = [...taken, ...more]
  if (more.length === 0 || canBeWritten(all.flat(), facts)) return all
  if (more.length === 1) return taken
  const half = Math.ceil(more.length / 2)
  const first = fittingSets(taken, more.slice(0, half), facts)
  return fittingSets(first, more.slice(half), facts)
}

function canBeWritten(changes: readonly Change[], { apply }: RailFacts): boolean {
  try {
    apply(changes.filter(isEffective))
    return true
  } catch (error) {
    if (isReverieError(error, 'conflict_error') || isReverieError(error, 'invalid_request_error'))
      return false
    throw error
  }
}
