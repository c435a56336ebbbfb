import { describe, expect, test } from 'vitest'
import { isSameThing, tasteNews } from './taste-news.ts'

describe('likes that turned', () => {
  test.each([
    ["I've gone off lentil soup since March.", null, 'lentil soup'],
    ['I replaced lager with iced tea and sleep better.', 'iced tea', 'lager'],
    ['Instead of bouldering I do gravel riding now.', 'gravel riding', 'bouldering'],
    ["I'd rather go to jazz clubs than to pop concerts.", 'jazz clubs', 'pop concerts'],
    ['I used to love war films, but now I prefer nature films.', 'nature films', 'war films'],
    ["I'm done with cruises.", null, 'cruises'],
    ["These days I can't get enough of rye bread.", 'rye bread', null],
    ['I used to hate beetroot, but now I love it.', 'beetroot', null],
    ['Kombucha is my new favourite.', 'Kombucha', null],
    ['Card games have lost their charm for me.', null, 'Card games'],
  ])('%s', (sentence, liked, ended) => {
    expect(tasteNews(sentence)).toEqual({ liked, ended })
  })

  test.each([
    'My brother gave up tennis and plays golf now.',
    'I had rye bread last night instead of rolls because the shop was closed.',
    'The team stopped the release.',
  ])('%s: nothing of the speaker', (sentence) => {
    expect(tasteNews(sentence)).toBeNull()
  })
})

test('a thing is the one of a note in its own or in more general words', () => {
  expect(isSameThing('ramen', 'Tonkotsu ramen')).toBe(true)
  expect(isSameThing('playing chess', 'Chess')).toBe(true)
  expect(isSameThing('coffee stains', 'Coffee')).toBe(false)
  expect(isSameThing('rice', 'Rice paper lamps')).toBe(false)
})
