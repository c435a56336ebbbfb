import { describe, expect, it } from 'vitest'
import { NO_TOKENS } from '../../core/dream.ts'
import { DEFAULT_WORKSPACE } from '../../core/ids.ts'
import { endSession, openSession } from '../../engine/hosting/telling/dream-session.ts'
import {
  aDream,
  aHosting,
  atMinute,
  SESSION_ID,
} from '../../storage/contract/builders.test-support.ts'
import { openEphemeralStorage } from '../../storage/ephemeral/ephemeral-storage.ts'
import { wireSessionEventSchema } from '../../wire/session-events/vocabulary.ts'
import { wireSessionSchema } from '../../wire/sessions.ts'
import { wireThreadSchema } from '../../wire/threads.ts'
import { all, openSessionWorld } from '../test-support/session-world.test-support.ts'

describe('the session of a dream', () => {
  it('is read and followed as any other, and ends its stream', async () => {
    const storage = await openEphemeralStorage({ workspaceId: DEFAULT_WORKSPACE })
    const waiting = aDream({ hosted: aHosting() })
    const id = await openSession(storage, waiting, atMinute(1))
    const dream = aDream({ hosted: aHosting({ sessionId: id }) })
    const world = await openSessionWorld({ storage })
    const { sessions } = world.sdk.beta

    const running = await sessions.retrieve(id)
    expect(wireSessionSchema.parse(running)).toMatchObject({ id, status: 'running' })
    await expect(sessions.archive(id)).rejects.toThrow('is running')
    await expect(sessions.delete(id)).rejects.toThrow('is running')
    expect(await all(sessions.list({ include_archived: true }))).toEqual([])
    const threads = await all(sessions.threads.list(id))
    expect(threads.map((thread) => wireThreadSchema.parse(thread).parent_thread_id)).toEqual([
      null,
      threads[0]?.id,
    ])
    const model = { id: 'claude-opus-5' }
    expect(threads[1]?.agent).toMatchObject({ description: `Reads ${SESSION_ID}.`, model })

    const before = (await sessions.events.list(id)).data
    const stream = await sessions.events.stream(id)
    await endSession(storage, dream, { at: atMinute(2), lines: [], usage: NO_TOKENS })
    const told = []
    for await (const event of stream) told.push(event)
    const listed = (await sessions.events.list(id)).data
    expect([...before, ...told]).toEqual(listed)
    for (const event of listed) expect(wireSessionEventSchema.parse(event)).toEqual(event)
    expect(told.map(({ type }) => type)).toContain('session.status_idle')
    const ends = (await all(sessions.threads.list(id))).map((thread) => [
      thread.status,
      thread.archived_at,
    ])
    expect(ends).toEqual([
      ['terminated', atMinute(2)],
      ['terminated', atMinute(2)],
    ])
    expect((await all(sessions.threads.list(id, { statuses: ['idle'] }))).length).toBe(0)
  })
})
