import Anthropic from '@anthropic-ai/sdk'
import { describe, expect, it } from 'vitest'
import { droppingProxy, type Fate } from '../support/dropping-proxy.ts'
import { all, aSession, aStore, orderOf } from './sdk/sample.ts'
import { serverForTests } from './sdk/sdk-world.ts'

const INTENTS = 500
/** How many are under way at a time. */
const AT_ONCE = 16
const FATES: readonly Fate[] = ['pass', 'lose_answer', 'halve_answer', 'pass', 'lose_request']

describe('a server behind a network that loses requests and answers', () => {
  // Dreams stay pending, so that what is counted is what was asked for.
  const server = serverForTests({ REVERIE_DREAMS_AT_ONCE: '0' })

  // Whether an answer arrived is told by when its connection ends (ADR 0020): a machine that stands
  // still for that moment makes two intents one, and gets another chance.
  it(`makes ${INTENTS} dreams for ${INTENTS} equal intents of the official client`, {
    retry: 1,
  }, async () => {
    const { address, port } = server()
    const direct = new Anthropic({ baseURL: address, apiKey: 'k' })
    const store = await aStore(direct)
    const session = await aSession(direct)
    const before = (await all(direct.beta.dreams.list({ limit: 100 }))).length
    let asked = 0
    const proxy = await droppingProxy(port, (head) =>
      // The last try of the client always gets through.
      /x-stainless-retry-count: [01]/i.test(head)
        ? (FATES[asked++ % FATES.length] ?? 'pass')
        : 'pass',
    )
    const client = new Anthropic({ baseURL: `http://127.0.0.1:${proxy.port}`, apiKey: 'k' })
    const order = orderOf(store.id, [session.id])
    const made: string[] = []
    const worker = async (): Promise<void> => {
      for (let n = 0; n < Math.ceil(INTENTS / AT_ONCE) && made.length < INTENTS; n += 1) {
        made.push('')
        const at = made.length - 1
        made[at] = (await client.beta.dreams.create(order)).id
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, worker))
    await proxy.stop()

    const listed = await all(direct.beta.dreams.list({ limit: 100 }))
    expect(made).toHaveLength(INTENTS)
    expect(new Set(made).size).toBe(INTENTS)
    expect(listed).toHaveLength(before + INTENTS)
    expect(proxy.fates.get('lose_answer')).toBeGreaterThan(100)
  })
})
