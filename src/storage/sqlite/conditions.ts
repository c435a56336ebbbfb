import type { TimeRange } from '../storage.ts'
import type { SqlValue } from './database.ts'

/** Part of a WHERE clause with the values it binds. */
export interface Condition {
  readonly sql: string
  readonly values: readonly SqlValue[]
}

/** A condition, or none where one of its values is absent. */
export function given(sql: string, ...values: readonly (SqlValue | undefined)[]): Condition | null {
  const present = values.filter((value) => value !== undefined)
  return present.length < values.length ? null : { sql, values: present }
}

/** The bounds that are there; a NULL in the column lies within none. */
export function within(column: string, range: TimeRange = {}): readonly (Condition | null)[] {
  return [
    given(`${column} > ?`, range.gt),
    given(`${column} >= ?`, range.gte),
    given(`${column} < ?`, range.lt),
    given(`${column} <= ?`, range.lte),
  ]
}

/** All of them together. */
export function allOf(conditions: readonly (Condition | null)[]): Condition {
  const present = conditions.filter((condition) => condition !== null)
  return {
    sql: present.map(({ sql }) => sql).join(' AND '),
    values: present.flatMap(({ values }) => values),
  }
}
