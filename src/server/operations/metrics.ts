import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { LIMITS } from '../../config.ts'
import type { DreamId } from '../../core/ids.ts'
import type { AuditAct } from '../../engine/workspace/audit.ts'
import type { LogLine, Position, Storage } from '../../storage/storage.ts'
import type { ServerPorts } from '../context.ts'

/** Figures of the running server, in the text format of Prometheus. */
export interface Metrics {
  /** One answered request; `route` is a pattern, never a path. */
  answered(method: string, route: string, status: number, ms: number): void
  text(): Promise<string>
  readonly contentType: string
}

const PREFIX = 'reverie_'
const REQUEST_BUCKETS = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 30]
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
}

/** Counts since now. What dreams and people did is read from the audit when somebody asks. */
export function createMetrics(ports: ServerPorts): Metrics {
  const figures = new Registry()
  collectDefaultMetrics({ register: figures, prefix: PREFIX })
  const requests = new Histogram({
    name: `${PREFIX}http_request_duration_seconds`,
    help: 'Answered requests by route.',
    labelNames: ['method', 'route', 'status'],
    buckets: REQUEST_BUCKETS,
    registers: [figures],
  })
  const collect = auditReader(actMetrics(figures), ports)
  queueMetrics(figures, ports)
  let collecting = Promise.resolve()
  return {
    answered(method, route, status, ms) {
      requests.observe({ method, route, status }, ms / 1_000)
    },
    async text() {
      // One after the other: each reads on where the last one ended.
      collecting = collecting.then(collect, collect)
      await collecting
      return figures.metrics()
    },
    contentType: figures.contentType,
  }
}

type Note = (line: LogLine, storage: Storage) => Promise<void>

function actMetrics(figures: Registry): Note {
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
  const tokens = new Counter({
    name: `${PREFIX}llm_tokens_total`,
    help: 'Tokens that models used for dreams.',
    labelNames: ['type'],
    registers,
  })
  const changes = new Counter({
    name: `${PREFIX}changes_total`,
    help: 'Decisions of people on changes.',
    labelNames: ['decision'],
    registers,
  })
  const reverts = new Counter({
    name: `${PREFIX}reverts_total`,
    help: 'Dreams that were taken back.',
    registers,
  })
  return async ({ type, body }, storage) => {
    const act = type as AuditAct
    const decision = DECISIONS[act]
    if (decision !== undefined) changes.inc({ decision })
    if (act === 'dream.reverted') reverts.inc()
    const status = ENDINGS[act]
    if (status === undefined) return
    const { subject } = JSON.parse(body ?? '{}') as { readonly subject: DreamId }
    const dream = await storage.dreams.get(subject)
    const { trigger = 'command_line', usage } = dream?.hosted ?? {}
    dreams.inc({ status, trigger: trigger.startsWith('sched_') ? 'schedule' : trigger })
    tokens.inc({ type: 'input' }, usage?.inputTokens ?? 0)
    tokens.inc({ type: 'output' }, usage?.outputTokens ?? 0)
    if (dream === null || dream.endedAt === null) return
    duration.observe((Date.parse(dream.endedAt) - Date.parse(dream.createdAt)) / 1_000)
  }
}

/** Reads the audit of every workspace from now on. */
function auditReader(note: Note, { storage, now }: ServerPorts): () => Promise<void> {
  const from = now().toISOString()
  const read = new Map<string, Position>()
  return async () => {
    for (const id of await storage.workspaces()) {
      const place = storage.inWorkspace(id)
      for (let isMore = true; isMore; ) {
        const after = read.get(id)
        const page = await place.logs.page('audit', {
          created: { gte: from },
          limit: LIMITS.auditLinesAtOnce,
          order: 'asc',
          ...(after === undefined ? {} : { after }),
        })
        for (const line of page.items) await note(line, place)
        if (page.last !== null) read.set(id, page.last)
        isMore = page.next !== null
      }
    }
  }
}

function queueMetrics(figures: Registry, { storage, now }: ServerPorts): void {
  const registers = [figures]
  const oldest = new Gauge({
    name: `${PREFIX}queue_oldest_seconds`,
    help: 'How long the oldest waiting dream has waited.',
    registers,
  })
  new Gauge({
    name: `${PREFIX}queue_depth`,
    help: 'Dreams that wait for a runner.',
    registers,
    async collect() {
      const at = now().toISOString()
      const ages = [0]
      let depth = 0
      for (const id of await storage.workspaces()) {
        const { dreams } = storage.inWorkspace(id)
        const waiting = await dreams.runs.waiting(at, LIMITS.auditLinesAtOnce)
        depth += waiting.length
        const first = waiting[0] === undefined ? null : await dreams.get(waiting[0])
        if (first !== null) ages.push((Date.parse(at) - Date.parse(first.createdAt)) / 1_000)
      }
      this.set(depth)
      oldest.set(Math.max(...ages))
    },
  })
}
