import { z } from 'zod'
import { LIMITS } from '../config.ts'

/** Key-value pairs of a client's own. */
export type Metadata = Readonly<Record<string, string>>

/** Pairs to set; null takes a key out. */
export type MetadataPatch = Readonly<Record<string, string | null>>

const key = z.string().min(1).max(LIMITS.metadataKeyCharsMax)
const value = z.string().max(LIMITS.metadataValueCharsMax)
const { metadataPairsMax } = LIMITS

/** Metadata as it is made: pairs, keys and values within their bounds. */
export const metadataSchema: z.ZodType<Metadata> = z
  .record(key, value)
  .refine(
    (pairs) => Object.keys(pairs).length <= metadataPairsMax,
    `metadata has at most ${metadataPairsMax} pairs`,
  )
  .meta({
    maxProperties: metadataPairsMax,
    propertyNames: { minLength: 1, maxLength: LIMITS.metadataKeyCharsMax },
  })

/** A patch of metadata; how many pairs remain is checked with what is there. */
export const metadataPatchSchema: z.ZodType<MetadataPatch> = z.record(key, value.nullable())

/** Metadata as it is answered. */
export const wireMetadataSchema: z.ZodType<Metadata> = z.record(z.string(), z.string())
