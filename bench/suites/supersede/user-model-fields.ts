export type FieldValue = string | number | readonly (string | number)[]

/** A leaf of a JSON model: `current.location.city` and what stands there. */
export interface Field {
  readonly path: string
  readonly value: FieldValue
}

/** All leaves, in the order of the model; empty ones and lists of objects are none. */
export function fieldsOf(model: Readonly<Record<string, unknown>>, at = ''): readonly Field[] {
  return Object.entries(model).flatMap(([key, value]): readonly Field[] => {
    const path = at === '' ? key : `${at}.${key}`
    if (isFieldValue(value)) return valuesOf(value).length === 0 ? [] : [{ path, value }]
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return []
    return fieldsOf(Object.fromEntries(Object.entries(value)), path)
  })
}

/** The line of the memory that says it: `role: Product Manager`. */
export function bulletOf(path: string, value: FieldValue): string {
  return `${fieldName(path)}: ${valuesOf(value).join(', ')}`
}

export function fieldName(path: string): string {
  return (path.split('.').at(-1) ?? path).replaceAll('_', ' ')
}

/** The values as a person writes them, `google_docs` as `google docs`. */
export function valuesOf(value: FieldValue): readonly string[] {
  const values = typeof value === 'object' ? value : [value]
  return values.map((one) =>
    /^[a-z_]+$/.test(String(one)) ? String(one).replaceAll('_', ' ') : String(one),
  )
}

function isFieldValue(value: unknown): value is FieldValue {
  const isPlain = (one: unknown): boolean => typeof one === 'string' || typeof one === 'number'
  return isPlain(value) || (Array.isArray(value) && value.every(isPlain))
}
