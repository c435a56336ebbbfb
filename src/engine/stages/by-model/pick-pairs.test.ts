import { describe, expect, it } from 'vitest'
import type { SessionEventId, SessionId } from '../../../core/ids.ts'
import type { Unit } from '../../../core/unit.ts'
import { DREAM_LIMITS } from '../../dream-limits.ts'
import type { Entry } from '../../entry.ts'
import { inputsOf } from '../dream-inputs.test-support.ts'
import { aStatement } from '../entry.test-support.ts'
import type { DreamInputs } from '../snapshot.ts'
import { portsWith, stepsInMemory } from '../told-dream.test-support.ts'
import { type PairToAsk, pickPairs, rememberPairs } from './pick-pairs.ts'

const SESSION = { id: 'sesn_1' as SessionId, eventIds: ['evt_1' as SessionEventId] }

interface World {
  readonly inputs: DreamInputs
  readonly pairs: readonly PairToAsk[]
}

/** Notes of which every two are a pair; `by` tells who wrote one. */
function worldOf(
  lines: readonly string[],
  { isTold = false, by = (): Unit['origin'] => 'imported' }: Given = {},
): World {
  const inputs = inputsOf({ '/notes.md': lines.map((line) => `- ${line}\n`).join('') })
  const units = inputs.units.map((unit) => ({ ...unit, origin: by(unit.text) }))
  const sessions = isTold ? [SESSION] : []
  return {
    inputs: { ...inputs, units, snapshot: { ...inputs.snapshot, sessions } },
    pairs: units.flatMap((a, n) => units.slice(n + 1).map((b) => pairOf(entryOf(a), entryOf(b)))),
  }
}

interface Given {
  readonly isTold?: boolean
  readonly by?: (text: string) => Unit['origin']
}

function entryOf(unit: Unit): Entry {
  const { source: _, ...rest } = aStatement(unit.text)
  return { ...rest, key: unit.id, source: { kind: 'unit', unit } }
}

function pairOf(a: Entry, b: Entry, cost = 1): PairToAsk {
  return { a, b, key: [a.text, b.text].sort().join(' | '), cost }
}

const LINES = Array.from({ length: 40 }, (_, n) => `The worker ${n} reads one queue.`)
const COUNT = (LINES.length * (LINES.length - 1)) / 2

/** One dream after the other over the same memory of answers; what each has newly asked. */
function dreams(): (world: World, isAnswered?: (pair: PairToAsk) => boolean) => Promise<Picked> {
  const ports = portsWith(null, stepsInMemory())
  const asked = new Set<string>()
  return async ({ inputs, pairs }, isAnswered = () => true) => {
    const picked = await pickPairs(pairs, inputs, ports)
    await rememberPairs(picked, isAnswered, inputs, ports)
    const fresh = picked.filter(({ key }) => !asked.has(key))
    for (const { key } of fresh) asked.add(key)
    return { picked, fresh }
  }
}

interface Picked {
  readonly picked: readonly PairToAsk[]
  readonly fresh: readonly PairToAsk[]
}

describe('the pairs that a model is asked about', () => {
  it('are at most so many, and none where nothing is new, whatever waits', async () => {
    const dream = dreams()
    const first = await dream(worldOf(LINES))
    const moved = worldOf(LINES.toReversed())
    const second = await dream(moved)

    expect(COUNT).toBeGreaterThan(DREAM_LIMITS.pairsAskedMax)
    expect(first.fresh).toHaveLength(DREAM_LIMITS.pairsAskedMax)
    expect(second.fresh).toEqual([])
    // What is known costs nothing and stays in force.
    expect(second.picked).toHaveLength(DREAM_LIMITS.pairsAskedMax)
  })

  it('go on with some old ones wherever something was said', async () => {
    const dream = dreams()
    await dream(worldOf(LINES))
    const { fresh } = await dream(worldOf(LINES, { isTold: true }))

    expect(fresh).toHaveLength(DREAM_LIMITS.oldPairsAskedMax)
  })

  it('are those with a new note first, then old ones', async () => {
    const dream = dreams()
    await dream(worldOf(LINES))
    const added = 'Mara waters the plants.'
    const { fresh } = await dream(worldOf([...LINES, added]))
    const isNews = ({ a, b }: PairToAsk): boolean => [a.text, b.text].includes(added)

    expect(fresh.filter(isNews)).toHaveLength(LINES.length)
    expect(fresh).toHaveLength(LINES.length + DREAM_LIMITS.oldPairsAskedMax)
  })

  it('are those with a claim before all old ones, however many wait', async () => {
    const dream = dreams()
    await dream(worldOf(LINES))
    const { inputs, pairs } = worldOf(LINES, { isTold: true })
    const claims = Array.from({ length: 10 }, (_, n) => aStatement(`Nils counts ${n} crates.`))
    const news = claims.flatMap((claim) => inputs.units.map((unit) => pairOf(claim, entryOf(unit))))
    const { fresh } = await dream({ inputs, pairs: [...pairs, ...news] })

    expect(news).toHaveLength(DREAM_LIMITS.pairsAskedMax)
    expect(fresh).toEqual(news)
  })

  it('are no more for what a dream wrote itself', async () => {
    const dream = dreams()
    await dream(worldOf(LINES))
    const written = 'The worker 40 reads two queues.'
    const by = (text: string): Unit['origin'] => (text === written ? 'dream' : 'imported')
    const { fresh } = await dream(worldOf([...LINES, written], { by }))

    expect(fresh).toEqual([])
  })

  it('are asked once more where no answer came', async () => {
    const dream = dreams()
    const lines = LINES.slice(0, 3)
    const world = worldOf(lines)
    await dream(world, () => false)
    const { inputs, pairs } = worldOf(lines.toReversed())
    const again = await dream({ inputs, pairs })

    expect(again.picked).toHaveLength(3)
  })

  it('count twice where both orders are asked', async () => {
    const dream = dreams()
    const { inputs, pairs } = worldOf(LINES)
    const { fresh } = await dream({ inputs, pairs: pairs.map((pair) => ({ ...pair, cost: 2 })) })

    expect(fresh).toHaveLength(DREAM_LIMITS.pairsAskedMax / 2)
  })
})
