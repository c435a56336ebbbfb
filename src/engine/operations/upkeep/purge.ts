import type { Storage } from '../../../storage/storage.ts'
import type { Purge } from '../../folder-api/upkeep-api.ts'
import type { Deps } from '../deps.ts'
import { noteAct } from '../note-act.ts'
import { transcriptFacts } from './retention-facts.ts'
import { fateOf, type TranscriptFate } from './retention-rules.ts'

/** How often a command that writes anyway looks for transcripts that may go, in ms. */
const LOOK_EVERY_MS = 86_400_000
const LAST_LOOK = 'last'

/** Removes the transcripts that may go by now, or only tells which; in one transaction. */
export async function purge(isTrial: boolean, deps: Deps): Promise<Purge> {
  const done = await deps.storage.transaction((tx) => purgeIn(tx, isTrial, deps))
  // Free pages are given back; nobody waits for that in between.
  if (!isTrial && done.sessions.length > 0) await deps.storage.erasure.settle()
  return done
}

/**
 * The same at most once a day, for commands that write anyway. Nothing where nobody said how long
 * transcripts are kept.
 */
export async function purgeWhenDue(deps: Deps): Promise<void> {
  if (daysOf(deps) === null) return
  const at = deps.now().toISOString()
  const last = await deps.storage.documents.get('retention', LAST_LOOK)
  if (last !== null && !isDue(JSON.parse(last.body) as LastLook, deps.now().getTime())) return
  await deps.storage.transaction(async (tx) => {
    await purgeIn(tx, false, deps)
    const body = JSON.stringify({ at } satisfies LastLook)
    await tx.documents.put({ kind: 'retention', id: LAST_LOOK, tags: [], createdAt: at, body })
  })
}

/** What becomes of each stored transcript, as things are now. */
export async function fates(tx: Storage, deps: Deps): Promise<readonly TranscriptFate[]> {
  const days = daysOf(deps)
  return (await transcriptFacts(tx)).map((facts) => fateOf(facts, days))
}

interface LastLook {
  readonly at: string
}

/** A clock that was set back does not stop it for long. */
function isDue({ at }: LastLook, nowMs: number): boolean {
  return Math.abs(nowMs - Date.parse(at)) >= LOOK_EVERY_MS
}

function daysOf({ upkeep }: Deps): number | null {
  return upkeep?.sessionDays ?? null
}

async function purgeIn(tx: Storage, isTrial: boolean, deps: Deps): Promise<Purge> {
  const at = deps.now().toISOString()
  const days = String(daysOf(deps))
  const sessions: Purge['sessions'][number][] = []
  let events = 0
  for (const fate of await fates(tx, deps)) {
    if (fate.stays !== null || fate.goesAt > at) continue
    const { id } = fate
    sessions.push({ id, why: `every dream over it was decided ${days} days ago or earlier` })
    events += isTrial
      ? (await tx.sessions.events(id)).length
      : await tx.sessions.retention.purge(id, at)
    if (!isTrial) await noteAct(tx, { act: 'session.purged', subject: id, details: { days } }, deps)
  }
  return { sessions, events, isDone: !isTrial }
}
