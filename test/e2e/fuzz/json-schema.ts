/** The part of JSON Schema that the server's document is written in. */
export interface Schema {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly allOf?: readonly Schema[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: boolean | Schema
  readonly propertyNames?: Schema
  readonly maxProperties?: number
  readonly items?: Schema
  readonly minItems?: number
  readonly maxItems?: number
  readonly uniqueItems?: boolean
  readonly minLength?: number
  readonly maxLength?: number
  readonly pattern?: string
  readonly format?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly exclusiveMinimum?: number
  readonly exclusiveMaximum?: number
  readonly default?: unknown
}

export type Schemas = Readonly<Record<string, Schema>>

/** Keywords that say nothing about a value. */
const SILENT: ReadonlySet<string> = new Set(['description', 'default', 'example', 'title'])
const KNOWN: ReadonlySet<string> = new Set([
  ...['$ref', 'type', 'enum', 'anyOf', 'oneOf', 'allOf', 'properties', 'required'],
  ...['additionalProperties', 'propertyNames', 'maxProperties', 'items', 'minItems', 'maxItems'],
  ...['uniqueItems', 'minLength', 'maxLength', 'pattern', 'format', 'minimum', 'maximum'],
  ...['exclusiveMinimum', 'exclusiveMaximum'],
])

/** Follows references; throws on one that leads nowhere. */
export function resolved(schema: Schema, schemas: Schemas): Schema {
  if (schema.$ref === undefined) return schema
  const found = schemas[schema.$ref.replace('#/components/schemas/', '')]
  if (found === undefined) throw new Error(`${schema.$ref} is not in the document.`)
  return resolved(found, schemas)
}

/** Null when the value is as the schema says; otherwise where it is not, and why. */
export function violation(
  given: Schema,
  value: unknown,
  schemas: Schemas,
  at = '$',
): string | null {
  const schema = resolved(given, schemas)
  for (const keyword of Object.keys(schema)) {
    if (!KNOWN.has(keyword) && !SILENT.has(keyword)) throw new Error(`${keyword} is not checked.`)
  }
  return (
    branchViolation(schema, value, schemas, at) ??
    typeViolation(schema, value, at) ??
    (typeof value === 'string' ? textViolation(schema, value, at) : null) ??
    (typeof value === 'number' ? numberViolation(schema, value, at) : null) ??
    (Array.isArray(value) ? listViolation(schema, value, schemas, at) : null) ??
    (isObject(value) ? objectViolation(schema, value, schemas, at) : null)
  )
}

type Fields = Readonly<Record<string, unknown>>

export function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function branchViolation(
  { anyOf, oneOf, allOf = [] }: Schema,
  value: unknown,
  schemas: Schemas,
  at: string,
): string | null {
  for (const part of allOf) {
    const wrong = violation(part, value, schemas, at)
    if (wrong !== null) return wrong
  }
  const wrongOf = (branches: readonly Schema[]): readonly (string | null)[] =>
    branches.map((branch) => violation(branch, value, schemas, at))
  if (anyOf !== undefined) {
    const wrongs = wrongOf(anyOf)
    if (!wrongs.includes(null)) return `${at}: no branch fits (${wrongs.join(' | ')})`
  }
  if (oneOf !== undefined) {
    const wrongs = wrongOf(oneOf)
    const fits = wrongs.filter((wrong) => wrong === null).length
    if (fits !== 1) return `${at}: ${fits} branches fit (${wrongs.join(' | ')})`
  }
  return null
}

function typeViolation(schema: Schema, value: unknown, at: string): string | null {
  const types = typesOf(schema)
  if (types.length > 0 && !types.some((type) => isOfType(type, value))) {
    return `${at}: is ${value === null ? 'null' : typeof value}, not ${types.join(' or ')}`
  }
  if (schema.enum !== undefined && !schema.enum.includes(value)) {
    return `${at}: is none of ${schema.enum.length} values`
  }
  return null
}

export function typesOf({ type = [] }: Schema): readonly string[] {
  return typeof type === 'string' ? [type] : type
}

function isOfType(type: string, value: unknown): boolean {
  if (type === 'null') return value === null
  if (type === 'array') return Array.isArray(value)
  if (type === 'object') return isObject(value)
  if (type === 'integer') return Number.isInteger(value)
  return typeof value === type
}

function textViolation(schema: Schema, text: string, at: string): string | null {
  const { minLength = 0, maxLength = Number.POSITIVE_INFINITY, pattern, format } = schema
  const length = [...text].length
  if (length < minLength || length > maxLength) return `${at}: ${length} characters`
  if (pattern !== undefined && !new RegExp(pattern, 'u').test(text)) return `${at}: not ${pattern}`
  if (format === 'date-time' && !isDateTime(text)) return `${at}: no date-time`
  if (format === 'uri' && !URL.canParse(text)) return `${at}: no URI`
  return null
}

/** RFC 3339. */
function isDateTime(text: string): boolean {
  const parts = /^(\d{4}-\d\d-\d\d)T\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/.exec(text)
  if (parts === null || Number.isNaN(Date.parse(text))) return false
  return new Date(`${parts[1]}T00:00:00Z`).toISOString().startsWith(parts[1] ?? '-')
}

function numberViolation(schema: Schema, value: number, at: string): string | null {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = schema
  const isOut =
    (minimum !== undefined && value < minimum) ||
    (maximum !== undefined && value > maximum) ||
    (exclusiveMinimum !== undefined && value <= exclusiveMinimum) ||
    (exclusiveMaximum !== undefined && value >= exclusiveMaximum)
  return isOut ? `${at}: ${value} is out of bounds` : null
}

function listViolation(
  schema: Schema,
  list: readonly unknown[],
  schemas: Schemas,
  at: string,
): string | null {
  const { minItems = 0, maxItems = Number.POSITIVE_INFINITY, uniqueItems, items } = schema
  if (list.length < minItems || list.length > maxItems) return `${at}: ${list.length} items`
  if (uniqueItems === true && new Set(list).size < list.length) return `${at}: items repeat`
  if (items === undefined) return null
  return first(list.entries(), ([n, item]) => violation(items, item, schemas, `${at}[${n}]`))
}

function objectViolation(
  schema: Schema,
  value: Fields,
  schemas: Schemas,
  at: string,
): string | null {
  const { properties = {}, required = [], additionalProperties = true, propertyNames } = schema
  const missing = required.find((name) => !Object.hasOwn(value, name))
  if (missing !== undefined) return `${at}.${missing}: is missing`
  const { maxProperties = Number.POSITIVE_INFINITY } = schema
  const count = Object.keys(value).length
  if (count > maxProperties) return `${at}: ${count} properties`
  return first(Object.entries(value), ([name, field]) => {
    const place = `${at}.${name.slice(0, 40)}`
    if (propertyNames !== undefined) {
      const wrong = violation(propertyNames, name, schemas, place)
      if (wrong !== null) return wrong
    }
    const known = Object.hasOwn(properties, name) ? properties[name] : undefined
    if (known !== undefined) return violation(known, field, schemas, place)
    if (additionalProperties === false) return `${place}: is not known`
    if (additionalProperties === true) return null
    return violation(additionalProperties, field, schemas, place)
  })
}

function first<Item>(items: Iterable<Item>, wrongOf: (item: Item) => string | null): string | null {
  for (const item of items) {
    const wrong = wrongOf(item)
    if (wrong !== null) return wrong
  }
  return null
}
