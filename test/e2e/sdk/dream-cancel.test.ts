import type Anthropic from '@anthropic-ai/sdk'
import { expect } from 'vitest'
import { slowModel } from '../../support/slow-model.ts'
import { aDream, aSession, aStore, contentsOf, ended, failureOf, orderOf } from './sample.ts'
import { onEveryClient, requirement } from './sdk-world.ts'

type Client = Anthropic
type Dream = Awaited<ReturnType<Client['beta']['dreams']['retrieve']>>

const INVALID = { status: 400, type: 'invalid_request_error' }
/** Longer than a test may take: what ends a question before is the asker. */
const THINKING_MS = 600_000

const modes = (storeId: string) =>
  [{ type: 'create_new' }, { type: 'update_existing', memory_store_id: storeId }] as const

async function until(isTrue: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isTrue())) await new Promise((resolve) => setTimeout(resolve, 5))
}

const asks = (name: string): Readonly<Record<string, string>> => ({
  REVERIE_MODELS: `slow=${name}`,
  REVERIE_EGRESS: 'models',
  REVERIE_BUDGET_USD: 'off',
  REVERIE_DREAMS_AT_ONCE: '1',
})

requirement('dreams.cancel.pending-and-running', async ({ withoutDreams }) => {
  const model = await slowModel(THINKING_MS)
  try {
    const { client, letDreamsRun } = await withoutDreams(asks(model.name))
    const store = await aStore(client)
    const before = await contentsOf(client, store.id)
    const session = await aSession(client, {
      says: 'Petra counted, the depot in Chur keeps 30 keys.',
    })
    const create = (output_behavior: ReturnType<typeof modes>[number]): Promise<Dream> =>
      client.beta.dreams.create(orderOf(store.id, [session.id], { model: 'slow', output_behavior }))

    const pending = await create({ type: 'create_new' })
    expectCanceled(await client.beta.dreams.cancel(pending.id))
    await letDreamsRun()
    for (const mode of modes(store.id)) {
      const { id } = await create(mode)
      const asked = model.calls.length
      await until(() => model.calls.length > asked)
      expect((await client.beta.dreams.retrieve(id)).status).toBe('running')
      const canceled = await client.beta.dreams.cancel(id)
      const canceledAt = performance.now()
      expectCanceled(canceled)

      // One dream runs at a time: when another has ended, nothing is left of the canceled one.
      const { dream } = await aDream(client)
      expect(dream.status).toBe('completed')
      expect(model.calls).toHaveLength(asked + 1)
      expect(model.calls[asked]).toMatchObject({ isCut: true, endedAt: expect.any(Number) })
      const lasted = (model.calls[asked]?.endedAt ?? 0) - canceledAt
      process.stderr.write(`${mode.type}: hung up ${Math.round(lasted)} ms after the cancel\n`)
      expect(await contentsOf(client, store.id)).toEqual(before)
      const after = await client.beta.dreams.retrieve(id)
      expect(after).toEqual({ ...canceled, usage: after.usage })
      for (const { memory_store_id } of after.outputs) {
        expect(await contentsOf(client, memory_store_id)).toEqual(before)
      }
    }
    expect(model.calls).toHaveLength(2)
  } finally {
    await model.stop()
  }
})

function expectCanceled(dream: Dream): void {
  expect(dream.status).toBe('canceled')
  expect(dream.ended_at).not.toBeNull()
  expect(dream.error).toBeNull()
}

requirement('dreams.cancel.twice', async ({ withoutDreams }) => {
  const { client, letDreamsRun } = await withoutDreams()
  const store = await aStore(client)
  const session = await aSession(client)
  const { id } = await client.beta.dreams.create(orderOf(store.id, [session.id]))
  const once = await client.beta.dreams.cancel(id)

  expect(await client.beta.dreams.cancel(id)).toEqual(once)
  const archived = await client.beta.dreams.archive(id)
  expect(archived).toEqual({ ...once, archived_at: archived.archived_at })
  expect(await client.beta.dreams.cancel(id)).toEqual(archived)

  await letDreamsRun()
  const next = await client.beta.dreams.create(orderOf(store.id, [session.id]))
  expect((await ended(client, next.id)).status).toBe('completed')
  expect(await client.beta.dreams.retrieve(id)).toEqual(archived)
})

requirement('dreams.cancel.ended-400', async ({ withoutDreams }) => {
  const { client, letDreamsRun } = await withoutDreams()
  const store = await aStore(client)
  const session = await aSession(client)
  const failing = await client.beta.dreams.create(orderOf(store.id, [session.id]))
  await client.beta.sessions.delete(session.id)
  await letDreamsRun()
  const failed = await ended(client, failing.id)
  const { dream: completed } = await aDream(client)

  expect([failed.status, completed.status]).toEqual(['failed', 'completed'])
  for (const dream of [failed, completed]) {
    expect(await failureOf(client.beta.dreams.cancel(dream.id))).toMatchObject(INVALID)
    const archived = await client.beta.dreams.archive(dream.id)
    expect(await failureOf(client.beta.dreams.cancel(dream.id))).toMatchObject(INVALID)
    expect(await client.beta.dreams.retrieve(dream.id)).toEqual(archived)
  }
})

requirement('dreams.failure-and-cancel-commit-nothing', async ({ withoutDreams }) => {
  const { client, letDreamsRun } = await withoutDreams()
  const store = await aStore(client)
  const before = await contentsOf(client, store.id)
  const kept = await aSession(client)
  const removed = await aSession(client)
  const dreams: string[] = []
  for (const output_behavior of modes(store.id)) {
    for (const session of [kept, removed]) {
      const order = orderOf(store.id, [session.id], { output_behavior })
      const { id } = await client.beta.dreams.create(order)
      if (session === kept) await client.beta.dreams.cancel(id)
      dreams.push(id)
    }
  }
  await client.beta.sessions.delete(removed.id)
  await letDreamsRun()

  const statuses: string[] = []
  for (const id of dreams) {
    const { status, outputs } = await ended(client, id)
    statuses.push(status)
    for (const { memory_store_id } of outputs) {
      expect(await contentsOf(client, memory_store_id)).toEqual(before)
    }
  }
  expect(statuses).toEqual(['canceled', 'failed', 'canceled', 'failed'])
  expect(await contentsOf(client, store.id)).toEqual(before)
  const [newest] = (await client.beta.memoryStores.memoryVersions.list(store.id)).data
  expect(newest?.operation).toBe('created')
})

onEveryClient()
