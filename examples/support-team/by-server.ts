/**
 * Three agents of one team learn from each other through the server, in plain fetch.
 *
 *     reverie serve
 *     node examples/support-team/by-server.ts
 *
 * BILLING=private:lena keeps the billing agent's memory and sessions to one person.
 */
import { readdirSync, readFileSync } from 'node:fs'

const SERVER = process.env.REVERIE_URL ?? 'http://127.0.0.1:4983'
const TEAM = 'team:support'
const BILLING = process.env.BILLING ?? TEAM

async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
  const isText = typeof body === 'string'
  const response = await fetch(`${SERVER}${path}`, {
    method,
    headers: {
      'content-type': isText ? 'application/x-ndjson' : 'application/json',
      ...(process.env.REVERIE_KEY ? { 'x-api-key': process.env.REVERIE_KEY } : {}),
    },
    ...(body === undefined ? {} : { body: isText ? body : JSON.stringify(body) }),
  })
  const answer = (await response.json()) as T & { error?: { message: string } }
  if (response.ok) return answer
  throw new Error(`${method} ${path}: ${response.status} ${answer.error?.message}`)
}

// 1. A memory for each agent. Who may read it is said once, when it is made.
const coder = await agent('coder', 'tomas', TEAM)
const qa = await agent('qa', 'priya', TEAM)
const billing = await agent('billing', 'lena', BILLING)

// 2. One collective dream: sessions of all three, and the memory of the QA agent learns.
const order = {
  model: 'embedded', // rules alone
  inputs: [coder, qa, billing],
  targets: [{ memory_store_id: qa.memory_store_id, audience: TEAM }],
  output_behavior: { type: 'update_existing' }, // into that memory itself
}
let collective = await call<Collective>('POST', '/v1/reverie/collective_dreams', order)
while (collective.status === 'pending' || collective.status === 'running') {
  await new Promise((resolve) => setTimeout(resolve, 100))
  collective = await call<Collective>('GET', `/v1/reverie/collective_dreams/${collective.id}`)
}
console.log(`Collective dream ${collective.id}: ${collective.status}.`)

// 3. What the QA agent learned, from whom, in which words.
for (const { dream_id, output_memory_store_id: output } of collective.dreams) {
  const review = await call<Review>('GET', `/v1/reverie/dreams/${dream_id}/changes`)
  for (const change of review.change_sets.flatMap((set) => set.changes)) {
    console.log(`  ${change.kind} (${change.status}): ${change.reason}`)
    for (const { quote } of change.evidence) console.log(`    “${quote}”`)
  }
  const path = `/v1/memory_stores/${output}/memories?view=full`
  for (const memory of (await call<{ data: Memory[] }>('GET', path)).data) {
    console.log(`${memory.path} of the QA agent:\n${memory.content}`)
  }
}

/** Makes the memory of an agent, and keeps its transcripts: whose they are, who may read them. */
async function agent(name: string, user_id: string, audience: string): Promise<Input> {
  const store = await call<Named>('POST', '/v1/memory_stores', { name, metadata: { audience } })
  const folder = new URL(`./sessions/${name}/`, import.meta.url)
  const session_ids: string[] = []
  for (const file of readdirSync(folder).sort()) {
    const text = readFileSync(new URL(file, folder), 'utf8')
    const { sessions } = await call<{ sessions: Named[] }>(
      'POST',
      `/v1/reverie/sessions/import?name=${file}`,
      text,
    )
    for (const { id } of sessions) {
      await call('POST', `/v1/sessions/${id}`, { metadata: { audience, user_id } })
      session_ids.push(id)
    }
  }
  return { agent_id: name, memory_store_id: store.id, session_ids }
}

type Named = { id: string }
type Input = { agent_id: string; memory_store_id: string; session_ids: string[] }
type Part = { dream_id: string; output_memory_store_id: string }
type Collective = { id: string; status: string; dreams: Part[] }
type Memory = { path: string; content: string }
type Change = { kind: string; status: string; reason: string; evidence: { quote: string }[] }
type Review = { change_sets: { changes: Change[] }[] }
