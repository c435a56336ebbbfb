import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  aMemoryStore,
  aMove,
  aRemoval,
  atMinute,
  aUnit,
  aWrite,
  STORE_ID,
  WORKSPACE,
} from '../../contract/builders.test-support.ts'
import { TransactionQueue } from '../../transaction-queue.ts'
import { Database, type SqlValue } from '../database.ts'
import { sqliteMemoryStores } from '../memory-stores.ts'
import { migrate } from '../migrations.ts'
import { SqliteConnection } from '../sqlite-connection.ts'
import { sqliteUnits } from '../units.ts'
import { sqliteMemories } from './memories.ts'

/** Notes every statement with values that it runs. */
class NotingDatabase extends Database {
  readonly statements: Set<string> = new Set()

  override all<Row>(sql: string, ...values: readonly SqlValue[]): Row[] {
    this.statements.add(sql)
    return super.all(sql, ...values)
  }

  override get<Row>(sql: string, ...values: readonly SqlValue[]): Row | null {
    this.statements.add(sql)
    return super.get(sql, ...values)
  }

  override run(sql: string, ...values: readonly SqlValue[]): number {
    this.statements.add(sql)
    return super.run(sql, ...values)
  }

  /** What SQLite would do for the statements so far, one line per step. */
  plans(): readonly string[] {
    return [...this.statements].flatMap((sql) =>
      super
        .all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
        .map(({ detail }) => `${detail} <- ${sql}`),
    )
  }
}

const BOUNDED = /^SCAN (json_each |sqlite_schema |memory_search VIRTUAL TABLE INDEX 0:[=M])/

/** A walk through a whole table or index, or a sort of all that was found. */
function isWalk(step: string): boolean {
  return (step.startsWith('SCAN ') && !BOUNDED.test(step)) || step.startsWith('USE TEMP B-TREE')
}

describe('in a store of any size', () => {
  let db: NotingDatabase
  let queue: TransactionQueue<Database>

  beforeEach(async () => {
    db = new NotingDatabase(':memory:')
    migrate(db, ':memory:')
    queue = new TransactionQueue(new SqliteConnection(db, 100))
    await sqliteMemoryStores(queue, WORKSPACE).create(aMemoryStore())
    await sqliteMemories(queue, WORKSPACE).write(aWrite(1))
    db.statements.clear()
  })

  afterEach(() => queue.close())

  const walks = (): readonly string[] => {
    expect(db.statements.size).toBeGreaterThan(0)
    return db.plans().filter(isWalk)
  }

  it('nothing is walked through to read a memory', async () => {
    const memories = sqliteMemories(queue, WORKSPACE)

    const memory = await memories.getByPath(STORE_ID, '/orders.md')
    await memories.get(STORE_ID, memory?.id ?? aWrite(1).newIds.memory)

    expect(walks()).toEqual([])
  })

  it.each([true, false])(
    'nothing is walked through to list a page (shallow: %s)',
    async (isShallow) => {
      const memories = sqliteMemories(queue, WORKSPACE)

      await memories.page(STORE_ID, { prefix: '/', isShallow, limit: 1 })

      expect(walks()).toEqual([])
    },
  )

  it('nothing is walked through to create, update, move and remove', async () => {
    const memories = sqliteMemories(queue, WORKSPACE)
    const units = sqliteUnits(queue, WORKSPACE)

    const memory = await memories.write(aWrite(2, { path: '/a/b.md', memoriesMax: 5 }))
    await units.record(memory.id, memory.versionId, [aUnit(memory, 0)])
    await memories.write(aWrite(3, { path: '/a/b.md' }))
    await memories.move(aMove(4, memory, { path: '/a/c.md' }))
    await memories.remove(aRemoval(5, { path: '/a/c.md' }))

    expect(walks()).toEqual([])
  })

  it('a search looks at what the index finds alone', async () => {
    await sqliteMemories(queue, WORKSPACE).search(STORE_ID, 'text', 1)

    expect(walks()).toEqual([])
    expect(db.plans().join('\n')).toContain('SEARCH m USING INDEX sqlite_autoindex_memories_1')
  })

  it('nothing is walked through to page versions and to redact one', async () => {
    const memories = sqliteMemories(queue, WORKSPACE)
    await memories.write(aWrite(2))
    const { memory, version } = aWrite(1).newIds

    await memories.versions.page(STORE_ID, { limit: 1 })
    await memories.versions.page(STORE_ID, { limit: 1, after: '9', memoryId: memory })
    await memories.versions.page(STORE_ID, { limit: 1, actorId: 'tomas' })
    await memories.versions.list(STORE_ID, { path: '/orders.md', limit: 1 })
    await memories.versions.redact(version, { type: 'api_actor', apiKeyId: 'key' }, atMinute(3))

    expect(walks()).toEqual([])
  })

  it('nothing is sorted to page stores', async () => {
    await sqliteMemoryStores(queue, WORKSPACE).page({ limit: 1 })

    expect(walks()).toEqual([])
  })
})
