import { isReverieError, ReverieError } from '../../core/errors.ts'
import type { NewId } from '../../core/ids.ts'
import type { Actor } from '../../core/memory.ts'
import { audit } from '../../engine/workspace/audit.ts'
import { assertMetadata, patchedMetadata } from '../../engine/workspace/store-fields.ts'
import type { Page, PageQuery, Storage } from '../../storage/storage.ts'
import type {
  WireEnvironment,
  WireEnvironmentChange,
  WireEnvironmentDraft,
} from '../../wire/environments.ts'
import type { Metadata } from '../../wire/metadata.ts'
import { changedConfig, configOf } from './environment-config.ts'

/** What the acts on environments need; `storage` is seen from the workspace. */
export interface EnvironmentDeps {
  readonly storage: Storage
  readonly now: () => Date
  readonly newId: NewId
}

const ARCHIVED = 'archived:true'

export function createEnvironment(
  draft: WireEnvironmentDraft,
  by: Actor,
  deps: EnvironmentDeps,
): Promise<WireEnvironment> {
  assertScope(draft.scope)
  const at = deps.now().toISOString()
  const environment: WireEnvironment = {
    id: deps.newId('env'),
    type: 'environment',
    name: draft.name,
    description: draft.description ?? null,
    config: configOf(draft.config),
    metadata: withinBounds(draft.metadata ?? {}),
    scope: 'organization',
    created_at: at,
    updated_at: at,
    archived_at: null,
  }
  return deps.storage.transaction(async (tx) => {
    await keep(tx, environment)
    await audit(tx, { act: 'environment.created', subject: environment.id, by, at }, deps.newId)
    return environment
  })
}

/** `not_found_error`, with the wire's error code. */
export async function environmentAt(storage: Storage, id: string): Promise<WireEnvironment> {
  const document = await storage.documents.get('environment', id)
  if (document !== null) return JSON.parse(document.body) as WireEnvironment
  throw new ReverieError('not_found_error', `There is no environment "${id}".`, {
    next: 'List what there is with `GET /v1/environments`.',
    details: { error_code: 'environment_not_found' },
  })
}

/** Newest first. */
export async function pageOfEnvironments(
  storage: Storage,
  { withArchived, ...query }: PageQuery & { readonly withArchived: boolean },
): Promise<Page<WireEnvironment>> {
  const none = withArchived ? {} : { none: [ARCHIVED] }
  const page = await storage.documents.page({ ...query, kind: 'environment', ...none })
  const items = page.items.map(({ body }) => JSON.parse(body) as WireEnvironment)
  return { items, next: page.next, last: page.last }
}

/** Throws `invalid_request_error` for an archived environment and for another type of `config`. */
export function updateEnvironment(
  id: string,
  change: WireEnvironmentChange,
  by: Actor,
  deps: EnvironmentDeps,
): Promise<WireEnvironment> {
  assertScope(change.scope)
  return deps.storage.transaction(async (tx) => {
    const present = await environmentAt(tx, id)
    assertNotArchived(present)
    const at = deps.now().toISOString()
    const updated: WireEnvironment = {
      ...present,
      name: change.name ?? present.name,
      description: change.description === undefined ? present.description : change.description,
      config: changedConfig(present.config, change.config),
      metadata: changedMetadata(present.metadata, change),
      updated_at: at,
    }
    await keep(tx, updated)
    await audit(tx, { act: 'environment.updated', subject: id, by, at }, deps.newId)
    return updated
  })
}

/** Archiving again keeps the first time. */
export function archiveEnvironment(
  id: string,
  by: Actor,
  deps: EnvironmentDeps,
): Promise<WireEnvironment> {
  return deps.storage.transaction(async (tx) => {
    const present = await environmentAt(tx, id)
    if (present.archived_at !== null) return present
    const at = deps.now().toISOString()
    const archived = { ...present, archived_at: at }
    await keep(tx, archived)
    await audit(tx, { act: 'environment.archived', subject: id, by, at }, deps.newId)
    return archived
  })
}

/** Sessions that name it keep its id. */
export function removeEnvironment(id: string, by: Actor, deps: EnvironmentDeps): Promise<void> {
  return deps.storage.transaction(async (tx) => {
    await environmentAt(tx, id)
    await tx.documents.remove('environment', id)
    const at = deps.now().toISOString()
    await audit(tx, { act: 'environment.removed', subject: id, by, at }, deps.newId)
  })
}

async function keep(tx: Storage, environment: WireEnvironment): Promise<void> {
  await tx.documents.put({
    kind: 'environment',
    id: environment.id,
    tags: environment.archived_at === null ? [] : [ARCHIVED],
    createdAt: environment.created_at,
    body: JSON.stringify(environment),
  })
}

/** An empty value takes its key out as null does. */
function changedMetadata(present: Metadata, { metadata }: WireEnvironmentChange): Metadata {
  const patch = Object.entries(metadata ?? {}).map(([key, value]) => [key, value || null] as const)
  return withinBounds(patchedMetadata(present, Object.fromEntries(patch)))
}

function withinBounds(metadata: Metadata): Metadata {
  try {
    assertMetadata(metadata)
  } catch (error) {
    if (!isReverieError(error)) throw error
    throw new ReverieError(error.type, error.message, {
      cause: error,
      details: { error_code: 'invalid_metadata' },
    })
  }
  return metadata
}

function assertScope(scope: WireEnvironmentDraft['scope']): void {
  if (scope !== 'account') return
  throw new ReverieError('invalid_request_error', 'Environments have the scope `organization`.', {
    next: 'Leave `scope` out.',
  })
}

function assertNotArchived({ id, archived_at }: WireEnvironment): void {
  if (archived_at === null) return
  throw new ReverieError('invalid_request_error', `The environment "${id}" is archived.`, {
    next: 'Make a new environment: an archived one stays as it is.',
    details: { error_code: 'environment_archived' },
  })
}
