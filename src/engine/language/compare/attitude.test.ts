import { expect, test } from 'vitest'
import { flipsAttitude } from './attitude.ts'

test('one thing is liked and then not', () => {
  expect(flipsAttitude('I hate ramen now.', 'Food I like: Ramen (it warms me up)')).toBe(true)
  expect(flipsAttitude('I love olives.', 'The user dislikes olives.')).toBe(true)
  expect(flipsAttitude('I hate ramen now.', 'Food I like: Tonkotsu ramen')).toBe(true)
})

test('what only shares a word with a thing, or is a kind of it, turns nothing', () => {
  expect(flipsAttitude('I hate coffee stains.', 'Drinks I like: Coffee')).toBe(false)
  expect(flipsAttitude('I hate cold coffee.', 'Drinks I like: Coffee')).toBe(false)
  expect(flipsAttitude('I love olives.', 'Food I like: Olives')).toBe(false)
})
