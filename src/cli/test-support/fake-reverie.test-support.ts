import type { Change } from '../../core/change.ts'
import {
  NO_USAGE,
  type PlanReport,
  type PlanStatus,
  type PlanUsage,
  type Thinking,
} from '../../core/dream.ts'
import { notFound, ReverieError } from '../../core/errors.ts'
import { derivedId, digestOf } from '../../core/ids.ts'
import type {
  AuditLine,
  DreamOutcome,
  DreamRequest,
  ErasureTrace,
  FilePreview,
  FolderOperations,
  ImportSummary,
  Recording,
} from '../../reverie.ts'
import {
  AT,
  aChange,
  aDream,
  aMemory,
  anEvent,
  anImport,
  aSession,
  aUnit,
  STORE,
} from './builders.test-support.ts'
import { FAKE_PROJECTS, type FakeProjects, fakeProjects } from './fake-projects.test-support.ts'
import { fakeMemoryActs, fakeStores } from './fake-stores.test-support.ts'
import { fakeUpkeep } from './fake-upkeep.test-support.ts'

/** A small world in memory: one store, one session, one dream. Decisions and applies take effect. */
export interface FakeWorld extends FakeProjects {
  readonly changes: readonly Change[]
  readonly planStatus: PlanStatus
  readonly isNew: boolean
  readonly imported: ImportSummary
  readonly files: readonly FilePreview[]
  readonly warnings: readonly string[]
  readonly thinking: Thinking | null
  readonly usage: PlanUsage
  /** Events that a model has not read. */
  readonly pending: number
  readonly modelProbes: PlanReport['effect']['modelProbes']
  /** Of the outcome: files left out. */
  readonly leftOut: readonly string[]
  readonly content: string
  readonly title: string
  readonly eventText: string
  readonly checksOk: boolean
  /** Thrown by every call. */
  readonly failure: Error | null
  readonly onDream: (request: DreamRequest) => Promise<void>
}

export interface FakeReverie extends FolderOperations {
  readonly requests: readonly DreamRequest[]
  readonly decisions: readonly string[]
  readonly isClosed: () => boolean
}

