import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createReverie, type DreamOutcome } from '../../src/reverie.ts'

const ROOT = join(import.meta.dirname, '../..')
const NOW = new Date('2026-11-20T03:00:00.000Z')
const home = mkdtempSync(join(tmpdir(), 'reverie-shop-'))

/** The example of this repository, each time with a state folder of its own. */
async function dreamt(name: string, model: string): Promise<DreamOutcome> {
  const memory = join(home, name, 'memory')
  cpSync(join(ROOT, 'examples/shop/memory'), memory, { recursive: true })
  const reverie = await createReverie({ home: join(home, name, 'state'), now: () => NOW })
  try {
    const sessions = [join(ROOT, 'examples/shop/sessions')]
    return await reverie.dream({ memory, sessions, model })
  } finally {
    await reverie.close()
  }
}

const countOf = ({ changes }: DreamOutcome, kind: string): number =>
  changes.filter((change) => change.kind === kind && change.status === 'proposed').length

describe('the example with the recorded answers of a model', () => {
  let byRules: DreamOutcome
  let byModel: DreamOutcome

  beforeAll(async () => {
    byRules = await dreamt('rules', 'none')
    byModel = await dreamt('model', `cassette:${join(ROOT, 'test/fixtures/shop-cassette')}`)
  }, 120_000)

  afterAll(() => rmSync(home, { recursive: true }))

  it('finds what rules find and a retelling that they do not', () => {
    expect(countOf(byModel, 'supersede')).toBe(countOf(byRules, 'supersede'))
    expect(countOf(byModel, 'conflict')).toBe(countOf(byRules, 'conflict'))
    expect(countOf(byModel, 'merge')).toBe(countOf(byRules, 'merge') + 1)
    const merged = byModel.changes.find(({ before }) =>
      before.some(({ text }) => text === 'Same-day dispatch: cut-off is 13:00.'),
    )
    expect(merged?.after.map(({ text }) => text)).toEqual([
      'Orders placed before 13:00 leave the warehouse the same day.',
    ])
  })

  it('reads everything and says what became of every statement', () => {
    const { read, usage } = byModel.dream.plan?.report ?? {}
    const left = usage?.coverage?.left.reduce((sum, { count }) => sum + count, 0) ?? 0

    expect(read?.pending).toBe(0)
    expect(usage?.uncovered).toBe(0)
    expect(usage?.coverage?.claims).toBe((usage?.coverage?.covered ?? 0) + left)
  })
})
