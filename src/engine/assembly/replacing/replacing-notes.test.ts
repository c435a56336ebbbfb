import { describe, expect, it } from 'vitest'
import { aStatement } from '../../stages/entry.test-support.ts'
import {
  dreamOf,
  modelClaim,
  scriptedAsker,
  type Told,
  UPDATE,
} from '../../stages/told-dream.test-support.ts'

const CURRENT = 'The staging database listens on port 6000.'
const SAID = 'The staging database listens on port 6000 now.'
const AT = '2026-11-10T09:00:00.000Z'

/** A dream by rules over notes in files of their own and one statement. */
function replaced(notes: readonly string[], said = SAID): Promise<Told> {
  const { source } = aStatement(said, { at: AT })
  return dreamOf(filesOf(notes), null, { claims: source.kind === 'claim' ? [source.claim] : [] })
}

function filesOf(notes: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(notes.map((note, n) => [`/n${n}.md`, `- ${note}\n`]))
}

function texts({ changes, violations }: Told): readonly (readonly [string, string])[] {
  expect(violations).toEqual([])
  return changes.map(({ kind, before, after }) => {
    expect(kind).toBe('supersede')
    return [before[0]?.text ?? '', after[0]?.text ?? ''] as const
  })
}

describe('a note of which one sentence is outdated', () => {
  it.each([
    ['The staging database listens on port 5432. It is wiped every night.', /It is wiped/],
    ['Weekly numbers go to Aylin. The staging database listens on port 5432.', /^Weekly numbers/],
  ])('keeps its other sentences where another note holds the value: %s', async (note, rest) => {
    const [change, ...more] = texts(await replaced([note, CURRENT]))

    expect(more).toEqual([])
    expect(change?.[0]).toBe(note)
    expect(change?.[1]).toMatch(rest)
    expect(change?.[1]).toContain('port 6000')
    expect(change?.[1]).not.toContain('5432')
  })

  it('keeps its other sentences where another outdated note gets the new text', async () => {
    const whole = 'The staging database listens on port 5432.'
    const part = `${whole} It is wiped every night.`

    expect(texts(await replaced([whole, part]))).toEqual([
      [whole, CURRENT],
      [part, `${CURRENT} It is wiped every night.`],
    ])
  })

  it('keeps the other sentences of each of several such notes', async () => {
    const [one, two] = [
      'Weekly numbers go to Aylin. The staging database listens on port 5432.',
      'The staging database listens on port 5432. It is wiped every night.',
    ]

    expect(texts(await replaced([one, two])).map(([, after]) => after)).toEqual([
      `Weekly numbers go to Aylin. ${CURRENT}`,
      `${CURRENT} It is wiped every night.`,
    ])
  })

  it('still goes as a whole where it says nothing else', async () => {
    const told = await replaced(['The staging database listens on port 5432.', CURRENT])
    const [change] = told.changes

    expect(change?.edits.map(({ op }) => op)).toEqual(['delete'])
    expect(change?.ledger.map(({ text }) => text)).toContain(
      'The staging database listens on port 5432.',
    )
  })

  it('keeps its other sentences where a model found it outdated', async () => {
    const claim = modelClaim(CURRENT, 'it listens on port 6000 now', {
      value: '6000',
      formerValue: '5432',
    })
    const note = 'Port 5432 is where the staging database listens. It is wiped every night.'
    const asker = scriptedAsker({ relate: () => UPDATE })
    const { changes, violations } = await dreamOf(filesOf([note, CURRENT]), asker, {
      claims: [claim],
      hints: [{ claim: 0, note: 'Port 5432' }],
    })

    expect(violations).toEqual([])
    expect(changes.map(({ kind, after }) => [kind, after[0]?.text])).toEqual([
      ['supersede', note.replace('5432', '6000')],
    ])
  })
})
