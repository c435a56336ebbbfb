import { describe, expect, it } from 'vitest'
import { LIMITS } from '../../config.ts'
import { DOUBLE } from './asking.test-support.ts'
import { readAnswer } from './read-answer.ts'

const read = (text: string, finish: 'stop' | 'length' | 'refused' | 'other' = 'stop') =>
  readAnswer({ text, finish }, DOUBLE, '1')

describe('reading an answer', () => {
  it.each(['{"n":2}', ' \n{"n": 2}\n', '```json\n{"n":2}\n```', '```\n{"n":2}\n```\n'])(
    'takes JSON, also inside one code fence: %j',
    (text) => {
      expect(read(text)).toEqual({ isValid: true, output: { n: 2 } })
    },
  )

  it.each(['<think>{"n":3}? No.</think>\n{"n":2}', '<thinking>\n</thinking>```json\n{"n":2}\n```'])(
    'leaves out what a model thought before it answered: %j',
    (text) => {
      expect(read(text)).toEqual({ isValid: true, output: { n: 2 } })
    },
  )

  it('takes no thought for the answer', () => {
    expect(read('<think>{"n":2}').isValid).toBe(false)
    expect(read('{"n":2}<think>hm</think>').isValid).toBe(false)
  })

  it('takes an answer whose end nobody explains', () => {
    expect(read('{"n":2}', 'other').isValid).toBe(true)
  })

  it.each([
    ['nothing', ''],
    ['prose', 'It is 2.'],
    ['JSON with prose around it', 'Here: {"n":2}'],
    ['two fences', '```json\n{"n":2}\n```\n```json\n{"n":2}\n```'],
    ['a list', '[]'],
    ['another type', '{"n":"2"}'],
    ['a number that JSON does not have', '{"n":NaN}'],
    ['a further property', '{"n":2,"m":3}'],
    ['a prototype', '{"n":2,"__proto__":{}}'],
    ['lists within lists', `${'['.repeat(400_000)}${']'.repeat(400_000)}`],
    ['more than anybody reads', `{"n":2}${' '.repeat(LIMITS.answerCharsMax)}`],
    ['a fault as a whole', '{"n":13}'],
  ])('refuses %s', (_what, text) => {
    const answer = read(text)
    expect(answer.isValid).toBe(false)
    expect(answer.isValid ? [] : answer.faults).not.toHaveLength(0)
  })

  it.each(['length', 'refused'] as const)('refuses a whole answer that ended as %s', (finish) => {
    expect(read('{"n":2}', finish).isValid).toBe(false)
  })

  it('names the place of a fault and no word of the answer', () => {
    const answer = read('{"n":"hunter2","hunter2":"hunter2"}')
    expect(answer.isValid ? [] : answer.faults).toEqual([
      'n: missing or of another type than the schema says.',
      'the answer: has properties that the schema does not have.',
    ])
  })

  it('bounds what is told of faults', () => {
    const many = {
      ...DOUBLE,
      faultsOf: () => Array.from({ length: 99 }, (_, n) => `${n} `.repeat(999)),
    }
    const answer = readAnswer({ text: '{"n":2}', finish: 'stop' }, many, '1')
    const faults = answer.isValid ? [] : answer.faults
    expect(faults).toHaveLength(LIMITS.faultsToldMax)
    expect(Math.max(...faults.map(({ length }) => length))).toBe(LIMITS.faultCharsMax)
  })
})
