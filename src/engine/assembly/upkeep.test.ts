import { describe, expect, it } from 'vitest'
import { parseMemory } from '../../core/markdown.ts'
import type { StoreContent } from '../../core/store-content.ts'
import type { Unit } from '../../core/unit.ts'
import { aNote } from '../stages/entry.test-support.ts'
import { expiredUnits, findDeadIndexLines, findExpired, findSecrets } from './upkeep.ts'

function unitOf(text: string): Unit {
  const { source } = aNote(text)
  if (source.kind !== 'unit') throw new Error('A note is a unit.')
  return source.unit
}

function storeOf(files: Readonly<Record<string, string>>): StoreContent {
  const memories = Object.entries(files).map(([path, content]) => {
    const { units } = parseMemory(content, { isIndex: path.endsWith('MEMORY.md') })
    const owned = units.map((unit): Unit => ({ ...unitOf(unit.text), ...unit, path }))
    return [path, { path, content, units: owned }] as const
  })
  return { memories: new Map(memories) }
}

describe('findSecrets', () => {
  it('finds the notes that the scanner masks, and holds only the masked text', async () => {
    const units = [unitOf('The token is hunter2.'), unitOf('The port is 5432.')]
    const secrets = { mask: async (text: string) => text.replace('hunter2', '[redacted:token]') }

    const findings = await findSecrets(units, secrets)

    expect(findings.map(({ unit }) => unit)).toEqual([units[0]])
    expect(findings[0]?.maskedText).toBe('The token is [redacted:token].')
  })
})

describe('findDeadIndexLines', () => {
  it('finds the lines that lead to no memory, and no others', () => {
    const content = storeOf({
      '/MEMORY.md': [
        '- [Ports](ports.md): which',
        '- [Gone](gone.md): nothing',
        '- [Deep](./deep/notes.md): further down',
        '- [With spaces](two%20words.md): escaped',
        '- [A section](ports.md#staging): inside',
        '- [The site](https://example.com/gone.md): outside',
        '- A plain line',
        '',
      ].join('\n'),
      '/ports.md': '- The port is 5432.\n',
      '/deep/notes.md': '- A note.\n',
      '/two words.md': '- A note.\n',
    })

    expect(findDeadIndexLines(content).map(({ unit }) => unit.linkTarget)).toEqual(['gone.md'])
  })
})

describe('findExpired', () => {
  const AS_OF = '2026-11-20T03:00:00.000Z'

  it('remarks on what its own end date has passed', () => {
    const unit = unitOf('The outlet is hidden for now, until 2026-10-01.')

    expect(findExpired([unit], AS_OF, () => false)).toMatchObject([
      {
        kind: 'annotate',
        unit,
        note: expect.stringMatching(/^ended 2026-10-0[12]$/),
        because: null,
      },
    ])
  })

  it.each([
    ['has its end before it', 'The outlet is hidden for now, until 2026-12-01.'],
    ['names a date that is no end', 'The new checkout goes live on 2026-10-05.'],
    [
      'has the remark already',
      'The outlet is hidden for now, until 2026-10-01. (ended 2026-10-01)',
    ],
    ['ends at no date', 'The outlet is hidden for now.'],
  ])('says nothing to a note that %s', (_, text) => {
    expect(expiredUnits([unitOf(text)], AS_OF)).toEqual([])
  })

  it('still holds on the day itself', () => {
    const unit = unitOf('The outlet is hidden for now, until 2026-11-20.')

    expect(expiredUnits([unit], AS_OF)).toEqual([])
  })

  it('leaves alone what is frozen', () => {
    const unit = unitOf('The outlet is hidden for now, until 2026-10-01.')

    expect(findExpired([unit], AS_OF, () => true)).toEqual([])
  })
})
