import { expect, it } from 'vitest'
import { modelContract } from '../models/model.contract.ts'
import { ModelError } from '../models/model.ts'
import { aModelRequest } from '../models/model-request.test-support.ts'
import { scriptByName, scriptedModel } from './scripted-model.ts'

modelContract({
  name: 'scripted',
  answering: async (answer) => scriptedModel(() => answer),
  failing: async (fault) =>
    scriptedModel(() => new ModelError(fault, 'The model "script/answers" did not answer.')),
  mayNotCount: true,
})

it('keeps its requests in order, without those that were aborted before', async () => {
  const model = scriptedModel(({ data }, call) => `${call} ${data}`)
  const gone = aModelRequest({ signal: AbortSignal.abort('gone') })

  const answers = [
    await model.answer(aModelRequest({ data: 'a' })),
    await model.answer(gone).catch((reason: unknown) => ({ text: reason })),
    await model.answer(aModelRequest({ data: 'b' })),
  ]

  expect(answers.map(({ text }) => text)).toEqual(['1 a', 'gone', '2 b'])
  expect(model.requests.map(({ data }) => data)).toEqual(['a', 'b'])
})

it('counts a text alone as an answer that ended by itself', async () => {
  const model = scriptedModel(() => '12345678')
  const request = aModelRequest({ instructions: '1234', profile: '', data: '12345' })

  expect(await model.answer(request)).toEqual({
    text: '12345678',
    finish: 'stop',
    usage: { inputTokens: 3, cachedInputTokens: 0, outputTokens: 2 },
  })
})

it('finds answers by the name of the prompt and says which name it does not know', async () => {
  const model = scriptedModel(scriptByName({ 'extract-1': '{"claims":[]}' }))

  expect((await model.answer(aModelRequest())).text).toBe('{"claims":[]}')
  await expect(model.answer(aModelRequest({ name: 'relate-1' }))).rejects.toMatchObject({
    fault: 'not_found',
    message: expect.stringContaining('relate-1'),
  })
})
