import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { WordIndex } from './word-index.ts'
import { wordSimilarity } from './word-similarity.ts'
import { wordTable } from './word-table.ts'

const WORDS = [
  ...['port', 'ports', 'listen', 'listens', 'gateway', 'worker', 'Mara', 'Kafka', '5432', '8080'],
  ...[
    'deploys',
    'deploy',
    'Friday',
    'backup',
    'staging',
    'v2',
    'config/a.yaml',
    'the',
    'of',
    'not',
  ],
]
const aText = fc
  .array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 9 })
  .map((words) => words.join(' '))
const someTexts = fc.array(aText, { minLength: 2, maxLength: 40 })
const RUNS = { seed: 31, numRuns: 60 }

describe('WordIndex', () => {
  it('misses none of the most alike that reach a half', () => {
    fc.assert(
      fc.property(someTexts, fc.integer({ min: 1, max: 5 }), (texts, count) => {
        const table = wordTable(texts)
        const index = new WordIndex(table)
        for (const at of texts.keys()) {
          const found = index.nearest(at, count).map((near) => near.similarity)
          const all = [...texts.keys()]
            .filter((other) => other !== at)
            .map((other) => wordSimilarity(table, at, other))
            .sort((x, y) => y - x)
          const sure = all.slice(0, count).filter((score) => score >= 0.5)
          expect(found.slice(0, sure.length)).toEqual(sure)
        }
      }),
      RUNS,
    )
  })

  it('names every entry that shares a word with few others', () => {
    fc.assert(
      fc.property(someTexts, (texts) => {
        const rare = 'Veltora'
        const named = [`${rare} ${texts[0]}`, ...texts.slice(1), `the ${rare} of ${texts[1]}`]

        expect(new WordIndex(wordTable(named)).sharingRareWord(0)).toContain(named.length - 1)
      }),
      RUNS,
    )
  })

  it('gives each search a fresh start', () => {
    fc.assert(
      fc.property(someTexts, (texts) => {
        const used = new WordIndex(wordTable(texts))
        for (const at of texts.keys()) used.nearest(at, 3)

        expect(used.nearest(0, 3)).toEqual(new WordIndex(wordTable(texts)).nearest(0, 3))
      }),
      RUNS,
    )
  })
})

describe('wordSimilarity', () => {
  const between = (a: string, b: string): number => wordSimilarity(wordTable([a, b]), 0, 1)

  it('lies between 0 and 1, whichever text comes first', () => {
    fc.assert(
      fc.property(aText, aText, (a, b) => {
        expect(between(a, b)).toBe(between(b, a))
        expect(between(a, b)).toBeGreaterThanOrEqual(0)
        expect(between(a, b)).toBeLessThanOrEqual(1)
      }),
      RUNS,
    )
  })

  it('is 1 for the same words, and nothing for words without a letter in common', () => {
    expect(between('Mara owns the gateway.', 'mara owns the Gateway')).toBeCloseTo(1, 9)
    expect(between('Mara', '8080')).toBe(0)
  })

  it('has a text near the longer one that says all of it', () => {
    const short = 'Deploys run from main.'
    const long = `${short} Kafka moves to the Hamburg office before the backups of Friday.`

    expect(between(short, long)).toBeCloseTo(0.8, 9)
  })

  it('counts a rare word for more than one that all entries have', () => {
    const table = wordTable(['port Veltora', 'port Zenmar', 'other Veltora', 'port', 'port gate'])

    expect(wordSimilarity(table, 0, 2)).toBeGreaterThan(wordSimilarity(table, 0, 1))
  })
})
