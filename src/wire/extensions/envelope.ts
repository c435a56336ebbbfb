import { z } from 'zod'

/**
 * What every command prints under `--json`: one object. `schema` names the shape of `data`
 * (`reverie/v1/<command>`); `next` holds command lines that make sense now, best first.
 */
export interface Envelope<Data = unknown> {
  readonly schema: string
  readonly data: Data
  readonly warnings: readonly string[]
  readonly next: readonly string[]
}

export function envelope<Data>(
  name: string,
  data: Data,
  around: { readonly warnings?: readonly string[]; readonly next?: readonly string[] } = {},
): Envelope<Data> {
  return {
    schema: schemaId(name),
    data,
    warnings: around.warnings ?? [],
    next: around.next ?? [],
  }
}

export function envelopeSchema<Data>(
  name: string,
  data: z.ZodType<Data>,
): z.ZodType<Envelope<Data>> {
  return z.strictObject({
    schema: z.literal(schemaId(name)),
    data,
    warnings: z.array(z.string()),
    next: z.array(z.string()),
  })
}

export function schemaId(name: string): string {
  return `reverie/v1/${name}`
}
