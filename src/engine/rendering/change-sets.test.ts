import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Change } from '../../core/change.ts'
import { derivedId, type UnitId } from '../../core/ids.ts'
import { aChange, inputsOf } from '../stages/dream-inputs.test-support.ts'
import { assignChangeSets, touchedUnits } from './change-sets.ts'

const INPUTS = inputsOf({ '/notes.md': '- A note.\n' })

function change(name: string, units: readonly string[], more: Partial<Change> = {}): Change {
  const ids = units.map((unit) => `unit_${unit}` as UnitId)
  return aChange(INPUTS, name, [], { units: ids, ...more })
}

function setsOf(changes: readonly Change[]): readonly (readonly string[])[] {
  const sets = Map.groupBy(changes, ({ changeSet }) => changeSet)
  return [...sets.values()].map((members) => members.map(({ id }) => id).sort()).sort()
}

describe('assignChangeSets', () => {
  it('puts changes that share a unit in one set, by disposition or by bytes', () => {
    const byUnit = change('one', ['a'])
    const byEdit = change('two', [], {
      edits: [{ op: 'suffix', unitId: 'unit_a' as UnitId, text: 'x' }],
    })
    const apart = change('three', ['b'])

    const [first, second, third] = assignChangeSets([byUnit, byEdit, apart], [])

    expect(first?.changeSet).toBe(second?.changeSet)
    expect(third?.changeSet).not.toBe(first?.changeSet)
  })

  it('does not join additions, even to one memory', () => {
    const add = (name: string): Change =>
      change(name, [], { edits: [{ op: 'append', path: '/facts.md', text: name, create: null }] })

    expect(setsOf(assignChangeSets([add('one'), add('two')], []))).toHaveLength(2)
  })

  it('holds a whole set of which one change is held, and says why', () => {
    const held = change('one', ['a'], { status: 'held', heldReason: 'person_wrote_it' })
    const remark = change('two', ['b'])
    const apart = change('three', ['c'])

    const changes = assignChangeSets([held, remark, apart], [[held.id, remark.id]])

    expect(changes.map(({ status }) => status)).toEqual(['held', 'held', 'proposed'])
    expect(changes.map(({ heldReason }) => heldReason)).toEqual([
      'person_wrote_it',
      'person_wrote_it',
      null,
    ])
  })

  it('joins what shares a unit or is linked, over any number of steps, and nothing else', () => {
    const unit = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h')
    const world = fc
      .array(fc.uniqueArray(unit, { maxLength: 2 }), { maxLength: 8 })
      .chain((units) =>
        fc.record({
          units: fc.constant(units),
          links: fc.array(
            fc
              .tuple(fc.nat({ max: 7 }), fc.nat({ max: 7 }))
              .filter(([a, b]) => a < units.length && b < units.length),
            { maxLength: units.length === 0 ? 0 : 3 },
          ),
        }),
      )
    fc.assert(
      fc.property(world, ({ units, links }) => {
        const changes = units.map((own, n) => change(`c${n}`, own))
        const idOf = (n: number): string => derivedId('chg', `c${n}`)
        const named = links.map(([a, b]) => [idOf(a), idOf(b)] as const)

        const sets = setsOf(assignChangeSets(changes, named))

        expect(sets).toEqual(reachable(changes, named))
        expect(setsOf(assignChangeSets(changes.toReversed(), named.toReversed()))).toEqual(sets)
      }),
      { numRuns: 300, seed: 20_261_120 },
    )
  })

  it('names a set by its members alone', () => {
    const changes = [change('one', ['a']), change('two', ['a']), change('three', ['b'])]
    const [first] = assignChangeSets(changes, [])
    const [, , again] = assignChangeSets([...changes].reverse(), [])

    expect(again?.changeSet).toBe(first?.changeSet)
  })
})

/** The sets by the plainest method: grow each from one member until nothing joins. */
function reachable(
  changes: readonly Change[],
  links: readonly (readonly [string, string])[],
): readonly (readonly string[])[] {
  const touches = (a: Change, b: Change): boolean =>
    [...touchedUnits(a)].some((unit) => touchedUnits(b).has(unit)) ||
    links.some((link) => link.includes(a.id) && link.includes(b.id))
  const sets = changes.map((start) => {
    const members = new Set([start])
    for (const member of members) {
      for (const other of changes) if (touches(member, other)) members.add(other)
    }
    return JSON.stringify([...members].map(({ id }) => id).sort())
  })
  return [...new Set(sets)].map((set) => JSON.parse(set) as string[]).sort()
}
