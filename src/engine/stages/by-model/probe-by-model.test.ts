import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import type { Change } from '../../../core/change.ts'
import { SEED } from '../../../testing/arbitraries.ts'
import type { AnswerItem } from '../../prompts/answer.ts'
import type { ProbesInput } from '../../prompts/probes.ts'
import { aChange, inputsOf, unitIn } from '../dream-inputs.test-support.ts'
import type { Gated } from '../gate.ts'
import {
  BUDGET,
  INVALID,
  portsOf,
  type Script,
  ScriptedAsker,
} from '../scripted-asker.test-support.ts'
import { probeByModel } from './probe-by-model.ts'

const ROOMS = Array.from(
  { length: 12 },
  (_, n) => `- Machine m${n} stands in hall h${n} of the works.`,
)
const INPUTS = inputsOf({ '/rooms.md': `${ROOMS.join('\n')}\n` })

/** A question about each note: in which hall its machine stands. */
function asking({ units }: ProbesInput): object {
  return {
    probes: units.map(({ n, text }) => ({
      unit: n,
      q: `In which hall stands machine ${/m\d+/.exec(text)?.[0]}?`,
      gold: /h\d+/.exec(text)?.[0] ?? '',
      kind: 'exact',
    })),
  }
}

/** Reads as a careful person would: the hall of the first note that names the machine. */
function hallIn({ question, notes }: AnswerItem): string | null {
  const machine = new RegExp(`${/m\d+/.exec(question)?.[0]}\\b`)
  const note = notes.find((text) => machine.test(text))
  return /(?:h\d+|(?:north|south) hall)/.exec(note ?? '')?.[0] ?? null
}

function answering(of: (item: AnswerItem) => string | null): Script {
  return {
    probes: asking,
    answer: (items: readonly AnswerItem[]) => ({
      items: items.map((item, n) => ({ item: n + 1, answer: of(item) })),
    }),
  }
}

/** Writes a note in other words; where the old ones went is in the ledger. */
function rewording(n: number, text: string, more: Partial<Change> = {}): Change {
  const unit = unitIn(INPUTS, `Machine m${n} `)
  const change = aChange(INPUTS, `reword ${n}`, [{ op: 'replace', unitId: unit.id, text }])
  const ledger = change.ledger.map((row) => ({ ...row, kind: 'merged' as const }))
  return { ...change, ledger, isWordedByModel: true, ...more }
}

const losing = (n: number): Change =>
  rewording(n, `Machine m${n} stands in the north hall of the works.`)
const keeping = (n: number): Change =>
  rewording(n, `Machine m${n} now stands in hall h${n} of the old works.`)

function gatedOf(changes: readonly Change[]): Gated {
  return { changes, probes: { n: 0, broken: 0 } }
}

function probed(changes: readonly Change[], script: Script): Promise<Gated> {
  return probeByModel(INPUTS, gatedOf(changes), portsOf(new ScriptedAsker(script)))
}

function heldIn({ changes }: Gated): readonly string[] {
  return changes
    .filter(({ status }) => status === 'held')
    .map(({ before }) => before[0]?.text ?? '')
}

