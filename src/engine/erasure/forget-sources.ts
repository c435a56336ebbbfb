import type { SessionId } from '../../core/ids.ts'
import type { Storage } from '../../storage/storage.ts'
import { add, type PlaceCounts } from './clean-rows.ts'
import { rowsOf } from './rows.ts'
import { type Erased, scrubbed } from './scrub.ts'
import type { ErasedSources } from './sources.ts'

/**
 * Removes sessions with their events, threads, logs and counters, and single events with their log
 * lines; takes the words out of events that stay.
 */
export async function forgetSources(
  tx: Storage,
  { sessions, events, cutEvents }: ErasedSources,
  erased: Erased,
  counts: PlaceCounts,
): Promise<void> {
  for (const id of sessions) await forgetSession(tx, id, counts)
  const ids = new Set<string>(events.map(({ id }) => id))
  await tx.erasure.remove(
    'event',
    [...ids].map((id) => [id]),
  )
  add(counts, 'events', ids.size)
  if (ids.size > 0) await forgetLines(tx, ids, counts)
  await cutFrom(
    tx,
    cutEvents.map(({ id }) => id),
    erased,
    counts,
  )
  await forgetSightings(tx, new Set<string>(sessions), erased, counts)
}

async function forgetSession(tx: Storage, id: SessionId, counts: PlaceCounts): Promise<void> {
  const tag = `session:${id}`
  const threads = await tx.documents.page({ kind: 'thread', all: [tag], limit: THREADS_MAX })
  for (const thread of threads.items) {
    await tx.logs.remove(`thread:${thread.id}`)
    await tx.documents.remove('thread', thread.id)
  }
  await tx.logs.remove(tag)
  await tx.documents.remove('session', id)
  add(counts, 'sessions', 1)
  add(counts, 'events', (await tx.sessions.events(id)).length)
  await tx.sessions.remove(id)
}

/** More than any session may have. */
const THREADS_MAX = 10_000

/** A line of the log has the id of the event that it shows. */
async function forgetLines(
  tx: Storage,
  ids: ReadonlySet<string>,
  counts: PlaceCounts,
): Promise<void> {
  for await (const rows of rowsOf(tx, 'line')) {
    const gone = rows.map(({ key }) => key).filter(([, id]) => id !== undefined && ids.has(id))
    add(counts, 'log_lines', await tx.erasure.remove('line', gone))
  }
}

async function cutFrom(
  tx: Storage,
  ids: readonly string[],
  erased: Erased,
  counts: PlaceCounts,
): Promise<void> {
  if (ids.length === 0) return
  const wanted = new Set(ids)
  for await (const rows of rowsOf(tx, 'event')) {
    const clean = rows
      .filter(({ key }) => wanted.has(key[0] ?? ''))
      .map(({ key, texts }) => ({
        key,
        texts: Object.fromEntries(
          Object.entries(texts).map(([name, text]) => [name, scrubbed(text, erased)]),
        ),
      }))
    await tx.erasure.rewrite('event', clean)
    add(counts, 'events_cut', clean.length)
  }
}

/** Sightings of these sessions, and those that cite what is gone from another one. */
async function forgetSightings(
  tx: Storage,
  sessions: ReadonlySet<string>,
  { isCited }: Erased,
  counts: PlaceCounts,
): Promise<void> {
  for await (const rows of rowsOf(tx, 'sighting')) {
    const gone = rows.filter(({ key, texts }) => {
      const cited = JSON.parse(texts.evidence ?? '[]') as readonly Parameters<typeof isCited>[0][]
      return sessions.has(key[2] ?? '') || cited.some(isCited)
    })
    const keys = gone.map(({ key }) => key)
    add(counts, 'counters', await tx.erasure.remove('sighting', keys))
  }
}
