import { promises } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'

/** Ways of writing that are known to lose what was acknowledged: a test that finds nothing then is blind. */
export type Mutant = 'none' | 'no-flush-of-rows' | 'no-flush-of-files'

/** Breaks this process for good. */
export async function breakFlushes(mutant: Mutant): Promise<void> {
  if (mutant === 'no-flush-of-rows') {
    const original = DatabaseSync.prototype.exec
    DatabaseSync.prototype.exec = function exec(this: DatabaseSync, sql: string): void {
      Reflect.apply(original, this, [sql.replace('synchronous = FULL', 'synchronous = OFF')])
    }
  }
  if (mutant === 'no-flush-of-files') {
    await using handle = await promises.open('/', 'r')
    Reflect.set(Object.getPrototypeOf(handle), 'sync', async () => undefined)
  }
}
