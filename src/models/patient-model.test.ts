import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { LIMITS } from '../config.ts'
import { scriptedModel } from '../testing/scripted-model.ts'
import { modelContract } from './model.contract.ts'
import { type Model, type ModelAnswer, ModelError, type ModelFault } from './model.ts'
import { aModelRequest } from './model-request.test-support.ts'
import { Patience } from './patience.ts'
import { patientModel } from './patient-model.ts'

const ANSWER: ModelAnswer = {
  text: '{}',
  finish: 'stop',
  usage: { inputTokens: 1, cachedInputTokens: 0, outputTokens: 1 },
}
const fail = (fault: ModelFault, retryAfterMs: number | null = null): ModelError =>
  new ModelError(fault, `The model "script/answers" ended as ${fault}.`, { retryAfterMs })

/** A model that goes through these ends, one for each call, and says when it was called. */
function model(...ends: readonly (ModelError | ModelAnswer)[]): Model & { calledAt: number[] } {
  const calledAt: number[] = []
  const script = scriptedModel(() => {
    calledAt.push(Date.now())
    return ends[Math.min(calledAt.length, ends.length) - 1] ?? ANSWER
  })
  return { ...script, calledAt }
}

type End = { readonly answer: ModelAnswer } | { readonly error: unknown }

function endOf(call: Promise<ModelAnswer>): { readonly now: () => End | null } {
  let end: End | null = null
  call.then(
    (answer) => {
      end = { answer }
    },
    (error: unknown) => {
      end = { error }
    },
  )
  return { now: () => end }
}

beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
})

afterEach(() => {
  vi.useRealTimers()
})

const ask = (inner: Model, patience = new Patience(() => 0), signal: AbortSignal | null = null) =>
  endOf(patientModel(inner, patience).answer(aModelRequest({ signal })))

describe('tries', () => {
  it('asks again after a passing fault, each wait twice as long', async () => {
    const inner = model(fail('unavailable'), fail('timeout'), fail('garbled'), ANSWER)
    const end = ask(inner)
    await vi.runAllTimersAsync()

    expect(end.now()).toEqual({ answer: ANSWER })
    expect(inner.calledAt).toEqual([0, 500, 1_500, 3_500])
  })

  it('spreads waits by chance, up to twice the shortest', async () => {
    const inner = model(fail('unavailable'), ANSWER)
    ask(inner, new Patience(() => 0.999_999))
    await vi.runAllTimersAsync()

    expect(inner.calledAt).toEqual([0, 1_000])
  })

  it('ends in the last error after the last try', async () => {
    const last = fail('overloaded')
    const inner = model(fail('unavailable'), fail('timeout'), fail('garbled'), last, ANSWER)
    const end = ask(inner)
    await vi.runAllTimersAsync()

    expect(end.now()).toEqual({ error: last })
    expect(inner.calledAt).toHaveLength(LIMITS.modelTriesMax)
  })

  it.each(['spend_cap', 'unauthorized', 'not_found', 'refused_request', 'too_large'] as const)(
    'asks once where it ends as %s',
    async (fault) => {
      const inner = model(fail(fault), ANSWER)
      const end = ask(inner)
      await vi.runAllTimersAsync()

      expect(end.now()).toMatchObject({ error: { fault } })
      expect(inner.calledAt).toHaveLength(1)
    },
  )

  it('lets any other error through at once', async () => {
    const broken = new TypeError('a mistake of ours')
    const script = scriptedModel(() => broken)
    const end = ask(script)
    await vi.runAllTimersAsync()

    expect(end.now()).toEqual({ error: broken })
    expect(script.requests).toHaveLength(1)
  })
})

describe('waits that a provider asks for', () => {
  it('are never cut short', async () => {
    const inner = model(fail('rate_limited', 42_000), ANSWER)
    ask(inner)
    await vi.runAllTimersAsync()

    expect(inner.calledAt).toEqual([0, 42_000])
  })

  it('hold for the other calls of that provider, also of another model', async () => {
    const patience = new Patience(() => 0)
    ask(model(fail('rate_limited', 42_000), ANSWER), patience)
    await vi.advanceTimersByTimeAsync(10)
    const other = model(ANSWER)
    ask(other, patience)
    const elsewhere = model(ANSWER)
    ask(elsewhere)
    await vi.runAllTimersAsync()

    expect(other.calledAt).toEqual([42_000])
    expect(elsewhere.calledAt).toEqual([10])
  })

  it('fail at once when they are too long, with the time in the message', async () => {
    const patience = new Patience(() => 0)
    const inner = model(fail('rate_limited', 3_600_000), ANSWER)
    const end = ask(inner, patience)
    await vi.advanceTimersByTimeAsync(0)
    const next = ask(inner, patience)
    await vi.advanceTimersByTimeAsync(0)

    for (const { now } of [end, next]) {
      expect(now()).toMatchObject({
        error: { fault: 'rate_limited', retryAfterMs: 3_600_000 },
      })
      expect(messageOf(now())).toContain('wait 3600 s')
    }
    expect(inner.calledAt).toEqual([0])
  })

  it('of just the longest length are waited for', async () => {
    const inner = model(fail('overloaded', LIMITS.modelWaitMsMax), ANSWER)
    ask(inner)
    await vi.runAllTimersAsync()

    expect(inner.calledAt).toEqual([0, LIMITS.modelWaitMsMax])
  })
})

