import { describe, expect, it } from 'vitest'
import type { Change } from '../../core/change.ts'
import { aChange, inputsOf, unitIn } from './dream-inputs.test-support.ts'
import { type GateLimits, gate } from './gate.ts'

const LIMITS: GateLimits = { probesMax: 150, lossUnitsMin: 5, lossShareMax: 0.25 }

const INPUTS = inputsOf({
  '/infra.md': [
    '- The staging database listens on port 5432 behind the bastion.',
    '- The production cluster runs in region eu-west-1 on blue nodes.',
    '',
  ].join('\n'),
  '/shop.md': '- Gift cards of the shop expire after 3 years without a reminder.\n',
})
const PORT = unitIn(INPUTS, 'The staging')
const CLUSTER = unitIn(INPUTS, 'The production')

function deleting(name: string, unit: typeof PORT, more: Partial<Change> = {}): Change {
  return aChange(INPUTS, name, [{ op: 'delete', unitId: unit.id }], { kind: 'merge', ...more })
}

describe('gate', () => {
  it('asks one probe of each note of some words, and finds all of them unbroken', () => {
    expect(gate(INPUTS, [], LIMITS)).toEqual({ changes: [], probes: { n: 3, broken: 0 } })
  })

  it('asks no more probes than it may', () => {
    expect(gate(INPUTS, [], { ...LIMITS, probesMax: 2 }).probes.n).toBeLessThanOrEqual(2)
  })

  it('lets a note go that stands in the ledger', () => {
    const change = deleting('explained', PORT)

    expect(gate(INPUTS, [change], LIMITS).changes).toEqual([change])
  })

  it('holds the change-set that takes a note away without a word, and no other', () => {
    const silent = deleting('silent', PORT, { ledger: [] })
    const tied = { ...deleting('tied', CLUSTER), changeSet: silent.changeSet }
    const free = aChange(
      INPUTS,
      'free',
      [{ op: 'append', path: '/shop.md', text: 'Tea is hot.', create: null }],
      { kind: 'add' },
    )

    const { changes, probes } = gate(INPUTS, [silent, tied, free], LIMITS)

    expect(changes.map(({ status, heldReason }) => [status, heldReason])).toEqual([
      ['held', 'probe_broken'],
      ['held', 'probe_broken'],
      ['proposed', null],
    ])
    expect(probes).toEqual({ n: 3, broken: 0 })
  })

  it('lets a note go whose details another one keeps', () => {
    const merged = deleting('merged', PORT, { ledger: [] })
    const survivor = aChange(
      INPUTS,
      'survivor',
      [
        {
          op: 'append',
          path: '/shop.md',
          text: 'The staging database listens on port 5432 behind the bastion in Kiel.',
          create: null,
        },
      ],
      { kind: 'add' },
    )

    expect(gate(INPUTS, [merged, survivor], LIMITS).changes.map(({ status }) => status)).toEqual([
      'proposed',
      'proposed',
    ])
  })

  it('holds enough additions that none of them together hides a note', () => {
    const crowd = Array.from({ length: 8 }, (_, n) =>
      aChange(
        INPUTS,
        `crowd ${n}`,
        [
          {
            op: 'append',
            path: '/shop.md',
            text: `Gift cards of the shop expire without a reminder${' again'.repeat(n)}.`,
            create: null,
          },
        ],
        { kind: 'add' },
      ),
    )

    const { changes, probes } = gate(INPUTS, crowd, LIMITS)

    expect(probes.broken).toBe(0)
    expect(changes.filter(({ status }) => status === 'proposed').length).toBeGreaterThan(2)
  })
})

describe('gate, where much would be lost', () => {
  const lines = Array.from({ length: 12 }, (_, n) => `- Note ${n}.`)
  const inputs = inputsOf({ '/many.md': `${lines.join('\n')}\n` })

  function losing(count: number): readonly Change[] {
    return inputs.units.slice(0, count).map((unit) =>
      aChange(inputs, unit.text, [{ op: 'delete', unitId: unit.id }], {
        kind: 'merge',
        ledger: [],
      }),
    )
  }

  it('lets go as many units as the bound allows', () => {
    const { changes } = gate(inputs, losing(5), LIMITS)

    expect(changes.map(({ status }) => status)).toEqual(Array.from({ length: 5 }, () => 'proposed'))
  })

  it('holds every set that loses units beyond it, and lets the rest go on', () => {
    const kept = aChange(inputs, 'kept', [{ op: 'delete', unitId: unitIn(inputs, 'Note 11').id }])

    const { changes } = gate(inputs, [...losing(6), kept], LIMITS)

    expect(changes.map(({ heldReason }) => heldReason)).toEqual([
      ...Array.from({ length: 6 }, () => 'loss_bound'),
      null,
    ])
  })

  it('counts a share of a large store', () => {
    const { changes } = gate(inputs, losing(6), { ...LIMITS, lossShareMax: 0.5 })

    expect(changes.filter(({ status }) => status === 'held')).toEqual([])
  })
})

describe('gate, switched off', () => {
  it('asks no probes, but keeps the bound on what may be lost', () => {
    const silent = deleting('silent', PORT, { ledger: [] })
    const off = { hasGate: false }

    expect(gate(INPUTS, [silent], LIMITS, off)).toEqual({
      changes: [silent],
      probes: { n: 0, broken: 0 },
    })
    const bound = { ...LIMITS, lossUnitsMin: 0, lossShareMax: 0 }
    expect(gate(INPUTS, [silent], bound, off).changes.map(({ heldReason }) => heldReason)).toEqual([
      'loss_bound',
    ])
  })
})
