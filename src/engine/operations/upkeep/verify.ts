import { isReverieError } from '../../../core/errors.ts'
import { DEFAULT_WORKSPACE } from '../../../core/ids.ts'
import type { StateDatabase, StateFiles, Tell } from '../../../storage/port/state-upkeep.ts'
import type { Storage } from '../../../storage/storage.ts'
import type { Verification } from '../../folder-api/upkeep-api.ts'
import type { Cassettes } from '../deps.ts'
import { FoundDamages } from './found-damages.ts'
import { verifyAnswers } from './verify-answers.ts'
import { verifyAuditHead, verifyWholeAudit } from './verify-audit.ts'
import { verifyEvidence } from './verify-evidence.ts'
import { verifyPlans } from './verify-plans.ts'
import { verifyVersions } from './verify-versions.ts'

export interface VerifyPorts {
  /** Null = the storage lives in no files. */
  readonly files: StateFiles | null
  readonly database: StateDatabase | null
  readonly cassettes: Pick<Cassettes, 'read'> | null
  /** Opened only where the database can be asked something. */
  readonly storage: () => Promise<Storage>
}

export interface VerifyOrder {
  readonly readData: boolean
  readonly tell: Tell
}

/**
 * Checks a state folder and changes nothing in it: its files, its database, and what the rows say of
 * each other. Whatever is wrong is found and told, nothing is thrown for it.
 */
export async function verifyState(order: VerifyOrder, ports: VerifyPorts): Promise<Verification> {
  const found = new FoundDamages()
  if (ports.files !== null) found.take(await ports.files.check())
  const database = await ports.database?.check(order)
  if (database !== undefined) found.take(database)
  if (database?.isOpenable === false) return found.told()
  const storage = await opened(ports, found)
  if (storage === null) return found.told()
  for (const id of new Set([DEFAULT_WORKSPACE, ...(await workspacesOf(storage, found))])) {
    await verifyRows(storage.inWorkspace(id), order, ports, found)
  }
  return found.told()
}

async function opened(ports: VerifyPorts, found: FoundDamages): Promise<Storage | null> {
  try {
    return await ports.storage()
  } catch (error) {
    if (!isReverieError(error)) throw error
    found.add({ where: 'database', what: [error.message, error.next ?? ''].join(' ').trim() })
    return null
  }
}

async function workspacesOf(
  storage: Storage,
  found: FoundDamages,
): Promise<Awaited<ReturnType<Storage['workspaces']>>> {
  try {
    return await storage.workspaces()
  } catch (error) {
    found.unreadable('workspaces', error)
    return []
  }
}

async function verifyRows(
  storage: Storage,
  { readData, tell }: VerifyOrder,
  { cassettes }: VerifyPorts,
  found: FoundDamages,
): Promise<void> {
  if (!readData) return found.during('audit', () => verifyAuditHead(storage, found))
  const parts: readonly (readonly [string, () => Promise<void>])[] = [
    ['audit', () => verifyWholeAudit(storage, found)],
    ['memory_versions', () => verifyVersions(storage, found)],
    ['evidence', () => verifyEvidence(storage, found)],
    ['plans', () => verifyPlans(storage, found)],
    ['kept answers', () => verifyAnswers(storage, cassettes, found)],
  ]
  for (const [n, [name, check]] of parts.entries()) {
    tell(name, n, parts.length)
    await found.during(name, check)
  }
  tell('rows', parts.length, parts.length)
}
