import type { DreamOutcome, ImportSummary } from '../../api.ts'
import type { DueOutcome } from '../../folder-api/projects-api.ts'
import type { Decision } from '../../sleep/rules/decide.ts'
import type { Deps } from '../deps.ts'
import { dream } from '../dreaming/dream.ts'
import { autoApply } from './auto-apply.ts'
import { changeSleep, type KeptSleep, keepSleep } from './folder-sleep.ts'
import { noteRead } from './note-read.ts'
import type { DueLook } from './open-look.ts'
import { busy } from './reasons.ts'
import { giveWayTo } from './waiting-plans.ts'

/** A dream that is due. */
interface DueDream {
  readonly look: DueLook
  readonly claimed: KeptSleep
  readonly decision: Decision
  /** What this look imported. */
  readonly imported: ImportSummary
}

/**
 * Runs a dream that is due. It is noted as begun before it runs, so that the cooldown keeps it from
 * running twice, whatever happens to this process.
 */
export async function beginDream(due: DueDream, deps: Deps): Promise<DueOutcome> {
  const { look, claimed, decision } = due
  const at = look.folder.now.toISOString()
  const { rule, reason, keeps } = decision
  const begun = await keepSleep(deps.storage, {
    ...claimed,
    sleep: {
      ...claimed.sleep,
      lastTriedAt: at,
      adaptedCooldownMs: keeps.adaptedCooldownMs ?? claimed.sleep.adaptedCooldownMs,
      said: { at, outcome: 'ran', rule, reason },
    },
  })
  if (begun === null) return busy(look)
  try {
    return await finish(due, await ended(due, begun, deps), deps)
  } finally {
    await changeSleep(deps.storage, begun.sleep, { busySince: null })
  }
}

/** The dream as it ended, noted; one that failed is tried again after the cooldown. */
async function ended(
  { look, claimed, decision, imported }: DueDream,
  begun: KeptSleep,
  deps: Deps,
): Promise<DreamOutcome> {
  const { autoApply: _level, ...request } = look.request
  try {
    const outcome = await dream(request, deps)
    const changes = { lastDreamId: outcome.dream.id, hasFailed: false }
    const kept = await changeSleep(deps.storage, begun.sleep, changes)
    await noteRead(deps.storage, outcome.store, kept)
    return { ...outcome, imported }
  } catch (error) {
    const { lastTriedAt, said } = claimed.sleep
    const { rule } = decision
    const reason = 'The dream came to nothing; it is tried again after the cooldown.'
    const at = look.folder.now.toISOString()
    // A stop on request is no try: the next look takes the dream up where it was.
    const isStopped = request.signal?.aborted === true
    const changes = isStopped
      ? { lastTriedAt, said }
      : { hasFailed: true, said: { at, outcome: 'failed', rule, reason } as const }
    await changeSleep(deps.storage, begun.sleep, changes)
    throw error
  }
}

/** What comes after a dream: an older plan gives way, and what may be written is. */
async function finish(
  { look, decision }: DueDream,
  outcome: DreamOutcome,
  deps: Deps,
): Promise<DueOutcome> {
  const replaced = await giveWayTo(outcome.dream, outcome.store, deps)
  const { applied, why } = await autoApply(outcome, look.request.autoApply, deps)
  const changes = await deps.storage.dreams.changes.list(outcome.dream.id)
  return {
    outcome: 'ran',
    rule: decision.rule,
    reason: why === null ? decision.reason : `${decision.reason} ${why}`,
    nextLookAt: decision.nextLookAt.toISOString(),
    dream: { ...outcome, dream: applied?.dream ?? outcome.dream, changes },
    applied,
    replaced,
  }
}
