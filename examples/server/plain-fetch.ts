/**
 * Reverie without a library: import sessions as JSON lines, dream, review, apply, search.
 *
 *     reverie serve
 *     node examples/server/plain-fetch.ts
 */
const URL_OF_SERVER = process.env.REVERIE_URL ?? 'http://127.0.0.1:4983'

async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
  const isText = typeof body === 'string'
  const response = await fetch(`${URL_OF_SERVER}${path}`, {
    method,
    headers: {
      'content-type': isText ? 'application/x-ndjson' : 'application/json',
      ...(process.env.REVERIE_KEY ? { 'x-api-key': process.env.REVERIE_KEY } : {}),
    },
    ...(body === undefined ? {} : { body: isText ? body : JSON.stringify(body) }),
  })
  const answer = (await response.json()) as { error?: { message: string }; request_id?: string }
  if (response.ok) return answer as T
  throw new Error(
    `${method} ${path}: ${response.status} ${answer.error?.message} ${answer.request_id}`,
  )
}

// 1. A store with two notes that do not agree with what is said later.
const store = await call<{ id: string }>('POST', '/v1/memory_stores', { name: 'Support' })
await call('POST', `/v1/memory_stores/${store.id}/memories`, {
  path: '/refunds.md',
  content: '# Refunds\n\n- Refunds take 3 working days.\n- Refunds need the order number.\n',
})

// 2. Sessions of another system, one JSON object a line: a session, then its events.
const lines = [
  { session: { id: 'ticket-7', title: 'Refund', memory_store_ids: [store.id] } },
  said(
    'user.message',
    'Refunds take 5 working days now, not 3 working days.',
    '2026-11-02T09:00:00Z',
  ),
  said('agent.message', 'Understood, 5 working days.', '2026-11-02T09:00:05Z'),
  { event: { type: 'agent.tool_use', id: 'a', name: 'lookup', input: { order: 'A-17' } } },
  { event: { type: 'agent.tool_result', tool_use_id: 'a', content: 'paid on 2026-10-30' } },
]
const imported = await call<Imported>(
  'POST',
  '/v1/reverie/sessions/import',
  lines.map((line) => JSON.stringify(line)).join('\n'),
)
console.log(`Imported ${imported.new_events} events, skipped ${JSON.stringify(imported.skipped)}.`)

// 3. A dream that writes into the store itself.
let dream = await call<Dream>('POST', '/v1/dreams', {
  model: 'embedded', // rules alone
  inputs: [
    { type: 'memory_store', memory_store_id: store.id },
    { type: 'sessions', session_ids: imported.sessions.map(({ id }) => id) },
  ],
  output_behavior: { type: 'update_existing', memory_store_id: store.id },
})
while (dream.status === 'pending' || dream.status === 'running') {
  await new Promise((resolve) => setTimeout(resolve, 100))
  dream = await call<Dream>('GET', `/v1/dreams/${dream.id}`)
}
console.log(`Dream ${dream.id}: ${dream.status}.`)

// 4. Review: each set of changes has a digest, and a decision names what it was shown.
const review = await call<Review>('GET', `/v1/reverie/dreams/${dream.id}/changes`)
for (const change of review.change_sets.flatMap((set) => set.changes)) {
  console.log(`  ${change.kind} (${change.status}): ${change.reason}`)
  for (const { quote } of change.evidence) console.log(`    “${quote}”`)
}
await show('now')

// 5. Second thoughts: the store goes back to what it was, and the ledger remembers.
const { digest } = review
await call('POST', `/v1/reverie/dreams/${dream.id}/revert`, { digest })
await show('after revert')

async function show(when: string): Promise<void> {
  const search = { query: 'how long do refunds take', limit: 1 }
  const found = await call<{ data: { path: string; snippet: string }[] }>(
    'POST',
    `/v1/reverie/memory_stores/${store.id}/search`,
    search,
  )
  for (const { path, snippet } of found.data) console.log(`Search, ${when}: ${path} ${snippet}`)
}

function said(type: string, content: string, processed_at: string): unknown {
  return { event: { type, content, processed_at } }
}

type Imported = { sessions: { id: string }[]; new_events: number; skipped: Record<string, number> }
type Dream = { id: string; status: string }
type Change = { kind: string; status: string; reason: string; evidence: { quote: string }[] }
type Review = { digest: string; change_sets: { changes: Change[] }[] }
