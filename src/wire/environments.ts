import { z } from 'zod'
import { LIMITS } from '../config.ts'
import { type Metadata, type MetadataPatch, wireMetadataSchema } from './metadata.ts'
import { type Fields, flag, type PageFields, pageFields } from './page.ts'

/** Kinds of packages, in the wire's order. */
export const PACKAGE_KINDS = ['apt', 'cargo', 'gem', 'go', 'npm', 'pip'] as const

export type PackageKind = (typeof PACKAGE_KINDS)[number]

export type WirePackages = { readonly type: 'packages' } & {
  readonly [Kind in PackageKind]: readonly string[]
}

export type WireNetworking =
  | { readonly type: 'unrestricted' }
  | {
      readonly type: 'limited'
      readonly allow_mcp_servers: boolean
      readonly allow_package_managers: boolean
      readonly allowed_hosts: readonly string[]
    }

export type WireEnvironmentConfig =
  | { readonly type: 'self_hosted' }
  | { readonly type: 'cloud'; readonly networking: WireNetworking; readonly packages: WirePackages }

/** The wire's environment. */
export interface WireEnvironment {
  readonly id: string
  readonly type: 'environment'
  readonly name: string
  /** Null when unset. */
  readonly description: string | null
  readonly config: WireEnvironmentConfig
  readonly metadata: Metadata
  readonly scope: 'organization'
  readonly created_at: string
  readonly updated_at: string
  readonly archived_at: string | null
}

const texts = z.array(z.string())
const unrestricted = z.strictObject({ type: z.literal('unrestricted') })
const selfHosted = z.strictObject({ type: z.literal('self_hosted') })

export const wireEnvironmentSchema: z.ZodType<WireEnvironment> = z
  .strictObject({
    id: z.string(),
    type: z.literal('environment'),
    name: z.string(),
    description: z.string().nullable(),
    config: z.discriminatedUnion('type', [
      selfHosted,
      z.strictObject({
        type: z.literal('cloud'),
        networking: z.discriminatedUnion('type', [
          unrestricted,
          z.strictObject({
            type: z.literal('limited'),
            allow_mcp_servers: z.boolean(),
            allow_package_managers: z.boolean(),
            allowed_hosts: texts,
          }),
        ]),
        packages: z.strictObject({
          type: z.literal('packages'),
          apt: texts,
          cargo: texts,
          gem: texts,
          go: texts,
          npm: texts,
          pip: texts,
        }),
      }),
    ]),
    metadata: wireMetadataSchema,
    scope: z.literal('organization'),
    created_at: z.iso.datetime(),
    updated_at: z.iso.datetime(),
    archived_at: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Environment' })

export interface WireDeletedEnvironment {
  readonly id: string
  readonly type: 'environment_deleted'
}

export const deletedEnvironmentSchema: z.ZodType<WireDeletedEnvironment> = z
  .strictObject({ id: z.string(), type: z.literal('environment_deleted') })
  .meta({ id: 'DeletedEnvironment' })

/** Networking as a client says it; what is left out has its default, or stays. */
export type GivenNetworking =
  | { readonly type: 'unrestricted' }
  | {
      readonly type: 'limited'
      readonly allow_mcp_servers?: boolean | null | undefined
      readonly allow_package_managers?: boolean | null | undefined
      readonly allowed_hosts?: readonly string[] | null | undefined
    }

export type GivenPackages = { readonly type?: 'packages' | undefined } & {
  readonly [Kind in PackageKind]?: readonly string[] | null | undefined
}

export type GivenEnvironmentConfig =
  | { readonly type: 'self_hosted' }
  | {
      readonly type: 'cloud'
      readonly networking?: GivenNetworking | null | undefined
      readonly packages?: GivenPackages | null | undefined
    }

const packages = z
  .array(z.string().min(1).max(LIMITS.packageCharsMax))
  .max(LIMITS.packagesPerListMax)
  .nullable()
  .optional()

const givenConfig: z.ZodType<GivenEnvironmentConfig> = z.discriminatedUnion('type', [
  selfHosted,
  z.strictObject({
    type: z.literal('cloud'),
    networking: z
      .discriminatedUnion('type', [
        unrestricted,
        z.strictObject({
          type: z.literal('limited'),
          allow_mcp_servers: z.boolean().nullable().optional(),
          allow_package_managers: z.boolean().nullable().optional(),
          allowed_hosts: z
            .array(z.string().min(1).max(LIMITS.hostCharsMax))
            .max(LIMITS.allowedHostsMax)
            .nullable()
            .optional(),
        }),
      ])
      .nullable()
      .optional(),
    packages: z
      .strictObject({
        type: z.literal('packages').optional(),
        apt: packages,
        cargo: packages,
        gem: packages,
        go: packages,
        npm: packages,
        pip: packages,
      })
      .nullable()
      .optional(),
  }),
])

const name = z.string().min(1).max(LIMITS.agentNameCharsMax)
const description = z.string().max(LIMITS.agentDescriptionCharsMax).nullable().optional()
const scope = z.enum(['organization', 'account']).nullable().optional()

// Its bounds are checked where an error can carry the wire's `invalid_metadata`.
const bounds = {
  maxProperties: LIMITS.metadataPairsMax,
  propertyNames: { minLength: 1, maxLength: LIMITS.metadataKeyCharsMax },
}

/** Body of `POST /v1/environments`. */
export interface WireEnvironmentDraft {
  readonly name: string
  readonly description?: string | null | undefined
  readonly config?: GivenEnvironmentConfig | null | undefined
  readonly metadata?: Metadata | undefined
  readonly scope?: 'organization' | 'account' | null | undefined
}

export const environmentDraftSchema: z.ZodType<WireEnvironmentDraft> = z
  .strictObject({
    name,
    description,
    config: givenConfig.nullable().optional(),
    metadata: z.record(z.string(), z.string()).meta(bounds).optional(),
    scope,
  })
  .meta({ id: 'EnvironmentCreate' })

/** Body of `POST /v1/environments/{id}`; null and "" take a key out of the metadata. */
export interface WireEnvironmentChange {
  readonly name?: string | null | undefined
  readonly description?: string | null | undefined
  readonly config?: GivenEnvironmentConfig | null | undefined
  readonly metadata?: MetadataPatch | undefined
  readonly scope?: 'organization' | 'account' | null | undefined
}

export const environmentChangeSchema: z.ZodType<WireEnvironmentChange> = z
  .strictObject({
    name: name.nullable().optional(),
    description,
    config: givenConfig.nullable().optional(),
    metadata: z.record(z.string(), z.string().nullable()).optional(),
    scope,
  })
  .meta({ id: 'EnvironmentUpdate' })

export interface EnvironmentListFields extends PageFields {
  readonly include_archived: boolean
}

export const environmentListFields: Fields<EnvironmentListFields> = z.object({
  ...pageFields(),
  include_archived: flag,
})
