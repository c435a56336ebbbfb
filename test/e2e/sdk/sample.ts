import type Anthropic from '@anthropic-ai/sdk'

type Client = Anthropic
type Dream = Awaited<ReturnType<Client['beta']['dreams']['retrieve']>>
type Session = Awaited<ReturnType<Client['beta']['sessions']['create']>>
type Store = Awaited<ReturnType<Client['beta']['memoryStores']['create']>>

/** A model id that means rules alone. */
export const MODEL = 'claude-opus-5'

const NOTES: Readonly<Record<string, string>> = {
  '/project_infra.md':
    '# Infrastructure\n\n- The storefront dev server runs on port 3000.\n- We deploy with Docker Compose.\n',
  '/project_people.md': '# People\n\n- Mira leads the payments team.\n',
}

/** A store with two memories, one of which its session outdates. */
export async function aStore(client: Client, name = 'shop'): Promise<Store> {
  const store = await client.beta.memoryStores.create({ name, description: 'notes of a shop' })
  for (const [path, content] of Object.entries(NOTES)) {
    await client.beta.memoryStores.memories.create(store.id, { path, content })
  }
  return store
}

export async function anAgent(client: Client): Promise<{ readonly id: string }> {
  return client.beta.agents.create({ name: 'coder', model: MODEL })
}

export async function anEnvironment(client: Client): Promise<{ readonly id: string }> {
  return client.beta.environments.create({ name: 'laptop' })
}

export interface SessionOptions {
  readonly says?: string
  readonly storeId?: string
  readonly userId?: string
}

/** A session in which the user says something. */
export async function aSession(client: Client, options: SessionOptions = {}): Promise<Session> {
  const agent = await anAgent(client)
  const environment = await anEnvironment(client)
  const session = await client.beta.sessions.create({
    agent: agent.id,
    environment_id: environment.id,
    ...(options.userId === undefined ? {} : { metadata: { user_id: options.userId } }),
    ...(options.storeId === undefined
      ? {}
      : { resources: [{ type: 'memory_store' as const, memory_store_id: options.storeId }] }),
  })
  const text = options.says ?? 'The storefront dev server runs on port 3100 now, not 3000.'
  await client.beta.sessions.events.send(session.id, {
    events: [{ type: 'user.message', content: [{ type: 'text', text }] }],
  })
  return session
}

type CreateParams = Parameters<Client['beta']['dreams']['create']>[0]

export function orderOf(
  storeId: string,
  sessionIds: readonly string[],
  more: Partial<CreateParams> = {},
): CreateParams {
  return {
    inputs: [
      { type: 'memory_store', memory_store_id: storeId },
      { type: 'sessions', session_ids: [...sessionIds] },
    ],
    model: MODEL,
    ...more,
  }
}

const LOOK_MS = 25

/** The dream once it has ended. */
export async function ended(client: Client, id: string): Promise<Dream> {
  for (;;) {
    const dream = await client.beta.dreams.retrieve(id)
    if (dream.status !== 'pending' && dream.status !== 'running') return dream
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
  }
}

export async function aDream(
  client: Client,
  more: Partial<CreateParams> = {},
): Promise<{ readonly store: Store; readonly session: Session; readonly dream: Dream }> {
  const store = await aStore(client)
  const session = await aSession(client)
  const created = await client.beta.dreams.create(orderOf(store.id, [session.id], more))
  return { store, session, dream: await ended(client, created.id) }
}

/** All memories of a store by path. */
export async function contentsOf(
  client: Client,
  storeId: string,
): Promise<Readonly<Record<string, string>>> {
  const contents: Record<string, string> = {}
  for await (const item of client.beta.memoryStores.memories.list(storeId, { view: 'full' })) {
    if (item.type === 'memory') contents[item.path] = item.content ?? ''
  }
  return contents
}

export async function all<Item>(list: AsyncIterable<Item>): Promise<readonly Item[]> {
  const items: Item[] = []
  for await (const item of list) items.push(item)
  return items
}

interface ApiFailure {
  readonly status: number
  readonly type: string | null
  readonly message: string
  readonly body: unknown
  readonly requestId: string | null
}

/** What a call fails with; fails itself where the call succeeds. */
export async function failureOf(call: Promise<unknown>): Promise<ApiFailure> {
  try {
    await call
  } catch (error) {
    const failure = error as {
      readonly status: number
      readonly message: string
      readonly error: { readonly error?: { readonly type?: string; readonly message?: string } }
      readonly requestID?: string | null
    }
    return {
      status: failure.status,
      type: failure.error?.error?.type ?? null,
      message: failure.error?.error?.message ?? failure.message,
      body: failure.error,
      requestId: failure.requestID ?? null,
    }
  }
  throw new Error('The call was expected to fail, and did not.')
}
