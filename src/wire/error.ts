import { z } from 'zod'

/** The wire's error body. Further fields of `error` depend on its type (`conflicting_path`). */
export interface WireError {
  readonly type: 'error'
  readonly error: { readonly type: string; readonly message: string } & Readonly<
    Record<string, unknown>
  >
  readonly request_id: string
}

export const wireErrorSchema: z.ZodType<WireError> = z
  .strictObject({
    type: z.literal('error'),
    error: z.looseObject({ type: z.string(), message: z.string() }),
    request_id: z.string(),
  })
  .meta({ id: 'Error' })
