import { LIMITS } from '../../config.ts'
import { notFound, ReverieError } from '../../core/errors.ts'
import { DEFAULT_WORKSPACE } from '../../core/ids.ts'
import type { Actor } from '../../core/memory.ts'
import type { Storage } from '../../storage/storage.ts'
import { type FolderAccess, finishErasures, mirrorAll } from './clean-folder.ts'
import type { Erasure, ErasureSubject, KeptFiles, WorkspaceErasures } from './erasure-api.ts'
import { noteOpen } from './open-erasure.ts'
import { type Performed, perform } from './perform.ts'
import { rowsOf } from './rows.ts'
import { scrubbed } from './scrub.ts'
import { pathWithout } from './unit-fate.ts'

/** What erasing needs besides a storage. */
export interface ErasureDeps extends FolderAccess {
  /** Null = nothing is known beside the storage. */
  readonly files: KeptFiles | null
  /** Drops what this process keeps in RAM of texts. */
  readonly forget: () => void
}

/** Erasures of one workspace. */
export function erasuresOf(deps: ErasureDeps): WorkspaceErasures {
  return {
    trace: async (subject) => {
      await assertSubject(subject, deps.storage)
      const unread = await prepare(deps)
      const { trace, erased, transcripts } = await dryRun(subject, deps)
      const { files, places } = await filesOf(deps, transcripts)
      const holding =
        (await files?.holding((text) => scrubbed(text, erased) !== text, places)) ?? []
      return { ...trace, leftIn: sorted([...unread, ...holding, ...(await backupsOf(deps))]) }
    },

    erase: async (subject, by) => {
      assertMayErase(by)
      await assertSubject(subject, deps.storage)
      const unread = await prepare(deps)
      return erase(subject, by, unread, deps)
    },
  }
}

async function erase(
  subject: ErasureSubject,
  by: Actor,
  unread: readonly string[],
  deps: ErasureDeps,
): Promise<Erasure> {
  const id = deps.newId('erase')
  const at = deps.now().toISOString()
  const done = await deps.storage.transaction(async (tx) => {
    const performed = await perform(tx, subject, id, { by, at, newId: deps.newId })
    await noteOpen(tx, id, performed.stores, at)
    return performed
  })
  deps.forget()
  const holds = (text: string): boolean => scrubbed(text, done.erased) !== text
  const folders = await finishErasures(deps)
  const { files, places } = await filesOf(deps, done.transcripts)
  const holding = (await files?.clean(holds, places)) ?? []
  const unsettled = await deps.storage.erasure.settle()
  const backups = await backupsOf(deps)
  const leftIn = sorted([...unread, ...folders, ...holding, ...unsettled, ...backups])
  const memories = done.trace.memories.map((memory) => ({
    ...memory,
    path: pathWithout(memory.path, done.erased.words),
  }))
  return { ...done.trace, memories, leftIn, id, at }
}

/** Ends what was cut off before, and looks at folders as they are now. */
async function prepare(deps: ErasureDeps): Promise<readonly string[]> {
  const left = await finishErasures(deps)
  return [...left, ...(await mirrorAll(deps))]
}

/** Everything is done and then taken back, so that a trace tells exactly what would go. */
async function dryRun(subject: ErasureSubject, deps: ErasureDeps): Promise<Performed> {
  const seen: Performed[] = []
  const act = { by: NOBODY, at: deps.now().toISOString(), newId: deps.newId }
  try {
    await deps.storage.transaction(async (tx) => {
      seen.push(await perform(tx, subject, deps.newId('erase'), act))
      throw new TakenBack()
    })
  } catch (error) {
    if (!(error instanceof TakenBack)) throw error
  }
  const [performed] = seen
  if (performed === undefined) throw new Error('A trace ended without a result.')
  return performed
}

class TakenBack extends Error {}

const NOBODY: Actor = { type: 'user_actor', userId: 'nobody' }

/** Folders that recordings went to, as they were noted when they were written. */
export const RECORDED_IN = 'recorded-in:'
/** Folders that stores were exported to. */
export const EXPORTED_TO = 'exported-to:'

async function filesOf(
  deps: ErasureDeps,
  transcripts: readonly string[],
): Promise<{ readonly files: KeptFiles | null; readonly places: readonly string[] }> {
  const places = [...transcripts]
  if (deps.files === null) return { files: null, places }
  for await (const rows of rowsOf(deps.storage, 'step')) {
    for (const { key } of rows) {
      const [name = ''] = key
      const kind = [RECORDED_IN, EXPORTED_TO].find((prefix) => name.startsWith(prefix))
      if (kind !== undefined) places.push(name.slice(kind.length))
    }
  }
  return { files: deps.files, places }
}

/** Backups that were taken until now and may still stand: nobody rewrites them. */
async function backupsOf({ storage, files }: ErasureDeps): Promise<readonly string[]> {
  const { documents } = storage.inWorkspace(DEFAULT_WORKSPACE)
  const found: string[] = []
  for (let after: string | null | undefined; files !== null && after !== null; ) {
    const page = await documents.page({
      kind: 'backup',
      limit: BACKUPS_AT_ONCE,
      ...(after === undefined ? {} : { after }),
    })
    for (const { body } of page.items) {
      const { folder } = JSON.parse(body) as { readonly folder: string }
      if (await files.mayStand(folder)) found.push(folder)
    }
    after = page.next
  }
  return found
}

const BACKUPS_AT_ONCE = 100

async function assertSubject(subject: ErasureSubject, storage: Storage): Promise<void> {
  if (subject.kind === 'session') {
    if ((await storage.sessions.get(subject.sessionId)) !== null) return
    if ((await storage.documents.get('session', subject.sessionId)) !== null) return
    throw notFound('session', subject.sessionId)
  }
  const text = subject.kind === 'user' ? subject.userId : subject.text
  const { length } = text.trim()
  const min = subject.kind === 'user' ? 1 : LIMITS.erasureQuoteCharsMin
  if (length >= min && text.length <= LIMITS.erasureQuoteCharsMax) return
  throw new ReverieError(
    'invalid_request_error',
    `A ${subject.kind} to erase has ${min} to ${LIMITS.erasureQuoteCharsMax} characters; this one has ${text.length}.`,
    {
      next:
        subject.kind === 'quote' ? 'Name enough words that nothing else is meant.' : 'Name an id.',
    },
  )
}

/** Erasing is for people and their programs, not for agents. */
function assertMayErase({ type }: Actor): void {
  if (type === 'user_actor' || type === 'api_actor') return
  throw new ReverieError('permission_error', 'Words are erased by a person or with a key.')
}

function sorted(paths: readonly string[]): readonly string[] {
  return [...new Set(paths)].sort()
}
