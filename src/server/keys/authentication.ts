import type { Context, MiddlewareHandler } from 'hono'
import { ReverieError } from '../../core/errors.ts'
import { DEFAULT_WORKSPACE } from '../../core/ids.ts'
import { type Caller, SCOPES, type ServerEnv, type ServerPorts } from '../context.ts'
import type { KeyRing } from './key-ring.ts'

/** Named in answers; in a request, it has to be the key's own. */
const WORKSPACE_HEADER = 'anthropic-workspace-id'

/** Who calls where no key is needed. */
const LOCAL: Caller = {
  workspaceId: DEFAULT_WORKSPACE,
  keyId: null,
  scopes: SCOPES,
  actor: { type: 'api_actor', apiKeyId: 'key_local' },
}

/** What authentication needs to know. */
export interface Doorkeeping {
  readonly ports: ServerPorts
  readonly keys: KeyRing
  /** True: as long as no key was ever made, nobody needs one. */
  readonly isOpenWithoutKeys: boolean
}

/** Says who calls, and binds workspace and storage to them. */
export function authenticated(keeping: Doorkeeping): MiddlewareHandler<ServerEnv> {
  const { ports } = keeping
  return async (c, next) => {
    const caller = await callerOf(c, keeping)
    if (caller === null) throw refusal()
    assertOwnWorkspace(c.req.header(WORKSPACE_HEADER), caller)
    c.set('caller', caller)
    c.set('isStillAllowed', async () => {
      const now = await callerOf(c, keeping)
      return now !== null && now.keyId === caller.keyId
    })
    c.set('workspace', ports.workspaceOf(caller.workspaceId))
    c.set('storage', ports.storage.inWorkspace(caller.workspaceId))
    c.header(WORKSPACE_HEADER, caller.workspaceId)
    await next()
  }
}

/** Null = nobody who may call. */
async function callerOf(c: Context<ServerEnv>, keeping: Doorkeeping): Promise<Caller | null> {
  const { keys, isOpenWithoutKeys } = keeping
  if (isOpenWithoutKeys && !(await keys.isUsed())) return LOCAL
  const plain = presentedKey(c)
  return plain === null ? null : keys.callerOf(plain)
}

/** A key opens one workspace: whoever names another one is told the same, whether it exists or not. */
function assertOwnWorkspace(named: string | undefined, { workspaceId }: Caller): void {
  if (named === undefined || named === workspaceId) return
  throw new ReverieError('permission_error', 'This key does not open the workspace it names.', {
    next: `Leave \`${WORKSPACE_HEADER}\` out: a key says which workspace it is for.`,
  })
}

/** The key of either header; null = none, or two that differ. */
function presentedKey(c: Context<ServerEnv>): string | null {
  const authorization = c.req.header('authorization')
  const bearer = /^bearer +(\S+)$/i.exec(authorization?.trim() ?? '')?.[1]
  const own = c.req.header('x-api-key')?.trim()
  if (authorization !== undefined && bearer === undefined) return null
  if (bearer !== undefined && own !== undefined && bearer !== own) return null
  return bearer ?? own ?? null
}

/** One answer for every reason, so that it tells nothing about keys. */
function refusal(): ReverieError {
  return new ReverieError('authentication_error', 'A key is needed, and none that is good came.', {
    next: 'Send one as `x-api-key` or as `Authorization: Bearer`; `reverie key create` makes one.',
  })
}
