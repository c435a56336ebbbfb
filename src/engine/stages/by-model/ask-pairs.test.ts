import { describe, expect, it } from 'vitest'
import { DREAM_LIMITS } from '../../dream-limits.ts'
import type { Verdict } from '../../judging/model-relation.ts'
import { decidePairs } from '../decide-pairs.ts'
import { inputsOf } from '../dream-inputs.test-support.ts'
import {
  dreamOf,
  modelClaim,
  NONE,
  portsWith,
  SAME,
  scriptedAsker,
  stepsInMemory,
  UPDATE,
} from '../told-dream.test-support.ts'
import { askAboutPairs, verdictsByNumber } from './ask-pairs.ts'

const REWORDED = {
  '/notes.md':
    '- Blue-green deployment is how we release the storefront.\n- The storefront is released by switching traffic between a blue and a green environment.\n',
}

function notes(lines: readonly string[]): Readonly<Record<string, string>> {
  return { '/notes.md': lines.map((line) => `- ${line}\n`).join('') }
}

const READERS = 'cook baker driver nurse teacher tailor farmer lawyer painter singer'.split(' ')
const TOPICS = 'bread engines wool paper silver maps bridges lamps gardens clocks boats'.split(' ')

/** Notes that have half of their words in common, in the middle, so that every pair is open. */
function manyNotes(count: number): Readonly<Record<string, string>> {
  return notes(
    Array.from({ length: count }, (_, n) => {
      const [reader, topic] = [READERS[n % READERS.length], TOPICS[n % TOPICS.length]]
      return `For the ${reader} there is a weekly digest about ${topic}.`
    }),
  )
}

