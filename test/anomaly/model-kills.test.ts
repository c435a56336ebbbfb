import { beforeAll, describe, expect, test } from 'vitest'
import { LIMITS } from '../../src/config.ts'
import type { Change } from '../../src/core/change.ts'
import type { DreamOutcome } from '../../src/engine/api.ts'
import { STAGES } from '../../src/engine/dream-ports.ts'
import type { Model, ModelRequest } from '../../src/models/model.ts'
import { interceptStorage } from '../../src/storage/intercept-storage.ts'
import type { Storage } from '../../src/storage/storage.ts'
import { scriptedModel } from '../../src/testing/scripted-model.ts'
import { ModelWorld, type WorldOptions } from '../support/model-world.ts'
import { sensibleScript } from '../support/sensible-model.ts'

/** CI kills at every storage call on the Node.js of the project, at fewer on the oldest one. */
const STORAGE_STRIDE = process.env.LAW_CASES === undefined ? 3 : 25

class Killed extends Error {}

/** A process that can die: from then on nothing that it does comes through. */
class Life {
  #isOver = false

  /** Ends it; throws like everything after it. */
  end(): never {
    this.#isOver = true
    throw new Killed()
  }

  check(): void {
    if (this.#isOver) throw new Killed()
  }
}

/** Where a run dies; 0 = not there. */
interface Death {
  readonly stage?: string
  /** Number of the call of the model, and whether its answer was on the way back. */
  readonly call?: number
  readonly isAnswered?: boolean
  readonly storageCall?: number
}

interface Run {
  readonly outcome: DreamOutcome | null
  /** Questions that the model answered, and how many of the answers were stored. */
  readonly answered: readonly string[]
  readonly stored: number
  readonly storageCalls: number
}

/** Answers come back in another order than they were asked for. */
function answersLate(inner: Model, life: Life, death: Death, answered: string[]): Model {
  let calls = 0
  const answer = async (request: ModelRequest): ReturnType<Model['answer']> => {
    calls += 1
    const call = calls
    life.check()
    if (call === death.call && death.isAnswered !== true) life.end()
    for (let turn = 0; turn < (call % 3) + 1; turn += 1) {
      await new Promise((resolve) => setImmediate(resolve))
    }
    life.check()
    const said = await inner.answer(request)
    answered.push(`${request.name} ${request.data}`)
    if (call === death.call) life.end()
    return said
  }
  return { id: inner.id, host: inner.host, answer }
}

async function run(world: ModelWorld, death: Death = {}): Promise<Run> {
  const life = new Life()
  const answered: string[] = []
  let [stored, storageCalls] = [0, 0]
  const storage: Storage = interceptStorage(world.storage, ({ name, args }) => {
    storageCalls += 1
    if (storageCalls === death.storageCall) life.end()
    life.check()
    if (name === 'steps.put' && String(args[0]).startsWith('answer:')) stored += 1
  })
  const answering = answersLate(scriptedModel(sensibleScript), life, death, answered)
  const onProgress = ({ stage }: { readonly stage: string }): void => {
    if (stage === death.stage) life.end()
  }
  const outcome = await world.dream({ answering, storage, onProgress }).catch((error: unknown) => {
    if (!isKilled(error)) throw error
    return null
  })
  return { outcome, answered, stored, storageCalls }
}

function isKilled(error: unknown): boolean {
  if (error instanceof Killed) return true
  return error instanceof Error && error.cause !== undefined && isKilled(error.cause)
}

/** Notes of which every pair is open, so that several questions are under way at once. */
const MANY: WorldOptions = {
  name: 'kills side by side',
  memories: {
    'digests.md': Array.from({ length: 14 }, (_, n) => {
      const reader = ['cook', 'baker', 'driver', 'nurse', 'teacher', 'tailor', 'farmer'][n % 7]
      const topic = ['bread', 'engines', 'wool', 'paper', 'silver'][n % 5]
      return `- For the ${reader} there is a weekly digest about ${topic}.\n`
    }).join(''),
  },
  sessions: { monday: [{ content: 'The baker sat down with Ines and asked for tea.' }] },
}

function effectOf({ kind, before, after, status }: Change): unknown {
  return { kind, before, after, status }
}

describe.each([
  ['a dream of every question', { name: 'kills' }],
  ['questions side by side', MANY],
])('killed in %s', (_, options) => {
  let whole: Run
  beforeAll(async () => {
    using world = await ModelWorld.open(options)
    whole = await run(world)
  })

  async function expectResumed(death: Death, where: string): Promise<void> {
    using world = await ModelWorld.open(options)
    const killed = await run(world, death)
    expect(killed.outcome, `${where}: not killed`).toBeNull()
    // Ids of what was read are given before the dream is there, anew for each try.
    const [died] = await world.dreams()
    const isPlanned = died !== undefined
    // An empty plan whose reading was not noted yet is made once more, from what is kept.
    const isAgain = died?.status === 'completed' && died.planStatus === 'empty'
    world.later()
    const { outcome, answered } = await run(world)
    if (outcome === null || whole.outcome === null) throw new Error('It did not end.')
    const { dream, changes } = outcome
    if (isAgain) {
      expect(answered, where).toEqual([])
      expect(changes, where).toEqual([])
      return
    }
    expect((await world.dreams()).length, where).toBe(1)
    expect(dream.plan?.report, where).toEqual(whole.outcome.dream.plan?.report)
    expect(changes.map(effectOf), where).toEqual(whole.outcome.changes.map(effectOf))
    if (isPlanned) {
      expect(dream.plan?.digest, where).toBe(whole.outcome.dream.plan?.digest)
      expect(changes, where).toEqual(whole.outcome.changes)
    }
    // What was on its way back when the process died is lost; what was stored is not asked again.
    const lost = killed.answered.length - killed.stored
    expect(lost, `${where}: answers lost`).toBeLessThanOrEqual(LIMITS.modelCallsAtOnce)
    expect(killed.stored + answered.length, where).toBe(whole.answered.length)
    expect(new Set([...killed.answered, ...answered]), where).toEqual(new Set(whole.answered))
  }

  test('at every stage', async () => {
    for (const stage of STAGES) await expectResumed({ stage }, stage)
  })

  test('at every call of a model, before and after its answer', async () => {
    for (let call = 1; call <= whole.answered.length; call += 1) {
      await expectResumed({ call }, `before answer ${call}`)
      await expectResumed({ call, isAnswered: true }, `after answer ${call}`)
    }
  })

  test('at calls of the storage', async () => {
    for (let at = 1; at <= whole.storageCalls; at += STORAGE_STRIDE) {
      await expectResumed({ storageCall: at }, `storage call ${at}`)
    }
  })
})
