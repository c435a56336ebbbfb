import type {
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4FinishReason,
  LanguageModelV4GenerateResult,
  LanguageModelV4Prompt,
  LanguageModelV4Usage,
  SharedV4ProviderOptions,
} from '@ai-sdk/provider'
import { modelErrorOf } from './ai-sdk-fault.ts'
import type { Model, ModelAnswer, ModelRequest, ModelUsage } from './model.ts'

export interface AiSdkParts {
  readonly id: string
  /** `host` or `host:port` of the requests. */
  readonly host: string
  readonly languageModel: LanguageModelV4
  /** Where the key of this model is set, for messages. */
  readonly keyVariable: string
  /** What marks the end of a part of the prompt that later calls repeat, where a provider wants it marked. */
  readonly cacheMark?: SharedV4ProviderOptions
  readonly optionsOf?: (request: ModelRequest) => SharedV4ProviderOptions
  /**
   * Output tokens for thinking, beside those of the answer: without them a model that thinks is cut
   * off before it answers. Within what the budget believes of one call (`asking/counted-usage.ts`).
   */
  readonly thinkingTokensMax?: number
}

/** A model behind the provider interface of the Vercel AI SDK. Makes one call, without retries. */
export function aiSdkModel(parts: AiSdkParts): Model {
  const { id, host, languageModel, keyVariable } = parts
  return {
    id,
    host,
    answer: async (request) => {
      request.signal?.throwIfAborted()
      try {
        return answerOf(await languageModel.doGenerate(callOf(request, parts)))
      } catch (error) {
        request.signal?.throwIfAborted()
        throw modelErrorOf(error, { modelId: id, keyVariable, now: Date.now() })
      }
    },
  }
}

function callOf(request: ModelRequest, parts: AiSdkParts): LanguageModelV4CallOptions {
  const { name, schema, outputTokensMax, signal } = request
  return {
    prompt: promptOf(request, parts.cacheMark),
    responseFormat: { type: 'json', schema, name },
    maxOutputTokens: outputTokensMax + (parts.thinkingTokensMax ?? 0),
    temperature: 0,
    ...(signal === null ? {} : { abortSignal: signal }),
    ...(parts.optionsOf === undefined ? {} : { providerOptions: parts.optionsOf(request) }),
  }
}

/** What is equal for most calls comes first: providers reuse the longest common beginning. */
function promptOf(
  { instructions, profile, data }: ModelRequest,
  mark: SharedV4ProviderOptions | undefined,
): LanguageModelV4Prompt {
  const marked = mark === undefined ? {} : { providerOptions: mark }
  return [
    { role: 'system', content: instructions, ...marked },
    {
      role: 'user',
      content: [
        ...(profile === '' ? [] : [{ type: 'text' as const, text: profile, ...marked }]),
        { type: 'text', text: data },
      ],
    },
  ]
}

function answerOf(result: LanguageModelV4GenerateResult): ModelAnswer {
  const texts = result.content.flatMap((part) => (part.type === 'text' ? [part.text] : []))
  return {
    text: result.structuredOutputText ?? texts.join(''),
    finish: finishOf(result.finishReason),
    usage: usageOf(result.usage),
  }
}

function finishOf({ unified }: LanguageModelV4FinishReason): ModelAnswer['finish'] {
  if (unified === 'content-filter') return 'refused'
  return unified === 'stop' || unified === 'length' ? unified : 'other'
}

function usageOf({ inputTokens, outputTokens }: LanguageModelV4Usage): ModelUsage {
  return {
    inputTokens: countOf(inputTokens.total),
    cachedInputTokens: countOf(inputTokens.cacheRead),
    outputTokens: countOf(outputTokens.total),
  }
}

/** A count that cannot be one is as good as none. */
function countOf(count: number | undefined): number | null {
  return count !== undefined && Number.isSafeInteger(count) && count >= 0 ? count : null
}
