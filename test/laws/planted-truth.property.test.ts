import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createReverie } from '../../src/reverie.ts'
import { type Expectation, type TruthWorld, truthWorld } from '../../src/testing/index.ts'

/** Whole dreams over generated stores: few of them say a lot. */
const CASES = { numRuns: Math.ceil(Number(process.env.LAW_CASES ?? 1_000) / 50), seed: 20_261_123 }
const PATIENCE = { timeout: 300_000 }
const WORLD = { units: 60, sessions: 4, duplicateShare: 0.2, negativeShare: 0.3, updateShare: 0.3 }
const seeds = fc.integer({ min: 1, max: 1_000_000 })

interface Dreamt {
  readonly texts: readonly string[]
  /** Everything that the dream could have put a word into. */
  readonly everything: string
}

async function dreamt(world: TruthWorld, isReversed = false): Promise<Dreamt> {
  const base = mkdtempSync(join(tmpdir(), 'reverie-truth-'))
  try {
    const memory = join(base, 'memory')
    const sessions = join(base, 'sessions')
    for (const folder of [memory, sessions]) mkdirSync(folder)
    for (const [path, text] of Object.entries(world.memory)) writeFileSync(join(memory, path), text)
    const names = world.transcripts.map((_, n) => `s${isReversed ? 90 - n : 10 + n}`)
    for (const [n, messages] of world.transcripts.entries()) {
      const id = `session-${n}`
      writeFileSync(join(sessions, `${names[n]}.json`), JSON.stringify({ id, messages }))
    }
    const reverie = await createReverie({ home: join(base, 'home'), now: () => NOW })
    const { dream, changes } = await reverie.dream({ memory, sessions: [sessions] })
    if (dream.planStatus === 'waiting') await reverie.apply(dream.id)
    const texts: string[] = []
    for (const { path } of await reverie.memories.list(memory)) {
      const { units } = await reverie.memories.get(memory, path)
      texts.push(...units.map(({ text }) => text))
    }
    const everything = JSON.stringify([texts, changes, await reverie.ledger(memory)])
    await reverie.close()
    return { texts, everything }
  } finally {
    rmSync(base, { recursive: true })
  }
}

const NOW = new Date('2026-12-01T03:00:00Z')

/** As it was, perhaps with a remark behind it. */
function stands(note: string): (text: string) => boolean {
  return (text) => text === note || text.startsWith(`${note} (`)
}

function planted<K extends Expectation['kind']>(
  world: TruthWorld,
  kind: K,
): readonly Extract<Expectation, { kind: K }>[] {
  return world.expectations.filter(
    (one): one is Extract<Expectation, { kind: K }> => one.kind === kind,
  )
}

describe('a dream over a world of which the truth is known', () => {
  test('merges no hard negative, leaks no secret, and believes no tool', PATIENCE, async () => {
    await fc.assert(
      fc.asyncProperty(seeds, async (seed) => {
        const world = truthWorld({ ...WORLD, seed })
        const { texts, everything } = await dreamt(world)
        for (const { texts: pair } of planted(world, 'negative')) {
          for (const text of pair) expect(texts.some(stands(text)), text).toBe(true)
        }
        for (const { needle } of [...planted(world, 'secret'), ...planted(world, 'canary')]) {
          expect(everything).not.toContain(needle)
        }
      }),
      CASES,
    )
  })

  test('leaves a note alone that nothing outdates', PATIENCE, async () => {
    await fc.assert(
      fc.asyncProperty(seeds, async (seed) => {
        const world = truthWorld({ ...WORLD, seed })
        const { texts } = await dreamt(world)
        for (const { note, isReplaced, how } of planted(world, 'update')) {
          if (!isReplaced) expect(texts.some(stands(note)), `${how}: ${note}`).toBe(true)
        }
      }),
      CASES,
    )
  })

  test('comes to the same notes whatever the order of the transcripts', PATIENCE, async () => {
    await fc.assert(
      fc.asyncProperty(seeds, async (seed) => {
        const world = truthWorld({ ...WORLD, seed })
        const [one, two] = [await dreamt(world), await dreamt(world, true)]
        expect(two.texts).toEqual(one.texts)
      }),
      CASES,
    )
  })
})
