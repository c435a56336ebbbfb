import { answerSchema } from '../asking/answer-schema.ts'
import { makeFence } from '../asking/fence.ts'
import type { Prompt } from '../asking/prompt.ts'

const NONCE = '0'.repeat(16)

/** One question as it is sent. */
export interface PromptSize {
  /** All of it, with the schema of its answer. */
  readonly bytes: number
  readonly dataBytes: number
  readonly outputTokensMax: number
}

export function promptSize<Input, Output>(prompt: Prompt<Input, Output>, input: Input): PromptSize {
  const fence = makeFence(NONCE)
  const frame = prompt.instructions + prompt.profileOf(input, fence)
  const schema = JSON.stringify(answerSchema(prompt.schema))
  const dataBytes = Buffer.byteLength(prompt.dataOf(input, fence))
  return {
    bytes: Buffer.byteLength(frame + schema) + dataBytes,
    dataBytes,
    outputTokensMax: prompt.outputTokensMax,
  }
}
