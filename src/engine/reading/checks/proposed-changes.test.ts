import { describe, expect, it } from 'vitest'
import { parseInstructions } from '../../instructions.ts'
import type { ProposedChange } from '../../prompts/changes.ts'
import { inputsOf } from '../../stages/dream-inputs.test-support.ts'
import { aChunk, aRead, CHECKS, fromAgent } from '../reading.test-support.ts'
import { Discards } from './discards.ts'
import { type HintedClaim, proposedChanges } from './proposed-changes.ts'

const NOTES = inputsOf({
  '/deploy.md': [
    '# Deploy',
    '- We deploy on Heroku from the main branch. Rollbacks need an approval by Ilse.',
    '- Ports: 80 and 80.',
    '- The web runs on Render. Emails run on Render.',
  ].join('\n'),
}).units

interface Proposed {
  readonly claims: readonly HintedClaim[]
  readonly reasons: readonly string[]
}

function propose(said: string, change: Partial<ProposedChange>, inputs = CHECKS): Proposed {
  const discards = new Discards()
  const whole: ProposedChange = {
    evidence: [{ event: 1, quote: said }],
    note: 1,
    kind: 'replace',
    old: 'Heroku',
    new: 'Fly',
    from: null,
    until: null,
    ...change,
  }
  const batch = { ...aChunk(aRead(said), fromAgent('You moved to Fly.')), notes: NOTES }
  const claims = proposedChanges({ changes: [whole] }, batch, inputs, discards)
  return { claims, reasons: discards.counted().map(({ reason }) => reason) }
}

describe('proposedChanges', () => {
  it("words a replacement as the note's own sentence with one value for another", () => {
    const { claims } = propose('since the move to Fly, rollbacks take a minute', {})

    expect(claims[0]?.unitId).toBe(NOTES[0]?.id)
    expect(claims[0]?.claimId).toBe(claims[0]?.claim.id)
    expect(claims[0]?.claim).toMatchObject({
      text: 'We deploy on Fly from the main branch.',
      wording: 'model',
      value: 'Fly',
      formerValue: 'Heroku',
      modality: 'is',
      isLasting: false,
      trust: 'user',
    })
    expect(claims[0]?.claim.cues).toContain('change')
  })

  it.each<[string, Partial<ProposedChange>, string]>([
    ['a note that was not shown', { note: 9 }, 'a note that was not shown'],
    ['words that are not in the note', { old: 'Render' }, 'words that are not in the note'],
    ['words in another case', { old: 'heroku' }, 'words that are not in the note'],
    ['a value that nobody said', { new: 'Vercel' }, 'a value that is not in its quotes'],
    ['no value', { new: null }, 'a change without its values'],
    [
      'a value that stands there twice',
      { note: 2, old: '80' },
      'it is unclear what would change in the note',
    ],
    [
      'a value that stands in two sentences',
      { note: 3, old: 'Render' },
      'it is unclear what would change in the note',
    ],
    [
      'a quote that nobody said',
      { evidence: [{ event: 1, quote: 'we are on Fly' }] },
      'a quote is not in its event',
    ],
    [
      'words of the agent',
      { evidence: [{ event: 2, quote: 'You moved to Fly.' }] },
      'only the agent said so',
    ],
  ])('refuses %s', (_what, change, reason) => {
    expect(propose('We moved to Fly.', change)).toEqual({ claims: [], reasons: [reason] })
  })

  it.each([
    ['We are not moving to Fly.', 'a denial came or went'],
    ['If the budget holds, we are on Fly.', 'a condition came or went'],
    ['Bob wrote: "we have moved over to Fly now"', "not the user's own words"],
  ])('refuses what the words do not say: %j', (said, reason) => {
    expect(propose(said, {}).reasons).toEqual([reason])
  })

  it('leaves out what the instructions of the dream ignore', () => {
    const inputs = { ...CHECKS, steering: parseInstructions('ignore: fly') }

    expect(propose('We moved to Fly.', {}, inputs).reasons).toEqual([
      'the instructions leave it out',
    ])
  })

  it('marks what holds for a while and what is not yet so', () => {
    const passing = propose('We run on Fly until 2026-12-01.', {
      kind: 'temporary',
      until: '2026-12-01',
      from: '2026-11-01',
    })
    const planned = propose('We are on Fly.', { kind: 'plan' })

    expect(passing.claims[0]?.claim.cues).toContain('temporary')
    expect(passing.claims[0]?.claim.event).toEqual({ start: null, end: '2026-12-01' })
    expect(planned.claims[0]?.claim.modality).toBe('plan')
  })

  it('reads a guess as a guess, whatever the model calls it', () => {
    expect(propose('Maybe we are on Fly.', {}).claims[0]?.claim.modality).toBe('hypothesis')
  })

  it('takes the sentence as said for what is added or ends', () => {
    const said = 'Great. We no longer deploy on Heroku.'
    const quote = 'no longer deploy on Heroku'
    const evidence = [{ event: 1, quote }]
    const ended = propose(said, { kind: 'remove', new: null, evidence })
    const added = propose(said, { kind: 'add', old: null, new: null, evidence })

    for (const { claims } of [ended, added]) {
      expect(claims[0]?.claim).toMatchObject({
        text: 'We no longer deploy on Heroku.',
        wording: 'verbatim',
      })
      expect(claims[0]?.unitId).toBe(NOTES[0]?.id)
    }
    expect(ended.claims[0]?.claim.formerValue).toBe('Heroku')
  })

  it('refuses to end what the note does not say', () => {
    const said = 'We no longer deploy on Render.'

    expect(propose(said, { kind: 'remove', old: 'Render', new: null }).reasons).toEqual([
      'words that are not in the note',
    ])
  })
})
