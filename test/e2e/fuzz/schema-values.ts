import fc, { type Arbitrary } from 'fast-check'
import { resolved, type Schema, type Schemas, typesOf } from './json-schema.ts'
import { kindOfName, placeholder } from './known-ids.ts'

/** Values as a schema wants them; `name` is the field that they are for. */
export function valuesOf(given: Schema, schemas: Schemas, name = ''): Arbitrary<unknown> {
  const schema = resolved(given, schemas)
  const { anyOf, oneOf } = schema
  const branches = anyOf ?? oneOf
  if (branches !== undefined) {
    return fc.oneof(...branches.map((branch) => valuesOf(branch, schemas, name)))
  }
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum)
  const types = typesOf(schema)
  const kinds = types.map((type) => valuesOfType(type, schema, schemas, name))
  return kinds.length === 0 ? fc.jsonValue({ maxDepth: 2 }) : fc.oneof(...kinds)
}

function valuesOfType(
  type: string,
  schema: Schema,
  schemas: Schemas,
  name: string,
): Arbitrary<unknown> {
  switch (type) {
    case 'null':
      return fc.constant(null)
    case 'boolean':
      return fc.boolean()
    case 'integer':
      return wholeNumbers(schema)
    case 'number':
      return fc.oneof(wholeNumbers(schema), fractions(schema))
    case 'string':
      return texts(schema, name)
    case 'array':
      return lists(schema, schemas, name)
    case 'object':
      return objects(schema, schemas, name)
    default:
      throw new Error(`There are no values of the type ${type}.`)
  }
}

const NUMBER_MAX = 1_000_000

function wholeNumbers({ minimum, maximum, exclusiveMinimum }: Schema): Arbitrary<number> {
  const min = Math.max(minimum ?? -NUMBER_MAX, (exclusiveMinimum ?? -NUMBER_MAX - 1) + 1)
  const max = Math.min(maximum ?? NUMBER_MAX, Math.max(min, NUMBER_MAX))
  return fc.oneof(fc.integer({ min, max }), fc.constantFrom(min, max))
}

function fractions({ minimum = 0, maximum = NUMBER_MAX }: Schema): Arbitrary<number> {
  return fc.double({ min: minimum, max: maximum, noNaN: true })
}

const ITEMS_MAX = 4

function lists(schema: Schema, schemas: Schemas, name: string): Arbitrary<unknown> {
  const { minItems = 0, maxItems = ITEMS_MAX, items = {}, uniqueItems } = schema
  const bounds = {
    minLength: minItems,
    maxLength: Math.max(minItems, Math.min(maxItems, ITEMS_MAX)),
  }
  const item = valuesOf(items, schemas, name)
  return uniqueItems === true ? fc.uniqueArray(item, bounds) : fc.array(item, bounds)
}

function objects(schema: Schema, schemas: Schemas, name: string): Arbitrary<unknown> {
  const { properties = {}, required = [], additionalProperties, maxProperties = 3 } = schema
  const fields = Object.entries(properties).map(([field, inner]) => {
    // The id of an object that stands for an agent or a model.
    const meant = field === 'id' ? name : field
    return [field, valuesOf(inner, schemas, meant)] as const
  })
  const known = fc.record(Object.fromEntries(fields), {
    requiredKeys: required.filter((field) => Object.hasOwn(properties, field)),
  })
  if (typeof additionalProperties !== 'object') return known
  const more = fc.dictionary(words, valuesOf(additionalProperties, schemas), {
    maxKeys: Math.min(maxProperties, 3),
  })
  return fc.tuple(more, known).map(([free, own]) => ({ ...free, ...own }))
}

const words = fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme-ascii' })
/** Texts that code forgets about. */
const odd = fc.constantFrom(
  ...['\u0000', 'a\u0000b', '\ud800', 'x\udfff', '__proto__', 'constructor', 'null', '0', '-1'],
  ...['👩‍👩‍👧‍👦', 'e\u0301', '\u202eabc', '\ufeff', '%00', '../..', "'; --", '\r\n', '\u2028', ' '],
)

