import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { LIMITS } from '../../src/config.ts'
import { DEFAULT_WORKSPACE } from '../../src/core/ids.ts'
import { openSqliteStorage } from '../../src/storage/sqlite/sqlite-storage.ts'
import { scriptedModel } from '../../src/testing/scripted-model.ts'
import { BY, HOSTED_MEMORIES, HostedWorld, outputIdOf } from '../support/hosted-world.ts'
import { sensibleScript } from '../support/sensible-model.ts'

test('dreams over SQLite come to the same contents, changes and lines as those in RAM', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'reverie-hosted-'))
  const storage = await openSqliteStorage({
    path: join(folder, 'reverie.db'),
    workspaceId: DEFAULT_WORKSPACE,
    busyTimeoutMs: LIMITS.busyTimeoutMs,
  })
  const told: unknown[] = []
  try {
    for (const place of [{ storage }, {}]) {
      const world = await HostedWorld.open({ ...place, model: scriptedModel(sensibleScript) })
      const first = await world.dream({ model: 'asks' })
      const second = await world.dream({ storeId: outputIdOf(first) })
      const own = await world.dream({ outputBehavior: 'update_existing' })
      const canceled = await world.create()
      await world.dreams().cancel(canceled.id, BY)
      told.push({
        contents: await world.contents(outputIdOf(first)),
        own: await world.contents(),
        statuses: [first, second, own].map(({ status, planStatus }) => [status, planStatus]),
        changes: [await world.changes(first), await world.changes(own)],
        lines: await world.told(first),
        unread: [await world.unread(outputIdOf(first)), await world.unread()],
      })
    }
  } finally {
    await storage.close()
    rmSync(folder, { recursive: true })
  }

  expect(told[0]).toEqual(told[1])
  expect(told[0]).not.toMatchObject({ own: HOSTED_MEMORIES })
  expect(told[0]).toMatchObject({ unread: [0, 0] })
})
