import type Anthropic from '@anthropic-ai/sdk'
import { expect } from 'vitest'
import { DEFAULT_WORKSPACE } from '../../../src/core/ids.ts'
import { openKeys } from '../../../src/reverie.ts'
import { newPlainKey } from '../../../src/server/keys/key-format.ts'
import { all, failureOf } from './sample.ts'
import { onEveryClient, requirement } from './sdk-world.ts'

let good = ''

/** The first key that is made closes the door for everybody without one. */
async function makeKey(home: string): Promise<void> {
  const { keys, close } = await openKeys({ home })
  const draft = { workspaceId: DEFAULT_WORKSPACE, name: 'laptop', scopes: ['admin'] } as const
  const by = { type: 'user_actor', userId: 'person' } as const
  good = (await keys.create({ ...draft, expiresAt: null }, by)).plain
  await close()
}

requirement('transport.wrong-key-401', async ({ client, clientWith }) => {
  const { AuthenticationError } = client.constructor as typeof Anthropic
  const unknown = newPlainKey()
  for (const wrong of ['none', unknown, `${good}x`, good.slice(0, -1), good.toLowerCase()]) {
    for (const options of [{ apiKey: wrong }, { apiKey: null, authToken: wrong }]) {
      const { beta } = clientWith(options)
      for (const call of [
        () => beta.memoryStores.create({ name: 'shop' }),
        () => all(beta.dreams.list()),
        () => beta.sessions.retrieve('sesn_none'),
      ]) {
        const failing = call()
        await expect(failing).rejects.toBeInstanceOf(AuthenticationError)
        expect(await failureOf(failing)).toMatchObject({
          status: 401,
          type: 'authentication_error',
        })
      }
    }
  }
  for (const options of [{ apiKey: good }, { apiKey: null, authToken: good }]) {
    const { beta } = clientWith(options)
    const store = await beta.memoryStores.create({ name: 'shop' })
    expect((await beta.memoryStores.retrieve(store.id)).id).toBe(store.id)
  }
})

onEveryClient({}, makeKey)