describe('askAboutPairs', () => {
  it('leaves everything as rules judged it where there is no model', async () => {
    const inputs = inputsOf(REWORDED)
    const ports = portsWith(null)
    const judged = await decidePairs(inputs, [], ports)

    expect(await askAboutPairs(inputs, { hints: [], twins: [] }, judged, ports)).toBe(judged)
  })

  it('takes over a verdict that nothing stands against, for linking too', async () => {
    const { judged, changes } = await dreamOf(REWORDED, scriptedAsker({ relate: () => SAME }))
    const [a, b] = [...judged.entries.values()]
    if (a === undefined || b === undefined) throw new Error('There are two notes.')

    expect(judged.judge(b, a).relation).toBe('same')
    expect(changes.map(({ kind }) => kind)).toEqual(['merge'])
  })

  it('stays with the rules where no answer comes', async () => {
    const { changes } = await dreamOf(REWORDED, scriptedAsker({}))

    expect(changes).toEqual([])
  })

  it('asks about a hinted note that shares no word with the claim, and first of all', async () => {
    const asker = scriptedAsker({ relate: () => NONE })
    const claim = modelClaim('Deliveries start at dawn.', 'we start at dawn')
    await dreamOf(
      notes(['Deliveries leave from Gate 4.', 'Vans roll out in the evening.']),
      asker,
      { claims: [claim], hints: [{ claim: 0, note: 'Vans' }] },
    )
    const [first] = asker.pairs

    expect([first?.a.text, first?.b.text].sort()).toEqual([
      'Deliveries start at dawn.',
      'Vans roll out in the evening.',
    ])
  })

  it('asks nothing about plans, which change nothing', async () => {
    const asker = scriptedAsker({ relate: () => UPDATE })
    const claim = modelClaim('The shop opens at nine.', 'we plan nine', { modality: 'plan' })
    const { changes } = await dreamOf(notes(['The shop opens at eight in winter.']), asker, {
      claims: [claim],
      hints: [{ claim: 0, note: 'The shop' }],
    })

    expect(asker.pairs).toEqual([])
    expect(changes).toEqual([])
  })

  it('shows the words that a claim was read from, and where a note stands', async () => {
    const asker = scriptedAsker({ relate: () => NONE })
    const claim = modelClaim('The shop opens at nine on Sundays.', 'nine it is')
    await dreamOf({ '/shop.md': '# Hours\n\n- The shop opens late on Sundays.\n' }, asker, {
      claims: [claim],
    })
    const sides = asker.pairs.flatMap(({ a, b }) => [a, b])

    expect(sides.find(({ text }) => text === claim.text)?.said).toBe('nine it is')
    expect(sides.find(({ text }) => text.includes('late'))?.about).toContain('Hours')
  })

  it('asks a claim about one sentence of a note at most', async () => {
    const asker = scriptedAsker({ relate: () => NONE })
    const claim = modelClaim('The shop in Bern opens at nine.', 'nine it is')
    await dreamOf(notes(['The shop in Bern opens late. The shop in Bern has a cellar.']), asker, {
      claims: [claim],
    })

    expect(new Set(asker.pairs.map((pair) => JSON.stringify(pair))).size).toBe(1)
  })

  it('asks so many new pairs in one dream and goes on in the next', async () => {
    const steps = stepsInMemory()
    const counts: number[] = []
    let unasked = 0
    for (const more of ['', '- Unlike the others.\n']) {
      const files = manyNotes(110)
      const inputs = inputsOf({ ...files, '/notes.md': `${files['/notes.md']}${more}` })
      const known = new Set<string>()
      const asker = scriptedAsker({
        relate: (item) => {
          known.add(JSON.stringify([item.a.text, item.b.text].sort()))
          return NONE
        },
      })
      const ports = portsWith(asker, steps)
      const judged = await decidePairs(inputs, [], ports)
      const told = await askAboutPairs(inputs, { hints: [], twins: [] }, judged, ports)
      counts.push(known.size)
      if (more === '') unasked = told.unasked
    }

    expect(counts[0]).toBe(DREAM_LIMITS.pairsAskedMax)
    expect(unasked).toBeGreaterThan(0)
    expect(counts[1]).toBeGreaterThan(DREAM_LIMITS.pairsAskedMax)
  })

  it('makes the same choice again when it was cut off', async () => {
    const steps = stepsInMemory()
    const inputs = inputsOf(manyNotes(110))
    const seen: string[][] = []
    for (const _ of [1, 2]) {
      const asker = scriptedAsker({ relate: () => NONE })
      const ports = portsWith(asker, steps)
      await askAboutPairs(
        inputs,
        { hints: [], twins: [] },
        await decidePairs(inputs, [], ports),
        ports,
      )
      seen.push(asker.pairs.map((pair) => JSON.stringify(pair)))
    }

    expect(seen[1]).toEqual(seen[0])
  })

  it.each([
    ['each that would make two notes one', 'a_more', 1],
    ['a tenth of the others', 'none', 1 / 4],
  ] as const)('asks about %s with the sides exchanged too', async (_name, rel, shareMax) => {
    const files = manyNotes(20)
    const order = new Map<string, number>()
    // Says "A has more" whichever side is A.
    const relate = (): Verdict => ({ ...SAME, rel })
    const asker = scriptedAsker({
      relate: (item) => {
        const name = JSON.stringify([item.a.text, item.b.text].sort())
        order.set(name, (order.get(name) ?? 0) + 1)
        return relate()
      },
    })
    const { judged } = await dreamOf(files, asker)
    const audited = [...order.values()].filter((count) => count > 1).length
    const unsteady = judged.decisions.filter(({ reasons }) =>
      reasons.some((reason) => reason.includes('the other way round')),
    )

    expect(audited).toBeGreaterThan(0)
    expect(audited).toBeLessThanOrEqual(order.size * shareMax)
    expect(audited).toBeGreaterThanOrEqual(rel === 'none' ? 1 : order.size)
    expect(unsteady.length > 0).toBe(rel === 'a_more')
    expect(unsteady.every(({ relation }) => relation === 'none')).toBe(true)
  })
})

describe('verdictsByNumber', () => {
  const item = {
    a: { text: 'A', about: '', at: null, said: null },
    b: { text: 'B', about: '', at: null, said: null },
  }
  const verdict = { ...SAME, reason: '' }

  it('takes verdicts by their number, not their place', () => {
    const first = { ...verdict, pair: 1 }
    const second = { ...verdict, pair: 2 }

    expect(verdictsByNumber({ pairs: [second, first] }, [item, item])).toEqual([first, second])
  })

  it('has no verdict where a pair is judged twice, or not at all', () => {
    const one = { ...verdict, pair: 1 }

    expect(verdictsByNumber({ pairs: [one, one] }, [item, item])).toEqual([undefined, undefined])
  })
})