export function fakeReverie(over: Partial<FakeWorld> = {}): FakeReverie {
  const world = { ...DEFAULT_WORLD, ...over }
  let dream = aDream(world)
  let changes = world.changes
  let isClosed = false
  const requests: DreamRequest[] = []
  const decisions: string[] = []

  const guard = (): void => {
    if (world.failure !== null) throw world.failure
  }
  const found = (id: string): void => {
    guard()
    const isKnown = dream.id.startsWith(id) || changes.some((change) => change.id.startsWith(id))
    if (!isKnown) throw notFound('dream', id)
  }
  const move = (planStatus: PlanStatus, from: Change['status'][], to: Change['status']): void => {
    dream = { ...dream, planStatus }
    changes = changes.map((change) =>
      from.includes(change.status) ? { ...change, status: to } : change,
    )
  }
  const outcome = (status: Change['status']): Awaited<ReturnType<FolderOperations['apply']>> => ({
    dream,
    applied: changes.filter((change) => change.status === status),
    held: changes.filter((change) => change.status === 'held').length,
    rejected: changes.filter((change) => change.status === 'rejected').length,
    files: [...new Set(changes.flatMap((change) => change.after.map(({ path }) => path)))],
  })

  return {
    requests,
    decisions,
    isClosed: () => isClosed,
    async dream(request) {
      guard()
      requests.push(request)
      await world.onDream(request)
      request.signal?.throwIfAborted()
      return { dream, changes, store: STORE, ...shown(world) }
    },
    async dreamTogether({ from, into, ...request }) {
      guard()
      requests.push(...from.map((one) => ({ ...request, ...one })))
      request.signal?.throwIfAborted()
      return into.map(() => ({ dream, changes, store: STORE, ...shown(world) }))
    },
    async dreamIfDue(request) {
      guard()
      requests.push(request)
      const outcome = { dream, changes, store: STORE, ...shown(world) }
      const nextLookAt = '2026-11-01T10:01:00.000Z'
      const due = { rule: 'pressure', reason: 'The pressure is 1.20, enough is 1.', nextLookAt }
      return { outcome: 'ran', ...due, dream: outcome, applied: null, replaced: null }
    },
    async show(id) {
      found(id)
      const one = changes.filter((change) => change.id.startsWith(id))
      return { dream, changes: one.length > 0 ? one : changes, store: STORE }
    },
    async preview(id) {
      found(id)
      return world.files
    },
    async decide(changeId, decision, digest) {
      found(changeId)
      if (digest !== dream.plan?.digest) throw new ReverieError('conflict_error', 'Another plan.')
      decisions.push(`${decision} ${changeId}`)
      const status = decision === 'accept' ? 'accepted' : 'rejected'
      changes = changes.map((change) => (change.id === changeId ? { ...change, status } : change))
      return changes.find((change) => change.id === changeId) ?? aChange()
    },
    async apply(id) {
      found(id)
      move('applied', ['proposed', 'accepted'], 'applied')
      return outcome('applied')
    },
    async discard(id) {
      found(id)
      move('discarded', [], 'proposed')
      return dream
    },
    async revert(id) {
      found(id)
      move('reverted', ['applied', 'proposed'], 'reverted')
      return outcome('reverted')
    },
    ...readings(world, guard),
    held: {
      list: async () => {
        guard()
        const held = changes.filter(({ status }) => status === 'held')
        return held.map((change) => ({
          dream,
          storeId: STORE.id,
          store: STORE,
          set: { id: change.changeSet, digest: digestOf(change), changes: [change] },
          reasons: change.heldReason === null ? [] : [change.heldReason],
        }))
      },
      decide: async (_dreamId, changeId, decision) => {
        guard()
        const words = decision.decision === 'edit' ? ` ${decision.text}` : ''
        decisions.push(`${decision.decision} ${changeId}${words}`)
        const status = decision.decision === 'reject' ? 'rejected' : 'accepted'
        changes = changes.map((change) => (change.id === changeId ? { ...change, status } : change))
      },
      rejectAll: async (_memory, reason) => {
        guard()
        decisions.push(`reject all ${reason}`)
        return changes.filter(({ heldReason }) => heldReason === reason).length
      },
    },
    audit: {
      list: async () => {
        guard()
        return [anAuditLine(world.title)]
      },
      head: async () => {
        guard()
        return { sequence: 1, link: 'a'.repeat(64) }
      },
      verify: async () => {
        guard()
        const broken = world.checksOk ? null : ({ index: 0, fault: 'edited' } as const)
        return { lines: 1, unlinked: 0, broken, head: null }
      },
    },
    upkeep: fakeUpkeep(guard),
    erasures: {
      trace: async () => {
        guard()
        return aTrace(world)
      },
      erase: async ({ kind }) => {
        guard()
        decisions.push(`erase ${kind}`)
        return { ...aTrace(world), id: derivedId('erase', 'one'), at: AT }
      },
    },
    projects: fakeProjects(world, guard),
    recordings: {
      export: async (id, folder) => {
        found(id)
        return aRecording(world, folder)
      },
      import: async (folder) => {
        guard()
        return aRecording(world, folder)
      },
    },
    async close() {
      isClosed = true
    },
  }
}

function shown({
  isNew,
  imported,
  leftOut,
}: FakeWorld): Pick<DreamOutcome, 'isNew' | 'imported' | 'warnings'> {
  return { isNew, imported, warnings: leftOut }
}

function aRecording({ title }: FakeWorld, folder: string): Recording {
  return { parts: [{ folder, model: title, answers: 12, known: 3 }], warnings: [title] }
}

function anAuditLine(userId: string): AuditLine {
  return {
    id: derivedId('log', 'one'),
    at: AT,
    act: 'change.released',
    subject: derivedId('chg', 'one'),
    by: { type: 'user_actor', userId },
    details: { held_reason: 'untrusted_source' },
    chain: { sequence: 1, previous: 'b'.repeat(64), link: 'a'.repeat(64) },
  }
}

function aTrace({ title, checksOk }: FakeWorld): ErasureTrace {
  const memory = { storeId: STORE.id, path: `/${title}.md`, line: 3, outcome: 'withdrawn' } as const
  return {
    sessions: [derivedId('sesn', 'one')],
    events: 12,
    memories: [memory],
    places: { versions: 2, log_lines: 4 },
    leftIn: checksOk ? [] : ['/state/cassette/answer.json'],
  }
}

