import type { SessionId } from '../../../core/ids.ts'
import type { ImportSummary } from '../../api.ts'
import type { DueOutcome, DueRequest } from '../../folder-api/projects-api.ts'
import { type Decision, decide, hindrance } from '../../sleep/rules/decide.ts'
import type { Deps } from '../deps.ts'
import { gatherSessions } from '../dreaming/gather-sessions.ts'
import { beginDream } from './begin-dream.ts'
import { exactFacts } from './folder-facts.ts'
import { changeSleep, type FolderSleep, type KeptSleep, keepSleep } from './folder-sleep.ts'
import { noteEnds } from './look-around.ts'
import { type DueLook, openLook } from './open-look.ts'
import { busy, inReview, isBusy, waited, wantedBy } from './reasons.ts'
import { planInReview } from './waiting-plans.ts'

/**
 * Dreams over a memory if it is due, by the rules of schedules and their published defaults. Names,
 * sizes and times are looked at first: only where these speak for a dream are transcripts opened, and
 * what they hold decides. One process at a time is at a memory; others say so and do nothing.
 */
export async function dreamIfDue(request: DueRequest, deps: Deps): Promise<DueOutcome> {
  await deps.sessionEnds?.take((ends) => noteEnds(ends, deps))
  const look = await openLook(request, deps)
  if (isBusy(look)) return busy(look)
  const early = hindrance(look.folder.schedule, look.cheap, look.folder.now, wantedBy(look))
  if (early !== null) return wait(look, look.kept, early, deps)
  const standing = await planInReview(deps.storage, look.target.store)
  if (standing !== null) return wait(look, look.kept, inReview(standing, look), deps)
  const claimed = await keepSleep(deps.storage, {
    ...look.kept,
    sleep: { ...look.kept.sleep, busySince: look.folder.now.toISOString() },
  })
  if (claimed === null) return busy(look)
  return whileClaimed(look, claimed, deps)
}

async function whileClaimed(look: DueLook, claimed: KeptSleep, deps: Deps): Promise<DueOutcome> {
  const { request, folder } = look
  let imported: { readonly summary: ImportSummary; readonly sessionIds: readonly SessionId[] }
  let decision: Decision
  try {
    const { summary, sessions } = await gatherSessions(request, look.target.store, deps)
    imported = { summary, sessionIds: sessions.map(({ id }) => id) }
    const facts = await exactFacts(folder, look.cheap, imported.sessionIds, deps)
    decision = decide(folder.schedule, facts, folder.now)
  } catch (error) {
    await changeSleep(deps.storage, claimed.sleep, { busySince: null })
    throw error
  }
  if (decision.outcome === 'wait') return wait(look, claimed, decision, deps)
  return beginDream({ look, claimed, decision, imported: imported.summary }, deps)
}

/** Writes only a change of mind, a clock that was set back, and that this process is done. */
async function wait(
  look: DueLook,
  { sleep }: KeptSleep,
  decision: Decision,
  { storage }: Pick<Deps, 'storage'>,
): Promise<DueOutcome> {
  const { rule, reason, keeps } = decision
  const at = look.folder.now.toISOString()
  const isSaid = sleep.said?.outcome === 'waited' && sleep.said.rule === rule
  const changes: Partial<FolderSleep> = {
    ...(isSaid ? {} : { said: { at, outcome: 'waited', rule, reason } }),
    ...(keeps.lastTriedAt === undefined ? {} : { lastTriedAt: keeps.lastTriedAt }),
    // What somebody else has claimed meanwhile stays theirs.
    ...(sleep === look.kept.sleep ? {} : { busySince: null }),
  }
  if (Object.keys(changes).length > 0) await changeSleep(storage, sleep, changes)
  return waited(decision)
}
