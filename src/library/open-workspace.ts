import { LIMITS } from '../config.ts'
import { type DreamStatus, isTerminal } from '../core/dream.ts'
import { ReverieError } from '../core/errors.ts'
import { INSTALLATION, type WorkspaceId } from '../core/ids.ts'
import type { Actor, Memory } from '../core/memory.ts'
import { scheduleWithDefaults } from '../core/schedule.ts'
import type { WorkspaceCollectiveDreams } from '../engine/collective/collective-api.ts'
import type { Transcripts } from '../engine/operations/deps.ts'
import type { Workspace, WorkspaceDreams } from '../engine/workspace-api.ts'
import type { ServerPorts } from '../server/context.ts'
import { openSessions } from './open-sessions.ts'
import type { OpenCollectiveDreams, OpenDreams, OpenWorkspace } from './reverie-api.ts'

/** What a workspace needs besides the ports of a server. */
export interface OpeningPorts {
  readonly ports: ServerPorts
  readonly transcripts: Pick<Transcripts, 'find' | 'read'>
  /** Aborted when Reverie is closed. */
  readonly closing: AbortSignal
  /** Runs the dreams that wait from now on. */
  readonly beginDreams: () => void
}

/** No person: what it writes may be put in other words by a dream. */
export const PROGRAM: Actor = { type: 'api_actor', apiKeyId: 'key_program' }

/** The model id that means rules alone. */
const RULES_ALONE = 'embedded'

const FROM_THE_BEGINNING = { limit: LIMITS.pageItemsMax } as const

/** Opens a workspace in one name. Throws `invalid_request_error` for what is no id of one. */
export function openWorkspace(name: string, by: Actor, opening: OpeningPorts): OpenWorkspace {
  const id = workspaceId(name)
  const { ports } = opening
  const workspace = ports.workspaceOf(id)
  const caller = { workspaceId: id, keyId: null, scopes: [], actor: by }
  const sessionDeps = { ...ports, storage: ports.storage.inWorkspace(id), caller }
  return {
    id,
    stores: storesOf(workspace, by),
    memories: memoriesOf(workspace, by),
    versions: versionsOf(workspace, by),
    sessions: openSessions(sessionDeps, opening.transcripts),
    dreams: dreamsOf(workspace.dreams, by, opening),
    changes: changesOf(workspace, by),
    schedules: schedulesOf(workspace, by),
    collective: collectiveOf(workspace.collective, by, opening),
    erasures: {
      trace: (subject) => workspace.erasures.trace(subject),
      erase: (subject) => workspace.erasures.erase(subject, by),
    },
  }
}

function workspaceId(name: string): WorkspaceId {
  const isId = /^wrkspc_[\w-]+$/.test(name) && name.length <= LIMITS.idCharsMax
  if (isId && name !== INSTALLATION) return name as WorkspaceId
  throw new ReverieError('invalid_request_error', `"${name}" is no id of a workspace.`, {
    next: 'Give `wrkspc_` and letters, digits, `_` or `-`.',
  })
}

function storesOf({ stores }: Workspace, by: Actor): OpenWorkspace['stores'] {
  return {
    ...stores,
    page: (query) => stores.page({ ...FROM_THE_BEGINNING, ...query }),
    create: (store) => stores.create(store, by),
    update: (id, change) => stores.update(id, change, by),
    archive: (id) => stores.archive(id, by),
    remove: (id) => stores.remove(id, by),
  }
}

function memoriesOf({ memories }: Workspace, by: Actor): OpenWorkspace['memories'] {
  const page: OpenWorkspace['memories']['page'] = (storeId, query) =>
    memories.page(storeId, { ...FROM_THE_BEGINNING, prefix: '/', isShallow: false, ...query })
  return {
    ...memories,
    page,
    async list(storeId) {
      const all: Memory[] = []
      for (let after: string | null | undefined; after !== null; ) {
        const { items, next } = await page(storeId, after === undefined ? {} : { after })
        all.push(...items.flatMap((item) => ('memory' in item ? [item.memory] : [])))
        after = next
      }
      return all
    },
    create: (storeId, memory) => memories.create(storeId, memory, by),
    update: (storeId, id, change) => memories.update(storeId, id, change, by),
    remove: (storeId, id, expectedSha256) => memories.remove(storeId, id, expectedSha256, by),
  }
}

