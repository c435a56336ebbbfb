import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { rareWords, wordsIn } from './rare-words.ts'

const CASES = { numRuns: Number(process.env.SHARED_CASES ?? 100), seed: 20_261_123 }

const word = fc.constantFrom('push', 'Upstream', 'branch', 'x9', 'naïve', 'port_1', '日本')
const text = fc.array(word, { maxLength: 8 }).map((words) => words.join(' — '))
const users = fc.array(text, { maxLength: 6 })
const least = fc.integer({ min: 1, max: 5 })

function rare(
  of: string,
  ours: string,
  materials: readonly string[],
  usersMin: number,
): readonly string[] {
  return rareWords(of, wordsIn(ours), materials.map(wordsIn), usersMin)
}

describe('rareWords', () => {
  test('names exactly the words that too few users and none of us brought', () => {
    fc.assert(
      fc.property(text, text, users, least, (of, ours, materials, usersMin) => {
        const found = new Set(rare(of, ours, materials, usersMin))
        for (const one of wordsIn(of)) {
          const brought = materials.filter((it) => wordsIn(it).has(one)).length
          expect(found.has(one)).toBe(!wordsIn(ours).has(one) && brought < usersMin)
        }
      }),
      CASES,
    )
  })

  test('never finds more with one user more, nor less where more users are needed', () => {
    fc.assert(
      fc.property(text, users, text, least, (of, materials, another, usersMin) => {
        const found = rare(of, '', materials, usersMin)
        expect(found).toEqual(
          expect.arrayContaining([...rare(of, '', [...materials, another], usersMin)]),
        )
        expect(rare(of, '', materials, usersMin + 1)).toEqual(expect.arrayContaining([...found]))
      }),
      CASES,
    )
  })

  test('hears a word once however often one user says it, in any case', () => {
    expect(rare('Canary', '', ['canary canary CANARY', 'other'], 2)).toEqual(['canary'])
    expect(rare('Canary', '', ['canary', 'a CANARY'], 2)).toEqual([])
  })
})
