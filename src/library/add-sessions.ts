import type { SessionId } from '../core/ids.ts'
import type { Transcripts } from '../engine/operations/deps.ts'
import { ImportReport } from '../server/imports/import-report.ts'
import { SessionImport } from '../server/imports/session-import.ts'
import { keepTranscript } from '../server/imports/transcript-import.ts'
import type { SessionDeps } from '../server/sessions/session-deps.ts'
import type { AddedSessions, NewSession } from './reverie-api.ts'
import { wireImportOf } from './wire-session.ts'

/** Values first, all or none; then files, each by itself. Throws as `wireImportOf`. */
export async function addSessions(
  sources: readonly (string | NewSession)[],
  transcripts: Pick<Transcripts, 'find' | 'read'>,
  deps: SessionDeps,
): Promise<AddedSessions> {
  const values = sources.filter((source) => typeof source !== 'string')
  const imports = values.map((value, at) => wireImportOf(value, at + 1))
  const report = new ImportReport()
  const sessions = new SessionImport(deps, report)
  let place = 0
  for (const { header, events } of imports) {
    place += 1
    await sessions.session(header, place)
    for (const event of events) {
      place += 1
      await sessions.event(event, place, sizeOf(event))
    }
  }
  await sessions.flush()
  const paths = sources.filter((source) => typeof source === 'string')
  await addFiles(paths, transcripts, deps, report)
  return told(report)
}

async function addFiles(
  paths: readonly string[],
  transcripts: Pick<Transcripts, 'find' | 'read'>,
  deps: SessionDeps,
  report: ImportReport,
): Promise<void> {
  if (paths.length === 0) return
  const { sources, skipped } = await transcripts.find(paths)
  for (const { reason } of skipped) report.skip(`file: ${reason}`, null)
  for (const source of sources) {
    await keepTranscript(await transcripts.read(source, null, null), deps, report)
  }
}

function sizeOf(event: unknown): number {
  return JSON.stringify(event).length
}

function told(report: ImportReport): AddedSessions {
  const { sessions, new_events: newEvents, lines, read, skipped, redacted } = report.finish()
  const sessionIds = sessions.map(({ id }) => id as SessionId)
  return { sessionIds, newEvents, lines, read, skipped, redacted }
}
