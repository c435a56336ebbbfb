import { readAnchor } from '../../core/audit/audit-check.ts'
import { ReverieError } from '../../core/errors.ts'
import type { WorkspaceId } from '../../core/ids.ts'
import type { Storage } from '../../storage/storage.ts'
import type { AuditOperations } from '../api.ts'
import {
  AUDIT_ACTS,
  type AuditLine,
  auditHead,
  auditPage,
  verifyAudit,
} from '../workspace/audit.ts'
import type { Deps } from './deps.ts'

/** The audit of a workspace of this installation. */
export function auditOf({ storage }: Deps): AuditOperations {
  const of = (workspace: WorkspaceId | undefined): Storage =>
    workspace === undefined ? storage : storage.inWorkspace(workspace)
  return {
    async list({ limit, acts, since, subject, workspace }) {
      for (const act of acts ?? []) assertAct(act)
      const lines: AuditLine[] = []
      for (let after: string | null | undefined; after !== null && lines.length < limit; ) {
        const page = await auditPage(of(workspace), {
          limit: limit - lines.length,
          ...(after === undefined ? {} : { after }),
          ...(acts === undefined ? {} : { acts }),
          ...(since === undefined ? {} : { created: { gte: since } }),
          ...(subject === undefined ? {} : { subject }),
        })
        lines.push(...page.items)
        after = page.next
      }
      return lines
    },

    head: (workspace) => auditHead(of(workspace)),

    verify: async (anchor, workspace) =>
      verifyAudit(of(workspace), anchor === null ? null : readAnchor(anchor)),
  }
}

function assertAct(act: string): void {
  if (AUDIT_ACTS.some((one) => one === act)) return
  throw new ReverieError('invalid_request_error', `"${act}" is no act.`, {
    next: `Give some of ${AUDIT_ACTS.join(', ')}.`,
  })
}
