import { describe, expect, it } from 'vitest'
import {
  candidatePaths,
  holdersOf,
  queryWords,
  rankMatches,
  type Searchable,
} from './search-ranking.ts'

function ranked(query: string, contents: Readonly<Record<string, string>>): readonly string[] {
  const matches = Object.entries(contents).map(([path, content]): Searchable => ({ path, content }))
  return rankMatches(matches, queryWords(query), 5).map(({ path }) => path)
}

describe('rankMatches', () => {
  it('puts a rare word before words that most memories hold', () => {
    const hits = ranked('port of the gateway', {
      '/a.md': 'The port of the worker.',
      '/b.md': 'The gateway is new.',
      '/c.md': 'The port of the queue.',
      '/d.md': 'The port of the mail.',
    })

    expect(hits[0]).toBe('/b.md')
  })

  it('prefers a short memory about the matter to a long one that mentions it', () => {
    const long = `The gateway listens on a port. ${'Many other words follow here. '.repeat(40)}`

    expect(ranked('gateway port', { '/a.md': long, '/b.md': 'The gateway has port 80.' })).toEqual([
      '/b.md',
      '/a.md',
    ])
  })

  it('leaves out what holds next to nothing of the query', () => {
    const hits = ranked('where does the billing gateway run', {
      '/a.md': 'The billing gateway runs in Milan.',
      '/b.md': 'The tea is in the kitchen.',
      '/c.md': 'The lift is out of order.',
    })

    expect(hits).toEqual(['/a.md'])
  })

  it('shows the line that holds most of the words', () => {
    const content = '# Gateway\n\nIt is new.\nThe gateway listens on port 80.\nPort 90 is free.\n'
    const [hit] = rankMatches([{ path: '/a.md', content }], ['gateway', 'port'], 5)

    expect(hit?.snippet).toBe('The gateway listens on port 80.')
  })

  it('gives nothing for no matches or no room', () => {
    expect(rankMatches([], ['port'], 5)).toEqual([])
    expect(rankMatches([{ path: '/a.md', content: 'port' }], ['port'], 0)).toEqual([])
  })
})

describe('candidatePaths', () => {
  const memories = Array.from({ length: 30 }, (_, n): Searchable => {
    const rare = n % 10 === 7 ? ' gateway' : ''
    return { path: `/${n}.md`, content: `The port of the worker${rare}.` }
  })

  it('are those that hold the rarest words, then the first by path', () => {
    const holders = holdersOf(memories, ['port', 'gateway', 'lift'])

    expect(holders.matches).toBe(30)
    expect(new Set(candidatePaths(holders, 5))).toEqual(
      new Set(['/17.md', '/27.md', '/7.md', '/0.md', '/1.md']),
    )
  })

  it('are ranked as if all had been', () => {
    const words = ['port', 'gateway']
    const holders = holdersOf(memories, words)
    const paths = candidatePaths(holders, 3)
    const candidates = memories.filter(({ path }) => paths.includes(path))

    const hits = rankMatches(candidates, words, 3, holders)

    expect(hits).toEqual(
      rankMatches(memories, words, 3).map((hit) => ({ ...hit, score: expect.any(Number) })),
    )
  })
})
