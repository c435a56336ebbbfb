import { expect, it } from 'vitest'
import {
  aMemoryStore,
  aWrite,
  DREAM_ID,
  OTHER_WORKSPACE,
  STORE_ID,
  WORKSPACE,
} from '../storage/contract/builders.test-support.ts'
import { openEphemeralStorage } from '../storage/ephemeral/ephemeral-storage.ts'
import type { Storage } from '../storage/storage.ts'
import { faultyStorage, InjectedFault } from './faulty-storage.ts'

async function writeInTransaction(storage: Storage): Promise<void> {
  await storage.transaction(async (inside) => {
    await inside.stores.create(aMemoryStore())
    await inside.memories.write(aWrite(1))
    await inside.inWorkspace(OTHER_WORKSPACE).dreams.changes.list(DREAM_ID)
  })
}

it('fails each call once as failAt goes up, and a transaction that fails leaves nothing', async () => {
  const failures: string[] = []
  for (let failAt = 1; ; failAt += 1) {
    const storage = await openEphemeralStorage({ workspaceId: WORKSPACE })
    const faulty = faultyStorage(storage, { failAt })

    const end = await Promise.allSettled([writeInTransaction(faulty)])

    if (end[0].status === 'fulfilled') {
      expect(faulty.callCount()).toBe(failAt - 1)
      expect(await storage.memories.list(STORE_ID)).toHaveLength(1)
      break
    }
    expect(end[0].reason).toBeInstanceOf(InjectedFault)
    expect(await storage.stores.list()).toEqual([])
    failures.push(String(end[0].reason.message))
  }

  expect(failures).toEqual([
    'Injected fault at storage call 1 (transaction).',
    'Injected fault at storage call 2 (stores.create).',
    'Injected fault at storage call 3 (memories.write).',
    'Injected fault at storage call 4 (dreams.changes.list).',
    'Injected fault at storage call 5 (commit).',
  ])
})

it('lets the calls before and after the fault through', async () => {
  const storage = await openEphemeralStorage({ workspaceId: WORKSPACE })
  const faulty = faultyStorage(storage, { failAt: 2 })

  await faulty.stores.create(aMemoryStore())
  await expect(faulty.memories.write(aWrite(1))).rejects.toBeInstanceOf(InjectedFault)
  await faulty.memories.write(aWrite(2))

  expect(await storage.memories.versions.list(STORE_ID)).toHaveLength(1)
})
