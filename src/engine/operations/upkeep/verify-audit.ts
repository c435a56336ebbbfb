import { claimOf } from '../../../core/audit/audit-chain.ts'
import type { Storage } from '../../../storage/storage.ts'
import { verifyAudit } from '../../workspace/audit.ts'
import type { FoundDamages } from './found-damages.ts'

/** Whether the last line of the audit is what its own link says. */
export async function verifyAuditHead(storage: Storage, found: FoundDamages): Promise<void> {
  const head = await storage.logs.head('audit')
  if (head === null) return
  found.count('audit head', 1)
  const { isSound, isUnlinked } = claimOf(head.line)
  if (isSound || isUnlinked) return
  found.add({ where: `audit line ${head.sequence}`, what: 'It is not the line that was written.' })
}

/** Whether every line of the audit is as it was appended. */
export async function verifyWholeAudit(storage: Storage, found: FoundDamages): Promise<void> {
  const { lines, broken } = await verifyAudit(storage, null)
  found.count('audit lines', lines)
  if (broken === null) return
  const { index, fault } = broken
  found.add({ where: `audit line ${index + 1}`, what: `The chain breaks: ${fault}.` })
}
