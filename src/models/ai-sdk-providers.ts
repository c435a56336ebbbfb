import { createAnthropic } from '@ai-sdk/anthropic'
import { createOpenAI } from '@ai-sdk/openai'
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import type { LanguageModelV4Usage } from '@ai-sdk/provider'
import { LIMITS } from '../config.ts'
import { aiSdkModel } from './ai-sdk-model.ts'
import { boundedFetch } from './bounded-fetch.ts'
import type { Model } from './model.ts'

/** A model at one address. */
export interface Connection {
  readonly id: string
  /** The provider's own name of the model. */
  readonly name: string
  /** Base address, without a slash at its end. */
  readonly url: string
  /** Null = requests go without one. */
  readonly key: string | null
  /** Where the key is set, for messages. */
  readonly keyVariable: string
  /** Limit of one call, in ms. */
  readonly timeoutMs: number
}

/** The Messages API of Anthropic, with a cache mark after the instructions and after the profile. */
export function anthropicModel(connection: Connection): Model {
  const provider = createAnthropic({
    baseURL: connection.url,
    apiKey: connection.key ?? '',
    fetch: fetchOf(connection),
  })
  return aiSdkModel({
    ...named(connection),
    languageModel: provider.languageModel(connection.name),
    cacheMark: { anthropic: { cacheControl: { type: 'ephemeral' } } },
  })
}

/** The Responses API of OpenAI. Nothing is stored there; what was read before is reused by itself. */
export function openaiModel(connection: Connection): Model {
  const provider = createOpenAI({
    baseURL: connection.url,
    apiKey: connection.key ?? '',
    fetch: fetchOf(connection),
  })
  return aiSdkModel({
    ...named(connection),
    languageModel: provider.responses(connection.name),
    thinkingTokensMax: LIMITS.modelThinkingTokensMax,
    optionsOf: ({ name }) => ({
      openai: { store: false, strictJsonSchema: true, promptCacheKey: `reverie-${name}` },
    }),
  })
}

/** Chat completions as many servers speak them: Ollama, vLLM, LM Studio, llama.cpp. */
export function compatibleModel(connection: Connection): Model {
  const provider = createOpenAICompatible({
    name: 'openaiCompatible',
    baseURL: connection.url,
    ...(connection.key === null ? {} : { apiKey: connection.key }),
    fetch: fetchOf(connection),
    supportsStructuredOutputs: true,
    convertUsage: usageAsSaid,
  })
  return aiSdkModel({
    ...named(connection),
    languageModel: provider.languageModel(connection.name),
    thinkingTokensMax: LIMITS.modelThinkingTokensMax,
  })
}

type CompatibleUsage =
  | {
      readonly prompt_tokens?: number | null | undefined
      readonly completion_tokens?: number | null | undefined
      readonly prompt_tokens_details?:
        | { readonly cached_tokens?: number | null | undefined }
        | null
        | undefined
    }
  | null
  | undefined

/** The package's own conversion makes 0 of what a server did not say, which would count as free. */
function usageAsSaid(usage: CompatibleUsage): LanguageModelV4Usage {
  return {
    inputTokens: {
      total: usage?.prompt_tokens ?? undefined,
      noCache: undefined,
      cacheRead: usage?.prompt_tokens_details?.cached_tokens ?? undefined,
      cacheWrite: undefined,
    },
    outputTokens: {
      total: usage?.completion_tokens ?? undefined,
      text: undefined,
      reasoning: undefined,
    },
  }
}

function named({ id, url, keyVariable }: Connection) {
  return { id, host: new URL(url).host, keyVariable }
}

function fetchOf({ id, url, timeoutMs }: Connection): typeof globalThis.fetch {
  return boundedFetch({ modelId: id, url, timeoutMs })
}
