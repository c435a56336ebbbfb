import { describe, expect, it } from 'vitest'
import { MODEL_FAULTS, type Model, type ModelAnswer, ModelError, type ModelFault } from './model.ts'
import { aModelRequest } from './model-request.test-support.ts'

export interface ModelSubject {
  readonly name: string
  /** A model that gives this answer to `aModelRequest()`. */
  readonly answering: (answer: ModelAnswer) => Promise<Model>
  /** A model whose calls end this way; null = this adapter never ends so. */
  readonly failing: (fault: ModelFault) => Promise<Model | null>
  /** False where an answer without counts is none. */
  readonly mayNotCount: boolean
}

const ANSWER: ModelAnswer = {
  text: '{"claims":[{"text":"Das Tor heißt „Süd“ 🌊.\\n"}]}',
  finish: 'stop',
  usage: { inputTokens: 1200, cachedInputTokens: 800, outputTokens: 45 },
}
const NO_USAGE = { inputTokens: null, cachedInputTokens: null, outputTokens: null }

/** Every sentence of the `Model` port as a test; each adapter runs all of them. */
export function modelContract({ name, answering, failing, mayNotCount }: ModelSubject): void {
  describe(`${name} model`, () => {
    it('has an id of a provider and a name, and a host without scheme and path', async () => {
      const { id, host } = await answering(ANSWER)

      expect(id).toMatch(/^[a-z-]+\/\S+$/)
      if (host !== null) expect(new URL(`http://${host}/`).host).toBe(host)
    })

    it('gives the text as the model wrote it and the tokens as the provider counted', async () => {
      const model = await answering(ANSWER)

      expect(await model.answer(aModelRequest())).toEqual(ANSWER)
    })

    it.each(['{"claims":[', '', ' \n', '<html>', '[1,2]', 'a'.repeat(100_000)])(
      'leaves reading the answer to the caller, also %.12j',
      async (text) => {
        const model = await answering({ ...ANSWER, text })

        expect((await model.answer(aModelRequest())).text).toBe(text)
      },
    )

    it.each(['stop', 'length', 'refused', 'other'] as const)(
      'says how an answer ended: %s',
      async (finish) => {
        const model = await answering({ ...ANSWER, finish })

        expect((await model.answer(aModelRequest())).finish).toBe(finish)
      },
    )

    if (mayNotCount) {
      it('counts null where the provider did not say', async () => {
        const model = await answering({ ...ANSWER, usage: NO_USAGE })

        expect((await model.answer(aModelRequest())).usage).toEqual(NO_USAGE)
      })
    }

    it('answers calls side by side', async () => {
      const model = await answering(ANSWER)
      const calls = Array.from({ length: 5 }, () => model.answer(aModelRequest()))

      expect(await Promise.all(calls)).toEqual(Array.from({ length: 5 }, () => ANSWER))
    })

    it('throws the reason of a signal that was aborted, whatever it is', async () => {
      const model = await answering(ANSWER)

      for (const reason of [new Error('the person has gone'), 'enough']) {
        const signal = AbortSignal.abort(reason)
        const end = model.answer(aModelRequest({ signal }))
        await expect(end).rejects.toBe(reason)
      }
    })

    it.each(MODEL_FAULTS)(
      'ends as %s with an error that names the model and nothing it was told',
      async (fault) => {
        const model = await failing(fault)
        if (model === null) return
        const end = await model.answer(aModelRequest()).catch((error: unknown) => error)

        if (!(end instanceof ModelError)) throw new Error(`No ModelError but ${String(end)}`)
        expect(end.fault).toBe(fault)
        expect(end.message).toContain(model.id)
        expect(everythingIn(end)).not.toMatch(/SECRET/)
      },
    )
  })
}

/** An error with its stack, causes and every property of theirs, as a careless log would print it. */
function everythingIn(error: unknown, depth = 0): string {
  if (!(error instanceof Error) || depth > 8) return JSON.stringify(error) ?? ''
  const own = Object.values(Object.getOwnPropertyDescriptors(error)).map(({ value }) =>
    value instanceof Error ? everythingIn(value, depth + 1) : JSON.stringify(value),
  )
  return [error.message, error.stack, ...own].join('\n')
}
