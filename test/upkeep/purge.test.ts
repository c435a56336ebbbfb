import { appendFileSync, cpSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Reverie, verifyState } from '../../src/reverie.ts'
import { ShopState } from '../support/shop-state.ts'

const DAY_MS = 86_400_000

let state: ShopState

beforeAll(async () => {
  state = await ShopState.made()
})

beforeEach(() => state.reset())

afterAll(() => state[Symbol.dispose]())

async function purged(
  days: number,
): Promise<{ readonly reverie: Reverie & AsyncDisposable; readonly gone: number }> {
  state.nowMs += days * DAY_MS
  const reverie = await state.open()
  const { sessions } = await reverie.upkeep.purge({ isTrial: false })
  return { reverie, gone: sessions.length }
}

describe('purge', () => {
  it('takes transcripts 30 days after the last dream over them was decided, and not before', async () => {
    const early = await purged(29)
    await early.reverie.close()
    const trial = await state.open()
    state.nowMs += 2 * DAY_MS
    const told = await trial.upkeep.purge({ isTrial: true })
    await trial.close()
    const late = await purged(0)
    await using _reverie = late.reverie

    expect(early.gone).toBe(0)
    expect(told.isDone).toBe(false)
    expect(told.sessions.length).toBeGreaterThan(0)
    expect(late.gone).toBe(told.sessions.length)
    expect((await late.reverie.upkeep.purge({ isTrial: false })).sessions).toEqual([])
    const { retention } = await late.reverie.status()
    expect(retention).toContain(`${late.gone} have left`)
    expect(retention).toContain('and 30 days more')
  })

  it('leaves nothing for the same dream to plan, and show and verify as they were', async () => {
    const { reverie, gone } = await purged(31)
    await using _reverie = reverie
    const sessions = await reverie.sessions.list()
    expect(sessions.filter(({ purgedAt }) => purgedAt !== undefined)).toHaveLength(gone)

    const again = await state.dream(reverie)
    const anew = await reverie.sessions.add([state.sessions])

    expect(again.changes).toEqual([])
    expect(anew.newEvents).toBeGreaterThan(0)
    expect((await state.dream(reverie)).changes).toEqual([])
    expect((await reverie.show(state.appliedId)).changes[0]?.evidence.length).toBeGreaterThan(0)
    const found = await verifyState({ home: state.home, env: {}, readData: true })
    expect(found.damages).toEqual([])
  })

  it('reads of a transcript that grows afterwards only what is new', async () => {
    const { reverie } = await purged(31)
    await using _reverie = reverie
    const grown = join(state.base, 'grown')
    cpSync(state.sessions, grown, { recursive: true })
    const name = readdirSync(grown, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.jsonl'))
      .sort()[0]
    const line = {
      type: 'user',
      uuid: 'e0000000-0000-4000-8000-000000000001',
      sessionId: 'e0000000-0000-4000-8000-000000000002',
      timestamp: '2026-12-24T10:00:00.000Z',
      message: { role: 'user', content: 'Remember: the cellar key hangs behind the boiler.' },
    }
    appendFileSync(join(grown, name ?? ''), `${JSON.stringify(line)}\n`)

    const { changes, dream } = await state.dream(reverie, grown)

    expect(dream.plan?.report.read.events).toBe(1)
    expect(changes.flatMap(({ after }) => after.map(({ text }) => text)).join()).toContain('cellar')
  })

  it('is told by a revert, after which the files are read again', async () => {
    const { reverie } = await purged(31)
    await using _reverie = reverie

    const { purged: sessions = [] } = await reverie.revert(state.appliedId)
    const { changes } = await state.dream(reverie)

    expect(sessions.length).toBeGreaterThan(0)
    expect(changes.length).toBeGreaterThan(0)
  })

  it('keeps what another memory has not read, what waits, and all where nobody decided', async () => {
    await using reverie = await state.open()
    const other = await reverie.stores.create('other')
    const order = { memory: `store:${other.id}`, sessions: [state.sessions] }
    const { dream } = await reverie.dream(order)
    state.nowMs += 400 * DAY_MS

    expect(dream.planStatus).toBe('waiting')
    expect((await reverie.upkeep.purge({ isTrial: true })).sessions).toEqual([])
    await reverie.discard(dream.id)
    expect((await reverie.upkeep.purge({ isTrial: true })).sessions).toEqual([])
    state.nowMs += 31 * DAY_MS
    expect((await reverie.upkeep.purge({ isTrial: true })).sessions.length).toBeGreaterThan(0)
  })

  it('comes with a dream once a day, and never where the setting says forever', async () => {
    state.nowMs += 31 * DAY_MS
    await using forever = await state.open({ REVERIE_RETENTION_SESSIONS: 'forever' })
    await state.dream(forever)
    expect((await forever.audit.list({ limit: 99, acts: ['session.purged'] })).length).toBe(0)
    await using reverie = await state.open()

    await state.dream(reverie)

    const lines = await reverie.audit.list({ limit: 99, acts: ['session.purged'] })
    expect(lines.length).toBeGreaterThan(0)
    expect(lines[0]?.details).toEqual({ days: '30' })
  })

  it('leaves an erasure of the session, or of its user, all it needs', async () => {
    const { reverie } = await purged(31)
    await using _reverie = reverie
    const { changes } = await reverie.show(state.appliedId)
    const cited = changes
      .filter(({ status, kind }) => status === 'applied' && kind === 'add')
      .flatMap(({ evidence }) => evidence.flatMap((item) => (item.kind === 'event' ? [item] : [])))
    const sessionId = cited[0]?.sessionId
    if (sessionId === undefined) throw new Error('No applied change cites a session.')

    const trace = await reverie.erasures.trace({ kind: 'session', sessionId })

    expect(trace.memories.length).toBeGreaterThan(0)
  })
})
