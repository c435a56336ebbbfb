import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import type { Change } from '../../../core/change.ts'
import { SEED } from '../../../testing/arbitraries.ts'
import type { EntailItem } from '../../prompts/entail.ts'
import { aChange, inputsOf, quoteOf, unitIn } from '../dream-inputs.test-support.ts'
import {
  BUDGET,
  INVALID,
  portsOf,
  type Script,
  ScriptedAsker,
} from '../scripted-asker.test-support.ts'
import type { Verified } from '../verify.ts'
import { checkEntailment } from './check-entailment.ts'

const INPUTS = inputsOf({
  '/notes.md': '- The staging database listens on port 5432. Ask Jonas first.\n- Tea is hot.\n',
})
const PORT = unitIn(INPUTS, 'The staging')
const NEW_TEXT = 'Staging listens on port 6000. Ask Jonas first.'

function worded(text: string, more: Partial<Change> = {}): Change {
  return aChange(INPUTS, text, [{ op: 'replace', unitId: PORT.id, text }], {
    isWordedByModel: true,
    ...more,
  })
}

/** A verdict for each sentence: yes, no, or a set that leaves some out. */
function verdicts(of: (sentence: string) => object | null): Script {
  return {
    entail: (items: readonly EntailItem[]) => ({
      items: items.flatMap(({ sentence }, n) => {
        const verdict = of(sentence)
        return verdict === null ? [] : [{ item: n + 1, ...verdict }]
      }),
    }),
  }
}

const YES = { supported: 'yes', unsupported: [] } as const
const NO = { supported: 'no', unsupported: ['port 6000'] } as const
const PARTLY = { supported: 'partly', unsupported: ['port'] } as const

function checked(
  changes: readonly Change[],
  script: Script,
  rules: { readonly hasVerifier?: boolean } = {},
): Promise<Verified> {
  const asker = new ScriptedAsker(script)
  return checkEntailment(INPUTS, { changes, rejected: [] }, portsOf(asker, rules))
}

