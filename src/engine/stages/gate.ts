import { type Change, isEffective } from '../../core/change.ts'
import { setsBeyondLoss } from '../../core/rails/change-budget.ts'
import type { Unit } from '../../core/unit.ts'
import { slotsOf } from '../language/slots-of.ts'
import { contentStems } from '../language/tokens.ts'
import { explainedUnits, TOP_K, textsAfter, textsBefore } from '../probes/store-texts.ts'
import { type Retrieval, retrievalOver } from '../retrieval.ts'
import { RULES, type Rules } from '../rules.ts'
import type { DreamInputs } from './snapshot.ts'
import { held } from './verify.ts'

export interface GateLimits {
  readonly probesMax: number
  readonly lossUnitsMin: number
  readonly lossShareMax: number
}

export interface Gated {
  readonly changes: readonly Change[]
  readonly probes: { readonly n: number; readonly broken: number }
  /** Those that a model made and answered; absent where none was asked. */
  readonly modelProbes?: ModelProbes
}

export interface ModelProbes {
  readonly n: number
  readonly broken: number
  /** Made, but without an answer when the budget ended. */
  readonly unanswered: number
  /** Notes that no probe was made of, for want of budget or of a valid answer. */
  readonly notesLeft: number
}

/** A question to the store: is what this unit said still found by its own words? */
interface Probe {
  readonly unit: Unit
  readonly query: ReadonlySet<string>
  readonly gold: readonly string[]
}

const QUERY_STEMS_MIN = 3

/**
 * Stage `gate`: probes made from the old store before the changes are looked at. A change-set
 * that makes a probe fail without an entry in the ledger is held, as are sets that lose more
 * units than the bound allows. Without probes the bound remains.
 */
export function gate(
  inputs: DreamInputs,
  changes: readonly Change[],
  limits: GateLimits,
  { hasGate }: Pick<Rules, 'hasGate'> = RULES,
): Gated {
  if (!hasGate) {
    return { changes: holdLosses(inputs, changes, limits), probes: { n: 0, broken: 0 } }
  }
  const before = retrievalOver(textsBefore(inputs))
  const probes = makeProbes(inputs.units, limits.probesMax).filter((probe) => holds(probe, before))
  const bounded = holdLosses(inputs, changes, limits)
  const brokenAt = (candidate: readonly Change[]): readonly Probe[] =>
    brokenProbes(inputs, candidate, probes)

  let current = bounded
  let broken = brokenAt(current)
  for (const probe of broken) {
    const guilty = guiltySets(current, probe, brokenAt)
    current = current.map((change) =>
      guilty.has(change.changeSet) ? held(change, 'probe_broken') : change,
    )
  }
  if (broken.length > 0) broken = brokenAt(current)
  return { changes: current, probes: { n: probes.length, broken: broken.length } }
}

function makeProbes(units: readonly Unit[], probesMax: number): readonly Probe[] {
  const usable = units
    .filter(({ kind }) => kind === 'bullet' || kind === 'paragraph')
    .map((unit): Probe => {
      const slots = slotsOf(unit.text)
      const stems = contentStems(unit.text)
      return { unit, query: stems, gold: slots.length > 0 ? slots : [...stems] }
    })
    .filter(({ query }) => query.size >= QUERY_STEMS_MIN)
  const stride = Math.max(1, Math.ceil(usable.length / probesMax))
  return usable.filter((_, n) => n % stride === 0)
}

function holds({ query, gold }: Probe, retrieval: Retrieval): boolean {
  return retrieval.top(query, TOP_K).some((text) => {
    const present = new Set([...slotsOf(text), ...contentStems(text)])
    return gold.every((item) => present.has(item))
  })
}

/** Broken and not explained: what left the store with a ledger row is not missed. */
function brokenProbes(
  inputs: DreamInputs,
  changes: readonly Change[],
  probes: readonly Probe[],
): readonly Probe[] {
  const effective = changes.filter(isEffective)
  const explained = explainedUnits(effective)
  const after = retrievalOver(textsAfter(inputs, effective))
  return probes.filter((probe) => !explained.has(probe.unit.id) && !holds(probe, after))
}

/** The sets whose absence alone mends the probe; if none does, those that touch its memory. */
function guiltySets(
  changes: readonly Change[],
  probe: Probe,
  brokenAt: (candidate: readonly Change[]) => readonly Probe[],
): ReadonlySet<string> {
  const sets = [...new Set(changes.filter(isEffective).map(({ changeSet }) => changeSet))]
  const alone = sets.filter(
    (set) => !brokenAt(changes.filter(({ changeSet }) => changeSet !== set)).includes(probe),
  )
  if (alone.length > 0) return new Set(alone)
  return new Set(
    changes
      .filter((change) => change.before.some(({ path }) => path === probe.unit.path))
      .map(({ changeSet }) => changeSet),
  )
}

/** Beyond the bound the sets that lose units wait for a person; the rest goes on. */
function holdLosses(
  inputs: DreamInputs,
  changes: readonly Change[],
  limits: GateLimits,
): readonly Change[] {
  const sets = setsBeyondLoss(changes, inputs.units.length, limits)
  return changes.map((change) => (sets.has(change.changeSet) ? held(change, 'loss_bound') : change))
}
