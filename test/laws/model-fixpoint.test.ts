import { expect, it } from 'vitest'
import { LIMITS } from '../../src/config.ts'
import type { DreamOutcome } from '../../src/engine/api.ts'
import { scriptedModel } from '../../src/testing/scripted-model.ts'
import { MEMORIES, ModelWorld } from '../support/model-world.ts'
import { linesIn, promptOf, sensibleScript } from '../support/sensible-model.ts'

const READERS = 'cook baker driver nurse teacher tailor farmer lawyer painter singer'.split(' ')
const TOPICS = 'bread engines wool paper silver maps bridges lamps gardens clocks boats'.split(' ')
/** Notes with half of their words in common: more open pairs than one dream may ask. */
const CROWD = READERS.flatMap((reader) =>
  TOPICS.map((topic) => `- For the ${reader} there is a weekly digest about ${topic}.\n`),
).join('')

function warningsOf({ dream }: DreamOutcome): readonly string[] {
  return dream.plan?.report.warnings ?? []
}

it('a store with more open pairs than one dream may ask comes to rest after one plan', async () => {
  const memories = { ...MEMORIES, 'digests.md': CROWD }
  using world = await ModelWorld.open({ name: 'backlog', memories })
  const asked: string[] = []
  const model = scriptedModel((request, call) => {
    if (promptOf(request) === 'relate') {
      asked.push(...linesIn(request.data).map(({ marks, text }) => `${marks[1]} ${text}`))
    }
    return sensibleScript(request, call)
  })
  const first = await world.dream({ answering: model })
  const countOfFirst = asked.length

  // Two sides of a pair, and some pairs are asked in both orders.
  expect(countOfFirst / 2).toBeGreaterThanOrEqual(LIMITS.pairsAskedMax)
  expect(first.changes.length).toBeGreaterThan(0)
  expect(warningsOf(first).join(' ')).toMatch(/\d+ pairs of notes were not put to the model/)

  // The same again is the plan that waits.
  const same = await world.dream({ answering: model })
  expect([same.isNew, same.dream.id]).toEqual([false, first.dream.id])

  await world.reverie(model).apply(first.dream.id)
  const files = world.files()
  const second = await world.dream({ answering: model })

  expect(second.changes).toEqual([])
  expect(asked.length).toBe(countOfFirst)
  expect(warningsOf(second).join(' ')).toMatch(/\d+ pairs of notes were not put to the model/)
  expect(world.files()).toEqual(files)

  const third = await world.dream({ answering: model })
  expect([third.isNew, third.dream.id]).toEqual([false, second.dream.id])
}, 120_000)