/** The part of the facade that only reads, over one memory and one session. */
function readings(
  world: FakeWorld,
  guard: () => void,
): Pick<
  FolderOperations,
  'log' | 'ledger' | 'status' | 'doctor' | 'memories' | 'sessions' | 'stores' | 'dreams'
> {
  const memory = aMemory(world.content)
  const guarded = async <T>(value: T): Promise<T> => {
    guard()
    return value
  }
  const dreamId = derivedId('drm', 'one')
  const folder = { type: 'folder_actor', firstSight: true } as const
  const version = {
    id: memory.versionId,
    memoryId: memory.id,
    storeId: STORE.id,
    operation: 'modified',
    path: memory.path,
    content: memory.content,
    contentSha256: memory.contentSha256,
    contentSizeBytes: memory.content.length,
    createdAt: AT,
    redactedAt: null,
    redactedBy: null,
  } as const
  return {
    log: () =>
      guarded([
        { at: AT, store: STORE, version: { ...version, actor: { type: 'dream_actor', dreamId } } },
        { at: AT, store: STORE, version: { ...version, operation: 'created', actor: folder } },
      ]),
    ledger: () =>
      guarded([
        {
          id: derivedId('led', 'one'),
          storeId: STORE.id,
          dreamId,
          changeId: derivedId('chg', 'one'),
          kind: 'superseded',
          unitId: null,
          path: memory.path,
          text: world.content,
          interval: { start: null, end: null },
          reason: 'A later statement names another day.',
          evidence: [],
          recordedAt: AT,
          isReverted: false,
        },
      ]),
    status: () =>
      guarded({
        home: '/home/me/.local/state/reverie',
        stores: [
          {
            store: STORE,
            memories: 41,
            units: 412,
            pinned: 3,
            bytes: 23_100,
            waiting: world.planStatus === 'waiting' ? [{ dreamId, changes: 15, held: 2 }] : [],
            lastApplied: { dreamId, at: AT },
          },
        ],
        sessions: 17,
        retention: 'kept until you remove them',
      }),
    doctor: () =>
      guarded([
        { name: 'node', isOk: true, found: '24.21.0', next: null },
        {
          name: 'state folder',
          isOk: world.checksOk,
          found: world.title,
          next: world.checksOk ? null : 'Make it writable.',
        },
      ]),
    ...resources(world, guarded),
  }
}

/** Its one memory and one session. */
function resources(
  world: FakeWorld,
  guarded: <T>(value: T) => Promise<T>,
): Pick<FolderOperations, 'memories' | 'sessions' | 'stores' | 'dreams'> {
  const memory = aMemory(world.content)
  const session = aSession(world.title)
  const events = [anEvent(world.eventText)]
  const store = { ...STORE, folder: null, name: world.title }
  return {
    ...fakeStores(world, store, guarded),
    memories: {
      ...fakeMemoryActs(store, memory, guarded),
      list: () => guarded([memory]),
      get: () => guarded({ memory, units: [aUnit(memory)] }),
      search: (_store, query) => guarded([{ path: memory.path, snippet: query, score: 1 }]),
      asOf: () =>
        guarded([
          {
            path: memory.path,
            text: aUnit(memory).text,
            interval: { start: null, end: null },
            isCurrent: true,
          },
        ]),
      setPinned: () => guarded([aUnit(memory).id]),
    },
    sessions: {
      add: () => guarded(world.imported),
      list: () => guarded([session]),
      get: () => guarded({ session, events }),
      remove: () => guarded(session.id),
    },
  }
}

const DEFAULT_WORLD: FakeWorld = {
  ...FAKE_PROJECTS,
  changes: [aChange()],
  planStatus: 'waiting',
  isNew: true,
  imported: anImport(),
  files: [
    {
      path: '/project/deploy.md',
      isSuggestion: false,
      before: '# Deploy\n\n- Deploys go out on Fridays.\n',
      after: '# Deploy\n\n- Deploys go out on Thursdays.\n',
    },
  ],
  warnings: [],
  thinking: null,
  usage: NO_USAGE,
  pending: 0,
  modelProbes: null,
  leftOut: [],
  content: '# Index\n\n- [Deploy](project/deploy.md): when and how\n',
  title: 'Moving the deploy day',
  eventText: 'we moved deploys to Thursday',
  checksOk: true,
  failure: null,
  onDream: async () => undefined,
}
