import { describe, expect, test } from 'vitest'
import type { Change } from '../../core/change.ts'
import type { Unit } from '../../core/unit.ts'
import { aChange, inputsOf, unitIn } from '../stages/dream-inputs.test-support.ts'
import { type CommitPlace, heldBack } from './hold-back.ts'

const FILES = {
  '/MEMORY.md': '# Memory\n\n- [Infra](infra.md): ports\n- [Gone](gone.md): nothing\n',
  '/infra.md': '- The staging database listens on port 5432.\n- The region is eu-west-1.\n',
  '/shop.md': '- Gift cards expire after 3 years.\n- Gift cards  expire after 3 years.\n',
}
const INPUTS = inputsOf(FILES)
const PORT = unitIn(INPUTS, 'The staging')
const CARDS = unitIn(INPUTS, 'Gift cards expire')
const TWIN = unitIn(INPUTS, 'Gift cards  expire')
const DEAD = unitIn(INPUTS, '[Gone]')

const replaced = (unit: Unit, text: string, more: Partial<Change> = {}): Change =>
  aChange(INPUTS, `${unit.id} ${text}`, [{ op: 'replace', unitId: unit.id, text }], more)

const added = (path: string, more: Partial<Change> = {}): Change => {
  const create = { name: 'New', description: 'new', type: 'user', indexPath: '/MEMORY.md' }
  const edit = { op: 'append', path, text: 'Something new.', create } as const
  return aChange(INPUTS, path, [edit], { kind: 'add', ...more })
}

const place = (more: Partial<CommitPlace> = {}): CommitPlace => ({
  base: INPUTS.content,
  present: new Map(Object.entries(FILES)),
  pinned: new Set(),
  level: 'all',
  memoriesMax: 100,
  ...more,
})

function reasons(changes: readonly Change[], at: CommitPlace): readonly (string | null)[] {
  const held = heldBack(changes, at)
  return changes.map((change) => held.get(change) ?? null)
}

const PORT_MOVED = replaced(PORT, 'The staging database listens on port 6000.')
const CARDS_MOVED = replaced(CARDS, 'Gift cards expire after 4 years.')

describe('what is held when a plan is committed', () => {
  test('is nothing where nothing moved', () => {
    expect(reasons([PORT_MOVED, CARDS_MOVED], place())).toEqual([null, null])
  })

  test('are the changes of a memory that was written to, or is gone', () => {
    const written = new Map([...Object.entries(FILES), ['/infra.md', '- Other.\n'] as const])
    const gone = new Map(Object.entries(FILES).filter(([path]) => path !== '/infra.md'))

    expect(reasons([PORT_MOVED, CARDS_MOVED], place({ present: written }))).toEqual([
      'memory_moved',
      null,
    ])
    expect(reasons([PORT_MOVED, CARDS_MOVED], place({ present: gone }))).toEqual([
      'memory_moved',
      null,
    ])
  })

  test('takes the whole change-set along', () => {
    const tied = { ...CARDS_MOVED, changeSet: PORT_MOVED.changeSet }
    const present = new Map([...Object.entries(FILES), ['/infra.md', ''] as const])

    expect(reasons([PORT_MOVED, tied], place({ present }))).toEqual([
      'memory_moved',
      'memory_moved',
    ])
  })

  test('are new memories whose index was written to, or whose path is taken or in the way', () => {
    const withIndex = new Map([...Object.entries(FILES), ['/MEMORY.md', '# Other\n'] as const])
    const withPath = new Map([...Object.entries(FILES), ['/new.md', '- Mine.\n'] as const])
    const above = new Map([...Object.entries(FILES), ['/new', '- Mine.\n'] as const])

    expect(reasons([added('/new.md')], place({ present: withIndex }))).toEqual(['memory_moved'])
    expect(reasons([added('/new.md')], place({ present: withPath }))).toEqual(['memory_moved'])
    expect(reasons([added('/new/a.md')], place({ present: above }))).toEqual(['memory_moved'])
    expect(reasons([added('/news.md')], place({ present: above }))).toEqual([null])
  })

  test('are new memories above or below another one, of the store or of the plan', () => {
    const changes = [added('/shop.md/cards'), added('/a/b.md'), added('/a'), added('/a/c.md')]

    expect(reasons(changes, place())).toEqual(['too_large', null, 'too_large', null])
  })

  test('is what touches a note that was pinned meanwhile', () => {
    const pinned = new Set([PORT.id])

    expect(reasons([PORT_MOVED, CARDS_MOVED], place({ pinned }))).toEqual(['pinned', null])
  })

  test('are memories beyond the limit of the store', () => {
    const changes = [added('/a.md'), added('/b.md'), PORT_MOVED]

    expect(reasons(changes, place({ memoriesMax: 4 }))).toEqual([null, 'too_large', null])
    expect(reasons(changes, place({ memoriesMax: 5 }))).toEqual([null, null, null])
  })

  test('leaves alone what a rail holds already', () => {
    const held = { ...PORT_MOVED, status: 'held', heldReason: 'secret' } as const

    expect(reasons([held], place({ pinned: new Set([PORT.id]) }))).toEqual([null])
  })
})

describe('a level', () => {
  const duplicate = aChange(INPUTS, 'twins', [{ op: 'delete', unitId: TWIN.id }], {
    kind: 'merge',
    trust: 'note',
    before: [CARDS, TWIN].map(({ path, text }) => ({ path, text })),
    after: [{ path: CARDS.path, text: CARDS.text }],
    units: [CARDS.id, TWIN.id],
  })
  const dead = aChange(INPUTS, 'dead', [{ op: 'delete', unitId: DEAD.id }], {
    kind: 'remove',
    trust: 'note',
  })
  const near = { ...duplicate, after: [{ path: CARDS.path, text: 'Gift cards expire.' }] }
  const ofTool = { ...CARDS_MOVED, trust: 'tool' } as const

  test.each([
    ['safe', [null, null, 'awaits_review', 'awaits_review', 'awaits_review']],
    ['trusted', [null, null, 'awaits_review', null, 'awaits_review']],
    ['all', [null, null, null, null, null]],
  ] as const)('%s lets through what it says', (level, expected) => {
    const apart = { ...near, changeSet: PORT_MOVED.id as never }

    const changes = [duplicate, dead, apart, PORT_MOVED, ofTool]

    expect(reasons(changes, place({ level }))).toEqual(expected)
  })
})
