import { expect, it } from 'vitest'
import { derivedId, type SessionEventId } from '../../core/ids.ts'
import type { Storage } from '../../storage/storage.ts'
import { aChange, inputsOf } from '../stages/dream-inputs.test-support.ts'
import { aStatement } from '../stages/entry.test-support.ts'
import { loadWaitingEvents, storeWaitingEvents } from './waiting-events.ts'

const DREAM = derivedId('drm', 'one')

function storageOf(): Storage {
  const steps = new Map<string, string>()
  const port = {
    get: async (key: string) => steps.get(key) ?? null,
    put: async (key: string, value: string) => void steps.set(key, value),
  }
  return { steps: port } as unknown as Storage
}

it('keeps what no model has read with what a plan had no room for', async () => {
  const storage = storageOf()
  const { source } = aStatement('The port is 5433.', { session: 'sesn_1', line: 4 })
  const evidence = source.kind === 'claim' ? source.claim.evidence : []
  const waiting = aChange(inputsOf({}), 'waits', [], { evidence })
  await storeWaitingEvents(storage, DREAM, [waiting], ['sevt_unread' as SessionEventId])

  expect([...(await loadWaitingEvents(storage, DREAM))]).toEqual(['sesn_1-4', 'sevt_unread'])
})

it('keeps unread events of a plan with room for all its changes', async () => {
  const storage = storageOf()
  await storeWaitingEvents(storage, DREAM, [], ['sevt_unread' as SessionEventId])

  expect([...(await loadWaitingEvents(storage, DREAM))]).toEqual(['sevt_unread'])
})

it('knows of none where all was read', async () => {
  const storage = storageOf()
  await storeWaitingEvents(storage, DREAM, [], [])

  expect((await loadWaitingEvents(storage, DREAM)).size).toBe(0)
})
