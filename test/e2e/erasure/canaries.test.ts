import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WAYS } from './canaries.ts'
import { CanaryWorld } from './canary-world.ts'

/** All ways several times; the whole count is run before a release. */
const COUNT = Number(process.env.REVERIE_CANARIES ?? '20')

const AT_ONCE = 40
const WORLDS = Array.from({ length: Math.ceil(COUNT / AT_ONCE) }, (_, n) => ({
  first: n * AT_ONCE,
  count: Math.min(AT_ONCE, COUNT - n * AT_ONCE),
}))

describe.each(WORLDS)('$count canaries from $first on', ({ first, count }) => {
  let world: CanaryWorld

  beforeAll(async () => {
    world = await CanaryWorld.open(first, count)
  }, 600_000)

  afterAll(() => world[Symbol.asyncDispose]())

  it('stand in memories, and every way brought some there', async () => {
    const found = new Map<string, number>()
    for (const { word, way } of world.canaries) {
      expect(world.filesWith(word)).not.toEqual([])
      const lines = await world.linesWith(word)
      found.set(way, (found.get(way) ?? 0) + lines.length)
    }
    // A lesson tells of no values, and two users' session goes into no private memory.
    const nowhere = WAYS.filter((way) => (found.get(way) ?? 0) === 0)
    expect(nowhere).toEqual(['lesson', 'shared-session'])
  })

  it('are traced to every memory that they are in, and then gone to the last byte', async () => {
    const missed: string[] = []
    const left: string[] = []
    let memories = 0
    for (const canary of world.canaries) {
      const truth = await world.linesWith(canary.word)
      const subject = world.subjectOf(canary)
      const { erasures } = world.reverie
      const trace = await erasures.trace(subject)
      const told = new Set(trace.memories.map((one) => `${one.storeId} ${one.path}:${one.line}`))
      missed.push(...truth.filter((line) => !told.has(line)).map((line) => `${canary.way} ${line}`))
      memories += truth.length

      const done = await erasures.erase(subject, { type: 'user_actor', userId: 'lena' })

      const files = world.filesWith(canary.word)
      const known = new Set(done.leftIn)
      left.push(
        ...files
          .filter((path) => !known.has(path))
          .map((path) => `${canary.n} ${canary.way} ${path}`),
      )
      left.push(...(await world.linesWith(canary.word)).map((line) => `${canary.way} ${line}`))
    }
    expect({ missed, left }).toEqual({ missed: [], left: [] })
    expect(memories).toBeGreaterThanOrEqual(0.8 * count)
    expect(world.log).toContain('/v1/sessions')
    expect(world.canaries.filter(({ word }) => world.log.includes(word))).toEqual([])
  }, 1_200_000)
})
