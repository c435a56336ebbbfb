import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LOCAL_AUDIENCE } from '../../../core/audience.ts'
import type { Relation } from '../../entry.ts'
import { decide } from '../../stages/decide.ts'
import { aNote } from '../../stages/entry.test-support.ts'
import { paraphraseOf } from './paraphrase.ts'

const NAMES = ['Nadia', 'Ivo', 'Lena', 'Omar', 'Greta'] as const
const THINGS = ['archive', 'billing report', 'search index', 'garden', 'rental contract'] as const
const VERBS = [
  ['owns', 'owned'],
  ['reviews', 'reviewed'],
  ['updates', 'updated'],
  ['deletes', 'deleted'],
  ['pays', 'paid'],
] as const
const TIMES = ['on Mondays', 'every week', 'at 17:00', 'in March', 'every two days'] as const
const EQUIVALENT: readonly Relation[] = ['same', 'a_contains_b', 'b_contains_a']
const SETTINGS = { seed: 7, numRuns: 200 }

/** A sentence in both voices, with and without its time in front. */
const sentence = fc
  .record({
    name: fc.constantFrom(...NAMES),
    verb: fc.constantFrom(...VERBS),
    thing: fc.constantFrom(...THINGS),
    time: fc.constantFrom(...TIMES),
    isPassive: fc.boolean(),
    isFronted: fc.boolean(),
  })
  .map((parts) => ({ ...parts, text: textOf(parts) }))

interface Parts {
  readonly name: string
  readonly verb: readonly [active: string, passive: string]
  readonly thing: string
  readonly time: string
  readonly isPassive: boolean
  readonly isFronted: boolean
}

function textOf({ name, verb, thing, time, isPassive, isFronted }: Parts): string {
  const core = isPassive
    ? `the ${thing} is ${verb[1]} by ${name}`
    : `${name} ${verb[0]} the ${thing}`
  const text = isFronted ? `${time}, ${core}` : `${core} ${time}`
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}

describe('paraphraseOf, laws', () => {
  it('sees two texts alike from both sides', () => {
    const mirror = { equal: 'equal', a_covers_b: 'b_covers_a', b_covers_a: 'a_covers_b' } as const
    fc.assert(
      fc.property(sentence, sentence, fc.boolean(), (a, b, isLonger) => {
        const left = isLonger ? a.text.replace('.', ', because it is new.') : a.text
        const there = paraphraseOf(left, b.text)
        const back = paraphraseOf(b.text, left)
        expect(back).toBe(there === null ? null : mirror[there])
      }),
      SETTINGS,
    )
  })

  it('finds a text equal to itself in any voice and order', () => {
    fc.assert(
      fc.property(sentence, fc.boolean(), fc.boolean(), (a, isPassive, isFronted) => {
        expect(paraphraseOf(a.text, textOf({ ...a, isPassive, isFronted }))).toBe('equal')
      }),
      SETTINGS,
    )
  })

  it('never finds two texts equal that name different things', () => {
    fc.assert(
      fc.property(sentence, sentence, (a, b) => {
        const isSame =
          a.name === b.name && a.verb === b.verb && a.thing === b.thing && a.time === b.time
        expect(paraphraseOf(a.text, b.text) !== null).toBe(isSame)
      }),
      SETTINGS,
    )
  })

  it('never merges a text with its denial, whatever the voice', () => {
    fc.assert(
      fc.property(sentence, sentence, fc.boolean(), (a, { isPassive, isFronted }, isNever) => {
        const other = textOf({ ...a, isPassive, isFronted })
        const denied = isNever
          ? a.text.replace(a.verb[a.isPassive ? 1 : 0], (verb) => `never ${verb}`)
          : `It is not true that ${a.text}`
        expect(EQUIVALENT).not.toContain(decide(aNote(denied), aNote(other), 1).relation)
      }),
      SETTINGS,
    )
  })

  it('never merges texts with different numbers', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 99 }), fc.integer({ min: 2, max: 99 }), (m, n) => {
        fc.pre(m !== n)
        const a = aNote(`Nadia keeps ${m} copies of the contract.`)
        const b = aNote(`${n} copies of the contract are retained by Nadia.`)
        expect(EQUIVALENT).not.toContain(decide(a, b, 1).relation)
      }),
      SETTINGS,
    )
  })

  it('never merges across audiences', () => {
    fc.assert(
      fc.property(sentence, fc.boolean(), (a, isPassive) => {
        const audience = 'team:core' as typeof LOCAL_AUDIENCE
        const other = { ...aNote(textOf({ ...a, isPassive })), audience }
        expect(decide(aNote(a.text), other, 1).relation).toBe('none')
      }),
      SETTINGS,
    )
  })
})
