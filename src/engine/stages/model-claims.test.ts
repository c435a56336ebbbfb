import { describe, expect, it } from 'vitest'
import type { Claim } from '../../core/claim.ts'
import { expiredUnits } from '../assembly/upkeep.ts'
import { memoryText } from '../assembly/wording.ts'
import type { RelateSide } from '../prompts/relate.ts'
import { inputsOf } from './dream-inputs.test-support.ts'
import {
  dreamOf,
  modelClaim,
  NONE,
  type Reads,
  SAME,
  scriptedAsker,
  type Told,
  UPDATE,
} from './told-dream.test-support.ts'

const NOTE = 'Parcels for Bern leave with the blue van at 06:15, driven by Otto.'
const FILES = { '/vans.md': `# Vans\n\n- ${NOTE}\n- The red van is in repair.\n` }
const SAID = 'Pia has the Bern tour these days'

function exchanged(more: Partial<Claim> = {}): Claim {
  const text = NOTE.replace('Otto', 'Pia')
  return modelClaim(text, SAID, { value: 'Pia', formerValue: 'Otto', ...more })
}

function told(claim: Claim, relate = UPDATE, note = 'Parcels'): Promise<Told> {
  const isHinted = (...sides: readonly RelateSide[]): boolean =>
    sides.some(({ said }) => said === null) &&
    sides.every(({ text, said }) => said !== null || text.startsWith(note)) &&
    sides.some(({ said }) => said !== null)
  const asker = scriptedAsker({
    relate: ({ a, b }) => (isHinted(a, b) ? relate : NONE),
  })
  return dreamOf(FILES, asker, { claims: [claim], hints: [{ claim: 0, note }] })
}

describe('a claim that a model worded', () => {
  it('exchanges one value of a note and keeps the rest of it', async () => {
    const { changes, violations } = await told(exchanged())
    const [change] = changes

    expect(violations).toEqual([])
    expect(change).toMatchObject({
      kind: 'supersede',
      after: [{ path: '/vans.md', text: NOTE.replace('Otto', 'Pia') }],
      isWordedByModel: true,
    })
    expect(change?.ledger[0]?.text).toBe(NOTE)
    expect(change?.evidence.map(({ quote }) => quote)).toContain(SAID)
  })

  it('is what the user said of it too, if the note is replaced', async () => {
    const said = modelClaim('Pia drives the Bern tour, the blue van is hers.', SAID)
    const twins = [{ statement: 0, change: 1 }]
    const hints = [
      { claim: 1, note: 'Parcels', exchange: { former: 'driven by Otto', value: 'driven by Pia' } },
    ]
    const asker = scriptedAsker({
      relate: ({ a, b }) => ([a, b].some(({ text }) => text.startsWith('Parcels')) ? UPDATE : NONE),
    })
    const reads = { claims: [said, exchanged({ isLasting: false })], hints }
    const textsWith = async (more: Reads): Promise<readonly string[]> => {
      const { changes } = await dreamOf(FILES, asker, { ...reads, ...more })
      return changes.map(({ kind, after }) => `${kind} ${after.at(-1)?.text}`)
    }
    const replaced = `supersede ${NOTE.replace('Otto', 'Pia')}`

    expect(await textsWith({ twins })).toEqual([replaced])
    expect(await textsWith({})).not.toEqual([replaced])
  })

  it('settles what else the same words say against the note', async () => {
    const denial = modelClaim(
      'Otto no longer drives parcels for Bern.',
      SAID,
      {},
      { session: 'one' },
    )
    const hints = [{ claim: 1, note: 'Parcels', exchange: { former: 'Otto', value: 'Pia' } }]
    const asker = scriptedAsker({ relate: () => UPDATE })
    const { evidence } = denial
    const change = { ...exchanged({ isLasting: false }), evidence }
    const { changes } = await dreamOf(FILES, asker, { claims: [denial, change], hints })

    expect(changes.map(({ kind, after }) => `${kind} ${after[0]?.text}`)).toEqual([
      `supersede ${NOTE.replace('Otto', 'Pia')}`,
    ])
  })

  it('leaves the other sentences of a note as they are', async () => {
    const files = { '/vans.md': `- ${NOTE} The tank holds 60 litres.\n` }
    const asker = scriptedAsker({ relate: () => UPDATE })
    const { changes } = await dreamOf(files, asker, {
      claims: [exchanged()],
      hints: [{ claim: 0, note: 'Parcels' }],
    })

    expect(changes[0]?.after[0]?.text).toBe(
      `${NOTE.replace('Otto', 'Pia')} The tank holds 60 litres.`,
    )
  })

  it('is a conflict where it would take more of a note than it tells', async () => {
    const claim = modelClaim('Pia now drives parcels.', SAID, { value: 'Pia', formerValue: null })
    const { changes } = await told(claim)

    expect(changes.map(({ kind }) => kind)).toEqual(['conflict'])
    expect(changes[0]?.isWordedByModel).toBe(true)
    expect(changes[0]?.after.map(({ text }) => text)).toContain(NOTE)
  })

  it('is a conflict below the authority of the note', async () => {
    const { changes } = await told({ ...exchanged(), trust: 'external' })

    expect(changes.map(({ kind }) => kind)).toEqual(['conflict'])
  })

  it('is not written where a note says it, as a plan, or as a guess', async () => {
    const known = modelClaim('The red van is being repaired.', 'red one is in the shop')
    expect((await told(known, SAME, 'The red van')).changes).toEqual([])
    for (const modality of ['plan', 'hypothesis', 'question', 'quotation'] as const) {
      expect((await told(exchanged({ modality }), NONE)).changes).toEqual([])
    }
  })

  it('is added as it was worded, and marked', async () => {
    const claim = modelClaim('I am what the mill in Chur calls its big saw', 'call it I')
    const { changes } = await dreamOf(FILES, scriptedAsker({ relate: () => NONE }), {
      claims: [claim],
    })

    expect(changes).toMatchObject([{ kind: 'add', isWordedByModel: true }])
    expect(changes[0]?.after[0]?.text).toBe('I am what the mill in Chur calls its big saw.')
  })

  it('says until when it holds, so that it is seen to be over', async () => {
    const claim = modelClaim('The mill in Chur is closed.', 'closed for now', {
      cues: ['temporary'],
      event: { start: null, end: '2026-12-01' },
    })
    const { changes } = await dreamOf(FILES, scriptedAsker({ relate: () => NONE }), {
      claims: [claim],
    })
    const text = changes[0]?.after[0]?.text ?? ''

    expect(text).toBe('The mill in Chur is closed (until 2026-12-01).')
    const { units } = inputsOf({ '/a.md': `- ${text}\n` })
    expect(expiredUnits(units, '2026-11-30T00:00:00.000Z')).toEqual([])
    expect(expiredUnits(units, '2026-12-02T00:00:00.000Z')).toHaveLength(1)
  })

  it('does not say twice until when it holds, nor of what lasts', () => {
    const event = { start: null, end: '2026-12-01' }
    const twice = modelClaim('The mill is closed until 2026-12-01.', 'x', {
      cues: ['temporary'],
      event,
    })
    const lasting = modelClaim('The mill is closed.', 'x', { event })

    expect(memoryText(twice)).toBe('The mill is closed until 2026-12-01.')
    expect(memoryText(lasting)).toBe('The mill is closed.')
  })
})
