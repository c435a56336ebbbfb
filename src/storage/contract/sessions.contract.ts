import { describe, expect, it } from 'vitest'
import { audience } from '../../core/audience.ts'
import type { DreamId, SessionEventId, SessionId } from '../../core/ids.ts'
import type { Storage } from '../storage.ts'
import {
  anEvent,
  aSession,
  atMinute,
  DREAM_ID,
  LINEAGE,
  SESSION_ID,
} from './builders.test-support.ts'

const OTHER_DREAM = 'drm_2' as DreamId
const PURGED_AT = '2026-05-01T00:00:00.000Z'

function ids(...numbers: readonly number[]): SessionEventId[] {
  return numbers.map((n) => `sevt_${n}` as SessionEventId)
}

/** What `Storage.sessions` promises. */
export function sessionsContract(storageOf: () => Storage): void {
  describe('sessions', () => {
    it('inserts a session and then updates it', async () => {
      const { sessions } = storageOf()
      await sessions.put(aSession())
      const later = aSession({ endedAt: atMinute(30), userIds: [], parentSessionId: SESSION_ID })

      await sessions.put(later)

      expect(await sessions.get(SESSION_ID)).toEqual(later)
      expect(await sessions.list()).toEqual([later])
    })

    it('lists by first event time, undated last, then id', async () => {
      const { sessions } = storageOf()
      const times = [
        ['d', null],
        ['c', 1],
        ['a', null],
        ['b', 1],
        ['e', 0],
      ] as const
      for (const [id, minute] of times) {
        const startedAt = minute === null ? null : atMinute(minute)
        await sessions.put(aSession({ id: id as SessionId, startedAt }))
      }

      expect((await sessions.list()).map(({ id }) => id)).toEqual(['e', 'b', 'c', 'a', 'd'])
    })

    it('appends each event once, and leaves the stored one as it is', async () => {
      const { sessions } = storageOf()
      await sessions.put(aSession())
      const use = { name: 'Bash', useId: 't1', input: '{"command":"ls"}', isError: false }
      const first = [
        anEvent(2, { tool: use, speaker: 'agent', type: 'agent.tool_use' }),
        anEvent(1),
      ]

      expect(await sessions.append(SESSION_ID, first)).toBe(2)
      const again = [anEvent(1, { text: 'other' }), anEvent(3), anEvent(3)]
      expect(await sessions.append(SESSION_ID, again)).toBe(1)

      expect(await sessions.events(SESSION_ID)).toEqual([anEvent(1), first[0], anEvent(3)])
      expect(await sessions.event('sevt_1' as SessionEventId)).toEqual(anEvent(1))
      expect(await sessions.event('sevt_9' as SessionEventId)).toBeNull()
    })

    it('tells what the source said of events, by event and without the rest', async () => {
      const { sessions } = storageOf()
      await sessions.put(aSession())
      const label = { audience: audience('team', 'core'), trust: 'external' } as const
      await sessions.append(SESSION_ID, [anEvent(1), anEvent(2, { label })])

      expect((await sessions.events(SESSION_ID)).map((event) => event.label)).toEqual([
        undefined,
        label,
      ])
      expect(await sessions.labels(SESSION_ID)).toEqual(new Map([['sevt_2', label]]))
      expect(await sessions.labels('sesn_9' as SessionId)).toEqual(new Map())
    })

    it('keeps an event that two sessions tell in the first of them', async () => {
      const { sessions } = storageOf()
      const fork = 'sesn_2' as SessionId
      await sessions.put(aSession())
      await sessions.put(aSession({ id: fork }))
      await sessions.append(SESSION_ID, [anEvent(1)])

      expect(await sessions.append(fork, [anEvent(1, { sessionId: fork })])).toBe(0)
      expect(await sessions.events(fork)).toEqual([])
    })

    it('refuses events of no session or of another one', async () => {
      const { sessions } = storageOf()
      const missing = { type: 'not_found_error' }
      await expect(sessions.append(SESSION_ID, [anEvent(1)])).rejects.toMatchObject(missing)
      await sessions.put(aSession())
      const stray = [anEvent(1), anEvent(2, { sessionId: 'sesn_2' as SessionId })]

      await expect(sessions.append(SESSION_ID, stray)).rejects.toMatchObject({
        type: 'invalid_request_error',
      })
      expect(await sessions.events(SESSION_ID)).toEqual([])
    })

    it('removes a session with its events and its consumption', async () => {
      const { sessions } = storageOf()
      await sessions.put(aSession())
      await sessions.append(SESSION_ID, [anEvent(1)])
      await sessions.consumption.consume(LINEAGE, DREAM_ID, ids(1))

      await sessions.remove(SESSION_ID)
      await sessions.remove(SESSION_ID)

      expect(await sessions.get(SESSION_ID)).toBeNull()
      expect(await sessions.event('sevt_1' as SessionEventId)).toBeNull()
      await sessions.put(aSession())
      await sessions.append(SESSION_ID, [anEvent(1)])
      expect(await sessions.consumption.unread(LINEAGE, SESSION_ID)).toEqual(ids(1))
    })
  })

  describe('retention', () => {
    it('takes the events and the title, and leaves what was read of them known', async () => {
      const { sessions } = storageOf()
      const { consumption, retention } = sessions
      await sessions.put(aSession({ title: 'about the build' }))
      await sessions.append(SESSION_ID, [anEvent(1), anEvent(2)])
      await consumption.consume(LINEAGE, DREAM_ID, ids(1))

      expect(await retention.purge(SESSION_ID, PURGED_AT)).toBe(2)
      expect(await retention.purge(SESSION_ID, '2027-01-01T00:00:00.000Z')).toBe(0)

      expect(await sessions.get(SESSION_ID)).toEqual(aSession({ title: '', purgedAt: PURGED_AT }))
      expect(await sessions.events(SESSION_ID)).toEqual([])
      expect(await sessions.event('sevt_1' as SessionEventId)).toBeNull()
      expect(await consumption.unread(LINEAGE, SESSION_ID)).toEqual([])
      expect(await retention.readers(SESSION_ID)).toEqual([LINEAGE])
    })

    it('knows events again that come a second time, in whatever session', async () => {
      const { sessions } = storageOf()
      const { consumption, retention } = sessions
      const fork = 'sesn_2' as SessionId
      await sessions.put(aSession())
      await sessions.put(aSession({ id: fork }))
      await sessions.append(SESSION_ID, [anEvent(1), anEvent(2)])
      await consumption.consume(LINEAGE, DREAM_ID, ids(1))
      await retention.purge(SESSION_ID, PURGED_AT)

      await sessions.put(aSession())
      expect((await sessions.get(SESSION_ID))?.purgedAt).toBe(PURGED_AT)
      expect(await sessions.append(SESSION_ID, [anEvent(2)])).toBe(1)
      await sessions.append(fork, [anEvent(1, { sessionId: fork })])

      expect(await sessions.get(SESSION_ID)).toEqual(aSession())
      expect(await consumption.unread(LINEAGE, SESSION_ID)).toEqual(ids(2))
      expect(await consumption.unread(LINEAGE, fork)).toEqual([])
    })

    it('gives back and copies what was read of purged events too, until the session goes', async () => {
      const { sessions } = storageOf()
      const { consumption, retention } = sessions
      await sessions.put(aSession())
      await sessions.append(SESSION_ID, [anEvent(1), anEvent(2)])
      await consumption.consume(LINEAGE, DREAM_ID, ids(1))
      await consumption.consume('lineage_0', OTHER_DREAM, ids(2))
      await retention.purge(SESSION_ID, PURGED_AT)

      await consumption.copy(LINEAGE, 'lineage_9')
      expect(await retention.readers(SESSION_ID)).toEqual(
        ['lineage_0', LINEAGE, 'lineage_9'].sort(),
      )
      await consumption.giveBack(DREAM_ID)
      expect(await retention.readers(SESSION_ID)).toEqual(['lineage_0', 'lineage_9'])
      await sessions.remove(SESSION_ID)

      expect(await retention.readers(SESSION_ID)).toEqual([])
      const missing = { type: 'not_found_error' }
      await expect(retention.purge(SESSION_ID, PURGED_AT)).rejects.toMatchObject(missing)
    })
  })

  describe('consumption', () => {
    it('tells per lineage what is unread, by ordinal, and gives back a dream', async () => {
      const { sessions } = storageOf()
      const { consumption } = sessions
      await sessions.put(aSession())
      await sessions.append(SESSION_ID, [anEvent(3), anEvent(1), anEvent(2)])

      await consumption.consume(LINEAGE, DREAM_ID, ids(1, 2))
      await consumption.consume(LINEAGE, OTHER_DREAM, ids(2, 3, 99))

      expect(await consumption.unread(LINEAGE, SESSION_ID)).toEqual([])
      expect(await consumption.unread('lineage_2', SESSION_ID)).toEqual(ids(1, 2, 3))
      await consumption.giveBack(DREAM_ID)
      expect(await consumption.unread(LINEAGE, SESSION_ID)).toEqual(ids(1))
      await consumption.giveBack(OTHER_DREAM)
      expect(await consumption.unread(LINEAGE, SESSION_ID)).toEqual(ids(1, 2, 3))
    })

    it('is taken over by another lineage, and each goes its own way from there', async () => {
      const { sessions } = storageOf()
      const { consumption } = sessions
      const clone = 'lineage_2'
      await sessions.put(aSession())
      await sessions.append(
        SESSION_ID,
        [1, 2, 3, 4].map((n) => anEvent(n)),
      )
      await consumption.consume(LINEAGE, DREAM_ID, ids(1, 2))
      await consumption.consume(LINEAGE, OTHER_DREAM, ids(2))
      await consumption.consume(clone, OTHER_DREAM, ids(3))

      await consumption.copy(LINEAGE, clone)
      await consumption.copy(LINEAGE, clone)
      await consumption.consume(LINEAGE, DREAM_ID, ids(4))

      expect(await consumption.unread(LINEAGE, SESSION_ID)).toEqual(ids(3))
      expect(await consumption.unread(clone, SESSION_ID)).toEqual(ids(4))
      await consumption.giveBack(DREAM_ID)
      await consumption.giveBack(OTHER_DREAM)
      expect(await consumption.unread(LINEAGE, SESSION_ID)).toEqual(ids(1, 2, 3, 4))
      expect(await consumption.unread(clone, SESSION_ID)).toEqual(ids(3, 4))
      await consumption.copy(clone, 'lineage_3')
      expect(await consumption.unread('lineage_3', SESSION_ID)).toEqual(ids(3, 4))
    })

    it('is taken over without what some dreams have read', async () => {
      const { sessions } = storageOf()
      const { consumption } = sessions
      await sessions.put(aSession())
      await sessions.append(
        SESSION_ID,
        [1, 2, 3].map((n) => anEvent(n)),
      )
      await consumption.consume(LINEAGE, DREAM_ID, ids(1, 2))
      await consumption.consume(LINEAGE, OTHER_DREAM, ids(2, 3))

      await consumption.copy(LINEAGE, 'lineage_2', [OTHER_DREAM])

      expect(await consumption.unread('lineage_2', SESSION_ID)).toEqual(ids(3))
    })
  })
}
