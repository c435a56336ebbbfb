import { describe, expect, it } from 'vitest'
import type { Change } from '../../core/change.ts'
import type { EvidenceSources } from '../../core/evidence.ts'
import type { Storage } from '../../storage/storage.ts'
import { eventEvidence } from '../../testing/dream-facts.ts'
import { aChange, inputsOf, quoteOf, unitIn } from './dream-inputs.test-support.ts'
import type { DreamInputs } from './snapshot.ts'
import { type Verified, type VerifyLimits, verify } from './verify.ts'

const FILES = {
  '/MEMORY.md': '- [Notes](notes.md): of all kinds\n',
  '/notes.md': '- The staging database listens on port 5432.\n- The owner is Jonas.\n',
}
const INPUTS = inputsOf(FILES)
const PORT = unitIn(INPUTS, 'The staging')
const WIDE: VerifyLimits = {
  memoryBytesMax: 100_000,
  indexLinesMax: 200,
  indexBytesMax: 25_000,
  changesMax: 100,
  lossUnitsMin: 5,
  lossShareMax: 0.25,
}

function sourcesOf(inputs: DreamInputs): EvidenceSources {
  const contents = new Map(
    inputs.units.map(({ versionId, path }) => [
      versionId,
      inputs.content.memories.get(path)?.content,
    ]),
  )
  return {
    sharedText: () => undefined,
    eventText: (id) => decodeURIComponent(id.slice('sevt_'.length)),
    versionContent: (id) => contents.get(id),
  }
}

function verified(changes: readonly Change[], limits: VerifyLimits = WIDE): Promise<Verified> {
  const secrets = {
    mask: async (text: string) => text.replaceAll('hunter2', '[redacted:password]'),
  }
  const storage = { sessions: { event: async () => null } } as unknown as Storage
  return verify(INPUTS, changes, sourcesOf(INPUTS), { secrets, storage }, limits)
}

function replacing(text: string, more: Partial<Change> = {}): Change {
  const evidence = [eventEvidence(text), quoteOf(PORT)]
  const after = [{ path: '/notes.md', text }]
  const edits = [{ op: 'replace', unitId: PORT.id, text } as const]
  return aChange(INPUTS, text, edits, { evidence, after, ...more })
}

function adding(text: string, path = '/notes.md'): Change {
  const more = { kind: 'add', evidence: [eventEvidence(text)] } as const
  return aChange(INPUTS, text, [{ op: 'append', path, text, create: null }], more)
}

function creating(text: string): Change {
  const description = 'Facts of the project, as stated'
  const create = { name: 'Facts', description, type: 'project', indexPath: '/MEMORY.md' }
  const more = { kind: 'add', evidence: [eventEvidence(text)] } as const
  return aChange(INPUTS, text, [{ op: 'append', path: '/facts.md', text, create }], more)
}

function statusOf({ changes }: Verified): readonly (readonly [string, string | null])[] {
  return changes.map(({ status, heldReason }) => [status, heldReason])
}

describe('verify', () => {
  it('lets a sound change through as it is', async () => {
    const change = replacing('The staging database listens on port 6000.')

    expect(await verified([change])).toEqual({ changes: [change], rejected: [] })
  })

  it.each<readonly [string, Partial<Change>]>([
    ['no evidence', { evidence: [] }],
    ['empty quote', { evidence: [{ ...quoteOf(PORT), quote: ' ' }] }],
    ['quote is not in it', { evidence: [{ ...quoteOf(PORT), quote: `${PORT.text}!` }] }],
    [
      'cited source does not exist',
      { evidence: [{ ...quoteOf(PORT), memoryVersionId: 'memver_gone' as typeof PORT.versionId }] },
    ],
    ['a unit would be gone for good', { ledger: [] }],
    ['no reason to take a unit', { evidence: [quoteOf(PORT)] }],
  ])('drops and counts a change with the fault: %s', async (reason, more) => {
    const change = replacing('The staging database listens on shop 5432.', more)

    expect(await verified([change])).toEqual({ changes: [], rejected: [{ reason, count: 1 }] })
  })

  it('drops a text that its quotes do not say', async () => {
    const evidence = [quoteOf(PORT), eventEvidence('Tea is hot.')]
    const { changes, rejected } = await verified([
      replacing('The shop opens at noon.', { evidence }),
    ])

    expect(changes).toEqual([])
    expect(rejected).toEqual([{ reason: 'its quotes do not say it', count: 1 }])
  })

  it('drops a change that would write a secret', async () => {
    const { changes, rejected } = await verified([adding('The password is hunter2.')])

    expect(changes).toEqual([])
    expect(rejected).toEqual([{ reason: 'a secret in the text', count: 1 }])
  })

  it('drops the whole change-set of a fault and leaves the others', async () => {
    const bad = replacing('The staging database is new.', { evidence: [] })
    const tied = { ...adding('A remark.'), changeSet: bad.changeSet }
    const free = adding('Tea is hot.')

    const { changes, rejected } = await verified([bad, tied, free])

    expect(changes).toEqual([free])
    expect(rejected).toEqual([{ reason: 'no evidence', count: 2 }])
  })

  it('takes a detail that stands in the ledger for kept', async () => {
    expect((await verified([replacing('The staging database is new.')])).changes).toHaveLength(1)
  })
})

describe('verify, where room is short', () => {
  const notesBytes = Buffer.byteLength(FILES['/notes.md'])

  it('holds the last additions that a memory has no room for', async () => {
    const memoryBytesMax = notesBytes + Buffer.byteLength('- Tea is hot.\n')
    const changes = [adding('Tea is hot.'), adding('Coffee is too.')]

    expect(statusOf(await verified(changes, { ...WIDE, memoryBytesMax }))).toEqual([
      ['proposed', null],
      ['held', 'too_large'],
    ])
  })

  it('holds a replacement that a memory has no room for', async () => {
    const long = replacing(`The staging database listens on port 6000, ${'really '.repeat(20)}.`)

    expect(statusOf(await verified([long], { ...WIDE, memoryBytesMax: notesBytes + 20 }))).toEqual([
      ['held', 'too_large'],
    ])
  })

  it('holds what is too large in every memory, not in the first alone', async () => {
    const limits = { ...WIDE, memoryBytesMax: notesBytes + 20 }
    const long = `${'really '.repeat(20)}long.`
    const changes = [adding('Tea.'), adding(`Notes are ${long}`), creating(`Facts are ${long}`)]

    expect(statusOf(await verified(changes, limits))).toEqual([
      ['proposed', null],
      ['held', 'too_large'],
      ['held', 'too_large'],
    ])
  })

  it('lets a memory shrink or stay that is too large already', async () => {
    const change = replacing('The staging database listens on 6.')

    expect(statusOf(await verified([change], { ...WIDE, memoryBytesMax: 10 }))).toEqual([
      ['proposed', null],
    ])
  })

  it('holds a new memory that the index has no line for', async () => {
    expect(statusOf(await verified([creating('Tea.')], { ...WIDE, indexLinesMax: 1 }))).toEqual([
      ['held', 'index_full'],
    ])
  })

  it('fills the index to its last line', async () => {
    expect(statusOf(await verified([creating('Tea.')], { ...WIDE, indexLinesMax: 2 }))).toEqual([
      ['proposed', null],
    ])
  })
})
