import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type {
  ChangeId,
  DreamId,
  MemoryId,
  MemoryStoreId,
  MemoryVersionId,
  SessionId,
  UnitId,
  WorkspaceId,
} from '../core/ids.ts'
import type { Actor } from '../core/memory.ts'
import {
  aChange,
  aDream,
  aHosting,
  aLedgerEntry,
  allPages,
  aMemoryStore,
  aMove,
  anEvent,
  aPlan,
  aRemoval,
  aSession,
  aSighting,
  atMinute,
  aUnit,
  aWrite,
  LINEAGE,
} from './contract/builders.test-support.ts'
import { outcomeOf } from './contract/reference-model.test-support.ts'
import { openEphemeralStorage } from './ephemeral/ephemeral-storage.ts'
import { openSqliteStorage } from './sqlite/sqlite-storage.ts'
import type { Storage } from './storage.ts'

/** A use of the port, with everything in it decided: it means the same to every storage. */
interface Use {
  readonly text: string
  readonly of: (storage: Storage) => Promise<unknown>
}

const n = fc.nat({ max: 3 })
const storeId = n.map((i) => `memstore_${i % 3}` as MemoryStoreId)
const dreamId = n.map((i) => `drm_${i}` as DreamId)
const sessionId = n.map((i) => `sesn_${i % 2}` as SessionId)
const changeId = n.map((i) => `chg_${i}` as ChangeId)
const path = fc.constantFrom('/a.md', '/a.md/b', '/\uffff.md', '/😀.md', '/😀.md/\uffff')
const content = fc.constantFrom('', 'the port is 8080', 'ports, Ports and PORT', 'café\nport\0x')
const pattern = fc.constantFrom('p', '\uffff', '😀')
const at = n.map(atMinute)
const lineage = fc.constantFrom(LINEAGE, 'lineage_2')
const range = fc.record({ gt: at, gte: at, lt: at, lte: at }, { requiredKeys: [] })

const KEY: Actor = { type: 'api_actor', apiKeyId: 'key_1' }

function use<T>(
  name: string,
  args: fc.Arbitrary<T>,
  of: (s: Storage, args: T) => Promise<unknown>,
) {
  return args.map(
    (given): Use => ({
      text: `${name} ${JSON.stringify(given)}`,
      of: (storage) => of(storage, given),
    }),
  )
}

const memoryUses: readonly fc.Arbitrary<Use>[] = [
  use(
    'stores.create',
    fc.record({ id: storeId, createdAt: at, folder: fc.constantFrom('/same', null) }),
    (s, of) => s.stores.create(aMemoryStore(of)),
  ),
  use('stores.update', fc.record({ storeId, text: content, at }), (s, of) =>
    s.stores.update(of.storeId, { name: of.text, metadata: { [of.text]: of.text } }, of.at),
  ),
  use('stores.remove', storeId, (s, id) => s.stores.remove(id)),
  use('stores.archive', fc.record({ storeId, at }), (s, of) => s.stores.archive(of.storeId, of.at)),
  use('memories.write', fc.record({ storeId, path, content, n: fc.nat() }), (s, of) =>
    s.memories.write(aWrite(of.n, { storeId: of.storeId, path: of.path, content: of.content })),
  ),
  use(
    'memories.write at most 2',
    fc.record({ storeId, path, content, n: fc.nat(), expectedSha256: fc.constantFrom(null, 'x') }),
    (s, { n, ...write }) => s.memories.write(aWrite(n, { ...write, memoriesMax: 2 })),
  ),
  use(
    'memories.move',
    fc.record({ storeId, from: path, path, content: fc.option(content), n: fc.nat() }),
    async (s, { storeId, from, path, content, n }) => {
      const memory = await s.memories.getByPath(storeId, from)
      if (memory === null) return s.memories.get(storeId, `mem_${n}` as MemoryId)
      return s.memories.move(aMove(n, memory, { path, ...(content === null ? {} : { content }) }))
    },
  ),
  use(
    'memories.page',
    fc.record({ storeId, isShallow: fc.boolean(), prefix: fc.constantFrom('/', '/a.md/') }),
    (s, { storeId, ...shape }) =>
      allPages((query) => s.memories.page(storeId, { ...query, ...shape }), 1),
  ),
  use('versions.redact', fc.tuple(storeId, n), async (s, [id, i]) => {
    const version = (await s.memories.versions.list(id))[i]
    const versionId = version?.id ?? ('memver_none' as MemoryVersionId)
    return s.memories.versions.redact(versionId, KEY, atMinute(i))
  }),
  use('memories.remove', fc.record({ storeId, path, n: fc.nat() }), (s, of) =>
    s.memories.remove(aRemoval(of.n, { storeId: of.storeId, path: of.path })),
  ),
  use('memories.search', fc.record({ storeId, limit: n }), (s, of) =>
    s.memories.search(of.storeId, 'port CAFE', of.limit),
  ),
  use('units.record', fc.record({ storeId, path, count: n }), async (s, of) => {
    const memory = await s.memories.getByPath(of.storeId, of.path)
    if (memory === null) return null
    const units = Array.from({ length: of.count }, (_, ordinal) => aUnit(memory, ordinal))
    return s.units.record(memory.id, memory.versionId, units)
  }),
  use('units.setPinned', fc.tuple(n, fc.boolean()), (s, [i, isPinned]) =>
    s.units.setPinned(`unit_${i}` as UnitId, isPinned),
  ),
]

