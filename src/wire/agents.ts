import { z } from 'zod'
import { LIMITS } from '../config.ts'
import {
  type Metadata,
  type MetadataPatch,
  metadataPatchSchema,
  metadataSchema,
  wireMetadataSchema,
} from './metadata.ts'
import { createdAt, type Fields, flag, type PageFields, pageFields, wholeNumber } from './page.ts'

/** A JSON object that is kept as it was given: tools, skills, rosters. */
export type GivenObject = Readonly<{ readonly type: string } & Record<string, unknown>>

const given: z.ZodType<GivenObject> = z.looseObject({ type: z.string().min(1) })

const EFFORTS = ['low', 'medium', 'high', 'xhigh', 'max'] as const
type Effort = (typeof EFFORTS)[number]

/** A connection to a server of tools. */
export interface WireServer {
  readonly type: 'url'
  readonly name: string
  readonly url: string
}

export type WireExecutionIdentity =
  | { readonly type: 'service_account' }
  | { readonly type: 'aws_role'; readonly role_arn: string }

/** The model as it is answered: always an object. */
export interface WireAgentModel {
  readonly id: string
  readonly effort?: { readonly type: Effort } | undefined
  readonly inference_geo?: string | undefined
  readonly speed: 'standard' | 'fast'
}

/** What a client says of an agent and may change. */
export interface AgentSettings {
  readonly name: string
  readonly description: string | null
  readonly system: string | null
  readonly model: WireAgentModel
  readonly tools: readonly GivenObject[]
  readonly mcp_servers: readonly WireServer[]
  readonly skills: readonly GivenObject[]
  readonly metadata: Metadata
  readonly multiagent: GivenObject | null
  readonly execution_identity: WireExecutionIdentity
}

/** The wire's agent. */
export interface WireAgent extends AgentSettings {
  readonly id: string
  readonly type: 'agent'
  /** 1 at first; grows with every change. */
  readonly version: number
  readonly created_at: string
  readonly updated_at: string
  readonly archived_at: string | null
}

const { agentToolsMax, agentServersMax, agentSkillsMax, agentSystemCharsMax } = LIMITS
const name = z.string().min(1).max(LIMITS.agentNameCharsMax)
const description = z.string().max(LIMITS.agentDescriptionCharsMax).nullable()
const system = z.string().max(agentSystemCharsMax).nullable()
const tools = z.array(given).max(agentToolsMax)
const skills = z.array(given).max(agentSkillsMax)
const multiagent = given.nullable()

const servers = z
  .array(
    z.strictObject({
      type: z.literal('url'),
      name: z.string().min(1).max(LIMITS.serverNameCharsMax),
      url: z.url({ protocol: /^https?$/ }).max(LIMITS.serverUrlCharsMax),
    }),
  )
  .max(agentServersMax)
  .refine(
    (all) => new Set(all.map((server) => server.name)).size === all.length,
    'names of servers may not repeat',
  )

const executionIdentity: z.ZodType<WireExecutionIdentity> = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('service_account') }),
  z.strictObject({
    type: z.literal('aws_role'),
    role_arn: z.string().min(1).max(LIMITS.roleArnCharsMax),
  }),
])

/** A model as a client names it. */
export type GivenModel =
  | string
  | {
      readonly id: string
      readonly effort?: Effort | { readonly type: Effort } | null | undefined
      readonly inference_geo?: string | null | undefined
      readonly speed?: 'standard' | 'fast' | null | undefined
    }

const modelId = z.string().min(1).max(LIMITS.modelNameCharsMax)
const effort = z.enum(EFFORTS)

/** A model as its id alone, or with how it works. */
export const givenModelSchema: z.ZodType<GivenModel> = z.union([
  modelId,
  z.strictObject({
    id: modelId,
    effort: z
      .union([effort, z.strictObject({ type: effort })])
      .nullable()
      .optional(),
    inference_geo: z.string().min(1).max(LIMITS.modelNameCharsMax).nullable().optional(),
    speed: z.enum(['standard', 'fast']).nullable().optional(),
  }),
])

/** Body of `POST /v1/agents`. */
export interface WireAgentDraft {
  readonly name: string
  readonly model: GivenModel
  readonly description?: string | null | undefined
  readonly system?: string | null | undefined
  readonly tools?: readonly GivenObject[] | null | undefined
  readonly mcp_servers?: readonly WireServer[] | null | undefined
  readonly skills?: readonly GivenObject[] | null | undefined
  readonly metadata?: Metadata | null | undefined
  readonly multiagent?: GivenObject | null | undefined
  readonly execution_identity?: WireExecutionIdentity | null | undefined
}

const settingsShape = {
  description: description.optional(),
  system: system.optional(),
  tools: tools.nullable().optional(),
  mcp_servers: servers.nullable().optional(),
  skills: skills.nullable().optional(),
  multiagent: multiagent.optional(),
  execution_identity: executionIdentity.nullable().optional(),
}

export const agentDraftSchema: z.ZodType<WireAgentDraft> = z
  .strictObject({
    ...settingsShape,
    name,
    model: givenModelSchema,
    metadata: metadataSchema.nullable().optional(),
  })
  .meta({ id: 'AgentCreate' })

/** Body of `POST /v1/agents/{id}`: what is left out stays, null clears. */
export interface WireAgentChange
  extends Partial<Omit<WireAgentDraft, 'name' | 'model' | 'metadata'>> {
  readonly name?: string | undefined
  readonly model?: GivenModel | undefined
  readonly metadata?: MetadataPatch | null | undefined
  /** The version that the change is meant for. */
  readonly version?: number | undefined
}

export const agentChangeSchema: z.ZodType<WireAgentChange> = z
  .strictObject({
    ...settingsShape,
    name: name.optional(),
    model: givenModelSchema.optional(),
    metadata: metadataPatchSchema.nullable().optional(),
    version: z.int().min(1).optional(),
  })
  .meta({ id: 'AgentUpdate' })

export const wireAgentSchema: z.ZodType<WireAgent> = z
  .strictObject({
    id: z.string(),
    type: z.literal('agent'),
    version: z.int().min(1),
    name: z.string(),
    description: z.string().nullable(),
    system: z.string().nullable(),
    model: z.strictObject({
      id: z.string(),
      effort: z.strictObject({ type: effort }).optional(),
      inference_geo: z.string().optional(),
      speed: z.enum(['standard', 'fast']),
    }),
    tools: z.array(given),
    mcp_servers: z.array(
      z.strictObject({ type: z.literal('url'), name: z.string(), url: z.string() }),
    ),
    skills: z.array(given),
    metadata: wireMetadataSchema,
    multiagent: given.nullable(),
    execution_identity: executionIdentity,
    created_at: z.iso.datetime(),
    updated_at: z.iso.datetime(),
    archived_at: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Agent' })

export interface AgentListFields extends PageFields {
  readonly include_archived: boolean
  readonly 'created_at[gte]': string | undefined
  readonly 'created_at[lte]': string | undefined
}

export const agentListFields: Fields<AgentListFields> = z.object({
  ...pageFields(),
  include_archived: flag,
  ...createdAt('gte', 'lte'),
})

export const agentVersionFields: Fields<{ readonly version: number | undefined }> = z.object({
  version: wholeNumber(z.int().min(1).optional()),
})