function versionsOf({ versions }: Workspace, by: Actor): OpenWorkspace['versions'] {
  return {
    ...versions,
    page: (storeId, query) => versions.page(storeId, { ...FROM_THE_BEGINNING, ...query }),
    redact: (storeId, id) => versions.redact(storeId, id, by),
  }
}

function schedulesOf({ schedules }: Workspace, by: Actor): OpenWorkspace['schedules'] {
  return {
    ...schedules,
    page: (query) => schedules.page({ ...FROM_THE_BEGINNING, ...query }),
    create: (schedule) =>
      schedules.create(scheduleWithDefaults({ model: RULES_ALONE, ...schedule }), by),
    update: (id, change) => schedules.update(id, change, by),
    remove: (id) => schedules.remove(id, by),
    decisions: (id, query) => schedules.decisions(id, { ...FROM_THE_BEGINNING, ...query }),
  }
}

function changesOf({ changes }: Workspace, by: Actor): OpenWorkspace['changes'] {
  return {
    ...changes,
    rejectHeld: (storeId, reason) => changes.rejectHeld(storeId, reason, by),
    decide: (dreamId, id, decision) => changes.decide(dreamId, id, decision, by),
    apply: (dreamId, digest) => changes.apply(dreamId, digest, by),
    revert: (dreamId, digest) => changes.revert(dreamId, digest, by),
    discard: (dreamId, digest) => changes.discard(dreamId, digest, by),
  }
}

function dreamsOf(dreams: WorkspaceDreams, by: Actor, opening: OpeningPorts): OpenDreams {
  return {
    ...dreams,
    page: (query) => dreams.page({ ...FROM_THE_BEGINNING, ...query }),
    create: (order) =>
      dreams.create(
        {
          model: RULES_ALONE,
          outputBehavior: 'create_new',
          instructions: null,
          trigger: 'library',
          ...order,
        },
        by,
      ),
    cancel: (id) => dreams.cancel(id, by),
    archive: (id) => dreams.archive(id, by),
    finished: (id, signal) => ended(() => dreams.get(id), opening, signal),
  }
}

function collectiveOf(
  collective: WorkspaceCollectiveDreams,
  by: Actor,
  opening: OpeningPorts,
): OpenCollectiveDreams {
  return {
    ...collective,
    page: (query) => collective.page({ ...FROM_THE_BEGINNING, ...query }),
    create: (order) => collective.create({ model: RULES_ALONE, instructions: null, ...order }, by),
    cancel: (id) => collective.cancel(id, by),
    finished: (id, signal) => ended(() => collective.get(id), opening, signal),
  }
}

/** Lets this process dream, and looks until it has ended. */
async function ended<Looked extends { readonly status: DreamStatus }>(
  look: () => Promise<Looked>,
  opening: OpeningPorts,
  signal?: AbortSignal,
): Promise<Looked> {
  opening.beginDreams()
  for (;;) {
    const looked = await look()
    if (isTerminal(looked.status)) return looked
    await nextLook(opening, signal)
  }
}

async function nextLook({ ports, closing }: OpeningPorts, signal?: AbortSignal): Promise<void> {
  const ending = signal === undefined ? closing : AbortSignal.any([closing, signal])
  try {
    await ports.wait(LIMITS.finishedLookMs, ending)
  } catch (error) {
    signal?.throwIfAborted()
    if (!closing.aborted) throw error
    throw new ReverieError('api_error', 'Reverie was closed before the dream ended.', {
      next: 'The dream goes on when Reverie is started again.',
    })
  }
}
