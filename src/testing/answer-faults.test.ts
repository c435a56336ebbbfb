import { describe, expect, it } from 'vitest'
import { answerSchema } from '../engine/asking/answer-schema.ts'
import { readAnswer } from '../engine/asking/read-answer.ts'
import {
  PROMPT_EXAMPLES,
  type PromptExample,
} from '../engine/prompts/prompt-examples.test-support.ts'
import type { ModelAnswer } from '../models/model.ts'
import { aModelRequest } from '../models/model-request.test-support.ts'
import { HARMLESS, type Spoil, UNREADABLE } from './answer-faults.ts'

/** The answer that the instructions of a prompt show. */
function shownAnswer({ prompt }: PromptExample): ModelAnswer {
  const text = prompt.instructions.split('\n').findLast((line) => line.startsWith('{"'))
  if (text === undefined) throw new Error(`The prompt ${prompt.name} shows no answer.`)
  const usage = { inputTokens: 100, cachedInputTokens: 0, outputTokens: 10 }
  return { text, finish: 'stop', usage }
}

function isValid({ prompt, faultsOf }: PromptExample, answer: ModelAnswer): boolean {
  const bare = { profileOf: () => '', dataOf: () => '', faultsOf }
  return readAnswer(answer, { ...prompt, ...bare }, null).isValid
}

function spoil(example: PromptExample, by: Spoil): ModelAnswer {
  const schema = answerSchema(example.prompt.schema)
  return by(shownAnswer(example), aModelRequest({ schema }))
}

describe.each(PROMPT_EXAMPLES.map((example) => [example.prompt.name, example] as const))(
  'an answer to %s',
  (_name, example) => {
    it('is valid as it is shown', () => {
      expect(isValid(example, shownAnswer(example))).toBe(true)
    })

    it.each(Object.entries(UNREADABLE))('is not used: %s', (_fault, by) => {
      const spoiled = spoil(example, by)
      const isHit = JSON.stringify(spoiled) !== JSON.stringify(shownAnswer(example))

      expect(isValid(example, spoiled)).toBe(!isHit)
    })

    it.each(Object.entries(HARMLESS))('is used: %s', (_fault, by) => {
      expect(isValid(example, spoil(example, by))).toBe(true)
    })
  },
)
