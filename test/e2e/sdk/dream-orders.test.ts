import { expect } from 'vitest'
import { aDream, aSession, aStore, ended, failureOf, MODEL, orderOf } from './sample.ts'
import { onEveryClient, requirement } from './sdk-world.ts'

const INVALID = { status: 400, type: 'invalid_request_error' }
const UNKNOWN = { status: 404, type: 'not_found_error' }

requirement('dreams.create.both-input-orders', async ({ client }) => {
  const store = await aStore(client)
  const session = await aSession(client)
  const order = orderOf(store.id, [session.id])
  const dream = await client.beta.dreams.create({ ...order, inputs: order.inputs.toReversed() })

  expect((await ended(client, dream.id)).status).toBe('completed')
})

requirement('dreams.create.pending-shape', async ({ client }) => {
  const store = await aStore(client)
  const session = await aSession(client)
  const dream = await client.beta.dreams.create(orderOf(store.id, [session.id]))

  expect(dream).toEqual({
    id: expect.stringMatching(/^drm_/),
    type: 'dream',
    status: 'pending',
    inputs: orderOf(store.id, [session.id]).inputs,
    outputs: [],
    output_behavior: { type: 'create_new' },
    model: { id: MODEL, speed: 'standard' },
    instructions: null,
    session_id: null,
    created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    ended_at: null,
    archived_at: null,
    usage: {
      input_tokens: 0,
      output_tokens: 0,
      cache_read_input_tokens: 0,
      cache_creation_input_tokens: 0,
    },
    error: null,
  })
})

requirement('dreams.usage-zero-while-pending', async ({ client }) => {
  const store = await aStore(client)
  const session = await aSession(client)
  const { usage } = await client.beta.dreams.create(orderOf(store.id, [session.id]))

  expect(Object.values(usage)).toEqual([0, 0, 0, 0])
})

requirement('dreams.create.model-string-or-object', async ({ client }) => {
  const store = await aStore(client)
  const session = await aSession(client)
  for (const model of [MODEL, { id: MODEL }, { id: MODEL, speed: 'standard' as const }]) {
    const dream = await client.beta.dreams.create(orderOf(store.id, [session.id], { model }))

    expect(dream.model).toEqual({ id: MODEL, speed: 'standard' })
  }
})

requirement('dreams.create.speed-standard-only', async ({ client }) => {
  const store = await aStore(client)
  const session = await aSession(client)
  const order = orderOf(store.id, [session.id], { model: { id: MODEL, speed: 'fast' } })

  expect(await failureOf(client.beta.dreams.create(order))).toMatchObject(INVALID)
})

requirement('dreams.create.session-ids-sorted', async ({ client }) => {
  const store = await aStore(client)
  const ids = [await aSession(client), await aSession(client), await aSession(client)]
    .map(({ id }) => id)
    .sort()
  const dream = await client.beta.dreams.create(orderOf(store.id, ids.toReversed()))

  expect(dream.inputs).toContainEqual({ type: 'sessions', session_ids: ids })
})

requirement('dreams.create.output-behavior-always-set', async ({ client }) => {
  const { dream } = await aDream(client)

  expect(dream.output_behavior).toEqual({ type: 'create_new' })
})

requirement('dreams.create.instructions-bounds', async ({ client }) => {
  const store = await aStore(client)
  const session = await aSession(client)
  const create = (instructions: string | null) =>
    client.beta.dreams.create(orderOf(store.id, [session.id], { instructions }))

  expect(await failureOf(create(''))).toMatchObject(INVALID)
  expect(await failureOf(create('x'.repeat(4_097)))).toMatchObject(INVALID)
  expect((await create(null)).instructions).toBeNull()
  expect((await create('Keep what is said of deploys.')).instructions).toContain('deploys')
  expect((await create('y'.repeat(4_096))).instructions).toHaveLength(4_096)
})

requirement('dreams.create.session-count-bounds', async ({ client }) => {
  const store = await aStore(client)
  const session = await aSession(client)
  const create = (ids: readonly string[]) => client.beta.dreams.create(orderOf(store.id, ids))
  const many = Array.from({ length: 101 }, (_, n) => `sesn_${n}`)

  expect(await failureOf(create([]))).toMatchObject(INVALID)
  expect(await failureOf(create([session.id, session.id]))).toMatchObject(INVALID)
  expect(await failureOf(create(many))).toMatchObject(INVALID)
  expect(await failureOf(create(many.slice(1)))).toMatchObject(UNKNOWN)
})

requirement('dreams.create.one-of-each-input', async ({ client }) => {
  const store = await aStore(client)
  const session = await aSession(client)
  const { inputs } = orderOf(store.id, [session.id])
  for (const wrong of [[], inputs.slice(0, 1), inputs.slice(1), [...inputs, ...inputs.slice(1)]]) {
    const order = orderOf(store.id, [session.id], { inputs: wrong })

    expect(await failureOf(client.beta.dreams.create(order))).toMatchObject(INVALID)
  }
})

requirement('dreams.create.unknown-store-404', async ({ client }) => {
  const session = await aSession(client)
  const order = orderOf('memstore_none', [session.id])

  expect(await failureOf(client.beta.dreams.create(order))).toMatchObject(UNKNOWN)
})

requirement('dreams.create.unknown-session-404', async ({ client }) => {
  const store = await aStore(client)
  const order = orderOf(store.id, ['sesn_none'])

  expect(await failureOf(client.beta.dreams.create(order))).toMatchObject(UNKNOWN)
})

requirement('dreams.create.archived-store-400', async ({ client }) => {
  const store = await aStore(client)
  const session = await aSession(client)
  await client.beta.memoryStores.archive(store.id)
  const order = orderOf(store.id, [session.id])

  expect(await failureOf(client.beta.dreams.create(order))).toMatchObject(INVALID)
})

requirement('dreams.create.unknown-fields-400', async ({ client }) => {
  const store = await aStore(client)
  const session = await aSession(client)
  const order = { ...orderOf(store.id, [session.id]), priority: 'high' }

  expect(await failureOf(client.beta.dreams.create(order))).toMatchObject(INVALID)
})

requirement('dreams.create.update-existing-needs-input-store', async ({ client }) => {
  const store = await aStore(client)
  const other = await aStore(client)
  const session = await aSession(client)
  const order = orderOf(store.id, [session.id], {
    output_behavior: { type: 'update_existing', memory_store_id: other.id },
  })

  expect(await failureOf(client.beta.dreams.create(order))).toMatchObject(INVALID)
})

requirement('dreams.create.unmapped-model-400', async ({ client }) => {
  const store = await aStore(client)
  const session = await aSession(client)
  const order = orderOf(store.id, [session.id], { model: 'somebody-elses-9' })
  const failure = await failureOf(client.beta.dreams.create(order))

  expect(failure).toMatchObject(INVALID)
  expect(failure.message).toContain('REVERIE_MODELS')
})

onEveryClient()
