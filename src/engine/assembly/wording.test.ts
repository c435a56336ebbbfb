import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Claim } from '../../core/claim.ts'
import { aStatement } from '../stages/entry.test-support.ts'
import { exchangeValue, memoryText, plainSentence } from './wording.ts'

function claimOf(text: string, userId: string | null = null): Claim {
  const { source } = aStatement(text)
  if (source.kind !== 'claim') throw new Error('A statement is a claim.')
  const evidence = source.claim.evidence.map((item) =>
    item.kind === 'event' ? { ...item, userId } : item,
  )
  return { ...source.claim, evidence }
}

describe('plainSentence', () => {
  it.each([
    ['Actually, the port is 6000.', 'The port is 6000.'],
    ['no, please remember: the port is 6000', 'The port is 6000.'],
    ['ok so  the\nport is 6000', 'The port is 6000.'],
    ['Well actually the deploy runs at night!', 'The deploy runs at night!'],
    ['please note it', 'Please note it.'],
    ['the port is `6000`', 'The port is `6000`'],
    ['Also Aylin approves refunds', 'Aylin approves refunds.'],
  ])('%j reads %j', (text, plain) => {
    expect(plainSentence(text)).toBe(plain)
  })

  it('is the same when read again', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom('ok', 'please', 'Actually,', 'the', 'port', 'is', '6000', 'not', 'note:'),
          { minLength: 1, maxLength: 8 },
        ),
        (words) => {
          const once = plainSentence(words.join(' '))
          expect(plainSentence(once)).toBe(once)
        },
      ),
      { numRuns: 300, seed: 20_261_120 },
    )
  })
})

describe('memoryText', () => {
  it('keeps a sentence about the world as it was said', () => {
    expect(memoryText(claimOf('The port is 6000.'))).toBe('The port is 6000.')
  })

  it.each([
    ['I prefer short answers.', null, 'The user said: “I prefer short answers.”'],
    ['ask me before a deploy', 'tomas', 'tomas said: “Ask me before a deploy.”'],
    ["I'm in Hamburg.", null, "The user said: “I'm in Hamburg.”"],
  ])('says who speaks of themselves: %j by %j', (text, userId, written) => {
    expect(memoryText(claimOf(text, userId))).toBe(written)
  })
})

describe('exchangeValue', () => {
  it.each([
    ['The port is 5432.', '5432', '6000', 'The port is 6000.'],
    ['The owner is Jonas.', 'jonas', 'Mira', 'The owner is Mira.'],
    ['It costs $5 (net).', '$5', '$6', 'It costs $6 (net).'],
    ['Der Dienst gehört Jürgen.', 'Jürgen', 'Zoë', 'Der Dienst gehört Zoë.'],
    ['The path is a.b.', 'a.b', 'a$&b', 'The path is a$&b.'],
  ])('in %j takes %j for %j', (sentence, former, current, result) => {
    expect(exchangeValue(sentence, former, current)).toBe(result)
  })

  it.each([
    ['The port is 5432, not 5432.', '5432', 'it stands there twice'],
    ['The port is 15432.', '5432', 'it is part of a longer word'],
    ['The port is open.', '5432', 'it does not stand there'],
    ['The port is open.', ' ', 'there is nothing to look for'],
    ['Der Übersetzer.', 'bersetzer', 'it begins within a word with an umlaut'],
  ])('leaves %j alone for %j: %s', (sentence, former) => {
    expect(exchangeValue(sentence, former, 'new')).toBeNull()
  })

  it('does not take a number with a unit, a fraction or a version for the number alone', () => {
    expect(exchangeValue('The limit is 1.5 GB.', '1', '2')).toBeNull()
    expect(exchangeValue('It runs version 2.10.', '10', '11')).toBeNull()
    expect(exchangeValue('It starts at -5 degrees.', '5', '7')).toBeNull()
    expect(exchangeValue('The cluster is eu-west-1.', 'west', 'central')).toBeNull()
  })

  it('changes the one value and no other character', () => {
    const word = fc.constantFrom('the', 'port', 'staging', 'is', 'on', 'größer', '(old)', '5432')
    const value = fc.constantFrom('eins', '42 days', 'eu-west-1', 'a.b*c', 'Größe')
    fc.assert(
      fc.property(fc.array(word), fc.array(word), value, value, (left, right, former, current) => {
        const before = [...left, ''].join(' ')
        const after = ['', ...right].join(' ')
        expect(exchangeValue(`${before}${former}${after}`, former, current)).toBe(
          `${before}${current}${after}`,
        )
      }),
      { numRuns: 300, seed: 20_261_120 },
    )
  })
})