describe('probeByModel', () => {
  it('lets a plan through that breaks none, as it is', async () => {
    const changes = [keeping(1), keeping(2)]

    const gated = await probed(changes, answering(hallIn))

    expect(gated.changes).toBe(changes)
    expect(gated.modelProbes).toEqual({ n: 12, broken: 0, unanswered: 0, notesLeft: 0 })
  })

  it('holds the one change-set that breaks a probe, and no other', async () => {
    const changes = [...[0, 1, 2, 3].map(keeping), losing(4), ...[5, 6, 7, 8].map(keeping)]

    const gated = await probed(changes, answering(hallIn))

    expect(heldIn(gated)).toEqual(['Machine m4 stands in hall h4 of the works.'])
    expect(gated.changes[4]?.heldReason).toBe('probe_broken')
    expect(gated.modelProbes?.broken).toBe(0)
  })

  it('holds a change-set as a whole', async () => {
    const tied = { ...keeping(1), changeSet: losing(4).changeSet }

    const gated = await probed([tied, losing(4), keeping(2)], answering(hallIn))

    expect(gated.changes.map(({ status }) => status)).toEqual(['held', 'held', 'proposed'])
  })

  it('holds all that a model worded where many sets break probes, and nothing else', async () => {
    const byRules = rewording(9, 'Machine m9 stands in hall h9 of the big works.', {
      isWordedByModel: false,
    })
    const changes = [losing(1), losing(2), ...[3, 4, 5, 6].map(keeping), byRules]

    const gated = await probed(changes, answering(hallIn))

    expect(gated.changes.map(({ status }) => status)).toEqual([
      ...Array.from({ length: 6 }, () => 'held'),
      'proposed',
    ])
  })

  it('asks a model nothing where the answer stands in both, or both bring up the same', async () => {
    const asker = new ScriptedAsker({ probes: asking })

    const gated = await probeByModel(INPUTS, gatedOf([keeping(1)]), portsOf(asker))

    expect(asker.countOf('answer')).toBe(0)
    expect(gated.modelProbes?.n).toBe(12)
  })

  it('asks each question of one context once', async () => {
    const asker = new ScriptedAsker(answering(hallIn))

    await probeByModel(
      INPUTS,
      gatedOf([...[0, 1, 2, 3, 5].map(keeping), losing(4)]),
      portsOf(asker),
    )

    const items = asker.asked.flatMap(({ name, input }) =>
      name === 'answer' ? (input as readonly AnswerItem[]).map((item) => JSON.stringify(item)) : [],
    )
    expect(new Set(items).size).toBe(items.length)
  })

  it('makes its probes before the changes are looked at', async () => {
    const asker = new ScriptedAsker(answering(hallIn))

    await probeByModel(INPUTS, gatedOf([losing(4)]), portsOf(asker))

    expect(JSON.stringify(asker.asked[0]?.input)).toContain('hall h4')
  })

  it('takes an answer in other words for none', async () => {
    const gated = await probed(
      [losing(4)],
      answering((item) => hallIn(item)?.replace(/^h/, 'number ') ?? null),
    )

    expect(heldIn(gated)).toEqual([])
  })

  it.each([
    ['budget', BUDGET],
    ['a valid answer', INVALID],
  ])('holds nothing for want of %s, and says how many probes had no answer', async (_, why) => {
    const gated = await probed([losing(4)], { probes: asking, answer: () => why })

    expect(heldIn(gated)).toEqual([])
    expect(gated.modelProbes?.unanswered).toBeGreaterThan(0)
  })

  it('holds nothing where no probe could be made', async () => {
    const gated = await probed([losing(4)], { probes: () => BUDGET })

    expect(heldIn(gated)).toEqual([])
    expect(gated.modelProbes).toEqual({ n: 0, broken: 0, unanswered: 0, notesLeft: 12 })
  })

  it('shows a model no secret of another note', async () => {
    const inputs = inputsOf({
      '/rooms.md': `${ROOMS.join('\n')}\n- The key of machine m4 is hunter2.\n`,
    })
    const unit = unitIn(inputs, 'Machine m4 ')
    const change = aChange(inputs, 'a', [{ op: 'delete', unitId: unit.id }], { ledger: [] })
    const asker = new ScriptedAsker(answering(hallIn))

    await probeByModel(inputs, gatedOf([change]), portsOf(asker))

    expect(asker.countOf('answer')).toBeGreaterThan(0)
    expect(JSON.stringify(asker.asked)).not.toContain('hunter2')
    expect(JSON.stringify(asker.asked)).toContain('[redacted:password]')
  })

  it('gives back what it was given without a model, without a gate and without changes', async () => {
    const gated = gatedOf([losing(4)])
    const asker = new ScriptedAsker({})

    expect(await probeByModel(INPUTS, gated, portsOf(null))).toBe(gated)
    expect(await probeByModel(INPUTS, gated, portsOf(asker, { hasGate: false }))).toBe(gated)
    const none = gatedOf([])
    expect(await probeByModel(INPUTS, none, portsOf(asker))).toBe(none)
  })

  it('has the plain probes asked again once it held something', async () => {
    const unit = unitIn(INPUTS, 'Machine m4 ')
    const gone = aChange(INPUTS, 'gone', [{ op: 'delete', unitId: unit.id }], { ledger: [] })
    const moved = aChange(
      INPUTS,
      'moved',
      [
        { op: 'append', path: '/rooms.md', text: unit.text, create: null },
        { op: 'replace', unitId: unitIn(INPUTS, 'Machine m2 ').id, text: 'Machine m2 is gone.' },
      ],
      { ledger: [] },
    )
    const fillers = [5, 6, 7, 8, 9].map(keeping)

    const gated = await probed([gone, moved, ...fillers], answering(hallIn))

    expect(gated.changes.map(({ status }) => status).slice(0, 2)).toEqual(['held', 'held'])
    expect(gated.probes).toEqual({ n: 12, broken: 0 })
  })
})

test('whatever a model answers, changes are held or stay as they were, and none is let through', async () => {
  const anAnswer = fc.constantFrom('h1', 'h4', 'north hall', null, BUDGET, INVALID)
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.boolean(), { minLength: 1, maxLength: 9 }),
      fc.array(anAnswer, { minLength: 1, maxLength: 7 }),
      async (shapes, answers) => {
        const changes = shapes.map((isLosing, n) => (isLosing ? losing(n) : keeping(n)))
        const already: Change = { ...keeping(10), status: 'held', heldReason: 'person_wrote_it' }
        let call = 0
        const script: Script = {
          probes: asking,
          answer: (items: readonly AnswerItem[]) => {
            const answer = answers[call++ % answers.length] ?? null
            if (answer === BUDGET || answer === INVALID) return answer
            return { items: items.map((_, n) => ({ item: n + 1, answer })) }
          },
        }

        const gated = await probed([...changes, already], script)

        expect(gated.changes.at(-1)).toBe(already)
        for (const [n, change] of changes.entries()) {
          const after = gated.changes[n]
          const isHeld = after?.status === 'held'
          expect(after).toEqual(
            isHeld ? { ...change, status: 'held', heldReason: 'probe_broken' } : change,
          )
        }
      },
    ),
    { seed: SEED, numRuns: 100 },
  )
})
