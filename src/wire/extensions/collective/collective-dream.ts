import { z } from 'zod'
import { LIMITS } from '../../../config.ts'
import { type Audience, parseAudience } from '../../../core/audience.ts'
import {
  AUTO_APPLY_LEVELS,
  type AutoApply,
  type DreamStatus,
  type OutputBehavior,
} from '../../../core/dream.ts'
import { dreamStatusSchema } from '../../dreams.ts'

/** Sessions of one agent, with the store that is its own. */
export interface WireCollectiveInput {
  readonly agent_id: string
  readonly memory_store_id: string
  readonly session_ids: readonly string[]
}

/** A store that learns, and who may read it. */
export interface WireCollectiveTarget {
  readonly memory_store_id: string
  readonly audience: string
}

/** Body of `POST /v1/reverie/collective_dreams`. */
export interface WireCollectiveOrder {
  readonly inputs: readonly WireCollectiveInput[]
  readonly targets: readonly WireCollectiveTarget[]
  readonly model: string
  readonly instructions?: string | null | undefined
  readonly output_behavior?: { readonly type: OutputBehavior } | null | undefined
  readonly auto_apply?: AutoApply | undefined
}

/** A collective dream: what was asked for, and a dream for each target. */
export interface WireCollectiveDream {
  readonly id: string
  readonly type: 'collective_dream'
  readonly status: DreamStatus
  readonly inputs: readonly WireCollectiveInput[]
  readonly targets: readonly WireCollectiveTarget[]
  readonly model: string
  readonly instructions: string | null
  readonly output_behavior: { readonly type: OutputBehavior }
  readonly auto_apply: AutoApply
  /** In the order of the targets; each is a dream like any, with changes to review. */
  readonly dreams: readonly {
    readonly memory_store_id: string
    readonly dream_id: string
    readonly status: DreamStatus
    readonly output_memory_store_id: string | null
    readonly held_changes: number
  }[]
  readonly created_at: string
}

const storeId = z.string().min(1).max(LIMITS.idCharsMax)
const agentId = z
  .string()
  .min(1)
  .max(LIMITS.collectiveAgentCharsMax)
  .refine((text) => /^\P{C}*$/u.test(text), 'an agent is named on one line')
const audience = z
  .string()
  .max(LIMITS.metadataValueCharsMax)
  .refine(
    (text) => parseAudience(text) !== null,
    'an audience is `private:<name>`, `team:<name>` or `org:<name>`',
  )
const behavior = z.strictObject({ type: z.enum(['create_new', 'update_existing']) })

const input = z.strictObject({
  agent_id: agentId,
  memory_store_id: storeId,
  session_ids: z.array(z.string()).min(1).max(LIMITS.collectiveSessionsMax),
})
const target = z.strictObject({ memory_store_id: storeId, audience })
/** As they were asked for: nothing is refused in an answer. */
const toldInput = z.strictObject({
  agent_id: z.string(),
  memory_store_id: z.string(),
  session_ids: z.array(z.string()),
})
const toldTarget = z.strictObject({ memory_store_id: z.string(), audience: z.string() })

export const collectiveOrderSchema: z.ZodType<WireCollectiveOrder> = z
  .strictObject({
    inputs: z.array(input).min(1).max(LIMITS.collectiveInputsMax),
    targets: z.array(target).min(1).max(LIMITS.collectiveTargetsMax),
    model: z.string().min(1).max(LIMITS.modelNameCharsMax),
    instructions: z.string().min(1).max(LIMITS.instructionsCharsMax).nullable().optional(),
    output_behavior: behavior.nullable().optional(),
    auto_apply: z.enum(AUTO_APPLY_LEVELS).optional(),
  })
  .meta({ id: 'CollectiveDreamCreate' })

export const wireCollectiveDreamSchema: z.ZodType<WireCollectiveDream> = z
  .strictObject({
    id: z.string(),
    type: z.literal('collective_dream'),
    status: dreamStatusSchema,
    inputs: z.array(toldInput),
    targets: z.array(toldTarget),
    model: z.string(),
    instructions: z.string().nullable(),
    output_behavior: behavior,
    auto_apply: z.enum(AUTO_APPLY_LEVELS),
    dreams: z.array(
      z.strictObject({
        memory_store_id: z.string(),
        dream_id: z.string(),
        status: dreamStatusSchema,
        output_memory_store_id: z.string().nullable(),
        held_changes: z.int().min(0),
      }),
    ),
    created_at: z.iso.datetime(),
  })
  .meta({ id: 'CollectiveDream' })

/** What the engine knows of a collective dream, as far as the wire tells it. */
export interface ToldCollectiveDream {
  readonly id: string
  readonly status: DreamStatus
  readonly order: {
    readonly inputs: readonly {
      readonly agentId: string
      readonly storeId: string
      readonly sessionIds: readonly string[]
    }[]
    readonly targets: readonly { readonly storeId: string; readonly audience: Audience }[]
    readonly model: string
    readonly instructions: string | null
    readonly outputBehavior?: OutputBehavior
    readonly autoApply?: AutoApply
  }
  readonly dreams: readonly {
    readonly storeId: string
    readonly dreamId: string
    readonly status: DreamStatus
    readonly outputStoreId: string | null
    readonly heldChanges: number
  }[]
  readonly createdAt: string
}

export function toWireCollectiveDream(told: ToldCollectiveDream): WireCollectiveDream {
  const { order } = told
  return {
    id: told.id,
    type: 'collective_dream',
    status: told.status,
    inputs: order.inputs.map((one) => ({
      agent_id: one.agentId,
      memory_store_id: one.storeId,
      session_ids: one.sessionIds,
    })),
    targets: order.targets.map((one) => ({
      memory_store_id: one.storeId,
      audience: one.audience,
    })),
    model: order.model,
    instructions: order.instructions,
    output_behavior: { type: order.outputBehavior ?? 'create_new' },
    auto_apply: order.autoApply ?? 'all',
    dreams: told.dreams.map((one) => ({
      memory_store_id: one.storeId,
      dream_id: one.dreamId,
      status: one.status,
      output_memory_store_id: one.outputStoreId,
      held_changes: one.heldChanges,
    })),
    created_at: told.createdAt,
  }
}
