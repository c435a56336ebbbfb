import { expect, it } from 'vitest'
import { whileAlive } from './while-alive.ts'

/** Waits end when the test says so. */
function handClock(): {
  readonly wait: (ms: number, signal: AbortSignal | null) => Promise<void>
  tick(): void
  readonly waiting: () => number
} {
  const waits = new Set<() => void>()
  return {
    waiting: () => waits.size,
    tick() {
      for (const end of [...waits]) end()
    },
    wait: (_ms, signal) =>
      new Promise((resolve, reject) => {
        const end = (): void => {
          waits.delete(end)
          resolve()
        }
        waits.add(end)
        signal?.addEventListener('abort', () => {
          waits.delete(end)
          reject(signal.reason)
        })
      }),
  }
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

it('renews while the work goes on, and stops with it', async () => {
  const clock = handClock()
  const work = Promise.withResolvers<string>()
  let renewals = 0
  const result = whileAlive(
    work.promise,
    async () => {
      renewals += 1
    },
    clock.wait,
  )
  for (const _third of [1, 2, 3]) {
    clock.tick()
    await turn()
  }
  work.resolve('answer')

  await expect(result).resolves.toBe('answer')
  expect(renewals).toBe(3)
  expect(clock.waiting()).toBe(0)
})

it('gives up the work when the dream is no longer ours', async () => {
  const clock = handClock()
  const result = whileAlive(
    new Promise(() => undefined),
    () => Promise.reject(new Error('taken over')),
    clock.wait,
  )
  clock.tick()

  await expect(result).rejects.toThrow('taken over')
  expect(clock.waiting()).toBe(0)
})

it('passes a failure of the work through', async () => {
  const clock = handClock()
  const failing = Promise.reject(new Error('no answer'))

  await expect(whileAlive(failing, async () => undefined, clock.wait)).rejects.toThrow('no answer')
  expect(clock.waiting()).toBe(0)
})
