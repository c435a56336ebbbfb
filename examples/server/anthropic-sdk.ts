/**
 * The official Anthropic SDK against Reverie: store, memories, agent, session, dream, review.
 *
 *     reverie serve
 *     node examples/server/anthropic-sdk.ts
 */
import Anthropic from '@anthropic-ai/sdk'

const client = new Anthropic({
  baseURL: process.env.REVERIE_URL ?? 'http://127.0.0.1:4983',
  apiKey: process.env.REVERIE_KEY ?? 'none-is-needed-on-this-machine',
})
const { agents, dreams, environments, memoryStores, sessions } = client.beta

// 1. A memory store with what the agent knows.
const store = await memoryStores.create({
  name: 'Web shop',
  description: 'Notes of the shop’s agent.',
})
await memoryStores.memories.create(store.id, {
  path: '/infra.md',
  content:
    '# Infrastructure\n\n- The storefront dev server runs on port 3000.\n- We deploy on Tuesdays.\n',
})
console.log(`Store ${store.id}: /infra.md says port 3000.`)

// 2. A session in which somebody says that it changed.
const agent = await agents.create({ name: 'Shop agent', model: 'claude-opus-5' })
const environment = await environments.create({ name: 'Laptop' })
const session = await sessions.create({
  agent: agent.id,
  environment_id: environment.id,
  title: 'The port moved',
  resources: [{ type: 'memory_store', memory_store_id: store.id }],
})
const text = 'The storefront dev server runs on port 3100 now, not 3000.'
await sessions.events.send(session.id, {
  events: [{ type: 'user.message', content: [{ type: 'text', text }] }],
})

// 3. A dream reads both. Its result is a new store; the first one stays as it is.
const { id: dreamId } = await dreams.create({
  model: 'claude-opus-5', // without REVERIE_MODELS: rules alone, no model is asked
  inputs: [
    { type: 'memory_store', memory_store_id: store.id },
    { type: 'sessions', session_ids: [session.id] },
  ],
})
await watch(dreamId)
const dream = await dreams.retrieve(dreamId)
console.log(`Dream ${dream.id}: ${dream.status}.`)

// 4. What it changed, and the words that each change rests on.
const review = await client.get<Review>(`/v1/reverie/dreams/${dream.id}/changes`)
for (const change of review.change_sets.flatMap((set) => set.changes)) {
  console.log(`  ${change.kind} (${change.status}): ${change.reason}`)
  for (const { quote } of change.evidence) console.log(`    “${quote}”`)
}

// 5. The output, read, and attached to the next session.
const outputId = dream.outputs[0]?.memory_store_id
if (outputId === undefined) throw new Error(`The dream has no output: ${dream.error?.message}`)
for await (const item of memoryStores.memories.list(outputId, { view: 'full' })) {
  if (item.type === 'memory') console.log(`Output ${item.path}:\n${item.content}`)
}
const next = await sessions.create({
  agent: agent.id,
  environment_id: environment.id,
  resources: [{ type: 'memory_store', memory_store_id: outputId }],
})
const [attached] = next.resources
if (attached?.type !== 'memory_store') throw new Error('The store is not attached.')
console.log(`Session ${next.id} has the new store at ${attached.mount_path}.`)

/** Prints what a dream's own session says until it has ended. */
async function watch(id: string): Promise<void> {
  let { session_id: own, status } = await dreams.retrieve(id)
  while (own === null && status === 'pending') {
    await new Promise((resolve) => setTimeout(resolve, 100))
    ;({ session_id: own, status } = await dreams.retrieve(id))
  }
  if (own === null) return
  const seen = new Set<string>()
  const isLast = (event: Event): boolean => {
    const [block] = event.content ?? []
    const isNew = event.id !== undefined && !seen.has(event.id)
    if (isNew && block?.text !== undefined) console.log(`  … ${block.text}`)
    if (event.id !== undefined) seen.add(event.id)
    return /^session\.status_(idle|terminated)$/.test(event.type)
  }
  const stream = await sessions.events.stream(own) // first, so that nothing is missed in between
  for await (const event of sessions.events.list(own)) if (isLast(event as Event)) return
  for await (const event of stream) if (isLast(event as Event)) return
}

type Event = { id?: string; type: string; content?: { text?: string }[] }

type Change = { kind: string; status: string; reason: string; evidence: { quote: string }[] }
type Review = { change_sets: { changes: Change[] }[] }
