import { promises } from 'node:fs'
import { DatabaseSync, StatementSync } from 'node:sqlite'

/** Counts the calls of this process that change names or files, or are statements of a database. */
export interface WriteCount {
  /** From here on; `killAt` is the write that is the end, null = never. */
  begin(killAt: number | null): void
  /** The writes since `begin`. */
  end(): number
}

/** `end` is called at the write that was chosen, before it is made. */
export function countWrites(end: () => void): WriteCount {
  let writes = 0
  let killAt: number | null = null
  const count = (): void => {
    writes += 1
    if (writes === killAt) end()
  }
  counting(promises, ['open', 'rename', 'unlink', 'rm', 'mkdir', 'link', 'writeFile'], count)
  counting(DatabaseSync.prototype, ['exec'], count)
  counting(StatementSync.prototype, ['run'], count)
  return {
    begin: (at) => {
      writes = 0
      killAt = at
    },
    end: () => {
      killAt = null
      return writes
    },
  }
}

function counting(owner: object, names: readonly string[], count: () => void): void {
  for (const name of names) {
    const original: unknown = Reflect.get(owner, name)
    if (typeof original !== 'function') throw new Error(`There is no ${name} to count.`)
    Reflect.set(owner, name, function counted(this: unknown, ...args: readonly unknown[]) {
      count()
      return Reflect.apply(original, this, args)
    })
  }
}
