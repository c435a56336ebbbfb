import { LIMITS } from '../../../config.ts'
import type { SessionId } from '../../../core/ids.ts'
import type { SessionEnd } from '../../../core/session.ts'
import type { ImportSource } from '../../../importers/importer.ts'
import type { DueRequest } from '../../folder-api/projects-api.ts'
import type { Deps } from '../deps.ts'
import { type ImportMark, importMark, knownOf, noteEnded } from '../importing/import-marks.ts'
import { only } from '../target.ts'

/** What the file system and the marks of imports say of the transcripts; none was opened. */
export interface Surroundings {
  /** Sessions that are stored already, by what was named. */
  readonly sessionIds: readonly SessionId[]
  /** Files that were never imported, or are not as they were then. */
  readonly changed: { readonly files: number; readonly bytes: number }
  /** When agents were last at work, ISO 8601; times that are yet to come are left out. */
  readonly activity: readonly string[]
}

/** Looks at names, sizes and times of the transcripts that a request names. */
export async function lookAround(
  { sessions, format }: Pick<DueRequest, 'sessions' | 'format'>,
  { now, idleMs }: { readonly now: Date; readonly idleMs: number },
  deps: Pick<Deps, 'storage' | 'transcripts'>,
): Promise<Surroundings> {
  const { storage } = deps
  const named = await namedSessions(sessions, deps)
  const specs = sessions.filter((spec) => !spec.startsWith(SESSION_PREFIX))
  const { sources } = await deps.transcripts.find(specs)
  const marked: MarkedSource[] = []
  for (const source of sources) {
    const { file } = source
    marked.push({ source, mark: file && (await importMark(storage, file.realPath)) })
  }
  const changed = marked.filter(({ source, mark = null }) => {
    return knownOf(source, format ?? null, mark) === null
  })
  const imported = marked.flatMap(({ mark }) => mark?.imported?.sessionIds ?? [])
  const times = [...activeTimes(marked), ...named.flatMap(({ endedAt }) => endedAt ?? [])]
  const latest = now.getTime() + idleMs
  return {
    sessionIds: [...new Set([...named.map(({ id }) => id), ...imported])],
    changed: {
      files: changed.length,
      bytes: changed.reduce(
        (sum, { source, mark }) => sum + grownBy(source, mark?.imported?.sizeBytes ?? 0),
        0,
      ),
    },
    activity: times.filter((time) => Date.parse(time) <= latest),
  }
}

/** Notes what hooks have told since the last look. */
export async function noteEnds(ends: readonly SessionEnd[], { storage }: Deps): Promise<void> {
  const latest = new Map<string, string>()
  for (const { transcript, at } of ends) {
    const known = latest.get(transcript)
    if (known === undefined || known < at) latest.set(transcript, at)
  }
  await storage.transaction(async (tx) => {
    for (const [path, at] of latest) await noteEnded(tx, path, at)
  })
}

const SESSION_PREFIX = 'sesn_'

interface MarkedSource {
  readonly source: ImportSource
  readonly mark: ImportMark | null | undefined
}

async function namedSessions(
  specs: readonly string[],
  { storage }: Pick<Deps, 'storage'>,
): Promise<readonly { readonly id: SessionId; readonly endedAt: string | null }[]> {
  const prefixes = specs.filter((spec) => spec.startsWith(SESSION_PREFIX))
  if (prefixes.length === 0) return []
  const stored = await storage.sessions.list()
  return prefixes.map((prefix) => only('session', prefix, stored))
}

/** A file that became shorter was written anew. */
function grownBy({ sizeBytes }: ImportSource, before: number): number {
  return sizeBytes < before ? sizeBytes : sizeBytes - before
}

/** When files were written to that belong to no session which is over. */
function activeTimes(marked: readonly MarkedSource[]): readonly string[] {
  const ends = new Map<string, number>()
  for (const { mark } of marked) {
    if (mark?.endedAt) ends.set(mark.path.replace(/\.[^./]*$/, ''), Date.parse(mark.endedAt))
  }
  return marked.flatMap(({ source: { file } }) => {
    if (file === undefined) return []
    const end = endOf(file.realPath, ends)
    const isOver = end !== null && file.modifiedAtMs <= end + LIMITS.sessionEndMs
    return isOver ? [] : [new Date(file.modifiedAtMs).toISOString()]
  })
}

/** Of a transcript, or of the one whose folder of sub-agents it is in. */
function endOf(path: string, ends: ReadonlyMap<string, number>): number | null {
  if (ends.size === 0) return null
  const own = ends.get(path.replace(/\.[^./]*$/, ''))
  if (own !== undefined) return own
  for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
    const around = ends.get(path.slice(0, at))
    if (around !== undefined) return around
  }
  return null
}
