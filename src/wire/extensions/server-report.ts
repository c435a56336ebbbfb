import { z } from 'zod'

/** Result of `serve`, printed when it listens. */
export interface ServeReport {
  readonly address: string
  readonly key_needed: boolean
  readonly metrics_address: string
}

/** A key as lists tell of it: never the key itself. */
export interface KeyReport {
  readonly id: string
  readonly workspace_id: string
  readonly name: string
  readonly scopes: readonly string[]
  /** How the key begins. */
  readonly start: string
  readonly created_at: string
  readonly expires_at: string | null
  readonly revoked_at: string | null
}

/** Result of `key create` and `key rotate`: the only time that the key is told. */
export interface NewKeyReport extends KeyReport {
  readonly key: string
  /** Of `rotate`: the key that it replaces, and when that one ends. */
  readonly old: KeyReport | null
}

const time = z.iso.datetime()

const keyShape = {
  id: z.string(),
  workspace_id: z.string(),
  name: z.string(),
  scopes: z.array(z.enum(['read', 'write', 'dream', 'admin'])).min(1),
  start: z.string(),
  created_at: time,
  expires_at: time.nullable(),
  revoked_at: time.nullable(),
}

export const serveReportSchema: z.ZodType<ServeReport> = z.strictObject({
  address: z.string(),
  key_needed: z.boolean(),
  metrics_address: z.string(),
})

export const keyReportSchema: z.ZodType<KeyReport> = z.strictObject(keyShape)

export const keyListReportSchema: z.ZodType<{ readonly keys: readonly KeyReport[] }> =
  z.strictObject({ keys: z.array(keyReportSchema) })

export const newKeyReportSchema: z.ZodType<NewKeyReport> = z.strictObject({
  ...keyShape,
  key: z.string(),
  old: keyReportSchema.nullable(),
})

export function keyReport(key: {
  readonly id: string
  readonly workspaceId: string
  readonly name: string
  readonly scopes: readonly string[]
  readonly start: string
  readonly createdAt: string
  readonly expiresAt: string | null
  readonly revokedAt: string | null
}): KeyReport {
  const { id, name, scopes, start } = key
  return {
    id,
    workspace_id: key.workspaceId,
    name,
    scopes,
    start,
    created_at: key.createdAt,
    expires_at: key.expiresAt,
    revoked_at: key.revokedAt,
  }
}
