/**
 * The document with null among the values of every enum that may be null: the generator names the
 * type alone, which allows nothing.
 */
export function withNullInEnums<Value>(document: Value): Value {
  return mended(document) as Value
}

function mended(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(mended)
  if (typeof value !== 'object' || value === null) return value
  const fields = Object.entries(value).map(([name, field]) => [name, mended(field)])
  const schema: Readonly<Record<string, unknown>> = Object.fromEntries(fields)
  const { type, enum: values } = schema
  const isNullable = Array.isArray(type) && type.includes('null')
  if (!isNullable || !Array.isArray(values) || values.includes(null)) return schema
  return { ...schema, enum: [...values, null] }
}
