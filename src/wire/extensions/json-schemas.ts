import { z } from 'zod'
import {
  auditHeadReportSchema,
  auditListReportSchema,
  auditVerdictReportSchema,
} from './audit-line.ts'
import { dreamTogetherReportSchema } from './collective/dream-together-report.ts'
import { storeListReportSchema, storeReportSchema } from './collective/store-report.ts'
import {
  applyReportSchema,
  discardReportSchema,
  rejectReportSchema,
  reviewReportSchema,
} from './decision-report.ts'
import { dreamReportSchema, showReportSchema } from './dream-report.ts'
import { dueReportSchema, hookReportSchema } from './due-report.ts'
import { envelopeSchema, schemaId } from './envelope.ts'
import { erasureReportSchema } from './erasure.ts'
import { heldReviewReportSchema } from './held-change.ts'
import {
  configReportSchema,
  doctorReportSchema,
  errorReportSchema,
  versionReportSchema,
} from './installation-report.ts'
import {
  memoryAsOfReportSchema,
  memoryGetReportSchema,
  memoryListReportSchema,
  memorySearchReportSchema,
  pinReportSchema,
} from './memory-report.ts'
import { connectReportSchema, dreamProjectsReportSchema } from './projects/project-report.ts'
import { recordingReportSchema } from './recording-report.ts'
import {
  keyListReportSchema,
  keyReportSchema,
  newKeyReportSchema,
  serveReportSchema,
} from './server-report.ts'
import {
  importReportSchema,
  sessionListReportSchema,
  sessionRemoveReportSchema,
  sessionShowReportSchema,
} from './session-report.ts'
import { logReportSchema, statusReportSchema } from './status-report.ts'
import {
  canceledDreamReportSchema,
  dreamListReportSchema,
  listedDreamReportSchema,
} from './stores/dreams-report.ts'
import { putMemoryReportSchema, removedMemoryReportSchema } from './stores/memory-acts-report.ts'
import { storeExportReportSchema, storeImportReportSchema } from './stores/store-transfer-report.ts'
import {
  backupReportSchema,
  purgeReportSchema,
  restoreReportSchema,
  verifyReportSchema,
} from './upkeep/upkeep-report.ts'

/** Name of a shape that `--json` can print; the part after `reverie/v1/`. */
export type ReportName =
  | 'dream'
  | 'dream-together'
  | 'dream-if-due'
  | 'hook-session-end'
  | 'dream-projects'
  | 'connect'
  | 'show'
  | 'review'
  | 'apply'
  | 'discard'
  | 'revert'
  | 'reject'
  | 'log'
  | 'status'
  | 'memory-ls'
  | 'memory-get'
  | 'memory-search'
  | 'memory-as-of'
  | 'memory-pin'
  | 'memory-unpin'
  | 'memory-put'
  | 'memory-rm'
  | 'store-create'
  | 'store-ls'
  | 'store-export'
  | 'store-import'
  | 'store-archive'
  | 'dreams-ls'
  | 'dreams-cancel'
  | 'dreams-archive'
  | 'session-add'
  | 'session-ls'
  | 'session-show'
  | 'session-rm'
  | 'recording-export'
  | 'recording-import'
  | 'erase'
  | 'serve'
  | 'key-create'
  | 'key-ls'
  | 'key-rotate'
  | 'key-revoke'
  | 'review-held'
  | 'audit'
  | 'audit-verify'
  | 'audit-head'
  | 'verify'
  | 'backup'
  | 'restore'
  | 'purge'
  | 'doctor'
  | 'config'
  | 'version'
  | 'error'

const DATA: Readonly<Record<ReportName, z.ZodType>> = {
  dream: dreamReportSchema,
  'dream-together': dreamTogetherReportSchema,
  'dream-if-due': dueReportSchema,
  'hook-session-end': hookReportSchema,
  'dream-projects': dreamProjectsReportSchema,
  connect: connectReportSchema,
  show: showReportSchema,
  review: reviewReportSchema,
  apply: applyReportSchema,
  discard: discardReportSchema,
  revert: applyReportSchema,
  reject: rejectReportSchema,
  log: logReportSchema,
  status: statusReportSchema,
  'memory-ls': memoryListReportSchema,
  'memory-get': memoryGetReportSchema,
  'memory-search': memorySearchReportSchema,
  'memory-as-of': memoryAsOfReportSchema,
  'memory-pin': pinReportSchema,
  'memory-unpin': pinReportSchema,
  'memory-put': putMemoryReportSchema,
  'memory-rm': removedMemoryReportSchema,
  'store-create': storeReportSchema,
  'store-ls': storeListReportSchema,
  'store-export': storeExportReportSchema,
  'store-import': storeImportReportSchema,
  'store-archive': storeReportSchema,
  'dreams-ls': dreamListReportSchema,
  'dreams-cancel': canceledDreamReportSchema,
  'dreams-archive': listedDreamReportSchema,
  'session-add': importReportSchema,
  'session-ls': sessionListReportSchema,
  'session-show': sessionShowReportSchema,
  'session-rm': sessionRemoveReportSchema,
  'recording-export': recordingReportSchema,
  'recording-import': recordingReportSchema,
  erase: erasureReportSchema,
  serve: serveReportSchema,
  'key-create': newKeyReportSchema,
  'key-ls': keyListReportSchema,
  'key-rotate': newKeyReportSchema,
  'key-revoke': keyReportSchema,
  'review-held': heldReviewReportSchema,
  audit: auditListReportSchema,
  'audit-verify': auditVerdictReportSchema,
  'audit-head': auditHeadReportSchema,
  verify: verifyReportSchema,
  backup: backupReportSchema,
  restore: restoreReportSchema,
  purge: purgeReportSchema,
  doctor: doctorReportSchema,
  config: configReportSchema,
  version: versionReportSchema,
  error: errorReportSchema,
}

export const REPORT_NAMES: readonly ReportName[] = Object.keys(DATA) as ReportName[]

/** The schema of everything that `--json` prints under this name, envelope included. */
export function reportSchema(name: ReportName): z.ZodType {
  return envelopeSchema<unknown>(name, DATA[name])
}

/** The same as JSON Schema (2020-12), as it ships in `schemas/<name>.schema.json`. */
export function jsonSchemaText(name: ReportName): string {
  const schema = z.toJSONSchema(reportSchema(name))
  return `${JSON.stringify({ title: schemaId(name), ...schema }, null, 2)}\n`
}
