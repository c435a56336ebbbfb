import { type Change, isEffective } from '../../../core/change.ts'
import type { ChangeSetId } from '../../../core/ids.ts'
import { DREAM_LIMITS, limitsOf } from '../../dream-limits.ts'
import type { DreamPorts } from '../../dream-ports.ts'
import { isAccepted } from '../../probes/accept-rule.ts'
import {
  AnsweredProbes,
  type ProbePorts,
  type ProbeResult,
  pairedResults,
} from '../../probes/answered-probes.ts'
import { guiltySets } from '../../probes/guilty-sets.ts'
import { type MadeProbes, type ModelProbe, makeModelProbes } from '../../probes/model-probe.ts'
import { type Gated, gate, type ModelProbes } from '../gate.ts'
import type { DreamInputs } from '../snapshot.ts'
import { held } from '../verify.ts'

/**
 * Stage `gate`, with a model: questions made of the old notes around the changes, answered from
 * what the old and the new store bring up. Where too many break, the change-sets that break them
 * are held; where that is a large part of the plan, all that a model worded is. Nothing is let
 * through that was held before, and what the budget does not cover holds nothing.
 */
export async function probeByModel(
  inputs: DreamInputs,
  gated: Gated,
  ports: ProbePorts & Pick<DreamPorts, 'asker' | 'rules'>,
): Promise<Gated> {
  const { asker, rules, secrets } = ports
  if (asker === null || !rules.hasGate || setsOf(gated.changes).length === 0) return gated
  const made = await makeModelProbes(inputs, gated.changes, asker, secrets)
  const run = new AnsweredProbes(inputs, asker, ports)
  const changes = await withoutBreaks(gated.changes, made.probes, run)
  const results = await run.results(made.probes, changes)
  const modelProbes = figuresOf(made, results)
  if (changes === gated.changes) return { ...gated, modelProbes }
  // A note may have stood in a change that is held by now.
  return { ...gate(inputs, changes, limitsOf(inputs.store), rules), modelProbes }
}

async function withoutBreaks(
  changes: readonly Change[],
  probes: readonly ModelProbe[],
  run: AnsweredProbes,
): Promise<readonly Change[]> {
  const sets = setsOf(changes)
  const guilty = new Set<ChangeSetId>()
  const current = (): readonly Change[] => holding(changes, guilty)
  for (let round = 0; round <= DREAM_LIMITS.probeRoundsMax; round += 1) {
    const results = await run.results(probes, current())
    if (isAccepted(pairedResults(results))) break
    const before = guilty.size
    if (round < DREAM_LIMITS.probeRoundsMax) {
      const broken = probes.filter((_, n) => results[n] === 'broken')
      for (const probe of broken) {
        for (const set of await guiltyOf(probe, current(), run)) guilty.add(set)
      }
    }
    if (guilty.size === before)
      return holding(changes, new Set([...guilty, ...wordedSets(changes)]))
  }
  const isMany = isMuch(guilty.size, sets.length)
  return isMany ? holding(changes, new Set([...guilty, ...wordedSets(changes)])) : current()
}

function wordedSets(changes: readonly Change[]): readonly ChangeSetId[] {
  return changes.flatMap((change) => (change.isWordedByModel ? [change.changeSet] : []))
}

/** One set of a small plan is a large share of it, and still one set. */
function isMuch(heldSets: number, sets: number): boolean {
  return heldSets > 1 && heldSets > DREAM_LIMITS.probeHeldSetsShareMax * sets
}

/** None when an earlier hold has mended the probe already. */
async function guiltyOf(
  probe: ModelProbe,
  changes: readonly Change[],
  run: AnsweredProbes,
): Promise<readonly ChangeSetId[]> {
  const isBroken = async (sets: readonly ChangeSetId[]): Promise<boolean | null> => {
    const taken = new Set(sets)
    const [result] = await run.results(
      [probe],
      changes.filter(({ changeSet }) => taken.has(changeSet)),
    )
    return result === 'unknown' ? null : result === 'broken'
  }
  const sets = setsOf(changes)
  return (await isBroken(sets)) === true ? guiltySets(sets, isBroken) : []
}

function setsOf(changes: readonly Change[]): readonly ChangeSetId[] {
  return [...new Set(changes.filter(isEffective).map(({ changeSet }) => changeSet))]
}

function holding(changes: readonly Change[], guilty: ReadonlySet<ChangeSetId>): readonly Change[] {
  if (guilty.size === 0) return changes
  return changes.map((change) =>
    guilty.has(change.changeSet) ? held(change, 'probe_broken') : change,
  )
}

function figuresOf({ notesLeft }: MadeProbes, results: readonly ProbeResult[]): ModelProbes {
  const { n, broken } = pairedResults(results)
  return { n, broken, unanswered: results.length - n, notesLeft }
}
