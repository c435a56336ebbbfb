import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import type { Actor } from './actor-process.ts'

/** False where the machine has no strace, or does not let it look. */
export function canTrace(): boolean {
  return spawnSync('strace', ['-f', '-o', '/dev/null', 'true']).status === 0
}

/**
 * SQLite works on the main thread, files of a folder are written on the one of the pool. strace counts
 * the calls of each for itself.
 */
export type Thread = 'main' | 'pool'

export interface Tracer {
  ended(): Promise<void>
}

/**
 * Looks at the system calls of a process that waits for its order, writes them to a file, and injects
 * into them what the rule of strace says, as `signal=SIGKILL:when=3`.
 */
export async function traced(
  actor: Actor,
  calls: string,
  rule: string,
  path: string,
  who: 'all' | Thread = 'all',
): Promise<Tracer> {
  const whom = who === 'all' ? ['-f', '-p', String(actor.pid)] : ['-p', threadOf(actor.pid, who)]
  const shown = [...whom, '-y', '-o', path, '-e', `trace=${calls}`]
  const args = [...shown, '-e', `inject=${calls}:${rule}`]
  const child: ChildProcess = spawn('strace', args, { stdio: ['ignore', 'ignore', 'pipe'] })
  const closed = once(child, 'close')
  const { promise, resolve } = Promise.withResolvers<void>()
  child.stderr?.on('data', (text: Buffer) => {
    if (text.includes('attached')) resolve()
  })
  await Promise.race([promise, closed])
  return {
    ended: async () => {
      await closed
    },
  }
}

function threadOf(pid: number, thread: Thread): string {
  if (thread === 'main') return String(pid)
  const tasks = `/proc/${pid}/task`
  const isPool = (id: string): boolean =>
    readFileSync(`${tasks}/${id}/comm`, 'utf8').startsWith('libuv-worker')
  const [first] = readdirSync(tasks).filter(isPool)
  if (first === undefined) throw new Error(`Process ${pid} has no thread that writes files.`)
  return first
}

/** The lines of a trace that begin a call. */
export function tracedCalls(path: string): readonly string[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => /^(\d+ +)?\w+\(/.test(line))
}