function texts(schema: Schema, name: string): Arbitrary<string> {
  const own = OWN_TEXTS[name]
  if (own !== undefined) return own
  const kind = kindOfName(name)
  if (kind !== null) return idsOf(kind)
  if (schema.format === 'date-time') return instants
  if (schema.format === 'uri') return uris
  if (schema.pattern !== undefined) return fc.stringMatching(new RegExp(schema.pattern, 'u'))
  const { minLength = 0, maxLength = 200 } = schema
  const within = (text: string): boolean => {
    const { length } = [...text]
    return length >= minLength && length <= maxLength
  }
  return fc.oneof(
    { weight: 6, arbitrary: fc.string({ minLength, maxLength: Math.min(maxLength, 60) }) },
    {
      weight: 2,
      arbitrary: fc.string({ minLength, maxLength: Math.min(maxLength, 20), unit: 'binary' }),
    },
    { weight: 2, arbitrary: odd.filter(within) },
    { weight: 1, arbitrary: fc.constantFrom('x', 'é', '🙂').map((char) => char.repeat(maxLength)) },
  )
}

const seconds = fc.integer({ min: 0, max: 4_000_000_000 })
const instants = fc.oneof(
  seconds.map((at) => new Date(at * 1_000).toISOString()),
  seconds.map((at) => new Date(at * 1_000).toISOString().replace('.000Z', '+05:30')),
  fc.constantFrom('2026-11-22T10:00:00Z', '0001-01-01T00:00:00Z', '9999-12-31T23:59:59.999999Z'),
)
const uris = fc.oneof(fc.constantFrom('https://example.com/a', 'http://[::1]:8080/'), fc.webUrl())
const segment = fc.constantFrom('a', 'b', 'notes', 'x.md', 'é', '日本', ' ', 'A', 'index')
const paths = fc.array(segment, { minLength: 1, maxLength: 5 }).map((all) => `/${all.join('/')}`)

const OWN_TEXTS: Readonly<Record<string, Arbitrary<string>>> = {
  path: fc.oneof(
    { weight: 5, arbitrary: paths },
    odd.map((text) => `/${text.replaceAll('/', '')}x`),
  ),
  path_prefix: fc.oneof(
    fc.constant('/'),
    paths.map((path) => `${path}/`),
  ),
  mount_path: paths,
  model: fc.constantFrom('embedded', 'claude-opus-5', 'claude-sonnet-5', 'nobody-knows-it'),
  cron: fc.constantFrom('0 3 * * *', '*/5 * * * 1-5', '@daily', '61 * * * *'),
  time_zone: fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Mars/Olympus'),
  from: fc.constantFrom('22:00', '00:00', '24:00', '7:5'),
  until: fc.constantFrom('06:00', '23:59', '22:00', ''),
  at: instants,
}

const numbers = fc.nat({ max: 99 })

/** Mostly ids that are there; some that are not, and some of another kind. */
function idsOf(kind: string): Arbitrary<string> {
  const others = fc.constantFrom('memstore', 'mem', 'memver', 'sesn', 'drm', 'agent', 'page', 'sha')
  return fc.oneof(
    { weight: 30, arbitrary: numbers.map((n) => placeholder(kind, n)) },
    { weight: 1, arbitrary: numbers.map((n) => `${kind}_${n}`) },
    { weight: 1, arbitrary: fc.tuple(others, numbers).map(([other, n]) => placeholder(other, n)) },
    { weight: 1, arbitrary: fc.string({ minLength: 1, maxLength: 40 }) },
  )
}

/** Values for a parameter of a path or a query, as text; a list gives several. */
export function parameterTexts(given: Schema, name: string): Arbitrary<readonly string[]> {
  const plain = name.replace('[]', '')
  return valuesOf(given, {}, plain).map((value) =>
    (Array.isArray(value) ? value : [value]).map((one) => String(one)),
  )
}
