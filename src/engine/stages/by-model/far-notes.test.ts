import { describe, expect, it } from 'vitest'
import type { Claim } from '../../../core/claim.ts'
import { DREAM_LIMITS } from '../../dream-limits.ts'
import type { RelateItem } from '../../prompts/relate.ts'
import {
  dreamOf,
  modelClaim,
  NONE,
  SAME,
  scriptedAsker,
  type Told,
  UPDATE,
} from '../told-dream.test-support.ts'

const FAR = [
  'The deal with Castellan fell through over the price.',
  'We lost Castellan because we were too expensive for them.',
]
const OTHERS = ['Bread is baked in the cellar.', 'Ruth settles the bills of suppliers.']

function filesOf(lines: readonly string[]): Readonly<Record<string, string>> {
  return { '/notes.md': lines.map((line) => `- ${line}\n`).join('') }
}

function isAbout({ a, b }: RelateItem, texts: readonly string[]): boolean {
  return texts.includes(a.text) && texts.includes(b.text)
}

describe('notes that tell one thing in other words', () => {
  it('are found, asked about in both orders and merged, the words of both kept', async () => {
    const asker = scriptedAsker({ relate: (item) => (isAbout(item, FAR) ? SAME : NONE) })
    const { changes, violations } = await dreamOf(filesOf([...FAR, ...OTHERS]), asker)
    const asked = asker.pairs.filter((item) => isAbout(item, FAR))

    expect(violations).toEqual([])
    expect(asked.map(({ a }) => a.text).sort()).toEqual([...FAR].sort())
    expect(changes.map(({ kind, before }) => [kind, before.length])).toEqual([['merge', 2]])
    expect(changes.flatMap(({ ledger }) => ledger.map(({ text }) => text))).toHaveLength(1)
  })

  it('stay where the model says it of one order only', async () => {
    const asker = scriptedAsker({
      relate: (item) => (isAbout(item, FAR) && item.a.text === FAR[0] ? SAME : NONE),
    })

    expect((await dreamOf(filesOf(FAR), asker)).changes).toEqual([])
  })

  it('stay where the model says it of several', async () => {
    const third = 'Castellan went elsewhere over money.'
    const asker = scriptedAsker({
      relate: (item) => (item.a.text === FAR[0] || item.b.text === FAR[0] ? SAME : NONE),
    })
    const { judged, changes } = await dreamOf(filesOf([...FAR, third]), asker)

    expect(judged.decisions.filter(({ relation }) => relation === 'same')).toEqual([])
    expect(changes).toEqual([])
  })

  it('are asked about once where the model sees nothing in common', async () => {
    const asker = scriptedAsker({ relate: () => NONE })
    await dreamOf(filesOf(FAR), asker)

    expect(asker.pairs).toHaveLength(1)
  })

  it('are not asked about where no verdict could count', async () => {
    const asker = scriptedAsker({ relate: () => SAME })
    await dreamOf(
      filesOf(['Do not mock the database in checks.', 'A real Postgres is what checks run on.']),
      asker,
    )

    expect(asker.pairs).toEqual([])
  })

  it('are no matter of rules: nobody looks for them without a model', async () => {
    expect((await dreamOf(filesOf(FAR), null)).changes).toEqual([])
  })
})

describe('two claims of the same words', () => {
  const quote = 'The owner of the search service is Mira now, Jonas has his hands full.'
  const note = 'The owner of the search service is Jonas.'
  const given = { at: '2026-11-10T09:00:00.000Z', session: 'one', line: 4 }

  function claims(): readonly Claim[] {
    const more = { value: 'Mira', formerValue: 'Jonas', isLasting: true }
    return [
      modelClaim(quote, quote, { ...more, wording: 'verbatim' }, given),
      modelClaim(
        'The search service is owned by Mira, not by Jonas any more.',
        `Not anymore. ${quote}`,
        { ...more, polarity: -1 },
        given,
      ),
    ]
  }

  function dream(): Promise<Told> {
    return dreamOf(filesOf([note]), scriptedAsker({ relate: () => UPDATE }), { claims: claims() })
  }

  it('never contradict nor replace each other, whatever rules and a model say', async () => {
    const { judged } = await dream()
    const own = judged.decisions.filter(
      ({ a, b }) => a.source.kind === 'claim' && b.source.kind === 'claim',
    )

    expect(own.map(({ relation }) => relation)).toEqual(['related'])
  })

  it('replace the note once and open no conflict', async () => {
    const { changes, violations } = await dream()

    expect(violations).toEqual([])
    expect(changes.map(({ kind, after }) => [kind, after[0]?.text])).toEqual([
      ['supersede', 'The owner of the search service is Mira.'],
    ])
  })
})

describe('a pair of claims', () => {
  const lines = [
    'The shop in Bern opens at nine on Sundays.',
    'The shop in Bern closes at noon on Sundays.',
  ]

  async function askedOf(notes: readonly string[]): Promise<number> {
    const claims = lines.map((line, n) => modelClaim(line, line, {}, { session: `s${n}` }))
    const asker = scriptedAsker({ relate: () => NONE })
    const { judged } = await dreamOf(filesOf(notes), asker, { claims })
    return judged.decisions.filter(
      ({ a, b, asked }) =>
        asked !== undefined && a.source.kind === 'claim' && b.source.kind === 'claim',
    ).length
  }

  it('is asked about, unless notes hold both already', async () => {
    expect(await askedOf(['Bread is baked in the cellar.'])).toBe(1)
    expect(await askedOf(lines)).toBe(0)
  })
})

it('asks so many pairs in one call', () => {
  expect(DREAM_LIMITS.pairsPerCallMax).toBe(12)
})
