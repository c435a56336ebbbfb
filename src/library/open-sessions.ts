import { notFound } from '../core/errors.ts'
import type { Transcripts } from '../engine/operations/deps.ts'
import { forgetFilesOf } from '../engine/operations/importing/import-marks.ts'
import type { SessionDeps } from '../server/sessions/session-deps.ts'
import type { OpenSessions } from './reverie-api.ts'

/** The sessions of a workspace, for a program. */
export function openSessions(
  deps: SessionDeps,
  transcripts: Pick<Transcripts, 'find' | 'read'>,
): OpenSessions {
  const { storage } = deps
  return {
    async add(sources) {
      // The forms of the wire take longer to load than all the rest; most commands need none.
      const { addSessions } = await import('./add-sessions.ts')
      return addSessions(sources, transcripts, deps)
    },

    list: () => storage.sessions.list(),

    async get(id) {
      const session = await storage.sessions.get(id)
      if (session === null) throw notFound('session', id)
      return { session, events: await storage.sessions.events(id) }
    },

    async remove(id) {
      if ((await storage.documents.get('session', id)) !== null) {
        const { removeSession } = await import('../server/sessions/change-session.ts')
        return removeSession(id, deps)
      }
      // The command's own sessions have no outer form.
      if ((await storage.sessions.get(id)) === null) throw notFound('session', id)
      await storage.transaction(async (tx) => {
        await tx.sessions.remove(id)
        await forgetFilesOf(tx, new Set([id]))
      })
    },
  }
}
