import { type ZodType, z } from 'zod'

/**
 * A number that code gave to an event, a note, an item. Its JSON Schema is a plain integer: bounds
 * make the grammars of local servers long, and which numbers exist is checked in code anyway.
 */
export const itemNumber: ZodType<number> = z
  .number()
  .refine(Number.isInteger, 'must be a whole number')
  .meta({ type: 'integer' })
