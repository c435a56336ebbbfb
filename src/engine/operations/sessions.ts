import type { SessionId } from '../../core/ids.ts'
import type { Session } from '../../core/session.ts'
import type { FolderOperations } from '../api.ts'
import type { Deps } from './deps.ts'
import { ignoreProgress, importTranscripts } from './import-transcripts.ts'
import { forgetFilesOf } from './importing/import-marks.ts'
import { noteAct } from './note-act.ts'
import { only } from './target.ts'

/** Stored transcripts: add, look at, take away. */
export function sessionsOf(deps: Deps): FolderOperations['sessions'] {
  const find = async (idOrPrefix: string): Promise<Session> =>
    (await deps.storage.sessions.get(idOrPrefix as SessionId)) ??
    only('session', idOrPrefix, await deps.storage.sessions.list())
  return {
    async add(sources, format) {
      const order = { sources, format: format ?? null, isAnew: true }
      const unwatched = { onProgress: ignoreProgress, signal: null }
      return (await importTranscripts({ ...order, ...unwatched }, deps)).summary
    },

    list: () => deps.storage.sessions.list(),

    async get(id) {
      const session = await find(id)
      return { session, events: await deps.storage.sessions.events(session.id) }
    },

    async remove(id) {
      const session = await find(id)
      await deps.storage.transaction(async (tx) => {
        await tx.sessions.remove(session.id)
        await forgetFilesOf(tx, new Set([session.id]))
        await noteAct(tx, { act: 'session.removed', subject: session.id }, deps)
      })
      return session.id
    },
  }
}
