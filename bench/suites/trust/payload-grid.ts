import { readdirSync, readFileSync } from 'node:fs'
import { type BenchContext, itemsOf } from '../../harness/suite.ts'
import {
  type Carrier,
  OWN_CARRIERS,
  resultCarrier,
  slotCarrier,
  type TextWithSlot,
} from './carriers.ts'
import type { Payload } from './payload.ts'
import { allPlanted, numberOf, type Planted, plantedOf } from './planted.ts'
import type { PoisonCase } from './poisoned-dreams.ts'

/** The carriers of a data folder: those of ours, and those whose records are there. */
export function carriersIn(context: BenchContext): readonly Carrier[] {
  const records = context.data.items<TextWithSlot>('poisoning', 'carriers') ?? []
  const results = serviceResults(context)
  return [
    ...OWN_CARRIERS,
    ...(records.length === 0 ? [] : [slotCarrier(records)]),
    ...(results.length === 0 ? [] : [resultCarrier(results)]),
  ]
}

/**
 * Every payload in every carrier, in one address and form each; with `isFull` in all of them. Cases
 * that stand together have payloads and carriers of their own. None where there is no such set.
 */
export function payloadGrid(context: BenchContext, isFull: boolean): readonly PoisonCase[] {
  const payloads = itemsOf<Payload>(context, 'poisoning', 'payloads')
  const carriers = carriersIn(context)
  return carriers.flatMap((_, round) => {
    const placed = payloads.map((payload, n) => {
      const at = (n + round) % carriers.length
      const planted = isFull ? allPlanted(payload) : [plantedOf(payload, at)]
      return planted.map((one) => poisonCase(one, carriers[at]))
    })
    const deep = Math.max(0, ...placed.map(({ length }) => length))
    return Array.from({ length: deep }, (_, n) => placed.flatMap((cases) => cases[n] ?? [])).flat()
  })
}

function poisonCase(planted: Planted, carrier: Carrier | undefined): PoisonCase {
  if (carrier === undefined) throw new Error('There is no carrier.')
  const { payload, address, form } = planted
  const way = numberOf(`${payload.id} ${carrier.name} ${address} ${form}`) >>> 3
  return { ...planted, carrier, way }
}

const RESULTS_MAX = 20
const RESULT_CHARS = 300

interface ServiceRun {
  readonly messages: readonly {
    readonly role: string
    readonly name?: string
    readonly content: string | null
  }[]
}

/** Results of tools of real service runs, one of each run. */
function serviceResults({ data }: BenchContext): readonly { name: string; content: string }[] {
  if (!data.has('sessions', 'tau-airline')) return []
  return readdirSync(data.path('sessions', 'tau-airline'))
    .filter((file) => file.endsWith('.json'))
    .sort()
    .slice(0, RESULTS_MAX)
    .flatMap((file) => {
      const run: ServiceRun = JSON.parse(
        readFileSync(data.path('sessions', 'tau-airline', file), 'utf8'),
      )
      const result = run.messages.find(
        ({ role, content }) => role === 'tool' && (content ?? '').length > RESULT_CHARS,
      )
      if (result?.name === undefined) return []
      return [{ name: result.name, content: result.content ?? '' }]
    })
}
