import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type MemoryStoreId, sha256 } from '../../core/ids.ts'
import type { Storage } from '../storage.ts'
import { aMemoryStore, aRemoval, aWrite } from './builders.test-support.ts'
import {
  type Outcome,
  outcomeOf,
  ReferenceModel,
  type Step,
} from './reference-model.test-support.ts'

const PATHS = ['/a.md', '/b.md', '/😀.md']
const CONTENTS = ['', 'one', 'two\n']

/** Random sequences of steps give what the reference model says. */
export function modelContract(storageOf: () => Storage, runs: number): void {
  describe('random sequences', () => {
    it('equal the reference model', async () => {
      let run = 0
      await fc.assert(
        fc.asyncProperty(
          fc.commands([singleSteps, transactions], { maxCommands: 25 }),
          (commands) =>
            fc.asyncModelRun(async () => {
              run += 1
              const storeId = `memstore_run_${run}` as MemoryStoreId
              await storageOf().stores.create(aMemoryStore({ id: storeId }))
              return { model: new ReferenceModel(), real: new StoreUnderTest(storageOf(), storeId) }
            }, commands),
        ),
        { seed: 20_260_314, numRuns: runs },
      )
    }, 120_000)
  })
}

/** One store of a real storage, told to take steps. */
class StoreUnderTest {
  static #lastId = 0
  readonly storage: Storage
  readonly #storeId: MemoryStoreId

  constructor(storage: Storage, storeId: MemoryStoreId) {
    this.storage = storage
    this.#storeId = storeId
  }

  async take(step: Step, storage: Storage = this.storage): Promise<Outcome> {
    const { memories } = storage
    const storeId = this.#storeId
    StoreUnderTest.#lastId += 1
    const id = StoreUnderTest.#lastId
    switch (step.op) {
      case 'list':
        return (await memories.list(storeId)).map(({ path, content }) => [path, content])
      case 'versions': {
        const versions = await memories.versions.list(storeId, {
          path: step.path,
          limit: step.limit,
        })
        return versions.map(({ path, operation, content }) => [path, operation, content])
      }
      case 'remove':
        return (await memories.remove(aRemoval(id, { storeId, path: step.path }))).operation
      case 'write':
      case 'write-if': {
        const { path, content } = step
        const expected = step.op === 'write' ? undefined : step.expected
        const hash = typeof expected === 'string' ? sha256(expected) : expected
        const condition = hash === undefined ? {} : { expectedSha256: hash }
        const write = aWrite(id, { storeId, path, content, ...condition })
        return (await memories.write(write)).contentSha256
      }
    }
  }
}

type Command = fc.AsyncCommand<ReferenceModel, StoreUnderTest>

const path = fc.constantFrom(...PATHS)
const content = fc.constantFrom(...CONTENTS)
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ op: fc.constant('write' as const), path, content }),
  fc.record({ op: fc.constant('write-if' as const), path, content, expected: fc.option(content) }),
  fc.record({ op: fc.constant('remove' as const), path }),
  fc.record({ op: fc.constant('list' as const) }),
  fc.record({ op: fc.constant('versions' as const), path, limit: fc.nat({ max: 4 }) }),
)

const singleSteps: fc.Arbitrary<Command> = step.map((taken) => ({
  check: () => true,
  run: async (model, real) => {
    expect(await outcomeOf(real.take(taken))).toEqual(model.apply(taken))
  },
  toString: () => JSON.stringify(taken),
}))

class Thrown extends Error {}

/** Steps in one transaction, which throws at its end when `throws`. */
const transactions: fc.Arbitrary<Command> = fc
  .record({ steps: fc.array(step, { maxLength: 5 }), throws: fc.boolean() })
  .map(({ steps, throws }) => ({
    check: () => true,
    run: async (model, real) => {
      const { contents, history } = model
      const work = real.storage.transaction(async (inside) => {
        for (const taken of steps) {
          expect(await outcomeOf(real.take(taken, inside))).toEqual(model.apply(taken))
        }
        if (throws) throw new Thrown()
      })
      if (!throws) return work
      await expect(work).rejects.toThrow(Thrown)
      model.contents = contents
      model.history = history
    },
    toString: () => `transaction${throws ? ' that throws' : ''} ${JSON.stringify(steps)}`,
  }))
