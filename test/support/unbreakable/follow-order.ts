import { isReverieError } from '../../../src/core/errors.ts'
import { createReverie } from '../../../src/reverie.ts'
import { Acting } from './acts.ts'
import type { WriteCount } from './count-writes.ts'
import { breakFlushes } from './mutants.ts'
import type { Act, Calls, Note, Order } from './note.ts'

/**
 * Does what is ordered, and tells at once what begins and what was acknowledged. Throws what an act
 * throws, unless the order says to go on.
 */
export async function followOrder(
  order: Order,
  count: WriteCount,
  tell: (note: Note) => void,
): Promise<void> {
  await breakFlushes(order.mutant)
  const calls: Partial<Record<Act, Calls>> = {}
  const reverie = await createReverie({ home: order.home })
  try {
    const acting = new Acting(order, reverie)
    for (const [round, what] of planned(order)) {
      try {
        const move = await acting.moveOf(what)
        tell({ kind: 'begins', act: what, move })
        const { kill } = order
        count.begin(kill?.counted ?? 'writes', kill?.act === what ? kill.call : null)
        const note = await acting.perform(what, round, move)
        calls[what] = count.end()
        tell(note)
      } catch (error) {
        tell({ kind: 'failed', act: what, ...wordsOf(error) })
        if (!order.goesOn) throw error
      }
    }
  } finally {
    await reverie.close()
  }
  tell({ kind: 'ended', calls })
}

function* planned({ rounds, firstRound, acts }: Order): Generator<readonly [number, Act]> {
  for (let n = 0; n < rounds; n += 1) {
    for (const what of acts) yield [firstRound + n, what]
  }
}

function wordsOf(
  error: unknown,
): Pick<Extract<Note, { kind: 'failed' }>, 'type' | 'message' | 'next'> {
  const message = error instanceof Error ? error.message : String(error)
  return isReverieError(error)
    ? { type: error.type, message, next: error.next }
    : { type: 'unknown', message, next: null }
}