describe('checkEntailment', () => {
  it('lets a change through whose sentences are carried, as it is', async () => {
    const verified: Verified = { changes: [worded(NEW_TEXT)], rejected: [] }
    const ports = portsOf(new ScriptedAsker(verdicts(() => YES)))

    expect(await checkEntailment(INPUTS, verified, ports)).toBe(verified)
  })

  it('asks about the sentences that the model wrote, with the words they come from', async () => {
    const asker = new ScriptedAsker(verdicts(() => YES))
    const change = worded(NEW_TEXT)

    await checkEntailment(INPUTS, { changes: [change], rejected: [] }, portsOf(asker))

    expect(asker.asked.map(({ input }) => input)).toEqual([
      [{ sentence: 'Staging listens on port 6000.', evidence: [PORT.text] }],
    ])
  })

  it('tells on which day the words were said, from which relative dates count', async () => {
    const asker = new ScriptedAsker(verdicts(() => YES))
    const said = { ...quoteOf(PORT), at: '2026-11-20T09:00:00.000Z' }
    const change = worded(NEW_TEXT, { evidence: [said] })

    await checkEntailment(INPUTS, { changes: [change], rejected: [] }, portsOf(asker))

    expect(asker.asked.map(({ input }) => input)).toEqual([
      [{ sentence: 'Staging listens on port 6000.', evidence: [`(2026-11-20) ${PORT.text}`] }],
    ])
  })

  it('asks about the whole text where a part of it is no sentence', async () => {
    const asker = new ScriptedAsker(verdicts(() => YES))
    const text = 'Port is 6000.\n\n```\nrm -rf /\n```'

    await checkEntailment(INPUTS, { changes: [worded(text)], rejected: [] }, portsOf(asker))

    expect(asker.asked.map(({ input }) => input)).toEqual([
      [{ sentence: text, evidence: [PORT.text] }],
    ])
  })

  it('asks about a part of a sentence that stands in its words, since the rest may turn it', async () => {
    const { changes } = await checked(
      [worded('Staging database listens on port 5432.')],
      verdicts(() => NO),
    )

    expect(changes).toEqual([])
  })

  it.each([
    ['no', NO],
    ['partly', PARTLY],
    ['yes, but for some words', { ...YES, unsupported: ['port'] }],
  ])('drops a change-set as a whole and counts it: %s', async (_, verdict) => {
    const bad = worded(NEW_TEXT)
    const tied = { ...aChange(INPUTS, 'tied', []), changeSet: bad.changeSet }
    const free = aChange(INPUTS, 'free', [])

    expect(
      await checked(
        [bad, tied, free],
        verdicts(() => verdict),
      ),
    ).toEqual({
      changes: [free],
      rejected: [{ reason: 'not supported by its quotes', count: 2 }],
      waiting: [],
    })
  })

  it('drops a change with one sentence of several that is not carried', async () => {
    const text = 'Port 6000 it is. Jonas knows.'
    const script = verdicts((sentence) => (sentence.startsWith('Jonas') ? NO : YES))

    expect((await checked([worded(text)], script)).changes).toEqual([])
  })

  it.each<readonly [string, Script]>([
    ['an answer that is not valid', { entail: () => INVALID }],
    ['an answer without its item', verdicts(() => null)],
    [
      'two verdicts on one item',
      {
        entail: () => ({
          items: [
            { item: 1, ...YES },
            { item: 1, ...YES },
          ],
        }),
      },
    ],
  ])('drops and counts what got no verdict: %s', async (_, script) => {
    expect(await checked([worded(NEW_TEXT)], script)).toEqual({
      changes: [],
      rejected: [{ reason: 'not verified', count: 1 }],
      waiting: [],
    })
  })

  it('leaves what the budget did not cover for the next dream, uncounted', async () => {
    const change = worded(NEW_TEXT)
    const free = aChange(INPUTS, 'free', [])

    expect(await checked([change, free], { entail: () => BUDGET })).toEqual({
      changes: [free],
      rejected: [],
      waiting: [change],
    })
  })

  it('drops, not delays, what one sentence speaks against', async () => {
    let call = 0
    const script: Script = {
      entail: (items: readonly EntailItem[]) => {
        call += 1
        return call > 1 ? BUDGET : { items: items.map((_, n) => ({ item: n + 1, ...NO })) }
      },
    }
    const text = Array.from({ length: 10 }, (_, n) => `Sentence ${n} is there.`).join(' ')

    expect(await checked([worded(text)], script)).toMatchObject({
      rejected: [{ reason: 'not supported by its quotes', count: 1 }],
      waiting: [],
    })
  })

  it('asks about eight sentences at once', async () => {
    const asker = new ScriptedAsker(verdicts(() => YES))
    const text = Array.from({ length: 10 }, (_, n) => `Sentence ${n} is there.`).join(' ')

    await checkEntailment(INPUTS, { changes: [worded(text)], rejected: [] }, portsOf(asker))

    expect(asker.asked.map(({ input }) => (input as readonly EntailItem[]).length)).toEqual([8, 2])
  })

  it.each<readonly [string, Partial<Change>]>([
    ['is not worded by a model', { isWordedByModel: false }],
    ['is held', { status: 'held', heldReason: 'person_wrote_it' }],
    ['is a lesson', { kind: 'insight' }],
  ])('asks nothing about a change that %s', async (_, more) => {
    const change = worded(NEW_TEXT, more)

    expect((await checked([change], {})).changes).toEqual([change])
  })

  it('asks nothing where the verifier is off, or there is no model', async () => {
    const verified: Verified = { changes: [worded(NEW_TEXT)], rejected: [] }
    const off = portsOf(new ScriptedAsker({}), { hasVerifier: false })

    expect(await checkEntailment(INPUTS, verified, off)).toBe(verified)
    expect(await checkEntailment(INPUTS, verified, portsOf(null))).toBe(verified)
  })

  it('adds to what was counted before', async () => {
    const rejected = [{ reason: 'no evidence', count: 2 }]
    const ports = portsOf(new ScriptedAsker(verdicts(() => NO)))

    const after = await checkEntailment(INPUTS, { changes: [worded(NEW_TEXT)], rejected }, ports)

    expect(after.rejected).toEqual([
      { reason: 'no evidence', count: 2 },
      { reason: 'not supported by its quotes', count: 1 },
    ])
  })
})

test('whatever a model answers, a change is dropped as it was or stays as it was', async () => {
  const anAnswer = fc.constantFrom(YES, NO, PARTLY, null, INVALID, BUDGET)
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.boolean(), fc.nat({ max: 3 })), { maxLength: 8 }),
      fc.array(anAnswer, { minLength: 1, maxLength: 5 }),
      async (shapes, answers) => {
        const changes = shapes.map(([isWordedByModel, set], n) => ({
          ...worded(`Sentence ${n} is there.`, { isWordedByModel }),
          changeSet: `cset_${set}` as Change['changeSet'],
        }))
        let call = 0
        const script: Script = {
          entail: (items: readonly EntailItem[]) => {
            const answer = answers[call++ % answers.length] ?? null
            if (answer === INVALID || answer === BUDGET) return answer
            return {
              items: items.flatMap((_, n) => (answer === null ? [] : [{ item: n + 1, ...answer }])),
            }
          },
        }
        const { changes: kept, rejected, waiting = [] } = await checked(changes, script)

        expect(kept.every((change) => changes.includes(change))).toBe(true)
        const dropped = changes.filter((change) => !kept.includes(change))
        const sets = new Set(dropped.map(({ changeSet }) => changeSet))
        expect(kept.some(({ changeSet }) => sets.has(changeSet))).toBe(false)
        const counted = rejected.reduce((sum, { count }) => sum + count, 0)
        expect(counted + waiting.length).toBe(dropped.length)
        expect(
          dropped.every(({ changeSet }) =>
            changes.some((it) => it.changeSet === changeSet && it.isWordedByModel),
          ),
        ).toBe(true)
      },
    ),
    { seed: SEED, numRuns: 200 },
  )
})
