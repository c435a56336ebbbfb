import { LIMITS } from '../../config.ts'
import { digestOf } from '../../core/ids.ts'
import { type JsonSchema, type ModelRequest, requestDigest } from '../../models/model.ts'
import { estimatedTokens } from './counted-usage.ts'
import { makeFence, nonceOf } from './fence.ts'
import type { TokenCounts } from './prices.ts'
import type { Prompt, PromptName } from './prompt.ts'

/** One call as it would be made; equal inputs make equal calls. */
export interface Call {
  readonly stage: PromptName
  /** Its answer is kept under it. */
  readonly key: string
  /** Of the request; its answer has it in a cassette too. */
  readonly digest: string
  readonly request: Omit<ModelRequest, 'signal'>
  /** High. */
  readonly estimate: TokenCounts
}

const AGAIN = 'The same was asked before and the answer could not be used. What was wrong with it:'
const MEND = 'Answer again in full, in the form that was asked for, without these faults.'
const CHAR_BYTES_MAX = 3

/** Takes secrets out of a text. */
export type Mask = (text: string) => Promise<string>

/** The first try of a question, as it may leave: `mask` comes before anything goes by its words. */
export async function firstCall<Input>(
  prompt: Prompt<Input, unknown>,
  input: Input,
  modelId: string,
  schema: JsonSchema,
  mask: Mask,
): Promise<Call> {
  const { name, version, instructions, outputTokensMax } = prompt
  // The profile has a nonce of its own: providers reuse it only where it is equal in all calls.
  const profile = fenced(prompt, (nonce) => prompt.profileOf(input, makeFence(nonce)))
  const data = fenced(prompt, (nonce) => prompt.dataOf(input, makeFence(nonce)))
  const request = {
    name: `${name}-${version}`,
    instructions,
    profile: await mask(profile),
    data: await mask(data),
    schema,
    outputTokensMax,
  }
  return callOf(name, request, modelId)
}

/** The second and last try: the first one with its faults behind the data. */
export function secondCall(first: Call, faults: readonly string[], modelId: string): Call {
  const list = faults.map((fault) => `- ${fault}`).join('\n')
  const data = `${first.request.data}\n\n${AGAIN}\n${list}\n${MEND}`
  return callOf(first.stage, { ...first.request, data }, modelId)
}

/** The most that the second try of a call is estimated at, before its faults are known. */
export function secondEstimateMax({ request, estimate }: Call): TokenCounts {
  const faultBytes = LIMITS.faultsToldMax * (LIMITS.faultCharsMax * CHAR_BYTES_MAX + 3)
  const added = Buffer.byteLength(AGAIN) + Buffer.byteLength(MEND) + faultBytes
  return { ...estimate, input: estimate.input + added, output: request.outputTokensMax }
}

/** Under what the answer of a model to a request is kept. */
export function answerKey(modelId: string, digest: string): string {
  return `answer:${digestOf([modelId, digest])}`
}

function fenced(
  { name, version }: Prompt<never, unknown>,
  render: (nonce: string) => string,
): string {
  return render(nonceOf(name, version, render('')))
}

function callOf(stage: PromptName, request: Call['request'], modelId: string): Call {
  const { instructions, profile, data, schema, outputTokensMax } = request
  const digest = requestDigest(request)
  const texts = [instructions, profile, data, JSON.stringify(schema)]
  return {
    stage,
    key: answerKey(modelId, digest),
    digest,
    request,
    estimate: estimatedTokens(texts, outputTokensMax),
  }
}