describe('turns', () => {
  it('makes at most four calls at once, and every call in the end', async () => {
    let running = 0
    let most = 0
    let calls = 0
    const slow: Model = {
      id: 'test/slow',
      host: null,
      answer: async () => {
        running += 1
        calls += 1
        most = Math.max(most, running)
        await new Promise((resolve) => setTimeout(resolve, 100))
        running -= 1
        return ANSWER
      },
    }
    const patience = new Patience()
    const ends = Array.from({ length: 30 }, () => ask(slow, patience))
    await vi.runAllTimersAsync()

    expect(most).toBe(LIMITS.modelCallsAtOnce)
    expect(calls).toBe(30)
    expect(ends.map(({ now }) => now())).toEqual(ends.map(() => ({ answer: ANSWER })))
  })
})

it('refuses a call when too many wait already', async () => {
  const patience = new Patience()
  const never: Model = { id: 'test/never', host: null, answer: () => new Promise(() => null) }
  const room = LIMITS.modelCallsAtOnce + LIMITS.modelCallsWaitingMax
  const ends = Array.from({ length: room + 1 }, () => ask(never, patience))
  await vi.advanceTimersByTimeAsync(0)

  expect(ends.at(-2)?.now()).toBeNull()
  expect(ends.at(-1)?.now()).toMatchObject({ error: { fault: 'overloaded' } })
})

describe('a provider that keeps failing', () => {
  async function failFiveTimes(patience: Patience): Promise<void> {
    for (let n = 0; n < LIMITS.modelFailuresMax; n += 1) {
      ask(model(fail('unavailable')), patience)
      await vi.runAllTimersAsync()
    }
  }

  it('is not asked for a while, and then with one call first', async () => {
    const patience = new Patience(() => 0)
    await failFiveTimes(patience)
    const inner = model(ANSWER)
    const end = ask(inner, patience)
    await vi.advanceTimersByTimeAsync(0)

    expect(inner.calledAt).toEqual([])
    expect(end.now()).toMatchObject({ error: { fault: 'unavailable' } })
    expect(messageOf(end.now())).toContain('was not asked')

    await vi.advanceTimersByTimeAsync(LIMITS.modelBreakMs)
    const later = ask(inner, patience)
    await vi.runAllTimersAsync()

    expect(later.now()).toEqual({ answer: ANSWER })
  })

  it('is forgiven by one answer in between', async () => {
    const patience = new Patience(() => 0)
    for (let n = 0; n < 12; n += 1) {
      const last = n % LIMITS.modelFailuresMax === 4
      ask(last ? model(ANSWER) : model(fail('unavailable')), patience)
      await vi.runAllTimersAsync()
    }
    const inner = model(ANSWER)
    ask(inner, patience)
    await vi.runAllTimersAsync()

    expect(inner.calledAt).toHaveLength(1)
  })
})

describe('an aborted signal', () => {
  it('ends a wait at once and leaves no timer behind', async () => {
    const controller = new AbortController()
    const reason = new Error('the person has gone')
    const inner = model(fail('rate_limited', 100_000), ANSWER)
    const end = ask(inner, new Patience(), controller.signal)
    await vi.advanceTimersByTimeAsync(10)
    controller.abort(reason)
    await vi.advanceTimersByTimeAsync(1)

    expect(end.now()).toEqual({ error: reason })
    expect(vi.getTimerCount()).toBe(0)
    expect(inner.calledAt).toHaveLength(1)
  })

  it('ends a call that waits for its turn', async () => {
    const patience = new Patience()
    const never: Model = { id: 'test/never', host: null, answer: () => new Promise(() => null) }
    for (let n = 0; n < LIMITS.modelCallsAtOnce; n += 1) ask(never, patience)
    const controller = new AbortController()
    const inner = model(ANSWER)
    const end = ask(inner, patience, controller.signal)
    await vi.advanceTimersByTimeAsync(0)
    controller.abort('enough')
    await vi.advanceTimersByTimeAsync(0)

    expect(end.now()).toEqual({ error: 'enough' })
    expect(inner.calledAt).toEqual([])
  })
})

function messageOf(end: End | null): string {
  return end !== null && 'error' in end && end.error instanceof Error ? end.error.message : ''
}

describe('as a model', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: 0, shouldAdvanceTime: true, advanceTimeDelta: 20 })
    vi.setTimerTickMode('nextTimerAsync')
  })

  modelContract({
    name: 'patient',
    answering: async (answer) => patientModel(model(answer), new Patience()),
    failing: async (fault) => patientModel(model(fail(fault)), new Patience()),
    mayNotCount: true,
  })
})
