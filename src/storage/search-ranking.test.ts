import { describe, expect, it } from 'vitest'
import { queryWords, rankMatches, type Searchable } from './search-ranking.ts'

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
