import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Route, routesOf } from './documented-routes.ts'
import { type FuzzWorld, openFuzzWorld } from './fuzz-world.ts'
import { type Documented, documentedAs, faultsOf } from './judge.ts'
import { requestsOf } from './requests.ts'
import { type Exchange, send } from './send.ts'

/** All of them are 20,000: `REVERIE_FUZZ_REQUESTS=20000`. */
const REQUESTS = Number(process.env.REVERIE_FUZZ_REQUESTS ?? 4_000)
const SEED = Number(process.env.REVERIE_FUZZ_SEED ?? 20_261_122)
const AT_ONCE = 500
const FAULTS_TOLD = 20

/** How often a route answered so, by what the document says of the request. */
type Tally = Map<string, number>

describe('requests made from the document', () => {
  let world: FuzzWorld
  let routes: readonly Route[]
  const faults: string[] = []
  const all: Tally = new Map()
  const byRoute = new Map<string, Tally>()

  beforeAll(async () => {
    world = await openFuzzWorld()
    routes = routesOf(world.document)
    const requests = requestsOf(routes, world.document.components.schemas)
    for (let from = 0; from < REQUESTS; from += AT_ONCE) {
      const numRuns = Math.min(AT_ONCE, REQUESTS - from)
      for (const planned of fc.sample(requests, { seed: SEED + from, numRuns })) {
        const exchange = await send(planned, world)
        note(exchange)
        for (const fault of faultsOf(exchange, world.document)) faults.push(told(exchange, fault))
      }
    }
    if (process.env.REVERIE_FUZZ_REQUESTS !== undefined) process.stdout.write(table())
  }, 600_000)
  afterAll(() => world.close())

  function note(exchange: Exchange): void {
    const cell = cellOf(documentedAs(exchange, world.document), exchange.status)
    const { name } = exchange.planned.route
    const tally = byRoute.get(name) ?? new Map<string, number>()
    byRoute.set(name, tally)
    for (const counted of [all, tally]) counted.set(cell, (counted.get(cell) ?? 0) + 1)
  }

  function table(): string {
    const rows = [...byRoute].map(([name, tally]) => `${name}  ${shown(tally)}`)
    return [`seed ${SEED}: ${shown(all)}`, ...rows.toSorted()].join('\n')
  }

  it('never meet a fault of the server, an undocumented answer or another shape', () => {
    expect(faults.slice(0, FAULTS_TOLD)).toEqual([])
  })

  it('come to every route, and are answered with more than refusals', () => {
    const reached = new Set(byRoute.keys())
    expect(routes.filter(({ name }) => !reached.has(name))).toEqual([])
    const answered = [...byRoute].filter(([, tally]) => tally.has(cellOf('allowed', 200)))
    expect(answered.length).toBeGreaterThan(routes.length * ANSWERED_SHARE)
  })

  it('are of each kind: allowed, refused, and of paths and methods that are not there', () => {
    for (const cell of [cellOf('allowed', 200), cellOf('refused', 400), cellOf('elsewhere', 404)]) {
      expect(all.get(cell) ?? 0, cell).toBeGreaterThan(REQUESTS * KIND_SHARE)
    }
  })
})

/** Some routes want a thing in a state that chance seldom makes. */
const ANSWERED_SHARE = 0.8
const KIND_SHARE = 0.05

function cellOf(documented: Documented, status: number): string {
  return `${documented} ${status}`
}

function shown(tally: Tally): string {
  return [...tally]
    .map(([cell, count]) => `${cell}: ${count}`)
    .toSorted()
    .join(', ')
}

const BODY_CHARS = 300

function told({ planned, url, body, text }: Exchange, fault: string): string {
  const given = typeof body === 'string' ? body : JSON.stringify(body)
  const answer = text?.slice(0, BODY_CHARS)
  return `${fault}: ${planned.method} ${url.pathname}${url.search} ${JSON.stringify(planned.headers)} ${given?.slice(0, BODY_CHARS)} -> ${answer}`
}
