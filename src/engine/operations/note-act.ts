import { LOCAL_PRINCIPAL } from '../../core/audience.ts'
import type { Dream } from '../../core/dream.ts'
import type { Actor } from '../../core/memory.ts'
import type { Storage } from '../../storage/storage.ts'
import { type AuditAct, audit } from '../workspace/audit.ts'
import type { Deps } from './deps.ts'

/** Whoever works with folders here: a machine knows no better name for them. */
export const LOCAL_PERSON: Actor = { type: 'user_actor', userId: LOCAL_PRINCIPAL }

/** Notes an act of the local person, in the transaction of the act itself. */
export async function noteAct(
  tx: Storage,
  { act, subject, details = {} }: NotedAct,
  { now, newId }: Pick<Deps, 'now' | 'newId'>,
): Promise<void> {
  const at = now().toISOString()
  await audit(tx, { act, subject, by: LOCAL_PERSON, at, details }, newId)
}

export interface NotedAct {
  readonly act: AuditAct
  readonly subject: string
  readonly details?: Readonly<Record<string, string>>
}

/** Notes what a plan was brought to. */
export async function noteSettled(
  tx: Storage,
  { id, planStatus, plan }: Dream,
  deps: Pick<Deps, 'now' | 'newId'>,
): Promise<void> {
  const act = planStatus === 'reverted' ? 'dream.reverted' : 'dream.applied'
  await noteAct(tx, { act, subject: id, details: { digest: plan?.digest ?? '' } }, deps)
}
