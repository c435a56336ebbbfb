/** A child process that puts load on a server, one order a message. */
import { Pool } from 'undici'
import type { LoadRequest } from './notes-in-store.ts'

export interface LoadOrder {
  readonly address: string
  readonly key: string
  readonly requests: readonly LoadRequest[]
  /** Requests under way at a time, each on a connection of its own. */
  readonly atOnce: number
}

export interface Load {
  /** Of each request, in ms, to the end of its answer. */
  readonly latencies: readonly number[]
  readonly wallMs: number
}

if (import.meta.main) {
  process.on('message', (order: LoadOrder) => void work(order))
}

async function work(order: LoadOrder): Promise<void> {
  try {
    process.send?.(await loaded(order))
  } catch (error) {
    process.send?.({ error: error instanceof Error ? error.message : String(error) })
  }
}

async function loaded({ address, key, requests, atOnce }: LoadOrder): Promise<Load> {
  // Fresh ones: a server may close what was idle while the other one was asked.
  const pool = new Pool(address, { connections: atOnce })
  const headers = { 'x-api-key': key, 'content-type': 'application/json' }
  const open = async (): Promise<void> => {
    const { body } = await pool.request({ method: 'GET', path: '/', headers })
    await body.dump()
  }
  await Promise.all(Array.from({ length: atOnce }, open))
  const latencies: number[] = []
  let next = 0
  const start = performance.now()
  const worker = async (): Promise<void> => {
    for (let own = requests[next++]; own !== undefined; own = requests[next++]) {
      const from = performance.now()
      const { statusCode, body } = await pool.request({ ...own, headers })
      const text = await body.text()
      latencies.push(performance.now() - from)
      if (statusCode !== 200) {
        throw new Error(`${own.method} ${own.path}: ${statusCode} ${text.slice(0, 300)}`)
      }
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  const wallMs = performance.now() - start
  await pool.close()
  return { latencies, wallMs }
}
