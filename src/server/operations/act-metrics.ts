import { Counter, Histogram, type Registry } from 'prom-client'
import type { Dream } from '../../core/dream.ts'
import type { ChangeId, DreamId } from '../../core/ids.ts'
import type { AuditAct } from '../../engine/workspace/audit.ts'
import type { LogLine, Storage } from '../../storage/storage.ts'

/** What the names of all figures begin with. */
export const METRIC_PREFIX = 'reverie_'

/** Counts one line of the audit. */
export type Note = (line: LogLine, storage: Storage) => Promise<void>

const PREFIX = METRIC_PREFIX
const DREAM_BUCKETS = [1, 5, 15, 60, 300, 900, 3_600]

const ENDINGS: Partial<Record<AuditAct, string>> = {
  'dream.completed': 'completed',
  'dream.failed': 'failed',
  'dream.canceled': 'canceled',
}
const DECISIONS: Partial<Record<AuditAct, string>> = {
  'change.accepted': 'accepted',
  'change.rejected': 'rejected',
  'change.edited': 'edited',
  'change.reverted': 'reverted',
  'change.released': 'released',
}

/** Figures of what dreams and people did. */
export function actMetrics(figures: Registry): Note {
  const registers = [figures]
  const dreams = new Counter({
    name: `${PREFIX}dreams_total`,
    help: 'Dreams that ended.',
    labelNames: ['status', 'trigger'],
    registers,
  })
  const duration = new Histogram({
    name: `${PREFIX}dream_duration_seconds`,
    help: 'From the request for a dream to its end.',
    buckets: DREAM_BUCKETS,
    registers,
  })
  const reverts = new Counter({
    name: `${PREFIX}reverts_total`,
    help: 'Dreams that were taken back.',
    registers,
  })
  const changes = changeMetrics(figures)
  const models = modelMetrics(figures)
  return async ({ type, body }, storage) => {
    const act = type as AuditAct
    const { subject } = JSON.parse(body ?? '{}') as { readonly subject: string }
    const decision = DECISIONS[act]
    if (decision !== undefined) await changes.decided(subject as ChangeId, decision, storage)
    if (act === 'dream.reverted') reverts.inc()
    const status = ENDINGS[act]
    const dream = status === undefined ? null : await storage.dreams.get(subject as DreamId)
    if (status === undefined || dream === null) return
    const { trigger = 'command_line' } = dream.hosted ?? {}
    dreams.inc({ status, trigger: kindOf(trigger) })
    models(dream)
    if (status === 'completed') await changes.proposed(dream, storage)
    if (dream.endedAt === null) return
    duration.observe((Date.parse(dream.endedAt) - Date.parse(dream.createdAt)) / 1_000)
  }
}

interface ChangeMetrics {
  /** A person's decision on a change, or on a whole set of them. */
  decided(id: ChangeId, decision: string, storage: Storage): Promise<void>
  /** What became of the changes of a dream at its end. */
  proposed(dream: Dream, storage: Storage): Promise<void>
}

function changeMetrics(figures: Registry): ChangeMetrics {
  const registers = [figures]
  const changes = new Counter({
    name: `${PREFIX}changes_total`,
    help: 'Changes at the end of their dream, and decisions of people on them.',
    labelNames: ['op', 'decision'],
    registers,
  })
  const blocks = new Counter({
    name: `${PREFIX}rail_blocks_total`,
    help: 'Changes that a rail held back.',
    labelNames: ['rail'],
    registers,
  })
  return {
    async decided(id, decision, storage) {
      const found = await storage.dreams.changes.find(id)
      changes.inc({ op: found?.change.kind ?? 'change_set', decision })
    },
    async proposed({ id }, storage) {
      for (const { kind, status, heldReason } of await storage.dreams.changes.list(id)) {
        changes.inc({ op: kind, decision: status })
        if (heldReason !== null) blocks.inc({ rail: heldReason })
      }
    },
  }
}

/** What models were asked for a dream that ended. Names of models come from the settings. */
function modelMetrics(figures: Registry): (dream: Dream) => void {
  const registers = [figures]
  const tokens = new Counter({
    name: `${PREFIX}llm_tokens_total`,
    help: 'Tokens that models used for dreams.',
    labelNames: ['type'],
    registers,
  })
  const requests = new Counter({
    name: `${PREFIX}llm_requests_total`,
    help: 'Questions to models; kept answers are replayed.',
    labelNames: ['provider', 'model', 'outcome'],
    registers,
  })
  const cost = new Counter({
    name: `${PREFIX}llm_cost_usd_total`,
    help: 'What models cost, where their prices are known.',
    registers,
  })
  return ({ hosted, plan }) => {
    tokens.inc({ type: 'input' }, hosted?.usage.inputTokens ?? 0)
    tokens.inc({ type: 'output' }, hosted?.usage.outputTokens ?? 0)
    cost.inc(plan?.report.usage.usd ?? 0)
    for (const { model, calls, replayed } of plan?.report.usage.stages ?? []) {
      const [provider = model] = model.split('/')
      requests.inc({ provider, model, outcome: 'answered' }, calls)
      requests.inc({ provider, model, outcome: 'replayed' }, replayed)
    }
  }
}

/** What asked for a dream, never which one: metrics name nothing. */
function kindOf(trigger: string): string {
  if (trigger.startsWith('sched_')) return 'schedule'
  return trigger.startsWith('cdrm_') ? 'collective_dream' : trigger
}
