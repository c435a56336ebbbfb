import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { answerSchema } from './answer-schema.ts'

describe('the schema of an answer', () => {
  it('has every property required, no other allowed, and no bounds', () => {
    const schema = z.strictObject({
      claims: z
        .array(
          z.object({
            maxItems: z.string().max(5).nullable(),
            kind: z.enum(['a', 'b']),
            event: z.int().min(1).describe('its number'),
          }),
        )
        .max(40),
    })

    expect(answerSchema(schema)).toEqual({
      type: 'object',
      required: ['claims'],
      additionalProperties: false,
      properties: {
        claims: {
          type: 'array',
          items: {
            type: 'object',
            required: ['maxItems', 'kind', 'event'],
            additionalProperties: false,
            properties: {
              maxItems: { anyOf: [{ type: 'string' }, { type: 'null' }] },
              kind: { type: 'string', enum: ['a', 'b'] },
              event: { type: 'integer', description: 'its number' },
            },
          },
        },
      },
    })
  })

  it('says one of several forms as any of them', () => {
    const either = z.discriminatedUnion('t', [
      z.object({ t: z.literal('a') }),
      z.object({ t: z.literal('b'), n: z.number() }),
    ])
    const { properties } = answerSchema(z.object({ either }))
    expect(properties).toMatchObject({
      either: { anyOf: [{ type: 'object' }, { type: 'object' }] },
    })
  })

  it.each([
    ['an optional property', z.object({ a: z.string().optional() })],
    ['other properties', z.looseObject({ a: z.string() })],
    ['any property names', z.object({ a: z.record(z.string(), z.string()) })],
    ['a tuple', z.object({ a: z.tuple([z.string()]) })],
    ['a list for a whole', z.array(z.string())],
  ])('refuses %s, which strict modes do not take', (_what, schema) => {
    expect(() => answerSchema(schema)).toThrow(/strict modes refuse it/)
  })
})
