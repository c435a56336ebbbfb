import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Actor } from './actor-process.ts'

/** Resolves when no thread of a process that was sent SIGSTOP runs any more. */
export async function standsStill(actor: Actor): Promise<void> {
  const threads = `/proc/${actor.pid}/task`
  const isStill = (): boolean =>
    readdirSync(threads).every((id) => /^ [TtZX] /.test(stateIn(join(threads, id, 'stat'))))
  while (!isStill()) await new Promise((resolve) => setTimeout(resolve, 1))
}

/** From the state on: the name of the program before it may be anything. */
function stateIn(path: string): string {
  const stat = readFileSync(path, 'utf8')
  return stat.slice(stat.lastIndexOf(')') + 1)
}
