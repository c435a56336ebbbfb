import fs, { promises } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { DatabaseSync, StatementSync } from 'node:sqlite'

/** Which calls count: all that change files, names or rows, or only those on files and names. */
export type Counted = 'writes' | 'files'

/** Counts such calls of this process. */
export interface WriteCount {
  /** From here on; `endAt` is the one that is the end, null = none. */
  begin(counted: Counted, endAt: number | null): void
  /** How many there were since `begin`. */
  end(): Readonly<Record<Counted, number>>
}

const ASYNC = ['open', 'rename', 'unlink', 'rm', 'mkdir', 'link', 'writeFile']
const SYNC = ['renameSync', 'unlinkSync', 'rmSync', 'mkdirSync', 'writeFileSync']

/** `atEnd` is called at the call that was chosen, before it is made. */
export function countWrites(atEnd: () => void): WriteCount {
  const counts = { writes: 0, files: 0 }
  let due: { readonly counted: Counted; readonly at: number } | null = null
  const count = (kinds: readonly Counted[]): void => {
    for (const kind of kinds) {
      counts[kind] += 1
      if (due?.counted === kind && counts[kind] === due.at) atEnd()
    }
  }
  counting(promises, ASYNC, () => count(['writes', 'files']))
  counting(fs, SYNC, () => count(['writes', 'files']))
  syncBuiltinESMExports()
  counting(DatabaseSync.prototype, ['exec'], () => count(['writes']))
  counting(StatementSync.prototype, ['run'], () => count(['writes']))
  return {
    begin: (counted, at) => {
      Object.assign(counts, { writes: 0, files: 0 })
      due = at === null ? null : { counted, at }
    },
    end: () => {
      due = null
      return { ...counts }
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
