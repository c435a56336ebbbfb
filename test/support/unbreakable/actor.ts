/**
 * A process that waits for an order on standard input, follows it, and tells on descriptor 3 what it
 * begins and what was acknowledged to it.
 */
import { promises, writeSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { countWrites } from './count-writes.ts'
import { followOrder } from './follow-order.ts'
import type { Note, Order } from './note.ts'

const NOTES = 3

function tell(note: Note): void {
  writeSync(NOTES, `${JSON.stringify(note)}\n`)
}

const count = countWrites(() => process.kill(process.pid, order.kill?.signal ?? 'SIGKILL'))
// The thread that writes files begins with the first call: whoever looks at it finds it then.
await promises.stat('.')
tell({ kind: 'ready' })
const order: Order = JSON.parse(await text(process.stdin))
await followOrder(order, count, tell)
