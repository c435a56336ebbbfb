import { LIMITS } from '../../config.ts'
import { CHANGE_KINDS, type Change, type ChangeKind, type Disposition } from '../../core/change.ts'
import {
  type Dream,
  NO_USAGE,
  type Plan,
  type PlanReport,
  type PlanUsage,
} from '../../core/dream.ts'
import type { EvidenceSources } from '../../core/evidence.ts'
import type { SessionEventId } from '../../core/ids.ts'
import type { Lease } from '../../storage/storage.ts'
import type { Asker } from '../asking/asker.ts'
import type { Finding } from '../assembly/findings.ts'
import { coverageOf } from '../coverage.ts'
import type { DreamPorts, Planned } from '../dream-ports.ts'
import { unfollowedParts } from '../instructions.ts'
import { assertInvariants } from '../invariant-check.ts'
import { storeSightings } from '../patterns/sightings.ts'
import { planDigest } from '../plan-digest.ts'
import { tokensOfBytes } from '../reading/token-count.ts'
import { indexPathOf } from '../rendering/placement.ts'
import { planEffect } from '../rendering/plan-effect.ts'
import { planWarnings } from '../rendering/plan-warnings.ts'
import { citedEvents, storeWaitingEvents } from '../rendering/waiting-events.ts'
import { withinHeldLimit } from '../rendering/within-held-limit.ts'
import type { Limited } from '../rendering/within-limit.ts'
import type { Judged } from './decide-pairs.ts'
import type { Gated } from './gate.ts'
import type { Promoted } from './promote-lessons.ts'
import type { Reading } from './read-sessions.ts'
import type { DreamInputs } from './snapshot.ts'
import type { Verified } from './verify.ts'

export interface Outcome {
  readonly dream: Dream
  readonly lease: Lease
  readonly inputs: DreamInputs
  readonly reading: Reading
  readonly judged: Judged
  readonly findings: readonly Finding[]
  readonly recurring: Promoted
  /** The texts that all evidence is taken from. */
  readonly sources: EvidenceSources
  readonly drafted: Limited
  readonly verified: Verified
  readonly gated: Gated
}

/**
 * Stage `commit`: checks every invariant, then stores the plan with its changes at once. A plan
 * that would break one is not stored: the dream fails. What its ending writes lands with it.
 */
export async function commit(made: Outcome, ports: DreamPorts): Promise<Plan> {
  const { changes, leftOut } = withinHeldLimit(made.gated.changes, LIMITS.heldPerDreamMax)
  const outcome = { ...made, gated: { ...made.gated, changes } }
  const { dream, lease, inputs, reading, recurring, drafted, verified, gated } = outcome
  const dispositions = disposeUnits(inputs, gated.changes)
  const plan: Plan = {
    digest: planDigest(dream, gated.changes, dispositions),
    dispositions,
    counts: countKinds(dispositions, gated.changes),
    report: reportOf(outcome, leftOut, ports.asker),
  }
  await assertInvariants(
    { inputs, changes: gated.changes, dispositions, sources: outcome.sources },
    ports,
  )
  await storeSightings(ports.storage, dream.id, recurring.sightings)
  const waiting = [...drafted.waiting, ...(verified.waiting ?? [])]
  await storeWaitingEvents(ports.storage, dream.id, waiting, reading.unread)
  await end(dream, lease, { plan, changes: gated.changes }, ports)
  return plan
}

async function end(
  dream: Dream,
  lease: Lease,
  { plan, changes }: Pick<Planned, 'plan' | 'changes'>,
  { storage, ending }: DreamPorts,
): Promise<void> {
  await storage.transaction(async (tx) => {
    const at = ending?.at() ?? dream.snapshot.asOf
    await tx.dreams.runs.complete(lease, at, plan, changes)
    if (ending === undefined) return
    const ended = (await tx.dreams.get(dream.id)) ?? dream
    await ending.whenPlanned(tx, { dream: ended, plan, changes })
  })
}

function disposeUnits(inputs: DreamInputs, changes: readonly Change[]): readonly Disposition[] {
  const byUnit = new Map(
    changes.flatMap((change) => change.units.map((unitId) => [unitId, change] as const)),
  )
  return inputs.units.map(({ id }): Disposition => {
    const change = byUnit.get(id)
    return change === undefined
      ? { unitId: id, kind: 'keep', changeId: null }
      : { unitId: id, kind: change.kind, changeId: change.id }
  })
}

function countKinds(
  dispositions: readonly Disposition[],
  changes: readonly Change[],
): Readonly<Record<ChangeKind, number>> {
  const counts = Object.fromEntries(CHANGE_KINDS.map((kind) => [kind, 0])) as Record<
    ChangeKind,
    number
  >
  counts.keep = dispositions.filter(({ kind }) => kind === 'keep').length
  for (const { kind } of changes) counts[kind] += 1
  return counts
}

