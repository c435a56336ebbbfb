import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { REQUIREMENTS } from '../requirements.ts'

const FOLDER = import.meta.dirname

describe('requirements of the wire', () => {
  const cited = readdirSync(FOLDER)
    .filter((name) => name.endsWith('.test.ts'))
    .flatMap((name) => [
      ...readFileSync(join(FOLDER, name), 'utf8').matchAll(/^requirement\('([^']+)'/gm),
    ])
    .map((match) => match[1] ?? '')

  it('are each shown by exactly one test through the official clients', () => {
    expect(cited.toSorted()).toEqual(REQUIREMENTS.map(({ id }) => id).toSorted())
  })

  it('have ids of their own', () => {
    expect(new Set(REQUIREMENTS.map(({ id }) => id)).size).toBe(REQUIREMENTS.length)
  })

  it('stand in files that run them', () => {
    for (const name of readdirSync(FOLDER).filter((file) => file.endsWith('.test.ts'))) {
      const text = readFileSync(join(FOLDER, name), 'utf8')

      expect(/^requirement\(/m.test(text) === /^onEveryClient\(/m.test(text), name).toBe(true)
    }
  })
})
