import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { jsonSchemaText, REPORT_NAMES, reportSchema } from './json-schemas.ts'

const folder = new URL('../../../schemas/', import.meta.url)

describe('the published JSON Schemas', () => {
  it.each(REPORT_NAMES)('%s is what the code says', (name) => {
    const published = readFileSync(new URL(`${name}.schema.json`, folder), 'utf8')

    expect(published).toBe(jsonSchemaText(name))
  })

  it('are no more than these', () => {
    const files = readdirSync(folder).toSorted()

    expect(files).toEqual(REPORT_NAMES.map((name) => `${name}.schema.json`).toSorted())
  })

  it('refuse an object under another name, or with something more in it', () => {
    const good = {
      schema: 'reverie/v1/version',
      data: { version: '1.0.0', node: '24.0.0', platform: 'linux-x64' },
      warnings: [],
      next: [],
    }
    const schema = reportSchema('version')

    expect(schema.safeParse(good).success).toBe(true)
    expect(schema.safeParse({ ...good, schema: 'reverie/v1/status' }).success).toBe(false)
    expect(schema.safeParse({ ...good, extra: 1 }).success).toBe(false)
  })
})
