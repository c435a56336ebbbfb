import { describe, expect, it } from 'vitest'
import type { Claim } from '../../../core/claim.ts'
import type { Unit } from '../../../core/unit.ts'
import { aNote, aStatement, type Given } from '../../stages/entry.test-support.ts'
import type { SupersedeFinding } from '../findings.ts'
import { annotateDependants } from './annotate-dependants.ts'

function unitOf(text: string, given: Given = {}): Unit {
  const { source } = aNote(text, given)
  if (source.kind !== 'unit') throw new Error('A note is a unit.')
  return source.unit
}

function claimOf(text: string, at: string | null): Claim {
  const { source } = aStatement(text, { at })
  if (source.kind !== 'claim') throw new Error('A statement is a claim.')
  return source.claim
}

const OLD = unitOf('The staging database listens on port 5432.')
const NEW = 'The staging database listens on port 6000.'

function replaced(more: Partial<SupersedeFinding> = {}): SupersedeFinding {
  return {
    kind: 'supersede',
    former: [],
    isWordedByModel: false,
    outdated: [OLD],
    by: { claims: [claimOf(NEW, '2026-11-01T10:00:00.000Z')] },
    text: NEW,
    current: null,
    reasons: [],
    ...more,
  }
}

function remarksOn(
  texts: readonly string[],
  finding: SupersedeFinding = replaced(),
): readonly string[] {
  const units = texts.map((text) => unitOf(text))
  return annotateDependants([OLD, ...units], [finding], () => false).map(({ unit }) => unit.text)
}

describe('annotateDependants', () => {
  it('remarks on a note of the same thing that names the value that is gone', () => {
    const dependant = 'Tests connect to the staging database on port 5432.'
    const [remark] = annotateDependants([OLD, unitOf(dependant)], [replaced()], () => false)

    expect(remark).toMatchObject({
      unit: { text: dependant },
      note: 'may be outdated since 2026-11-01',
    })
    expect(remark?.because?.outdated).toEqual([OLD])
  })

  it.each([
    ['the value alone, of another thing', 'The printer in the warehouse answers on 5432.'],
    ['the thing alone, without the value', 'The staging database is restarted on Sundays.'],
    ['the value that is current', 'Tests connect to the staging database on port 6000.'],
    ['a remark already', 'Tests use the staging database on port 5432 (may be outdated).'],
  ])('says nothing to a note that names %s', (_, text) => {
    expect(remarksOn([text])).toEqual([])
  })

  it('says nothing to the same told of another, and compares quoted words alone', () => {
    const old = unitOf('The user said: “My aunt Sefa lives in Ghent.”')
    const finding = replaced({
      outdated: [old],
      text: 'The user said: “My aunt Sefa lives in Graz.”',
    })
    const other = unitOf('The user said: “My aunt Lidia lives in Ghent.”')
    const tea = unitOf('The user said: “I bought a teapot in Ghent.”')

    expect(annotateDependants([old, other, tea], [finding], () => false)).toEqual([])
  })

  it('never remarks on what is replaced, on what replaces it, or on what is frozen', () => {
    const current = unitOf('Since May the staging database listens on port 6000, not 5432.')
    const frozen = unitOf('Tests connect to the staging database on port 5432.')
    const finding = replaced({ text: null, current, by: { unit: current } })

    expect(
      annotateDependants([OLD, current, frozen], [finding], (unit) => unit === frozen),
    ).toEqual([])
  })

  it('remarks on a note of which a session said that it rests on the old one, whatever its words', () => {
    const commute = unitOf('The user takes the 38 tram every morning.')
    const needs = (dependant: string, base: string): boolean =>
      dependant === commute.text && base === OLD.text
    const [remark] = annotateDependants([OLD, commute], [replaced()], () => false, needs)

    expect(remark).toMatchObject({ unit: commute, reasons: ['It rests on what was replaced'] })
    expect(annotateDependants([OLD, commute], [replaced()], () => false)).toEqual([])
  })

  it('leaves values that are too short to be telling', () => {
    const old = unitOf('The retry count of the order export is 3.')
    const finding = replaced({ outdated: [old], text: 'The retry count of the order export is 5.' })

    expect(remarksOn(['The order export waits 3 minutes before a retry.'], finding)).toEqual([])
  })

  it('names no date where nobody knows when it changed', () => {
    const dependant = unitOf('Tests connect to the staging database on port 5432.')
    const finding = replaced({ by: { claims: [claimOf(NEW, null)] } })

    expect(annotateDependants([OLD, dependant], [finding], () => false)[0]?.note).toBe(
      'may be outdated',
    )
  })

  it('leaves headings of lists and index lines alone', () => {
    const text = 'Tests connect to the staging database on port 5432.'
    const parent: Unit = { ...unitOf(text), kind: 'parent-bullet' }
    const index: Unit = { ...unitOf(text), kind: 'index-line' }

    expect(annotateDependants([OLD, parent, index], [replaced()], () => false)).toEqual([])
  })
})
