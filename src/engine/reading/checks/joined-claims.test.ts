import { describe, expect, it } from 'vitest'
import type { Claim } from '../../../core/claim.ts'
import { derivedId, type UnitId } from '../../../core/ids.ts'
import { extractClaims } from '../../stages/extract.ts'
import { aChunk, aProposal, aRead, aSession, check } from '../reading.test-support.ts'
import { joinedClaims } from './joined-claims.ts'
import type { HintedClaim } from './proposed-changes.ts'

const UNIT = 'unit_1' as UnitId
const OTHER_UNIT = 'unit_0' as UnitId

function byRules(said: string): readonly Claim[] {
  const options = { asOf: '2026-11-25T00:00:00Z', ingestedAt: null }
  return extractClaims({ session: aSession('sesn_1'), events: [aRead(said)] }, options)
}

function byModel(said: string, text: string): Claim {
  const [claim] = check(aChunk(aRead(said)), [aProposal(text, said)]).claims
  if (claim === undefined) throw new Error('the proposal is not let through')
  return claim
}

function aChange(
  said: string,
  text: string,
  more: Partial<Claim> = {},
  unitId = UNIT,
): HintedClaim {
  const claim = { ...byModel(said, text), isLasting: false, ...more }
  const { value, formerValue: former } = claim
  const exchange = value === null || former === null ? null : { former, value }
  return { claim, claimId: claim.id, unitId, exchange }
}

const textsOf = (claims: readonly Claim[]): readonly string[] => claims.map(({ text }) => text)

describe('joinedClaims', () => {
  it('keeps the words of the user where the model says the same', () => {
    const said = 'Please always answer in short sentences.'
    const rules = byRules(said)
    const model = byModel(said, 'The user wants always to answer in short sentences.')

    expect(rules[0]?.isLasting).toBe(true)
    expect(joinedClaims(rules, [model], []).claims).toEqual(rules)
  })

  it('keeps both where the model says something else of the same words', () => {
    const said = 'Please always answer in short sentences.'
    const rules = byRules(said)
    const model = byModel(said, 'The user dislikes verbose prose.')

    expect(joinedClaims(rules, [model], []).claims).toEqual([...rules, model])
  })

  it('keeps both where only a number differs', () => {
    const said = 'Please always keep 3 backups or 4 backups.'
    const rules = [{ ...byModel(said, 'Always keep 3 backups.'), id: derivedId('clm', 'r') }]

    expect(joinedClaims(rules, [byModel(said, 'Always keep 4 backups.')], []).claims).toHaveLength(
      2,
    )
  })

  it('prefers what the model found lasting to what rules took as passing talk', () => {
    const said = 'The staging database listens on port 5433.'
    const rules = byRules(said).map((claim) => ({ ...claim, isLasting: false }))
    const model = byModel(said, 'The staging database listens on the port 5433 at all times.')

    expect(rules).toHaveLength(1)
    expect(joinedClaims(rules, [model], []).claims).toEqual([model])
  })

  it('keeps a line of a profile beside what the model made of its sentence', () => {
    const said = 'The staging database listens on port 5433.'
    const rules = byRules(said).map((claim) => ({
      ...claim,
      isLasting: false,
      id: derivedId('clm', 'key'),
    }))
    const model = byModel(said, 'The staging database listens on port 5433 at all times.')

    expect(joinedClaims(rules, [model], []).claims).toEqual([...rules, model])
  })

  it('keeps what rules read from other words', () => {
    const rules = byRules('Please always answer in short sentences.')
    const model = byModel('We use pnpm.', 'The team uses pnpm.')

    expect(joinedClaims(rules, [model], []).claims).toEqual([...rules, model])
  })

  it('gives the hint to the statement whose words a change repeats', () => {
    const said = 'The staging database listens on port 5433 now.'
    const rules = byRules(said)
    const change = aChange(said, said, { wording: 'verbatim', value: '5433', formerValue: '5432' })
    const { claims, hints, twins } = joinedClaims(rules, [], [{ ...change, exchange: null }])

    expect(textsOf(claims)).toEqual([said])
    expect(claims[0]).toMatchObject({ value: '5433', formerValue: '5432' })
    expect(hints).toMatchObject([{ claimId: rules[0]?.id, unitId: UNIT }])
    expect(twins).toEqual([])
  })

  it('keeps a note with one value exchanged beside the statement that tells it', () => {
    const said = 'The staging database listens on port 5433 now.'
    const rules = byRules(said)
    const change = aChange(said, 'The database port is 5433.', {
      value: '5433',
      formerValue: '5432',
    })
    const { claims, hints, twins } = joinedClaims(rules, [], [change])

    expect(claims).toEqual([...rules, change.claim])
    expect(hints).toMatchObject([{ claimId: change.claimId, unitId: UNIT }])
    expect(twins).toEqual([{ statement: rules[0]?.id, change: change.claimId }])
  })

  it('has no twin of a statement that changes two notes', () => {
    const said = 'The staging database listens on port 5433 now.'
    const values = { value: '5433', formerValue: '5432' }
    const changes = [
      aChange(said, 'The database port is 5433.', values, UNIT),
      aChange(said, 'The staging port is 5433.', values, OTHER_UNIT),
    ]

    expect(joinedClaims(byRules(said), [], changes).twins).toEqual([])
  })

  it('keeps a change that no statement holds, with a hint to its note, in order', () => {
    const said = 'Since the move to Fly rollbacks take a minute.'
    const change = aChange(said, 'We deploy on Fly.', { value: 'Fly', wording: 'model' })
    const other = { ...change, unitId: OTHER_UNIT }
    const { claims, hints } = joinedClaims([], [], [change, other])

    expect(claims).toEqual([change.claim])
    expect(hints.map(({ unitId }) => unitId)).toEqual([OTHER_UNIT, UNIT])
  })

  it('does not make a plan of a statement, nor the other way round', () => {
    const said = 'The staging database listens on port 5433 now.'
    const change = aChange(said, 'The port is 5433.', { value: '5433', modality: 'plan' })
    const { claims, hints } = joinedClaims(byRules(said), [], [change])

    expect(claims).toHaveLength(2)
    expect(hints).toMatchObject([{ claimId: change.claim.id, unitId: UNIT }])
  })
})