const sessionUses: readonly fc.Arbitrary<Use>[] = [
  use('sessions.put', fc.record({ id: sessionId, startedAt: fc.option(at) }), (s, of) =>
    s.sessions.put(aSession(of)),
  ),
  use('sessions.append', fc.record({ sessionId, ordinals: fc.array(n) }), (s, of) =>
    s.sessions.append(
      of.sessionId,
      of.ordinals.map((ordinal) => anEvent(ordinal, { sessionId: of.sessionId, ordinal: 1 })),
    ),
  ),
  use('sessions.remove', sessionId, (s, id) => s.sessions.remove(id)),
  use('consumption.consume', fc.record({ dreamId, ordinals: fc.array(n) }), (s, of) => {
    const ids = of.ordinals.map((ordinal) => anEvent(ordinal).id)
    return s.sessions.consumption.consume(LINEAGE, of.dreamId, ids)
  }),
  use('consumption.giveBack', dreamId, (s, id) => s.sessions.consumption.giveBack(id)),
  use('retention.purge', fc.tuple(sessionId, at), (s, [id, when]) =>
    s.sessions.retention.purge(id, when),
  ),
  use('counters.add', fc.record({ dreamId, pattern, sessionId }), (s, of) =>
    s.counters.add(of.dreamId, [aSighting(of.pattern, of.sessionId)]),
  ),
  use('counters.giveBack', dreamId, (s, id) => s.counters.giveBack(id)),
  use('steps.put', fc.tuple(pattern, content), (s, [key, result]) => s.steps.put(key, result)),
  use('steps.putAll', fc.array(fc.tuple(pattern, content), { maxLength: 3 }), (s, results) =>
    s.steps.putAll(results),
  ),
]

const dreamUses: readonly fc.Arbitrary<Use>[] = [
  use('dreams.create', fc.record({ id: dreamId, storeId }), (s, of) => s.dreams.create(aDream(of))),
  use('dreams.runs.claim', fc.record({ dreamId, at }), (s, of) =>
    s.dreams.runs.claim(of.dreamId, of.at, atMinute(2)),
  ),
  use(
    'dreams.runs.complete',
    fc.record({ dreamId, token: n, ids: fc.array(changeId, { maxLength: 3 }) }),
    (s, { dreamId, token, ids }) =>
      s.dreams.runs.complete(
        { dreamId, token },
        atMinute(3),
        aPlan(),
        ids.map((id) => aChange(id)),
      ),
  ),
  use('dreams.runs.fail', fc.record({ dreamId, token: n }), (s, lease) =>
    s.dreams.runs.fail(lease, atMinute(3), { type: 'timeout', message: 'late' }),
  ),
  use(
    'dreams.setPlanStatus',
    fc.tuple(dreamId, fc.constantFrom('applied', 'discarded', 'reverted')),
    (s, [id, status]) => s.dreams.setPlanStatus(id, status),
  ),
  use(
    'changes.decide',
    fc.tuple(dreamId, changeId, fc.constantFrom('held', 'accepted', 'applied', 'reverted')),
    (s, [dream, id, status]) =>
      s.dreams.changes.decide(dream, id, {
        status,
        heldReason: status === 'held' ? 'pinned' : null,
        decidedBy: null,
        at: atMinute(4),
      }),
  ),
  use('changes.find', changeId, (s, id) => s.dreams.changes.find(id)),
  use('ledger.append', fc.record({ n, storeId, path }), ({ ledger }, { n, storeId, path }) =>
    ledger.append([aLedgerEntry(n, { storeId, path })]),
  ),
  use('ledger.markReverted', fc.tuple(dreamId, fc.option(fc.array(changeId))), (s, [id, ids]) =>
    ids === null ? s.ledger.markReverted(id) : s.ledger.markReverted(id, ids),
  ),
]

