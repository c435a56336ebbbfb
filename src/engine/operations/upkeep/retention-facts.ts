import type { Change } from '../../../core/change.ts'
import type { Dream } from '../../../core/dream.ts'
import { citedSessions } from '../../../core/evidence.ts'
import type { DreamId, SessionEventId, SessionId } from '../../../core/ids.ts'
import type { Session } from '../../../core/session.ts'
import type { Storage } from '../../../storage/storage.ts'
import { auditPage } from '../../workspace/audit.ts'
import type { TranscriptFacts } from './retention-rules.ts'

/** What one session was to the dreams of a workspace. */
interface Readings {
  readonly decidedAt: (string | null)[]
  isCited: boolean
  /** Lineages that it was shown to, with what decisions gave back unread. */
  readonly shownTo: Map<string, Set<SessionEventId>>
}

/**
 * What is known of every transcript that may go: imported ones; sessions of the server are its
 * users' own. Reads dreams store by store; call it in the transaction that acts on it.
 */
export async function transcriptFacts(tx: Storage): Promise<readonly TranscriptFacts[]> {
  const sessions = await purgeable(tx)
  const readings = new Map<SessionId, Readings>(
    sessions.map(({ id }) => [id, { decidedAt: [], isCited: false, shownTo: new Map() }]),
  )
  const decisions = await decisionTimes(tx)
  const stores = await tx.stores.list()
  const lineages = new Map(stores.map(({ id, lineageId }) => [id, lineageId]))
  for (const store of stores) {
    for (const dream of await tx.dreams.list(store.id)) {
      const target = dream.hosted?.output?.storeId ?? dream.storeId
      noteReading(readings, dream, lineages.get(target) ?? null, decisions)
      await noteCitations(tx, readings, dream)
    }
  }
  const facts: TranscriptFacts[] = []
  for (const [id, { decidedAt, isCited, shownTo }] of readings) {
    facts.push({ id, decidedAt, isCited, isAwaited: await isAwaited(tx, id, shownTo) })
  }
  return facts
}

async function purgeable(tx: Storage): Promise<readonly Session[]> {
  const found: Session[] = []
  for (const session of await tx.sessions.list()) {
    if (session.purgedAt !== undefined || session.format === 'wire') continue
    if ((await tx.documents.get('session', session.id)) === null) found.push(session)
  }
  return found
}

const DECISIONS = [
  'dream.applied',
  'dream.discarded',
  'dream.reverted',
  'dream.completed',
  'change.rejected',
  'change.released',
] as const

/** When each dream was last decided on, as the audit has it. */
async function decisionTimes(tx: Storage): Promise<ReadonlyMap<string, string>> {
  const times = new Map<string, string>()
  for (let after: string | null | undefined; after !== null; ) {
    const page = await auditPage(tx, {
      limit: LINES_AT_ONCE,
      acts: DECISIONS,
      ...(after === undefined ? {} : { after }),
    })
    // Newest first.
    for (const { subject, details, at } of page.items) {
      const dreamId = details.dream_id ?? subject
      if (!times.has(dreamId)) times.set(dreamId, at)
    }
    after = page.next
  }
  return times
}

const LINES_AT_ONCE = 1_000

/** What was canceled or failed has read nothing; it has only shown who waits. */
function noteReading(
  readings: ReadonlyMap<SessionId, Readings>,
  dream: Dream,
  lineageId: string | null,
  decisions: ReadonlyMap<string, string>,
): void {
  const isReader = dream.status !== 'failed' && dream.status !== 'canceled'
  const isGivenBack = dream.planStatus === 'discarded' || dream.planStatus === 'reverted'
  for (const [id, eventIds] of readIn(dream)) {
    const reading = readings.get(id)
    if (reading === undefined) continue
    if (isReader) reading.decidedAt.push(decidedAt(dream, decisions))
    if (lineageId === null) continue
    const givenBack = reading.shownTo.get(lineageId) ?? new Set()
    if (isGivenBack) for (const event of eventIds) givenBack.add(event)
    reading.shownTo.set(lineageId, givenBack)
  }
}

function readIn({ snapshot, hosted }: Dream): ReadonlyMap<SessionId, readonly SessionEventId[]> {
  const read = new Map<SessionId, readonly SessionEventId[]>()
  for (const id of hosted?.sessionIds ?? []) read.set(id, [])
  for (const { id, eventIds } of snapshot.sessions) read.set(id, eventIds)
  for (const { sessionId: id, eventIds } of snapshot.contributions) {
    read.set(id, [...(read.get(id) ?? []), ...eventIds])
  }
  return read
}

/** Null = it is under way, or its plan waits. */
function decidedAt(dream: Dream, decisions: ReadonlyMap<DreamId | string, string>): string | null {
  if (dream.status !== 'completed' || dream.planStatus === 'waiting') return null
  return decisions.get(dream.id) ?? dream.endedAt ?? dream.createdAt
}

/** What a person may still let in has to show its words where they were said. */
async function noteCitations(
  tx: Storage,
  readings: ReadonlyMap<SessionId, Readings>,
  dream: Dream,
): Promise<void> {
  if (dream.planStatus !== 'applied' && dream.planStatus !== 'waiting') return
  for (const change of await tx.dreams.changes.list(dream.id)) {
    if (!isOpen(change)) continue
    for (const id of citedSessions(change.evidence)) {
      const reading = readings.get(id)
      if (reading !== undefined) reading.isCited = true
    }
  }
}

function isOpen({ status }: Change): boolean {
  return status === 'proposed' || status === 'accepted' || status === 'held'
}

async function isAwaited(
  tx: Storage,
  id: SessionId,
  shownTo: ReadonlyMap<string, ReadonlySet<SessionEventId>>,
): Promise<boolean> {
  for (const [lineageId, givenBack] of shownTo) {
    const unread = await tx.sessions.consumption.unread(lineageId, id)
    if (unread.some((event) => !givenBack.has(event))) return true
  }
  return false
}
