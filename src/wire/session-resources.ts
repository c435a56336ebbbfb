import { z } from 'zod'
import { LIMITS } from '../config.ts'
import { pageSchema, type WirePage } from './page.ts'

const access = z.enum(['read_write', 'read_only'])
const mountPath = z.string().startsWith('/').max(LIMITS.pathBytesMax).nullable().optional()
const reference = z.string().min(1).max(LIMITS.idCharsMax)
const checkout = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('branch'), name: z.string().min(1) }),
  z.strictObject({ type: z.literal('commit'), sha: z.string().min(1) }),
])

/** A memory store as it is attached to a new session. */
export interface WireStoreAttachment {
  readonly type: 'memory_store'
  readonly memory_store_id: string
  readonly access?: 'read_write' | 'read_only' | null | undefined
  readonly instructions?: string | null | undefined
}

export interface WireFileMount {
  readonly type: 'file'
  readonly file_id: string
  readonly mount_path?: string | null | undefined
}

/** A repository of code as it is attached; its token is never kept. */
export interface WireCheckoutMount {
  readonly type: 'github_repository'
  readonly url: string
  readonly authorization_token?: string | undefined
  readonly checkout?: WireCheckout | null | undefined
  readonly mount_path?: string | null | undefined
}

type WireCheckout =
  | { readonly type: 'branch'; readonly name: string }
  | { readonly type: 'commit'; readonly sha: string }

export type WireResourceDraft = WireStoreAttachment | WireFileMount | WireCheckoutMount

const storeAttachment = z.strictObject({
  type: z.literal('memory_store'),
  memory_store_id: reference,
  access: access.nullable().optional(),
  instructions: z.string().max(LIMITS.instructionsCharsMax).nullable().optional(),
})
const fileMount = z.strictObject({
  type: z.literal('file'),
  file_id: reference,
  mount_path: mountPath,
})
const checkoutMount = z.strictObject({
  type: z.literal('github_repository'),
  url: z.url().max(LIMITS.pathBytesMax),
  authorization_token: z.string().optional(),
  checkout: checkout.nullable().optional(),
  mount_path: mountPath,
})

const { sessionStoresMax } = LIMITS

/** The resources of a new session. */
export const resourceDraftsSchema: z.ZodType<readonly WireResourceDraft[]> = z
  .array(z.discriminatedUnion('type', [storeAttachment, fileMount, checkoutMount]))
  .max(LIMITS.sessionResourcesMax)
  .refine(
    (drafts) => attachedStores(drafts).length <= sessionStoresMax,
    `resources cannot contain more than ${sessionStoresMax} memory_store entries`,
  )
  .refine(
    (drafts) => new Set(attachedStores(drafts)).size === attachedStores(drafts).length,
    'a memory store is attached once',
  )

function attachedStores(drafts: readonly WireResourceDraft[]): readonly string[] {
  return drafts.flatMap((draft) => (draft.type === 'memory_store' ? [draft.memory_store_id] : []))
}

/** What is attached to a session, with names as they were then. Memory stores have no id of their own. */
export type WireSessionResource =
  | {
      readonly type: 'memory_store'
      readonly memory_store_id: string
      readonly access: 'read_write' | 'read_only'
      readonly instructions: string | null
      readonly name: string
      readonly description: string
      readonly mount_path: string
    }
  | {
      readonly id: string
      readonly type: 'file'
      readonly file_id: string
      readonly mount_path: string
      readonly created_at: string
      readonly updated_at: string
    }
  | {
      readonly id: string
      readonly type: 'github_repository'
      readonly url: string
      readonly checkout: WireCheckout | null
      readonly mount_path: string
      readonly created_at: string
      readonly updated_at: string
    }

const mounted = {
  id: z.string(),
  mount_path: z.string(),
  created_at: z.string(),
  updated_at: z.string(),
}

export const sessionResourceSchema: z.ZodType<WireSessionResource> = z
  .discriminatedUnion('type', [
    z.strictObject({
      type: z.literal('memory_store'),
      memory_store_id: z.string(),
      access,
      instructions: z.string().nullable(),
      name: z.string(),
      description: z.string(),
      mount_path: z.string(),
    }),
    z.strictObject({ ...mounted, type: z.literal('file'), file_id: z.string() }),
    z.strictObject({
      ...mounted,
      type: z.literal('github_repository'),
      url: z.string(),
      checkout: checkout.nullable(),
    }),
  ])
  .meta({ id: 'SessionResource' })

export const resourceListSchema: z.ZodType<WirePage<WireSessionResource>> = pageSchema(
  sessionResourceSchema,
  'SessionResourceList',
)

/** What a memory store shows at its attachment. */
export interface AttachedStore {
  readonly name: string
  readonly description: string
}

/** The resource that an attachment makes; `taken` are the mount paths so far. */
export function attachedStore(
  draft: WireStoreAttachment,
  store: AttachedStore,
  taken: ReadonlySet<string>,
): WireSessionResource {
  return {
    type: 'memory_store',
    memory_store_id: draft.memory_store_id,
    access: draft.access ?? 'read_write',
    instructions: draft.instructions ?? null,
    name: store.name,
    description: store.description,
    mount_path: freeMountPath(store.name, taken),
  }
}

/** A file or a checkout as it is kept: nothing is mounted, and no token is kept. */
export function attachedMount(
  draft: WireFileMount | WireCheckoutMount,
  id: string,
  at: string,
): WireSessionResource {
  const kept = { id, created_at: at, updated_at: at }
  if (draft.type === 'file') {
    const mount_path = draft.mount_path ?? `/mnt/session/uploads/${draft.file_id}`
    return { ...kept, type: 'file', file_id: draft.file_id, mount_path }
  }
  const name =
    draft.url
      .split('/')
      .at(-1)
      ?.replace(/\.git$/, '') ?? ''
  return {
    ...kept,
    type: 'github_repository',
    url: draft.url,
    checkout: draft.checkout ?? null,
    mount_path: draft.mount_path ?? `/workspace/${name}`,
  }
}

/** `/mnt/memory/<slug>`; stores whose names read alike are counted. */
function freeMountPath(name: string, taken: ReadonlySet<string>): string {
  const base = `/mnt/memory/${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}`
  let path = base
  for (let n = 2; taken.has(path); n += 1) path = `${base}-${n}`
  return path
}
