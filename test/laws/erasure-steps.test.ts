import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const ENGINE = join(import.meta.dirname, '../../src/engine')

/** Steps whose results hold no words of sessions, or are cleaned one by one. */
const KNOWN = ['answer', 'batches', 'verdict', 'used', 'first-use', 'schedule', 'waiting-events']
const MARKS = ['note-compared', 'pair-asked', 'pair-refused', 'recorded-in']

test('every kind of step is one that erasure knows', () => {
  const files = readdirSync(ENGINE, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !/\.test(-support)?\.ts$/.test(name))
    .map((name) => readFileSync(join(ENGINE, name), 'utf8'))
  const clean = readFileSync(join(ENGINE, 'erasure/clean-rows.ts'), 'utf8')
  const named = files.flatMap((text) => [
    ...text.matchAll(/recorded(?:Step|Each)\(\s*[\w.]+,\s*'([\w-]+)'/g),
    ...text.matchAll(/Key\([^)]*\): string \{\s*return `([\w-]+):\$\{/g),
    ...text.matchAll(/function keyOf\([^)]*\): string \{\s*return `([\w-]+):\$\{/g),
  ])
  const kinds = new Set(named.map(([, kind = '']) => kind))

  expect(kinds.size).toBeGreaterThan(10)
  const unknown = [...kinds].filter(
    (kind) => ![...KNOWN, ...MARKS].includes(kind) && !new RegExp(`[(|:]${kind}[|)]`).test(clean),
  )
  expect(unknown).toEqual([])
})
