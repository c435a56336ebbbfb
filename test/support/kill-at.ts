/**
 * Loaded into a child process before the command: ends it with SIGKILL just before its n-th write
 * to a disk (`KILL_AT`), or writes to standard error how many there were. Counted are the calls
 * that change names or files below `promises`, and statements of the database.
 */
import { promises } from 'node:fs'
import { DatabaseSync, StatementSync } from 'node:sqlite'

const killAt = Number(process.env.KILL_AT ?? 0)
let writes = 0

function count(): void {
  writes += 1
  if (writes === killAt) process.kill(process.pid, 'SIGKILL')
}

function counted(owner: object, names: readonly string[]): void {
  for (const name of names) {
    const original: unknown = Reflect.get(owner, name)
    if (typeof original !== 'function') throw new Error(`There is no ${name} to count.`)
    Reflect.set(owner, name, function counting(this: unknown, ...args: readonly unknown[]) {
      count()
      return Reflect.apply(original, this, args)
    })
  }
}

counted(promises, ['open', 'rename', 'unlink', 'rm', 'mkdir', 'link', 'writeFile', 'rmdir'])
counted(DatabaseSync.prototype, ['exec'])
counted(StatementSync.prototype, ['run'])

process.on('exit', () => process.stderr.write(`writes: ${writes}\n`))
