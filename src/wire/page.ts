import { z } from 'zod'
import { LIMITS } from '../config.ts'

/** The schema of an object with these fields: a query, a body or the ids of a path. */
export type Fields<Values> = z.ZodObject<{
  readonly [Name in keyof Values]: z.ZodType<Values[Name]>
}>

/** The wire's list envelope. */
export interface WirePage<Item> {
  readonly data: readonly Item[]
  /** Cursor of the next page; null = this is the last one. */
  readonly next_page: string | null
}

/** `{data, next_page}` of these items, as a component of this name. */
export function pageSchema<Item>(item: z.ZodType<Item>, id: string): z.ZodType<WirePage<Item>> {
  return z.strictObject({ data: z.array(item), next_page: z.string().nullable() }).meta({ id })
}

/** Every query has these: which page of the list, and how much of it. */
export interface PageFields {
  /** 1 to the maximum, default 20. */
  readonly limit: number
  /** Opaque; absent = the first page. */
  readonly page: string | undefined
}

/** The fields of `limit` and `page`, to be spread into the query of a list. */
export function pageFields(limitMax: number = LIMITS.pageItemsMax): {
  readonly limit: z.ZodType<number>
  readonly page: z.ZodType<string | undefined>
} {
  return {
    limit: wholeNumber(z.int().min(1).max(limitMax).default(LIMITS.pageItemsDefault)),
    page: cursor,
  }
}

/** As `positionOf` reads it; clients send an empty one for the first page. */
const cursor: z.ZodType<string | undefined> = z
  .string()
  .max(LIMITS.cursorCharsMax)
  .transform((text) => (text === '' ? undefined : text))
  .optional()

/** A query value that is a whole number in plain digits. */
export function wholeNumber<Value extends number | undefined>(
  inner: z.ZodType<Value>,
): z.ZodType<Value> {
  return z.preprocess(
    (value) => (typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : value),
    inner,
  )
}

/** A query value that is `true` or `false` and nothing else; absent = false. */
export const flag: z.ZodType<boolean> = z.preprocess(
  (value) => (value === 'true' ? true : value === 'false' ? false : value),
  z.boolean().default(false),
)

/** RFC 3339 with any offset, read as ISO 8601 UTC in milliseconds, the form of stored times. */
export const instant: z.ZodType<string> = z.iso
  .datetime({ offset: true })
  .transform((text) => new Date(text))
  .refine((time) => !Number.isNaN(time.getTime()), 'this is no time')
  .transform((time) => time.toISOString())

/** How a bound of `created_at` is written: `created_at[gte]`. */
export type TimeBound = 'gt' | 'gte' | 'lt' | 'lte'

/** Fields of a query for bounds of `created_at`, by their names on the wire. */
export type CreatedAtFields<Bound extends TimeBound> = {
  readonly [Name in `created_at[${Bound}]`]: z.ZodType<string | undefined>
}

/** The fields of the bounds that a list takes, to be spread into its query. */
export function createdAt<Bound extends TimeBound>(
  ...bounds: readonly Bound[]
): CreatedAtFields<Bound> {
  const fields: Readonly<Record<string, z.ZodType<string | undefined>>> = Object.fromEntries(
    bounds.map((bound) => [`created_at[${bound}]`, instant.optional()]),
  )
  return fields as CreatedAtFields<Bound>
}

/** Bounds of a time; those that were not given are absent. */
export interface TimeBounds {
  readonly gt?: string
  readonly gte?: string
  readonly lt?: string
  readonly lte?: string
}

/** The bounds that a query gave; undefined = none. */
export function createdWithin(
  query: Readonly<Partial<Record<`created_at[${TimeBound}]`, string | undefined>>>,
): TimeBounds | undefined {
  const bounds = (['gt', 'gte', 'lt', 'lte'] as const).flatMap((bound) => {
    const at = query[`created_at[${bound}]`]
    return at === undefined ? [] : [[bound, at] as const]
  })
  return bounds.length === 0 ? undefined : Object.fromEntries(bounds)
}
