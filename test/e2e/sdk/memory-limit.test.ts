import { expect } from 'vitest'
import { failureOf } from './sample.ts'
import { onEveryClient, requirement } from './sdk-world.ts'

requirement('guide.memory-limit', async ({ client }) => {
  const { memories } = client.beta.memoryStores
  const { id } = await client.beta.memoryStores.create({ name: 'small' })
  const made = []
  for (const n of [1, 2, 3]) made.push(await memories.create(id, { path: `/${n}`, content: '' }))
  const beyond = memories.create(id, { path: '/4', content: '' })

  expect(await failureOf(beyond)).toMatchObject({ status: 400, type: 'invalid_request_error' })
  const edited = memories.update(made[0]?.id ?? '', { memory_store_id: id, content: 'edited' })
  expect((await edited).content_size_bytes).toBe(6)
})

onEveryClient({ REVERIE_MEMORIES_PER_STORE: '3' })
