import { describe, expect, it } from 'vitest'
import { taggedTokens } from './tagged-tokens.ts'

describe('tagged tokens', () => {
  it('gives words their class and dictionary form', () => {
    const tagged = taggedTokens('Mara wrote the release notes.')

    expect(tagged.map(({ text, pos, lemma }) => `${text} ${pos} ${lemma}`)).toEqual([
      'Mara PROPN mara',
      'wrote VERB write',
      'the DET the',
      'release NOUN release',
      'notes NOUN note',
    ])
  })

  it('keeps tokens that a tagger would cut: paths, versions, code', () => {
    const tagged = taggedTokens('Edit src/app.ts and run `pnpm test` with v2.1.0.')

    expect(tagged.map(({ text }) => text)).toContain('src/app.ts')
    expect(tagged.map(({ text }) => text)).toContain('v2.1.0')
  })

  it('takes a word without a dictionary form as it stands', () => {
    const last = taggedTokens('thats a standby, of course it wont.').at(-1)

    expect(last).toMatchObject({ text: 'wont', lemma: 'wont' })
  })

  it('gives the same for the same text', () => {
    const text = 'The staging API listens on port 8081.'

    expect(taggedTokens(text)).toBe(taggedTokens(text))
  })
})
