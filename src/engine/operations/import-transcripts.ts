import { LIMITS } from '../../config.ts'
import type { SessionId } from '../../core/ids.ts'
import type { Session } from '../../core/session.ts'
import type { SessionEvent } from '../../core/session-event.ts'
import type { ImportSource } from '../../importers/importer.ts'
import type { ImportSummary, Progress } from '../api.ts'
import type { Deps } from './deps.ts'
import { type ImportedFile, importMark, knownOf, noteImported } from './importing/import-marks.ts'
import { noteAct } from './note-act.ts'

export interface Imported {
  readonly summary: ImportSummary
  readonly sessionIds: readonly SessionId[]
}

export interface ImportOrder {
  /** Files, folders, globs. */
  readonly sources: readonly string[]
  readonly format: string | null
  /** Reads files too that are as they were when they were read before. */
  readonly isAnew?: boolean
  /** The lineage that wants to read: files of purged sessions that it has not read are read again. */
  readonly readerId?: string
  readonly onProgress: (progress: Progress) => void
  readonly signal: AbortSignal | null
}

/**
 * Reads transcripts into the storage, one file at a time. A file that cannot be read is counted
 * with its reason and stops nothing. Reading the same file again adds nothing; one that is as it was
 * is not opened, and counts with what it said then.
 */
export async function importTranscripts(order: ImportOrder, deps: Deps): Promise<Imported> {
  const { sources, skipped } = await deps.transcripts.find(order.sources)
  const tally = new Tally()
  for (const { path, reason } of skipped) tally.skipFile(path, `file: ${reason}`)
  const ids = new Set<SessionId>()
  for (const [n, source] of sources.entries()) {
    order.signal?.throwIfAborted()
    order.onProgress({ stage: 'import', done: n, of: sources.length })
    const file = await imported(source, order, deps)
    tally.add(file.tally)
    tally.newEvents += file.newEvents
    for (const id of file.sessionIds) ids.add(id)
  }
  order.onProgress({ stage: 'import', done: sources.length, of: sources.length })
  return { summary: tally.summary(sources.length, ids.size), sessionIds: [...ids] }
}

interface ImportedSource extends Pick<ImportedFile, 'sessionIds' | 'tally'> {
  readonly newEvents: number
}

async function imported(
  source: ImportSource,
  { format, isAnew = false, readerId, signal }: ImportOrder,
  deps: Deps,
): Promise<ImportedSource> {
  const { file } = source
  const mark = file === undefined || isAnew ? null : await importMark(deps.storage, file.realPath)
  const known = knownOf(source, format, mark)
  const isHere = known !== null && !(await isMissed(known.sessionIds, readerId, deps))
  if (isHere) return { ...known, newEvents: 0 }
  const { sessions, tally } = await deps.transcripts.read(source, format, signal)
  let newEvents = 0
  for (const { session, events } of sessions) newEvents += await store(session, events, deps)
  const read = { sessionIds: sessions.map(({ session }) => session.id), tally }
  const at = deps.now().toISOString()
  await noteImported({ storage: deps.storage, at }, source, format, read)
  return { ...read, newEvents }
}

/** Whether one of these has left the storage before the lineage read it, or after it gave it back. */
async function isMissed(
  ids: readonly SessionId[],
  readerId: string | undefined,
  { storage: { sessions } }: Deps,
): Promise<boolean> {
  for (const id of readerId === undefined ? [] : ids) {
    const isPurged = (await sessions.get(id))?.purgedAt !== undefined
    if (isPurged && !(await sessions.retention.readers(id)).includes(readerId ?? '')) return true
  }
  return false
}

/** A transcript may come in several files (sub-agents): what is known of the session is joined. */
async function store(
  session: Session,
  events: readonly SessionEvent[],
  deps: Deps,
): Promise<number> {
  return deps.storage.transaction(async (tx) => {
    const known = await tx.sessions.get(session.id)
    await tx.sessions.put(known === null ? session : joined(known, session))
    if (known === null) await noteAct(tx, { act: 'session.imported', subject: session.id }, deps)
    return tx.sessions.append(session.id, events)
  })
}

function joined(known: Session, more: Session): Session {
  return {
    ...known,
    title: known.title === '' ? more.title : known.title,
    startedAt: earliest(known.startedAt, more.startedAt),
    endedAt: latest(known.endedAt, more.endedAt),
    userIds: [...new Set([...known.userIds, ...more.userIds])].sort(),
    agentIds: [...new Set([...known.agentIds, ...more.agentIds])].sort(),
    parentSessionId: known.parentSessionId ?? more.parentSessionId,
  }
}

function earliest(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b
  return a < b ? a : b
}

function latest(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b
  return a > b ? a : b
}

class Tally {
  newEvents = 0
  #lines = 0
  #read = 0
  readonly #skipped = new Map<string, number>()
  readonly #badLines: ImportSummary['badLines'][number][] = []
  readonly #redacted: ImportSummary['redacted'][number][] = []

  add(tally: Pick<ImportSummary, 'lines' | 'read' | 'skipped' | 'badLines' | 'redacted'>): void {
    this.#lines += tally.lines
    this.#read += tally.read
    for (const [reason, count] of Object.entries(tally.skipped)) this.#skip(reason, count)
    this.#tellOf(tally.badLines)
    this.#redacted.push(...tally.redacted)
  }

  skipFile(path: string, reason: string): void {
    this.#skip(reason, 1)
    this.#tellOf([{ path, line: null, reason }])
  }

  #tellOf(badLines: ImportSummary['badLines']): void {
    this.#badLines.push(...badLines.slice(0, LIMITS.badLinesToldMax - this.#badLines.length))
  }

  #skip(reason: string, count: number): void {
    this.#skipped.set(reason, (this.#skipped.get(reason) ?? 0) + count)
  }

  summary(files: number, sessions: number): ImportSummary {
    return {
      files,
      sessions,
      newEvents: this.newEvents,
      lines: this.#lines,
      read: this.#read,
      skipped: Object.fromEntries([...this.#skipped].sort()),
      badLines: this.#badLines,
      redacted: this.#redacted,
    }
  }
}

export function ignoreProgress(_progress: Progress): void {
  // Nobody is watching.
}
