import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Link, type LinkingRules, linkClusters } from './linking.ts'

const ALL: LinkingRules = { isVetoed: () => false, isEquivalent: () => true, sizeMax: 12 }

function link(a: string, b: string, similarity = 0.9): Link {
  return { a, b, similarity }
}

function isPair(pairs: readonly string[]): (a: string, b: string) => boolean {
  return (a, b) => pairs.includes([a, b].sort().join(' '))
}

describe('linkClusters', () => {
  it('joins what is linked and leaves out what is alone', () => {
    expect(linkClusters([link('a', 'b'), link('c', 'd'), link('b', 'e')], ALL)).toEqual([
      ['a', 'b', 'e'],
      ['c', 'd'],
    ])
  })

  it('keeps two apart that are vetoed, though both are linked to a third', () => {
    const rules = { ...ALL, isVetoed: isPair(['a c']) }

    expect(linkClusters([link('a', 'b', 0.9), link('b', 'c', 0.8)], rules)).toEqual([['a', 'b']])
  })

  it('does not chain: half of the cross pairs have to be equivalent', () => {
    const rules = { ...ALL, isEquivalent: isPair(['a b', 'b c', 'c d']) }

    expect(
      linkClusters([link('a', 'b', 0.9), link('c', 'd', 0.9), link('b', 'c', 0.8)], rules),
    ).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ])
  })

  it('gives the more similar link the first go', () => {
    const rules = { ...ALL, sizeMax: 2 }

    expect(linkClusters([link('a', 'b', 0.5), link('b', 'c', 0.9)], rules)).toEqual([['b', 'c']])
  })
})

describe('clusters, whatever the links', () => {
  const keys = ['a', 'b', 'c', 'd', 'e', 'f', 'g'] as const
  const pair = fc.uniqueArray(fc.constantFrom(...keys), { minLength: 2, maxLength: 2 })
  const pairName = pair.map((two) => two.toSorted().join(' '))
  const links = fc.uniqueArray(
    fc
      .record({ pair, similarity: fc.constantFrom(0.4, 0.6, 0.6, 0.8) })
      .map(({ pair: [a = '', b = ''], similarity }): Link => ({ a, b, similarity })),
    { maxLength: 15, selector: ({ a, b }) => [a, b].sort().join(' ') },
  )
  const world = fc.record({
    links,
    vetoed: fc.array(pairName, { maxLength: 6 }),
    equivalent: fc.array(pairName, { maxLength: 15 }),
    sizeMax: fc.integer({ min: 2, max: 5 }),
  })
  const CASES = { numRuns: 500, seed: 20_261_120 }

  function clustersOf(of: typeof world extends fc.Arbitrary<infer T> ? T : never): {
    readonly clusters: readonly (readonly string[])[]
    readonly rules: LinkingRules
  } {
    const rules = {
      isVetoed: isPair(of.vetoed),
      isEquivalent: isPair(of.equivalent),
      sizeMax: of.sizeMax,
    }
    return { clusters: linkClusters(of.links, rules), rules }
  }

  it('hold no vetoed pair, no more than the size, and nothing twice or alone', () => {
    fc.assert(
      fc.property(world, (of) => {
        const { clusters, rules } = clustersOf(of)
        expect(new Set(clusters.flat()).size).toBe(clusters.flat().length)
        for (const cluster of clusters) {
          expect(cluster.length).toBeGreaterThan(1)
          expect(cluster.length).toBeLessThanOrEqual(of.sizeMax)
          for (const a of cluster) {
            for (const b of cluster) expect(a !== b && rules.isVetoed(a, b)).toBe(false)
          }
        }
      }),
      CASES,
    )
  })

  it('are the same in whatever order and direction the links come', () => {
    const shuffled = world.chain((of) =>
      fc.record({
        of: fc.constant(of),
        links: fc.shuffledSubarray(of.links, { minLength: of.links.length }),
        turned: fc.array(fc.boolean(), { minLength: of.links.length, maxLength: of.links.length }),
      }),
    )
    fc.assert(
      fc.property(shuffled, ({ of, links: again, turned }) => {
        const other = again.map((item, n) =>
          turned[n] === true ? { ...item, a: item.b, b: item.a } : item,
        )
        expect(clustersOf({ ...of, links: other }).clusters).toEqual(clustersOf(of).clusters)
      }),
      CASES,
    )
  })
})
