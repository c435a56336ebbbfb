import { z } from 'zod'
import { LIMITS } from '../config.ts'
import { parseAudience } from '../core/audience.ts'
import { type GivenModel, givenModelSchema } from './agents.ts'
import {
  type Metadata,
  type MetadataPatch,
  metadataPatchSchema,
  metadataSchema,
} from './metadata.ts'
import { createdAt, type Fields, flag, type PageFields, pageFields, wholeNumber } from './page.ts'
import { initialEventsSchema, type SentEvent } from './session-events/sent-events.ts'
import { resourceDraftsSchema, type WireResourceDraft } from './session-resources.ts'
import {
  givenBudgetSchema,
  SESSION_STATUSES,
  type SessionStatus,
  type WireBudget,
} from './sessions.ts'

const reference = z.string().min(1).max(LIMITS.idCharsMax)
const title = z.string().max(LIMITS.sessionTitleCharsMax).nullable().optional()
/** Configuration that is kept and never read: any object that names its type. */
const configured = z.looseObject({ type: z.string() })
const tools = z.array(configured).max(LIMITS.agentToolsMax).optional()
const servers = z.array(configured).max(LIMITS.agentServersMax).optional()

type Configured = { readonly type: string; readonly [field: string]: unknown }

/** A reference to an agent, with what replaces its own configuration in this session. */
export interface WireAgentOverrides {
  readonly type: 'agent_with_overrides'
  readonly id: string
  readonly version?: number | undefined
  readonly model?: GivenModel | undefined
  readonly system?: string | null | undefined
  readonly tools?: readonly Configured[] | undefined
  readonly mcp_servers?: readonly Configured[] | undefined
  readonly skills?: readonly Configured[] | undefined
}

export type WireAgentReference =
  | string
  | { readonly type: 'agent'; readonly id: string; readonly version?: number | undefined }
  | WireAgentOverrides

const version = z.int().min(1).optional()

const agentReference: z.ZodType<WireAgentReference> = z.union([
  reference,
  z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('agent'), id: reference, version }),
    z.strictObject({
      type: z.literal('agent_with_overrides'),
      id: reference,
      version,
      model: givenModelSchema.optional(),
      system: z.string().max(LIMITS.agentSystemCharsMax).nullable().optional(),
      tools,
      mcp_servers: servers,
      skills: z.array(configured).max(LIMITS.agentSkillsMax).optional(),
    }),
  ]),
])

/** `audience` says who may read what the session says; a dream never mixes two. */
function hasAudience(pairs: Readonly<Record<string, string | null>>): boolean {
  const { audience } = pairs
  return audience === undefined || audience === null || parseAudience(audience) !== null
}

const AUDIENCE_RULE = 'metadata.audience is `private:<name>`, `team:<name>` or `org:<name>`'

/** Body of `POST /v1/sessions`. */
export interface WireSessionDraft {
  readonly agent: WireAgentReference
  readonly environment_id: string
  readonly title?: string | null | undefined
  readonly metadata?: Metadata | undefined
  readonly resources?: readonly WireResourceDraft[] | undefined
  readonly vault_ids?: readonly string[] | undefined
  readonly initial_events?: readonly SentEvent[] | undefined
  readonly budget?: WireBudget | undefined
}

export const sessionDraftSchema: z.ZodType<WireSessionDraft> = z
  .strictObject({
    agent: agentReference,
    environment_id: reference,
    title,
    metadata: metadataSchema.refine(hasAudience, AUDIENCE_RULE).optional(),
    resources: resourceDraftsSchema.optional(),
    vault_ids: z.array(reference).max(LIMITS.sessionVaultsMax).optional(),
    initial_events: initialEventsSchema.optional(),
    budget: givenBudgetSchema.optional(),
  })
  .meta({ id: 'SessionCreate' })

/** Body of `POST /v1/sessions/{id}`: what is given is changed. */
export interface WireSessionChange {
  readonly title?: string | null | undefined
  readonly metadata?: MetadataPatch | null | undefined
  readonly agent?:
    | {
        readonly tools?: readonly Configured[] | undefined
        readonly mcp_servers?: readonly Configured[] | undefined
      }
    | undefined
  readonly budget?: WireBudget | null | undefined
}

export const sessionChangeSchema: z.ZodType<WireSessionChange> = z
  .strictObject({
    title,
    metadata: metadataPatchSchema.refine(hasAudience, AUDIENCE_RULE).nullable().optional(),
    agent: z.strictObject({ tools, mcp_servers: servers }).optional(),
    budget: givenBudgetSchema.nullable().optional(),
  })
  .meta({ id: 'SessionUpdate' })

const statuses = z.enum(SESSION_STATUSES)

/** Query of `GET /v1/sessions`. */
export interface SessionListFields extends PageFields {
  readonly order: 'asc' | 'desc'
  readonly include_archived: boolean
  readonly agent_id: string | undefined
  /** Only together with `agent_id`. */
  readonly agent_version: number | undefined
  readonly memory_store_id: string | undefined
  readonly deployment_id: string | undefined
  readonly statuses: SessionStatus | SessionStatus[] | undefined
  readonly 'statuses[]': SessionStatus | SessionStatus[] | undefined
  readonly 'created_at[gt]': string | undefined
  readonly 'created_at[gte]': string | undefined
  readonly 'created_at[lt]': string | undefined
  readonly 'created_at[lte]': string | undefined
}

const statusFilter = z.union([z.array(statuses), statuses]).optional()

export const sessionListQuery: Fields<SessionListFields> = z.object({
  ...pageFields(),
  ...createdAt('gt', 'gte', 'lt', 'lte'),
  order: z.enum(['asc', 'desc']).default('desc'),
  include_archived: flag,
  agent_id: reference.optional(),
  agent_version: wholeNumber(z.int().min(1).optional()),
  memory_store_id: reference.optional(),
  deployment_id: reference.optional(),
  statuses: statusFilter,
  'statuses[]': statusFilter,
})

/** The tags that a query asks for: those a session has to have, and one of which it has to have. */
export function wantedTags(query: SessionListFields): {
  readonly all: readonly string[]
  readonly any: readonly string[]
} {
  const { agent_id, agent_version, memory_store_id, deployment_id } = query
  const all = [
    agent_id === undefined ? null : `agent:${agent_id}`,
    agent_id === undefined || agent_version === undefined
      ? null
      : `agent_version:${agent_id}@${agent_version}`,
    memory_store_id === undefined ? null : `store:${memory_store_id}`,
    deployment_id === undefined ? null : `deployment:${deployment_id}`,
  ].filter((tag) => tag !== null)
  const any = [query['statuses[]'] ?? [], query.statuses ?? []].flat()
  return { all, any: any.map((status) => `status:${status}`) }
}
