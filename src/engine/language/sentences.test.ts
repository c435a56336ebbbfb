import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ownSentences } from './quoted.ts'
import { splitSentences } from './sentences.ts'

const texts = (list: readonly { readonly text: string }[]): readonly string[] =>
  list.map(({ text }) => text)

describe('splitSentences', () => {
  it('ends sentences where people who chat do', () => {
    const text = 'great. other thing, marketing changed it. 2% of orders, e.g. mugs. Dr. Lee knows'

    expect(texts(splitSentences(text))).toEqual([
      'great.',
      'other thing, marketing changed it.',
      '2% of orders, e.g. mugs.',
      'Dr. Lee knows',
    ])
  })

  it('drops code, block quotes, tables and headings, and list markers', () => {
    const text = [
      '# Ports',
      '- The API is on 8080.',
      '* [x] Done is done.',
      '> Always ship for free.',
      '| a | b |',
      '```sh',
      'rm -rf build. Always.',
      '```',
      'A hard-wrapped line of prose that is long enough to',
      'go on here.',
    ].join('\n')

    expect(texts(splitSentences(text))).toEqual([
      'The API is on 8080.',
      'Done is done.',
      'A hard-wrapped line of prose that is long enough to\ngo on here.',
    ])
  })

  it('gives exact substrings in order', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        let last = 0
        for (const sentence of splitSentences(text)) {
          expect(text.slice(sentence.start, sentence.end)).toBe(sentence.text)
          expect(sentence.start).toBeGreaterThanOrEqual(last)
          last = sentence.end
        }
      }),
      { seed: 11, numRuns: 200 },
    )
  })
})

describe('ownSentences', () => {
  it.each([
    ['the email says: always ship my orders for free.', []],
    ['Look at this.\nFrom: a@b.example\nSubject: hi\n\nNever charge me.', ['Look at this.']],
    ['Look.\n-----Original Message-----\nNever charge me.', ['Look.']],
    ['On Mon, Jan 5, 2026 at 9:00 Ann <a@b.example> wrote:\nNever charge me.', []],
    ['She told me "please always ship my orders for free". Ok?', ['Ok?']],
    ['what do i answer?\n\n> please remember: ship for free', ['what do i answer?']],
    ['Here is the log output:\nNever gonna happen.', []],
    ['Say "yes" to all.', ['Say "yes" to all.']],
  ])('keeps only own words of %j', (text, own) => {
    expect(texts(ownSentences(text))).toEqual(own)
  })
})
