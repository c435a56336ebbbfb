import type { SessionId } from '../../core/ids.ts'
import type { ErasureSubject, WorkspaceErasures } from '../erasure/erasure-api.ts'
import { erasuresOf as workspaceErasures } from '../erasure/erasures.ts'
import type { Deps } from './deps.ts'
import { only } from './target.ts'

/** Erasures as the command does them: folders are within reach, ids may be shortened. */
export function erasuresOf(deps: Deps): WorkspaceErasures {
  const { storage, openFolder, now, newId } = deps
  const files = deps.keptFiles ?? null
  // The process ends with the command.
  const forget = (): void => undefined
  const erasures = workspaceErasures({ storage, openFolder, now, newId, files, forget })
  return {
    trace: async (subject) => erasures.trace(await whole(subject, deps)),
    erase: async (subject, by) => erasures.erase(await whole(subject, deps), by),
  }
}

async function whole(subject: ErasureSubject, { storage }: Deps): Promise<ErasureSubject> {
  if (subject.kind !== 'session') return subject
  const { sessionId } = subject
  const isKnown =
    (await storage.sessions.get(sessionId)) !== null ||
    (await storage.documents.get('session', sessionId)) !== null
  if (isKnown) return subject
  const { id }: { readonly id: SessionId } = only(
    'session',
    sessionId,
    await storage.sessions.list(),
  )
  return { kind: 'session', sessionId: id }
}