const lease = fc.record({ dreamId, token: n })
const outputBehavior = fc.constantFrom('create_new' as const, 'update_existing' as const)
const trigger = fc.constantFrom('api', 'sched_1')
const statuses = ['pending', 'running', 'failed', 'canceled'] as const

const hostedUses: readonly fc.Arbitrary<Use>[] = [
  use(
    'dreams.create hosted',
    fc.record({ id: dreamId, storeId, at, hosting: fc.record({ outputBehavior, trigger }) }),
    (s, { hosting, at, ...of }) =>
      s.dreams.create(aDream({ ...of, createdAt: at, hosted: aHosting(hosting) })),
  ),
  use('dreams.runs.begin', fc.record({ lease, storeId }), (s, { lease, storeId }) =>
    s.dreams.runs.begin(lease, {
      sessionId: aSession().id,
      output: {
        storeId,
        memories: [{ path: '/a.md', versionId: aWrite(1).newIds.version, sha256: 'a' }],
      },
    }),
  ),
  use('dreams.runs.fail with usage', lease, (s, lease) => {
    const usage = { inputTokens: 3, outputTokens: 2, cachedInputTokens: 1 }
    return s.dreams.runs.fail(lease, atMinute(3), { type: 'timeout', message: 'late' }, usage)
  }),
  use('dreams.runs.renew', lease, (s, lease) => s.dreams.runs.renew(lease, atMinute(3))),
  use('dreams.runs.cancel', fc.tuple(dreamId, at), (s, [id, at]) => s.dreams.runs.cancel(id, at)),
  use('dreams.runs.waiting', fc.tuple(at, n), (s, [now, limit]) =>
    s.dreams.runs.waiting(now, limit),
  ),
  use('dreams.archive', fc.tuple(dreamId, at), (s, [id, at]) => s.dreams.archive(id, at)),
  use(
    'dreams.page',
    fc.record(
      {
        statuses: fc.subarray([...statuses]),
        withArchived: fc.boolean(),
        trigger,
        created: range,
        limit: fc.integer({ min: 1, max: 2 }),
      },
      { requiredKeys: ['limit'] },
    ),
    (s, { limit, ...filter }) => allPages((query) => s.dreams.page({ ...filter, ...query }), limit),
  ),
  use('changes.reword', fc.tuple(dreamId, changeId, content), (s, [dream, id, text]) =>
    s.dreams.changes.reword(dream, aChange(id, { after: [{ path: '/a.md', text }], edits: [] })),
  ),
  use('ledger.copy', fc.tuple(storeId, storeId), (s, [from, to]) => s.ledger.copy(from, to)),
  use('counters.copy', fc.tuple(lineage, lineage), (s, [from, to]) => s.counters.copy(from, to)),
  use('consumption.copy', fc.tuple(lineage, lineage), (s, [from, to]) =>
    s.sessions.consumption.copy(from, to),
  ),
]

const kind = fc.constantFrom('agent' as const, 'key' as const)
const tags = fc.subarray(['a', 'b:\uffff', 'c\0'])
const order = fc.constantFrom('asc' as const, 'desc' as const)
const stream = fc.constantFrom('audit', 'session:1')
const line = fc.record({
  id: n.map(String),
  type: pattern,
  at: fc.option(at),
  body: fc.option(content),
})

const keptUses: readonly fc.Arbitrary<Use>[] = [
  use(
    'documents.put',
    fc.tuple(
      fc.record({ kind, id: n.map(String), tags, createdAt: at, body: content }),
      fc.option(n, { nil: undefined }),
    ),
    (s, [document, expected]) => s.documents.put(document, expected),
  ),
  use('documents.remove', fc.tuple(kind, n.map(String)), (s, [kind, id]) =>
    s.documents.remove(kind, id),
  ),
  use('documents.removeBefore', fc.tuple(kind, at), (s, [kind, at]) =>
    s.documents.removeBefore(kind, at),
  ),
  use(
    'documents.page',
    fc.record(
      { kind, all: tags, any: tags, none: tags, created: range, order },
      { requiredKeys: ['kind'] },
    ),
    async (s, filter) => {
      const all = await allPages((query) => s.documents.page({ ...filter, ...query }), 2)
      const { last } = await s.documents.page({ ...filter, limit: 9 })
      const before = last === null ? {} : { before: last }
      const back = await s.documents.page({ ...filter, ...before, limit: 2 })
      return [all, back.items, back.previous === null, back.next === null]
    },
  ),
  use('logs.append', fc.tuple(stream, fc.array(line, { maxLength: 3 })), (s, [stream, lines]) =>
    s.logs.append(stream, lines),
  ),
  use(
    'logs.page',
    fc.tuple(
      stream,
      fc.record({ types: fc.array(pattern), created: range, order }, { requiredKeys: [] }),
    ),
    (s, [stream, filter]) => allPages((query) => s.logs.page(stream, { ...filter, ...query }), 1),
  ),
  use('logs.remove', stream, (s, stream) => s.logs.remove(stream)),
]

