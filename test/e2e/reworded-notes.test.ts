import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createReverie } from '../../src/reverie.ts'

let base = ''

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'reworded-'))
})

afterEach(() => rmSync(base, { recursive: true }))

const NOTES = `# Notes

- Ivo reviews the rental contracts every two weeks.
- The rental contracts are drafted by Omar.
- The rental contracts are reviewed by Ivo every 14 days, because they change often.
- If the build fails, page Ivo and never restart it.
- Page Ivo if the build fails, and never restart it.
`

it('merges notes in other words, keeps what only looks alike, and loses no number or denial', async () => {
  const memory = join(base, 'memory')
  mkdirSync(memory)
  writeFileSync(join(memory, 'notes.md'), NOTES)
  const reverie = await createReverie({ home: join(base, 'state') })

  const { dream, changes } = await reverie.dream({ memory, sessions: [] })
  await reverie.apply(dream.id)
  const ledger = await reverie.ledger(memory)
  await reverie.close()

  expect(changes.map(({ kind }) => kind)).toEqual(['merge', 'merge'])
  expect(readFileSync(join(memory, 'notes.md'), 'utf8')).toBe(`# Notes

- The rental contracts are drafted by Omar.
- The rental contracts are reviewed by Ivo every 14 days, because they change often.
- If the build fails, page Ivo and never restart it.
`)
  expect(ledger.map(({ text }) => text).sort()).toEqual([
    'Ivo reviews the rental contracts every two weeks.',
    'Page Ivo if the build fails, and never restart it.',
  ])
})