function reportOf(outcome: Outcome, heldLeftOut: number, asker: Asker | null): PlanReport {
  const { inputs, reading, judged, recurring, drafted, verified, gated } = outcome
  const { snapshot } = inputs
  const pending = pendingEvents(outcome)
  return {
    memories: snapshot.memories.length,
    units: inputs.units.length,
    sessions: snapshot.sessions.length,
    read: {
      ...snapshot.imported,
      events: reading.events,
      pending: pending.size,
      sessions: readSessions(outcome, pending),
    },
    effect: {
      ...measureEffect(inputs, gated.changes),
      probes: gated.probes,
      modelProbes: modelProbesOf(gated),
    },
    usage: asker === null ? NO_USAGE : usageOf(outcome, asker),
    rejected: [
      ...verified.rejected,
      ...(heldLeftOut === 0 ? [] : [{ reason: 'too many held changes', count: heldLeftOut }]),
    ],
    ...(recurring.others === null ? {} : { others: recurring.others }),
    ...(recurring.hypotheses === 0 ? {} : { hypotheses: recurring.hypotheses }),
    warnings: planWarnings({
      planned: drafted.changes.length,
      noRoom: drafted.waiting.length,
      heldLeftOut,
      unread: reading.unread.length,
      unchecked: verified.waiting?.length ?? 0,
      uncovered: asker?.uncovered() ?? 0,
      unasked: judged.unasked,
      probes: gated.modelProbes ?? null,
      unfollowed: unfollowedParts(snapshot.instructions),
      withheld: snapshot.withheld,
    }),
  }
}

function modelProbesOf({ modelProbes }: Gated): PlanReport['effect']['modelProbes'] {
  if (modelProbes === undefined) return null
  const { n, broken, unanswered } = modelProbes
  return { n, broken, unanswered }
}

/** Events of this dream that stay unread for want of a model's answer. */
function pendingEvents({ inputs, reading, verified }: Outcome): ReadonlySet<SessionEventId> {
  const own = new Set(inputs.snapshot.sessions.flatMap(({ eventIds }) => eventIds))
  return new Set(
    [...reading.unread, ...citedEvents(verified.waiting ?? [])].filter((id) => own.has(id)),
  )
}

/** A session of which an event stays unread is not read yet. */
function readSessions(
  { inputs: { snapshot } }: Outcome,
  pending: ReadonlySet<SessionEventId>,
): NonNullable<PlanReport['read']['sessions']> {
  const open = snapshot.sessions.filter(({ eventIds }) => eventIds.some((id) => pending.has(id)))
  return {
    read: snapshot.sessions.length - open.length,
    pending: open.length + (snapshot.pendingSessions ?? 0),
  }
}

function usageOf(outcome: Outcome, asker: Asker): PlanUsage {
  const { reading, judged, findings, drafted, verified, gated } = outcome
  const stages = asker.usage()
  const total = (of: (stage: PlanUsage['stages'][number]) => number): number =>
    stages.reduce((sum, stage) => sum + of(stage), 0)
  return {
    models: [...new Set(stages.map(({ model }) => model))],
    stages,
    inputTokens: total(({ inputTokens }) => inputTokens),
    cachedInputTokens: total(({ cachedInputTokens }) => cachedInputTokens),
    outputTokens: total(({ outputTokens }) => outputTokens),
    usd: stages.some(({ usd }) => usd === null) ? null : total(({ usd }) => usd ?? 0),
    uncovered: asker.uncovered(),
    coverage: coverageOf({
      reading,
      decisions: judged.decisions,
      findings,
      drafted: drafted.changes,
      waiting: [...drafted.waiting, ...(verified.waiting ?? [])],
      changes: gated.changes,
    }),
  }
}

function measureEffect(
  inputs: DreamInputs,
  changes: readonly Change[],
): Omit<PlanReport['effect'], 'probes' | 'modelProbes'> {
  const before = new Map([...inputs.content.memories].map(([path, { content }]) => [path, content]))
  const after = new Map(before)
  const { delta, units } = planEffect(inputs.content, changes)
  for (const [path, content] of delta) {
    if (content === null) after.delete(path)
    else after.set(path, content)
  }
  const untouched = inputs.units.filter(({ path }) => !delta.has(path)).length
  const unitsLeft = untouched + [...units.values()].flat().length
  const indexPath = indexPathOf(inputs.content)
  const loaded = (texts: ReadonlyMap<string, string>): number => {
    const atStart = indexPath === null ? [...texts.values()] : [texts.get(indexPath) ?? '']
    return tokensOfBytes(bytesOf(atStart))
  }
  return {
    units: { before: inputs.units.length, after: unitsLeft },
    bytes: { before: bytesOf([...before.values()]), after: bytesOf([...after.values()]) },
    tokensLoadedAtStart: { before: loaded(before), after: loaded(after) },
  }
}

function bytesOf(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0)
}
