/**
 * A process that waits for an order on standard input, then imports, dreams, applies and reverts in
 * rounds. It tells on descriptor 3 what it begins, and what was acknowledged to it.
 */
import { writeSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { isReverieError } from '../../../src/core/errors.ts'
import { createReverie } from '../../../src/reverie.ts'
import { Acting } from './acts.ts'
import { countWrites, type WriteCount } from './count-writes.ts'
import { breakFlushes } from './mutants.ts'
import type { Act, Note, Order } from './note.ts'

const NOTES = 3

function tell(note: Note): void {
  writeSync(NOTES, `${JSON.stringify(note)}\n`)
}

async function act(what: Act, round: number, acting: Acting, count: WriteCount): Promise<number> {
  const move = await acting.moveOf(what)
  tell({ kind: 'begins', act: what, move })
  count.begin(order.kill?.act === what ? order.kill.write : null)
  const note = await acting.perform(what, round, move)
  const writes = count.end()
  tell(note)
  return writes
}

async function follow(count: WriteCount): Promise<void> {
  const writes: Partial<Record<Act, number>> = {}
  // Recovery and opening belong to what is killed.
  count.begin(order.kill?.act === 'recover' ? order.kill.write : null)
  await using reverie = disposable(await createReverie({ home: order.home }))
  const acting = new Acting(order, reverie.inner)
  for (let n = 0; n < order.rounds; n += 1) {
    for (const what of order.acts) {
      try {
        writes[what] = await act(what, order.firstRound + n, acting, count)
      } catch (error) {
        tell({ kind: 'failed', act: what, ...wordsOf(error) })
        if (!order.goesOn) throw error
      }
    }
  }
  tell({ kind: 'ended', writes })
}

function disposable<T extends { close(): Promise<void> }>(inner: T) {
  return { inner, [Symbol.asyncDispose]: () => inner.close() }
}

function wordsOf(error: unknown): { readonly type: string; readonly message: string } {
  const type = isReverieError(error) ? error.type : 'unknown'
  return { type, message: error instanceof Error ? error.message : String(error) }
}

const count = countWrites()
tell({ kind: 'ready' })
const order: Order = JSON.parse(await text(process.stdin))
await breakFlushes(order.mutant)
await follow(count)
