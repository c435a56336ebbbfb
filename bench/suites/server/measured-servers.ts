import { type ChildProcess, fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { LIMITS } from '../../../src/config.ts'
import { type FilledHome, filledHome } from './filled-home.ts'
import type { Load, LoadOrder } from './load.ts'
import { type Note, notesOf, OPERATIONS, type Operation, requestsOf } from './notes-in-store.ts'

export const SERVERS = ['reverie', 'bare'] as const

export type ServerName = (typeof SERVERS)[number]

/** How much is measured. */
export interface LoadPlan {
  readonly memories: number
  readonly rounds: number
  /** Requests of one operation in one round, one at a time; more at once: twice as many. */
  readonly requests: number
  readonly atOnce: readonly number[]
  readonly seed: number
}

/** What one server took for one operation, over all rounds. */
export interface Measured {
  readonly operation: Operation
  readonly atOnce: number
  readonly server: ServerName
  readonly latencies: readonly number[]
  readonly wallMs: number
}

interface Place {
  readonly server: ServerName
  readonly address: string
}

/**
 * Both servers over the same memories, in processes of their own, in turns: noise of the machine
 * meets both. A first round warms up and does not count.
 */
export async function measuredServers(plan: LoadPlan): Promise<readonly Measured[]> {
  const folder = mkdtempSync(join(tmpdir(), 'reverie-server-'))
  const children: ChildProcess[] = []
  const started = (file: string, args: readonly string[] = []): ChildProcess => {
    const path = fileURLToPath(new URL(file, import.meta.url))
    const child = fork(path, [...args], {
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      env: { ...process.env, REVERIE_MEMORIES_PER_STORE: `${LIMITS.memoriesPerStoreSettingMax}` },
    })
    children.push(child)
    return child
  }
  try {
    const notes = notesOf(plan.memories, plan.seed)
    const home = await filledHome(folder, notes)
    const places: readonly Place[] = [
      { server: 'reverie', address: await told(started('./reverie-server.ts', [home.home])) },
      { server: 'bare', address: await told(started('./bare-server.ts', [home.bareFile])) },
    ]
    return await measuredRounds(plan, { notes, home, places, load: started('./load.ts') })
  } finally {
    await Promise.all(children.map(ended))
    rmSync(folder, { recursive: true })
  }
}

interface Bench {
  readonly notes: readonly Note[]
  readonly home: FilledHome
  readonly places: readonly Place[]
  readonly load: ChildProcess
}

async function measuredRounds(plan: LoadPlan, bench: Bench): Promise<readonly Measured[]> {
  const cells = OPERATIONS.flatMap((operation) =>
    plan.atOnce.flatMap((atOnce) => SERVERS.map((server) => ({ operation, atOnce, server }))),
  )
  const sums = cells.map((cell) => ({ ...cell, latencies: [] as number[], wallMs: 0 }))
  for (let round = 0; round <= plan.rounds; round += 1) {
    // Whoever comes second finds warmer files: they take turns.
    for (const cell of round % 2 === 0 ? sums : sums.toReversed()) {
      const { latencies, wallMs } = await measure(cell, { plan, bench, round })
      if (round === 0) continue
      cell.latencies.push(...latencies)
      cell.wallMs += wallMs
    }
  }
  return sums
}

async function measure(
  { operation, atOnce, server }: Pick<Measured, 'operation' | 'atOnce' | 'server'>,
  { plan, bench, round }: { readonly plan: LoadPlan; readonly bench: Bench; round: number },
): Promise<Load> {
  const { notes, home, places, load } = bench
  const address = places.find((place) => place.server === server)?.address ?? ''
  const count = plan.requests * (atOnce > 1 ? 2 : 1)
  const mark = `${round}-${atOnce}`
  const requests = requestsOf(operation, count, { notes, seed: plan.seed + round, mark })
  const order: LoadOrder = { address, key: home.key, requests, atOnce }
  const answer = told<Load | { readonly error: string }>(load)
  load.send(order)
  const found = await answer
  if ('error' in found) throw new Error(`${server}: ${found.error}`)
  return found
}

/** The next message of a child; an error where it ends without one. */
function told<T = string>(child: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    const gone = (code: number | null): void => reject(new Error(`A child ended with ${code}.`))
    child.once('exit', gone)
    child.once('message', (message) => {
      child.off('exit', gone)
      resolve(message as T)
    })
  })
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise((resolve) => {
    child.once('exit', () => resolve())
    if (child.connected) child.disconnect()
    // The one that puts load on has nothing to stop.
    setTimeout(() => child.kill('SIGKILL'), STOP_MS).unref()
  })
}

const STOP_MS = 3_000
