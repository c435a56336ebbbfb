import type { Storage } from '../../../storage/storage.ts'
import type { Deps } from '../deps.ts'
import { fates } from './purge.ts'
import type { TranscriptFate } from './retention-rules.ts'

/** What is kept of sessions and until when, as one or two sentences for people. */
export async function retentionTold(deps: Deps): Promise<string> {
  const days = deps.upkeep?.sessionDays ?? null
  const purged = await purgedCount(deps.storage)
  const gone = purged === 0 ? '' : ` ${purged} have left; what changes cite of them is kept.`
  if (days === null) {
    return `Transcripts are kept, with secrets taken out, until \`reverie session rm\`.${gone}`
  }
  const rule = `Transcripts are kept until every dream over them is decided, and ${days} days more.`
  return `${rule}${going(await fates(deps.storage, deps))}${gone}`
}

function going(all: readonly TranscriptFate[]): string {
  const leaving = all.flatMap((fate) => (fate.stays === null ? [fate.goesAt] : [])).sort()
  const [first] = leaving
  const stay = all.length - leaving.length
  const next =
    first === undefined ? '' : ` ${leaving.length} go by then, the first on ${first.slice(0, 10)}.`
  return stay === 0 ? next : `${next} ${stay} wait to be read or decided.`
}

async function purgedCount(storage: Storage): Promise<number> {
  return (await storage.sessions.list()).filter(({ purgedAt }) => purgedAt !== undefined).length
}
