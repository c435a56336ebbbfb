import { describe, expect, it } from 'vitest'
import { contentStems } from './language/tokens.ts'
import { retrievalOver } from './retrieval.ts'

const TEXTS = [
  'The staging database listens on port 5432.',
  'The production database listens on port 5433.',
  'Parcels to Austria ship with the Austrian Post.',
  'The database is backed up daily, and the database of the shop, and the database of the till.',
] as const

describe('retrievalOver', () => {
  it('finds a text by its own words, before all others', () => {
    const retrieval = retrievalOver(TEXTS)

    for (const text of TEXTS) expect(retrieval.top(contentStems(text), 1)).toEqual([text])
  })

  it('lets a rare word weigh more than a common one', () => {
    const [first] = retrievalOver(TEXTS).top(contentStems('the production database'), 4)

    expect(first).toBe(TEXTS[1])
  })

  it('gives at most k, only texts with a word of the query, ties in the order given', () => {
    const retrieval = retrievalOver(['Tea is hot.', 'Tea is cold.', 'Tea is hot.', 'Coffee.'])

    expect(retrieval.top(contentStems('tea'), 2)).toHaveLength(2)
    expect(retrieval.top(contentStems('hot tea'), 9)).toEqual([
      'Tea is hot.',
      'Tea is hot.',
      'Tea is cold.',
    ])
    expect(retrieval.top(contentStems('bicycle'), 9)).toEqual([])
  })

  it('answers over nothing and to nothing', () => {
    expect(retrievalOver([]).top(contentStems('tea'), 3)).toEqual([])
    expect(retrievalOver(['', 'the of and']).top(contentStems('tea'), 3)).toEqual([])
    expect(retrievalOver(TEXTS).top(new Set(), 3)).toEqual([])
  })
})
