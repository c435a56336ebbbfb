import { describe, expect, it } from 'vitest'
import { LIMITS } from '../../../config.ts'
import type { Claim } from '../../../core/claim.ts'
import { aStatement } from '../../stages/entry.test-support.ts'
import { memoryText } from '../wording.ts'
import { dependencySightings, needsTold } from './dependencies.ts'

const LINEAGE = 'lineage-a'

function claimOf(text: string, dependsOn: readonly Claim[] = []): Claim {
  const { source } = aStatement(text, { at: '2026-11-01T10:00:00.000Z' })
  if (source.kind !== 'claim') throw new Error('A statement is a claim.')
  return { ...source.claim, dependsOn: dependsOn.map(({ id }) => id) }
}

const OFFICE = claimOf('The office of the team is in Graz.')
const TRAM = claimOf('The team takes the 38 tram to the office.', [OFFICE])

describe('dependencySightings', () => {
  it('keep both statements as memories word them, with the words of the dependent one', () => {
    const [sighting, ...others] = dependencySightings([OFFICE, TRAM], LINEAGE)

    expect(others).toEqual([])
    expect(sighting).toMatchObject({
      lineageId: LINEAGE,
      detail: { statement: memoryText(TRAM), needs: memoryText(OFFICE) },
      evidence: TRAM.evidence,
    })
  })

  it('are none for a statement that needs nothing, or one that is not there', () => {
    expect(dependencySightings([OFFICE], LINEAGE)).toEqual([])
    expect(dependencySightings([TRAM], LINEAGE)).toEqual([])
  })

  it('tell one thing once, and stay within their limit', () => {
    expect(dependencySightings([OFFICE, TRAM, TRAM], LINEAGE)).toHaveLength(1)
    const many = Array.from({ length: LIMITS.dependenciesMax + 5 }, (_, n) =>
      claimOf(`The team takes tram ${n} to the office.`, [OFFICE]),
    )
    expect(dependencySightings([OFFICE, ...many], LINEAGE)).toHaveLength(LIMITS.dependenciesMax)
  })
})

describe('needsTold', () => {
  const needs = needsTold(dependencySightings([OFFICE, TRAM], LINEAGE))

  it('knows the two by what they say, with a remark or in quotation marks too', () => {
    expect(needs(memoryText(TRAM), memoryText(OFFICE))).toBe(true)
    expect(needs(`${memoryText(TRAM)} (may be outdated)`, memoryText(OFFICE))).toBe(true)
    expect(needs(`The user said: “${TRAM.text}”`, OFFICE.text)).toBe(true)
  })

  it('has a direction, and knows nothing of other texts', () => {
    expect(needs(memoryText(OFFICE), memoryText(TRAM))).toBe(false)
    expect(needs('The team cycles to the office.', memoryText(OFFICE))).toBe(false)
    expect(needsTold([])(memoryText(TRAM), memoryText(OFFICE))).toBe(false)
  })
})
