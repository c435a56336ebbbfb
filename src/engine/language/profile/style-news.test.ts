import { describe, expect, test } from 'vitest'
import { styleNews } from './style-news.ts'

const said = (sentence: string): ReturnType<typeof styleNews> => styleNews(sentence, sentence)

describe('how a person wants to be answered', () => {
  test.each([
    ['Please keep answers short from now on.', ['concise'], []],
    ['Can you be more formal in your replies going forward?', ['formal'], []],
    ['From now on use bullet points instead of paragraphs.', ['bullet points'], ['prose']],
    ['No more tables in your answers, please.', [], ['tables']],
  ])('%s', (sentence, come, gone) => {
    expect(said(sentence)).toEqual({ come, gone })
  })

  test('a wish belongs to the request before it', () => {
    const message = 'Can you change how you write? I would prefer plain prose.'
    expect(styleNews('I would prefer plain prose.', message)?.come).toEqual(['plain prose'])
    expect(said('I would prefer plain prose.')).toBeNull()
  })

  test.each([
    'Summarize this and keep it short.',
    'Write a formal letter to my landlord.',
    'My boss always prefers short answers.',
    'In code reviews, keep your answers short.',
    'Keep your answers short for release notes.',
  ])('%s: says nothing of all answers', (sentence) => {
    expect(said(sentence)).toBeNull()
  })
})