const single = fc.oneof(...memoryUses, ...sessionUses, ...dreamUses, ...hostedUses, ...keptUses)

const transaction = fc
  .record({ uses: fc.array(single, { maxLength: 4 }), throws: fc.boolean() })
  .map(
    ({ uses, throws }): Use => ({
      text: `transaction${throws ? ' that throws' : ''} [${uses.map(({ text }) => text).join(', ')}]`,
      of: async (storage) => {
        const outcomes: unknown[] = []
        const thrown = new Error('thrown on purpose')
        const work = storage.transaction(async (inside) => {
          for (const { of } of uses) outcomes.push(await outcomeOf(of(inside)))
          if (throws) throw thrown
        })
        if (throws) await expect(work).rejects.toBe(thrown)
        else await work
        return outcomes
      },
    }),
  )

const uses = fc.array(
  fc.oneof({ weight: 8, arbitrary: single }, { weight: 1, arbitrary: transaction }),
  {
    minLength: 10,
    maxLength: 40,
    size: 'max',
  },
)

it('gives equal results on both storages for any sequence of calls', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'reverie-differential-'))
  const workspaceId = 'wrkspc_0' as WorkspaceId
  const options = { path: join(folder, 'reverie.db'), workspaceId, busyTimeoutMs: 1_000 }
  const sqlite = await openSqliteStorage(options)
  const ephemeral = await openEphemeralStorage({ workspaceId })
  let run = 0

  await fc.assert(
    fc.asyncProperty(uses, async (sequence) => {
      run += 1
      const workspace = `wrkspc_${run}` as WorkspaceId
      const left = await outcomes(sqlite.inWorkspace(workspace), sequence)
      const right = await outcomes(ephemeral.inWorkspace(workspace), sequence)
      expect(left).toEqual(right)
    }),
    { seed: 20_260_314, numRuns: 100 },
  )

  await sqlite.close()
  await rm(folder, { recursive: true })
})

/** What every call gave, then what the port tells about the end. */
async function outcomes(storage: Storage, sequence: readonly Use[]): Promise<readonly unknown[]> {
  const all: unknown[] = []
  for (const id of ['memstore_0', 'memstore_1'] as MemoryStoreId[]) {
    await storage.stores.create(aMemoryStore({ id, folder: `/${id}` }))
  }
  for (const id of ['sesn_0', 'sesn_1'] as SessionId[]) await storage.sessions.put(aSession({ id }))
  for (const { of, text } of sequence) all.push([text, await outcomeOf(of(storage))])
  all.push(await allPages((query) => storage.stores.page(query), 1))
  all.push(await storage.stores.list(), await storage.sessions.list(), await storage.dreams.list())
  for (const { id } of await storage.stores.list()) {
    const { versions } = storage.memories
    all.push(await storage.memories.list(id), await versions.list(id))
    all.push(await allPages((query) => versions.page(id, { ...query, actorId: 'tomas' }), 2))
    for (const version of await versions.list(id)) {
      all.push(await storage.units.ofVersion(version.id))
    }
    all.push(await storage.units.list(id), await storage.ledger.list(id, { withReverted: true }))
    all.push(await storage.dreams.changes.idsWith(id, ['proposed', 'accepted', 'applied']))
  }
  for (const { id } of await storage.sessions.list()) {
    all.push(await storage.sessions.events(id), [...(await storage.sessions.labels(id))])
    all.push(await storage.sessions.consumption.unread(LINEAGE, id))
    all.push(await storage.sessions.consumption.unread('lineage_2', id))
    all.push(await storage.sessions.retention.readers(id))
  }
  for (const { id } of await storage.dreams.list()) all.push(await storage.dreams.changes.list(id))
  all.push(await storage.counters.list(LINEAGE), await storage.counters.list('lineage_2'))
  all.push(await storage.steps.get('p'), await storage.workspaces())
  for (const stream of ['audit', 'session:1']) {
    all.push(await allPages((query) => storage.logs.page(stream, query), 2))
  }
  for (const kind of ['agent', 'key'] as const) {
    all.push(await allPages((query) => storage.documents.page({ kind, ...query }), 2))
  }
  return all
}
