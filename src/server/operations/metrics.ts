import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { LIMITS } from '../../config.ts'
import type { Position } from '../../storage/storage.ts'
import type { ServerPorts } from '../context.ts'
import { actMetrics, type Note, METRIC_PREFIX as PREFIX } from './act-metrics.ts'

/** Figures of the running server, in the text format of Prometheus. */
export interface Metrics {
  /** One answered request; `route` is a pattern, never a path. */
  answered(method: string, route: string, status: number, ms: number): void
  text(): Promise<string>
  readonly contentType: string
}

const REQUEST_BUCKETS = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 30]

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
  sizeMetrics(figures, ports)
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

function sizeMetrics(figures: Registry, { storage }: ServerPorts): void {
  new Gauge({
    name: `${PREFIX}memories`,
    help: 'Memories of all stores.',
    registers: [figures],
    async collect() {
      let memories = 0
      for (const id of await storage.workspaces()) {
        const place = storage.inWorkspace(id)
        for (const store of await place.stores.list())
          memories += await place.memories.count(store.id, '/', Number.MAX_SAFE_INTEGER)
      }
      this.set(memories)
    },
  })
}
