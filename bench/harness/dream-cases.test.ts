import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BenchWorld, openBenchWorld } from './bench-world.test-support.ts'
import { citedMessage, type Message } from './dream-cases.ts'

const GREETING: Message = { role: 'user', content: 'Hello there.' }
const CHANGE: Message = {
  role: 'user',
  content: 'We moved the nightly backup from 02:00 to 04:00.',
  at: '2026-03-01T09:00:00Z',
}
const MEMORY = {
  'facts.md': '- The nightly backup runs at 02:00.\n- The gateway is written in Go.\n',
}

let world: BenchWorld

beforeAll(async () => {
  world = await openBenchWorld({})
})

afterAll(() => world.close())

describe('a case', () => {
  it('gives the store after apply, with the message behind what is new', async () => {
    const { current, ledger } = await world.cases.dream({
      memory: MEMORY,
      transcripts: [[GREETING], [GREETING, CHANGE]],
    })

    const [backup, gateway] = current
    expect(backup?.text).toContain('04:00')
    expect(backup?.evidence.map(citedMessage)).toContainEqual({ transcript: 1, message: 1 })
    expect(backup?.evidence.map(({ at }) => at)).toContain('2026-03-01T09:00:00.000Z')
    expect(gateway).toMatchObject({ text: 'The gateway is written in Go.', evidence: [] })
    expect(ledger.map(({ text }) => text)).toContain('The nightly backup runs at 02:00.')
  })

  it('is apart from every other case, also where sessions begin alike', async () => {
    const given = { memory: MEMORY, transcripts: [[GREETING, CHANGE]] }

    const [first, second] = [await world.cases.dream(given), await world.cases.dream(given)]

    expect(second.current.map(({ text }) => text)).toEqual(first.current.map(({ text }) => text))
    expect(second.folder).not.toBe(first.folder)
  })

  it('keeps the evidence of an earlier dream over the same folder', async () => {
    const { folder } = await world.cases.dream({ memory: MEMORY, transcripts: [[CHANGE]] })

    const { current, changes } = await world.cases.dreamAgain(folder, [[GREETING]])

    expect(changes).toEqual([])
    expect(current[0]?.evidence).not.toEqual([])
  })
})
