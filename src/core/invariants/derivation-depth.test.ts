import { describe, expect, it } from 'vitest'
import { aChange, storeOf, unitsOf } from '../../testing/arbitraries.ts'
import { draftOf, dreamFacts, unitEvidence } from '../../testing/dream-facts.ts'
import type { Change } from '../change.ts'
import type { Origin, Unit } from '../unit.ts'
import { checkInvariants } from './check-invariants.ts'
import { derivationDepth } from './derivation-depth.ts'

const FILE = '/a.md'
const CONTENT = storeOf({
  [FILE]: '- Opens at 9 on the north side.\n- Opens on the side with gate 4.\n',
})
const [FIRST, SECOND] = unitsOf(CONTENT)
const GOOD = 'Opens at 9 on the north side with gate 4.'

/** Both notes as one text. */
function merged(text: string, more: Partial<Change> = {}): Change {
  if (FIRST === undefined || SECOND === undefined) throw new Error('There are two notes.')
  const members: readonly Unit[] = [FIRST, SECOND]
  return aChange('merged', 'merge', {
    before: members.map((unit) => ({ path: unit.path, text: unit.text })),
    after: [{ path: FILE, text }],
    edits: [
      { op: 'replace', unitId: FIRST.id, text },
      { op: 'delete', unitId: SECOND.id },
    ],
    units: members.map(({ id }) => id),
    evidence: members.map(unitEvidence),
    ledger: members.map((unit) => draftOf(unit, 'merged')),
    isWordedByModel: true,
    ...more,
  })
}

function isBroken(change: Change, origin: Origin = 'imported'): boolean {
  const memories = new Map(
    [...CONTENT.memories].map(([path, memory]) => [
      path,
      { ...memory, units: memory.units.map((unit) => ({ ...unit, origin })) },
    ]),
  )
  return derivationDepth(dreamFacts({ memories }, [change])).length > 0
}

describe('a merge that a model worded', () => {
  it('breaks no invariant where it says what its members say', () => {
    expect(checkInvariants(dreamFacts(CONTENT, [merged(GOOD)]))).toEqual([])
  })

  it('is not allowed to anybody else', () => {
    expect(isBroken(merged(GOOD, { isWordedByModel: false }))).toBe(true)
  })

  it.each<Origin>(['dream', 'person'])('is never made of a note of origin %s', (origin) => {
    expect(isBroken(merged(GOOD), origin)).toBe(true)
  })

  it.each([
    ['a word of its own', GOOD.replace('north', 'sunny')],
    ['a number of its own', GOOD.replace('9', '10')],
    ['a number less', 'Opens on the north side with gate 4.'],
    ['a denial', GOOD.replace('Opens', 'Never opens')],
  ])('breaks the law with %s', (_, text) => {
    expect(isBroken(merged(text))).toBe(true)
  })

  it('breaks the law with one member alone', () => {
    const units = FIRST === undefined ? [] : [FIRST.id]

    expect(isBroken(merged('Opens on the side at 9 north.', { units }))).toBe(true)
  })
})
