import { z } from 'zod'
import { LIMITS } from '../config.ts'
import type { Dream, DreamStatus, OutputBehavior, TokenUsage } from '../core/dream.ts'

const memoryStoreInput = z.strictObject({
  type: z.literal('memory_store'),
  memory_store_id: z.string(),
})

const sessionsInput = z.strictObject({
  type: z.literal('sessions'),
  session_ids: z.array(z.string()),
})

type WireOutputBehavior = WireDream['output_behavior']

const outputBehavior: z.ZodType<WireOutputBehavior> = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('create_new') }),
  z.strictObject({ type: z.literal('update_existing'), memory_store_id: z.string() }),
])

const STATUSES: readonly DreamStatus[] = ['pending', 'running', 'completed', 'failed', 'canceled']

export const dreamStatusSchema: z.ZodType<DreamStatus> = z.enum(STATUSES)

/** Body of `POST /v1/dreams`. */
export interface WireDreamOrder {
  readonly inputs: readonly (
    | { readonly type: 'memory_store'; readonly memory_store_id: string }
    | { readonly type: 'sessions'; readonly session_ids: readonly string[] }
  )[]
  readonly model: string | { readonly id: string; readonly speed?: 'standard' | null | undefined }
  readonly instructions?: string | null | undefined
  readonly output_behavior?: WireOutputBehavior | null | undefined
}

const modelId = z.string().min(1).max(LIMITS.modelNameCharsMax)

const uniqueSessions = sessionsInput.extend({
  session_ids: z
    .array(z.string())
    .min(1)
    .max(LIMITS.sessionsPerBatchMax)
    .refine((ids) => new Set(ids).size === ids.length, 'session ids may not repeat')
    .meta({ uniqueItems: true }),
})

export const dreamOrderSchema: z.ZodType<WireDreamOrder> = z
  .strictObject({
    inputs: z
      .array(z.discriminatedUnion('type', [memoryStoreInput, uniqueSessions]))
      .length(2, 'give exactly one memory_store and exactly one sessions input')
      .refine(
        (inputs) => new Set(inputs.map(({ type }) => type)).size === inputs.length,
        'give exactly one memory_store and exactly one sessions input',
      )
      .meta({ minItems: 2, maxItems: 2 }),
    model: z.union([
      modelId,
      z.strictObject({ id: modelId, speed: z.literal('standard').nullable().optional() }),
    ]),
    instructions: z.string().min(1).max(LIMITS.instructionsCharsMax).nullable().optional(),
    output_behavior: outputBehavior.nullable().optional(),
  })
  .meta({ id: 'DreamCreate' })

/** The wire's dream: all fourteen keys, always. */
export interface WireDream {
  readonly id: string
  readonly type: 'dream'
  readonly status: DreamStatus
  readonly inputs: readonly (
    | { readonly type: 'memory_store'; readonly memory_store_id: string }
    | { readonly type: 'sessions'; readonly session_ids: readonly string[] }
  )[]
  readonly outputs: readonly { readonly type: 'memory_store'; readonly memory_store_id: string }[]
  readonly output_behavior:
    | { readonly type: 'create_new' }
    | { readonly type: 'update_existing'; readonly memory_store_id: string }
  readonly model: { readonly id: string; readonly speed: 'standard' }
  readonly instructions: string | null
  readonly session_id: string | null
  readonly created_at: string
  readonly ended_at: string | null
  readonly archived_at: string | null
  readonly usage: {
    readonly input_tokens: number
    readonly output_tokens: number
    readonly cache_read_input_tokens: number
    readonly cache_creation_input_tokens: number
  }
  readonly error: { readonly type: string; readonly message: string } | null
}

const count = z.int().min(0)

export const wireDreamSchema: z.ZodType<WireDream> = z
  .strictObject({
    id: z.string(),
    type: z.literal('dream'),
    status: dreamStatusSchema,
    inputs: z.array(z.discriminatedUnion('type', [memoryStoreInput, sessionsInput])),
    outputs: z.array(memoryStoreInput).max(1),
    output_behavior: outputBehavior,
    model: z.strictObject({ id: z.string(), speed: z.literal('standard') }),
    instructions: z.string().nullable(),
    session_id: z.string().nullable(),
    created_at: z.iso.datetime(),
    ended_at: z.iso.datetime().nullable(),
    archived_at: z.iso.datetime().nullable(),
    usage: z.strictObject({
      input_tokens: count,
      output_tokens: count,
      cache_read_input_tokens: count,
      cache_creation_input_tokens: count,
    }),
    error: z.strictObject({ type: z.string(), message: z.string() }).nullable(),
  })
  .meta({ id: 'Dream' })

/** Null for a dream of the command line, which the wire does not know. */
export function toWireDream(dream: Dream): WireDream | null {
  const { hosted, snapshot } = dream
  if (hosted === null) return null
  return {
    id: dream.id,
    type: 'dream',
    status: dream.status,
    inputs: [
      { type: 'memory_store', memory_store_id: dream.storeId },
      { type: 'sessions', session_ids: hosted.sessionIds },
    ],
    outputs:
      hosted.output === null
        ? []
        : [{ type: 'memory_store', memory_store_id: hosted.output.storeId }],
    output_behavior: toWireBehavior(hosted.outputBehavior, dream.storeId),
    model: { id: hosted.model, speed: 'standard' },
    instructions: snapshot.instructions,
    session_id: hosted.sessionId,
    created_at: dream.createdAt,
    ended_at: dream.endedAt,
    archived_at: hosted.archivedAt,
    usage: toWireUsage(hosted.usage),
    error: dream.status === 'failed' ? dream.error : null,
  }
}

function toWireBehavior(behavior: OutputBehavior, storeId: string): WireDream['output_behavior'] {
  return behavior === 'create_new'
    ? { type: 'create_new' }
    : { type: 'update_existing', memory_store_id: storeId }
}

/** The wire's input tokens leave out what came from the cache; writes to it are not told apart. */
function toWireUsage(usage: TokenUsage): WireDream['usage'] {
  return {
    input_tokens: usage.inputTokens - usage.cachedInputTokens,
    output_tokens: usage.outputTokens,
    cache_read_input_tokens: usage.cachedInputTokens,
    cache_creation_input_tokens: 0,
  }
}
