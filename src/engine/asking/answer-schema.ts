import { type ZodType, z } from 'zod'
import type { JsonSchema } from '../../models/model.ts'

/** What every provider's strict mode takes. Bounds are left out: they are checked here. */
const KEPT = new Set(['type', 'description', 'enum', 'const', 'required', '$ref'])
/** What cannot be left out without letting other answers through. */
const REFUSED = new Set(['allOf', 'not', 'prefixItems', 'patternProperties', 'if', 'propertyNames'])

/**
 * The schema of an answer as models are given it: objects with every property required and no
 * other allowed, without bounds. Throws where a prompt's schema cannot be said like that.
 */
export function answerSchema(schema: ZodType): JsonSchema {
  const stated = strict(z.toJSONSchema(schema, { target: 'draft-2020-12' }), '')
  if (stated.type !== 'object') throw unfit('', 'is not an object')
  return stated
}

function strict(schema: unknown, at: string): JsonSchema {
  if (typeof schema !== 'object' || schema === null) throw unfit(at, 'allows anything')
  const kept: Record<string, unknown> = {}
  for (const [keyword, value] of Object.entries(schema)) {
    if (REFUSED.has(keyword)) throw unfit(at, `has \`${keyword}\``)
    if (KEPT.has(keyword)) kept[keyword] = value
    else if (keyword === 'items') kept.items = strict(value, `${at}[]`)
    else if (keyword === 'anyOf' || keyword === 'oneOf') kept.anyOf = eachStrict(value, at)
    else if (keyword === 'properties' || keyword === '$defs') kept[keyword] = namedStrict(value, at)
  }
  return kept.type === 'object' ? closed(kept, schema, at) : kept
}

function eachStrict(value: unknown, at: string): readonly JsonSchema[] {
  return Array.isArray(value) ? value.map((nested) => strict(nested, at)) : []
}

function namedStrict(value: unknown, at: string): JsonSchema {
  const entries = Object.entries(value ?? {})
  return Object.fromEntries(
    entries.map(([name, nested]) => [name, strict(nested, `${at}.${name}`)]),
  )
}

function closed(kept: Record<string, unknown>, given: object, at: string): JsonSchema {
  const names = Object.keys(kept.properties ?? {})
  const required = new Set(Array.isArray(kept.required) ? kept.required : [])
  const optional = names.filter((name) => !required.has(name))
  if (optional.length > 0) throw unfit(at, `has optional properties (${optional.join(', ')})`)
  if (!('additionalProperties' in given) || given.additionalProperties !== false) {
    throw unfit(at, 'allows other properties')
  }
  return { ...kept, required: names, additionalProperties: false }
}

function unfit(at: string, why: string): Error {
  return new Error(`The schema of an answer ${why} at "${at}": strict modes refuse it.`)
}
