import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { audience } from '../../core/audience.ts'
import type { Entry } from '../entry.ts'
import { aNote } from './entry.test-support.ts'
import { indexEntries } from './index-entries.ts'
import { findPairs } from './pair.ts'

const TEXTS = [
  'The staging API listens on port 8081.',
  'The production API listens on port 8080.',
  'Staging API: listens on port 8081',
  'Deploys run from the main branch.',
  'Deploys run from the main branch through GitHub Actions.',
  'Parcels ship with DHL.',
  'Mira is on call in even weeks.',
]

/** The two deploy notes, as `pairsOf` writes a pair. */
const DEPLOYS = [TEXTS[3], TEXTS[4]].sort().join(' | ')

async function pairsOf(
  entries: readonly Entry[],
  isNew: (entry: Entry) => boolean = () => true,
): Promise<readonly string[]> {
  const pairs = await findPairs(indexEntries(entries), isNew, 10)
  return pairs.map(({ a, b }) => [a.text, b.text].sort().join(' | '))
}

describe('findPairs', () => {
  it('proposes texts that share words, and equal texts first', async () => {
    const pairs = await findPairs(indexEntries(TEXTS.map((text) => aNote(text))), () => true, 10)

    expect(pairs[0]?.similarity).toBeGreaterThan(0.7)
    expect(await pairsOf(TEXTS.map((text) => aNote(text)))).toContain(DEPLOYS)
    expect(pairs.some(({ a, b }) => a.text === TEXTS[5] && b.text === TEXTS[6])).toBe(false)
  })

  it('proposes nothing without a new side', async () => {
    const entries = TEXTS.map((text) => aNote(text))

    expect(await pairsOf(entries, () => false)).toEqual([])
    expect(await pairsOf(entries, ({ text }) => text === TEXTS[4])).toEqual([DEPLOYS])
  })

  it('never pairs two audiences', async () => {
    const [text = ''] = TEXTS
    const other = { ...aNote(text, { context: ['x'] }), audience: audience('team', 'core') }

    expect(await pairsOf([aNote(text), other])).toEqual([])
  })

  it('proposes a pair whatever the order of the entries', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(TEXTS, { minLength: TEXTS.length }),
        async (shuffled) => {
          expect(await pairsOf(shuffled.map((text) => aNote(text)))).toEqual(
            await pairsOf(TEXTS.map((text) => aNote(text))),
          )
        },
      ),
      { seed: 5, numRuns: 30 },
    )
  })

  it('keeps at most the asked number of neighbours for a new entry', async () => {
    const entries = Array.from({ length: 60 }, (_, n) =>
      aNote(`The worker ${n} reads queue ${n % 7}.`),
    )
    const [first] = entries

    const pairs = await findPairs(indexEntries(entries), (entry) => entry === first, 4)

    expect(pairs).toHaveLength(4)
  })

  it('pairs statements of one slot that share few words', async () => {
    const entries = [
      aNote('Owner of the search service: Jonas'),
      aNote('The search service is owned by Mira.'),
    ]

    expect(await pairsOf(entries)).toHaveLength(1)
  })

  it('pairs each of many equal texts with the first of them, and gives others their turn', async () => {
    const entries = Array.from({ length: 250 }, () => aNote('Call the bank.'))
    let turns = 0
    const pairs = await findPairs(
      indexEntries(entries),
      () => true,
      10,
      async () => {
        turns += 1
      },
    )

    expect(pairs.every(({ similarity }) => similarity === 1)).toBe(true)
    expect(new Set(pairs.flatMap(({ a, b }) => [a, b])).size).toBe(250)
    expect(turns).toBe(3)
  })
})
