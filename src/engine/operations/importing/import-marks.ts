import { LIMITS } from '../../../config.ts'
import { type SessionId, sha256 } from '../../../core/ids.ts'
import {
  IMPORT_VERSION,
  type ImportSource,
  type ImportTally,
  type SourceFile,
} from '../../../importers/importer.ts'
import type { Storage } from '../../../storage/storage.ts'
import { itemsOf } from '../../sleep/all-pages.ts'

/** What is known of one file of transcripts, so that it is not opened in vain. */
export interface ImportMark {
  /** Absolute, links followed. */
  readonly path: string
  /** What of the file was imported; null = nothing yet. */
  readonly imported: ImportedFile | null
  /** When its agent told that the session in it is over, ISO 8601; null = it never did. */
  readonly endedAt: string | null
}

/** A file as it was when it was imported, and what came of it. */
export interface ImportedFile extends Omit<SourceFile, 'realPath'> {
  readonly sizeBytes: number
  /** The format that a person forced; null = it was judged by content. */
  readonly format: string | null
  /** `IMPORT_VERSION` of whoever read it. */
  readonly version: number
  readonly sessionIds: readonly SessionId[]
  readonly tally: ImportTally
}

/** The mark of a file; null = nothing was ever noted of it. */
export async function importMark(storage: Storage, realPath: string): Promise<ImportMark | null> {
  const document = await storage.documents.get('import_mark', idOf(realPath))
  return document === null ? null : (JSON.parse(document.body) as ImportMark)
}

/**
 * What was imported of a source that is, by what the file system says, still the same; null = it has
 * to be read, in that format, for the first time or again.
 */
export function knownOf(
  { sizeBytes, file }: ImportSource,
  format: string | null,
  mark: ImportMark | null,
): ImportedFile | null {
  const imported = mark?.imported ?? null
  if (imported === null || file === undefined) return null
  const isSame =
    imported.sizeBytes === sizeBytes &&
    imported.modifiedAtMs === file.modifiedAtMs &&
    imported.inode === file.inode &&
    imported.format === format &&
    imported.version === IMPORT_VERSION
  return isSame ? imported : null
}

/** Notes that a source was read, once all that it says is stored. */
export async function noteImported(
  { storage, at }: { readonly storage: Storage; readonly at: string },
  { sizeBytes, file }: ImportSource,
  format: string | null,
  read: Pick<ImportedFile, 'sessionIds' | 'tally'>,
): Promise<void> {
  // What could not be read now may be readable later, without a trace in its times.
  if (file === undefined || read.tally.skipped[UNREADABLE] !== undefined) return
  const { realPath, modifiedAtMs, inode } = file
  const { sessionIds, tally } = read
  const imported: ImportedFile = {
    sizeBytes,
    modifiedAtMs,
    inode,
    format,
    version: IMPORT_VERSION,
    sessionIds,
    tally: firstPlaces(tally),
  }
  await change(storage, realPath, at, (mark) => ({ ...mark, imported }))
}

const UNREADABLE = 'unreadable file'

/** Notes when the session of a file ended; an earlier end than the noted one changes nothing. */
export async function noteEnded(tx: Storage, path: string, endedAt: string): Promise<void> {
  await change(tx, path, endedAt, (mark) => {
    const isLater = mark.endedAt === null || mark.endedAt < endedAt
    return isLater ? { ...mark, endedAt } : mark
  })
}

/** Forgets the files of sessions that are removed: named again, they are read again. */
export async function forgetFilesOf(tx: Storage, ids: ReadonlySet<SessionId>): Promise<void> {
  const paths: string[] = []
  const documents = itemsOf(
    (query) => tx.documents.page({ ...query, kind: 'import_mark' }),
    Number.POSITIVE_INFINITY,
  )
  for await (const { body } of documents) {
    const { path, imported } = JSON.parse(body) as ImportMark
    if (imported?.sessionIds.some((id) => ids.has(id))) paths.push(path)
  }
  for (const path of paths) await tx.documents.remove('import_mark', idOf(path))
}

async function change(
  storage: Storage,
  path: string,
  at: string,
  changed: (mark: ImportMark) => ImportMark,
): Promise<void> {
  await storage.transaction(async (tx) => {
    const known = await importMark(tx, path)
    const before = known ?? { path, imported: null, endedAt: null }
    const after = changed(before)
    if (known !== null && after === before) return
    const body = JSON.stringify(after)
    await tx.documents.put({ kind: 'import_mark', id: idOf(path), tags: [], createdAt: at, body })
  })
}

/** The counts say everything; of places the first are enough to tell them again. */
function firstPlaces({ redacted, badLines, ...counts }: ImportTally): ImportTally {
  const max = LIMITS.importMarkPlacesMax
  return { ...counts, redacted: redacted.slice(0, max), badLines: badLines.slice(0, max) }
}

/** Paths are longer than ids may be. */
function idOf(path: string): string {
  return `mark_${sha256(path).slice(0, 32)}`
}
