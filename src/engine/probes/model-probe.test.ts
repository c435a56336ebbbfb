import { describe, expect, it } from 'vitest'
import { LIMITS } from '../../config.ts'
import type { Change } from '../../core/change.ts'
import type { ProbesInput, ProposedProbe } from '../prompts/probes.ts'
import { aChange, inputsOf, unitIn } from '../stages/dream-inputs.test-support.ts'
import {
  BUDGET,
  portsOf,
  type Script,
  ScriptedAsker,
} from '../stages/scripted-asker.test-support.ts'
import type { DreamInputs } from '../stages/snapshot.ts'
import { type MadeProbes, makeModelProbes, usableProbes } from './model-probe.ts'

const NOTES = [
  { text: 'The nightly export goes to the bucket crane-exports.' },
  { text: 'Reviewers: Anouk, Bela.' },
]
const GOOD: ProposedProbe = {
  unit: 1,
  q: 'Which bucket does the nightly export go to?',
  gold: 'crane-exports',
  kind: 'exact',
}

describe('a proposed probe', () => {
  it('asks for exact words of its note', () => {
    expect(usableProbes([GOOD], NOTES).map(({ question, gold }) => [question, gold])).toEqual([
      [GOOD.q, ['crane-exports']],
    ])
  })

  it('may ask for several words', () => {
    const set: ProposedProbe = { unit: 2, q: 'Who reviews?', gold: 'Anouk | Bela', kind: 'set' }

    expect(usableProbes([set], NOTES).map(({ gold }) => gold)).toEqual([['Anouk', 'Bela']])
  })

  it.each<readonly [string, Partial<ProposedProbe>]>([
    ['names no note', { unit: 3 }],
    ['names note nought', { unit: 0 }],
    ['has no question', { q: ' ' }],
    ['has a question without a telling word', { q: 'which is it?' }],
    ['has an endless question', { q: `Which bucket ${'really '.repeat(60)}?` }],
    ['asks for other words', { gold: 'crane-imports' }],
    ['asks for words in other letters', { gold: 'Crane-Exports' }],
    ['asks for a piece of a word', { gold: 'crane-exp' }],
    ['asks for nothing', { gold: '' }],
    ['asks for nothing in part', { gold: 'crane-exports | ', kind: 'set' }],
    ['asks for a mark', { gold: '.' }],
    ['gives its answer away', { q: 'Does the export go to Crane-Exports?' }],
    ['gives a part of its answer away', { gold: 'bucket | crane-exports', kind: 'set' }],
  ])('is left out when it %s', (_, more) => {
    expect(usableProbes([{ ...GOOD, ...more }], NOTES)).toEqual([])
  })

  it('is left out when its note has one', () => {
    expect(
      usableProbes([GOOD, { ...GOOD, q: 'Where to does the export go?' }], NOTES),
    ).toHaveLength(1)
  })
})

const INPUTS = inputsOf({
  '/infra.md':
    '- The staging database listens on port 5432.\n- The cluster runs in region eu-west-1.\n- So it is.\n',
  '/shop.md': '- Gift cards of the shop expire after 3 years.\n',
  '/keys.md': '- The shop password of the staging database is hunter2.\n',
})
const PORT = unitIn(INPUTS, 'The staging')

async function shownFor(
  changes: readonly Change[],
  inputs: DreamInputs = INPUTS,
): Promise<readonly ProbesInput[]> {
  const asker = new ScriptedAsker({ probes: () => ({ probes: [] }) })
  await makeModelProbes(inputs, changes, asker, portsOf(null).secrets)
  return asker.asked.map(({ input }) => input as ProbesInput)
}

function textsOf(shown: readonly ProbesInput[]): readonly string[] {
  return shown.flatMap(({ units }) => units.map(({ text }) => text))
}

describe('probes of a plan', () => {
  it('are made from the old notes of the memories that it touches', async () => {
    const change = aChange(INPUTS, 'a', [{ op: 'replace', unitId: PORT.id, text: 'New.' }], {
      ledger: [],
    })

    expect(await shownFor([change])).toEqual([
      {
        path: '/infra.md',
        units: [
          { n: 1, text: 'The staging database listens on port 5432.' },
          { n: 2, text: 'The cluster runs in region eu-west-1.' },
        ],
      },
    ])
  })

  it('are made where it adds', async () => {
    const edit = { op: 'append', path: '/shop.md', text: 'New.', create: null } as const

    expect((await shownFor([aChange(INPUTS, 'a', [edit])])).map(({ path }) => path)).toEqual([
      '/shop.md',
    ])
  })

  it('leave out what the ledger explains, but not what was merged', async () => {
    const change = aChange(INPUTS, 'a', [{ op: 'delete', unitId: PORT.id }])
    const merged = {
      ...change,
      ledger: change.ledger.map((row) => ({ ...row, kind: 'merged' as const })),
    }

    expect(textsOf(await shownFor([change]))).not.toContain(PORT.text)
    expect(textsOf(await shownFor([merged]))).toContain(PORT.text)
  })

  it('are not made of what is held', async () => {
    const change = aChange(INPUTS, 'a', [{ op: 'delete', unitId: PORT.id }], { status: 'held' })

    expect(await shownFor([change])).toEqual([])
  })

  it('show no note with a secret', async () => {
    const edit = { op: 'append', path: '/keys.md', text: 'New.', create: null } as const

    expect(await shownFor([aChange(INPUTS, 'a', [edit])])).toEqual([])
  })

  it('are at most as many as a plan may have, of no more notes than it may show', async () => {
    const lines = Array.from(
      { length: 700 },
      (_, n) => `- The machine number ${n} stands in room a${n}.`,
    )
    const inputs = inputsOf({ '/many.md': `${lines.join('\n')}\n` })
    const edit = { op: 'append', path: '/many.md', text: 'New.', create: null } as const
    const script: Script = {
      probes: ({ units }: ProbesInput) => ({
        probes: units.map(
          ({ n, text }): ProposedProbe => ({
            unit: n,
            q: `Where stands the machine of ${/a(\d+)/.exec(text)?.[1]}?`,
            gold: /a\d+/.exec(text)?.[0] ?? '',
            kind: 'exact',
          }),
        ),
      }),
    }
    const asker = new ScriptedAsker(script)

    const { probes } = await makeModelProbes(
      inputs,
      [aChange(inputs, 'a', [edit])],
      asker,
      portsOf(null).secrets,
    )

    const shown = asker.asked.map(({ input }) => (input as ProbesInput).units.length)
    expect(Math.max(...shown)).toBeLessThanOrEqual(LIMITS.probeNotesPerCallMax)
    expect(shown.reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(LIMITS.probeNotesMax)
    expect(probes.length).toBeLessThanOrEqual(LIMITS.modelProbesMax)
    expect(probes.length).toBeGreaterThan(LIMITS.modelProbesMax / 2)
  })

  it('count the notes that the budget left without any', async () => {
    const change = aChange(INPUTS, 'a', [{ op: 'replace', unitId: PORT.id, text: 'New.' }], {
      ledger: [],
    })
    const asker = new ScriptedAsker({ probes: () => BUDGET })

    const made: MadeProbes = await makeModelProbes(INPUTS, [change], asker, portsOf(null).secrets)

    expect(made).toEqual({ probes: [], notesLeft: 2 })
  })
})
