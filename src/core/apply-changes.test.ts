import { describe, expect, test } from 'vitest'
import { aChange, storeOf, unitsOf } from '../testing/arbitraries.ts'
import { applyChanges, emptiedMemories, indexLineOf, touchedPaths } from './apply-changes.ts'
import type { Edit, NewMemory } from './change.ts'
import type { UnitId } from './ids.ts'
import type { StoreContent } from './store-content.ts'

const FACTS: NewMemory = {
  name: 'Facts',
  description: 'as: stated',
  type: 'project',
  indexPath: '/MEMORY.md',
}

function apply(
  content: StoreContent,
  ...edits: readonly Edit[]
): Readonly<Record<string, string | null>> {
  return Object.fromEntries(
    applyChanges(
      content,
      edits.map((edit, at) => aChange(`${at}`, 'supersede', { edits: [edit] })),
    ),
  )
}

function idOf(content: StoreContent, text: string): UnitId {
  const unit = unitsOf(content).find((candidate) => candidate.text === text)
  if (unit === undefined) throw new Error(`No unit "${text}".`)
  return unit.id
}

function append(path: string, text: string, create: NewMemory | null = null): Edit {
  return { op: 'append', path, text, create }
}

function drop(content: StoreContent, text: string): Edit {
  return { op: 'delete', unitId: idOf(content, text) }
}

describe('edits of a unit', () => {
  test('a replacement keeps the marker, a remark follows the new text', () => {
    const store = storeOf({ '/a.md': '* [ ] old\n* b\n' })
    const unitId = idOf(store, '[ ] old')
    const edits: readonly Edit[] = [
      { op: 'suffix', unitId, text: 'see b' },
      { op: 'replace', unitId, text: 'new' },
    ]
    expect(apply(store, ...edits)).toEqual({ '/a.md': '* new (see b)\n* b\n' })
  })

  test.each([
    ['# head', '\\# head'],
    ['1. one', '1\\. one'],
    ['- dash', '\\- dash'],
    ['---', '\\---'],
    ['[r]: x.dev', '\\[r]: x.dev'],
    ['two\n  lines', 'two lines'],
  ])('the text %j is written so that it stays one unit', (text, written) => {
    const store = storeOf({ '/a.md': '- a\n' })
    expect(apply(store, { op: 'replace', unitId: idOf(store, 'a'), text })).toEqual({
      '/a.md': `- ${written}\n`,
    })
  })

  test('a removal that would run neighbours together leaves an empty line', () => {
    const store = storeOf({ '/a.md': 'Steps:\n1. one\n2. two\n' })
    expect(apply(store, drop(store, 'one'))).toEqual({ '/a.md': 'Steps:\n\n2. two\n' })
  })

  test('contradictions are refused', () => {
    const store = storeOf({ '/a.md': '- a\n  - b\n- c\n' })
    const unitId = idOf(store, 'b')
    const conflict = expect.objectContaining({ type: 'conflict_error' })
    const removal: Edit = { op: 'delete', unitId }
    expect(() => apply(store, removal, { op: 'suffix', unitId, text: 'x' })).toThrow(conflict)
    expect(() => apply(store, { op: 'replace', unitId, text: 'x' }, removal)).toThrow(conflict)
    expect(() => apply(store, removal, removal)).toThrow(conflict)
    expect(() =>
      apply(store, { op: 'replace', unitId, text: 'x' }, { op: 'replace', unitId, text: 'y' }),
    ).toThrow(conflict)
    expect(() => apply(store, { op: 'delete', unitId: 'unit_none' as UnitId })).toThrow(conflict)
    expect(() => apply(store, append('/none.md', 'x'))).toThrow(conflict)
    expect(() => apply(store, drop(store, 'a'))).toThrow(
      expect.objectContaining({ type: 'invalid_request_error' }),
    )
    expect(() => apply(store, { op: 'replace', unitId, text: ' \n' })).toThrow(
      expect.objectContaining({ type: 'invalid_request_error' }),
    )
  })
})

describe('an appended bullet', () => {
  test.each([
    ['', '- x\n'],
    ['- a', '- a\n- x\n'],
    ['* a\r\n* b\r\n\r\n', '* a\r\n* b\r\n* x\r\n\r\n'],
    ['para', 'para\n\n- x\n'],
    ['# T\n\n', '# T\n\n- x\n'],
    ['1. a\n', '1. a\n\n- x\n'],
    ['- a\n  - b\n', '- a\n  - b\n- x\n'],
    ['a\n\n```\nopen', 'a\n\n- x\n\n```\nopen'],
  ])('joins %j', (content, after) => {
    expect(apply(storeOf({ '/a.md': content }), append('/a.md', 'x'))).toEqual({ '/a.md': after })
  })

  test('keeps plan order', () => {
    const store = storeOf({ '/a.md': '- a\n' })
    expect(apply(store, append('/a.md', 'x'), append('/a.md', 'y'))).toEqual({
      '/a.md': '- a\n- x\n- y\n',
    })
  })
})

describe('a new memory', () => {
  const head = '---\nname: Facts\ndescription: "as: stated"\ntype: project\n---\n\n# Facts\n\n'

  test('gets front matter, a heading and one index line', () => {
    const store = storeOf({ '/MEMORY.md': '# Memory\n\n- [A](a.md) - a\n', '/a.md': '- a\n' })
    expect(apply(store, append('/facts.md', 'x', FACTS), append('/facts.md', 'y', FACTS))).toEqual({
      '/MEMORY.md': '# Memory\n\n- [A](a.md) - a\n- [Facts](facts.md) - as: stated\n',
      '/facts.md': `${head}- x\n- y\n`,
    })
  })

  test('brings an index along where there is none', () => {
    expect(apply(storeOf({}), append('/facts.md', 'x', FACTS))).toEqual({
      '/MEMORY.md': '# Memory\n\n- [Facts](facts.md) - as: stated\n',
      '/facts.md': `${head}- x\n`,
    })
    expect(apply(storeOf({}), append('/facts.md', 'x', { ...FACTS, indexPath: null }))).toEqual({
      '/facts.md': `${head}- x\n`,
    })
  })

  test('is listed once, also where the index knew it before', () => {
    const store = storeOf({ '/MEMORY.md': '- [F](./facts.md)\n' })
    expect(Object.keys(apply(store, append('/facts.md', 'x', FACTS)))).toEqual(['/facts.md'])
  })

  test('has a link that leads to it from any index', () => {
    expect(indexLineOf('/x/my facts.md', '/y/MEMORY.md', FACTS)).toBe(
      '[Facts](../x/my%20facts.md) - as: stated',
    )
  })
})

describe('an emptied memory', () => {
  const store = storeOf({
    '/MEMORY.md': '- [A](a.md) - a\n- [B](./b.md)\n',
    '/a.md': '---\nname: A\n---\n\n# A\n\n- a\n',
    '/b.md': '- b\n\n```\ncode\n```\n',
  })

  test('goes with its index lines', () => {
    const changes = [aChange('1', 'remove', { edits: [drop(store, 'a')] })]
    expect(apply(store, drop(store, 'a'))).toEqual({
      '/MEMORY.md': '- [B](./b.md)\n',
      '/a.md': null,
    })
    expect(emptiedMemories(store, changes)).toEqual(['/a.md'])
    expect(touchedPaths(store, changes)).toEqual(['/MEMORY.md', '/a.md'])
  })

  test('stays when it holds other content', () => {
    expect(apply(store, drop(store, 'b'))).toEqual({ '/b.md': '```\ncode\n```\n' })
  })

  test('an index stays without lines', () => {
    const lone = storeOf({ '/MEMORY.md': '# M\n\n- [A](a.md)\n', '/a.md': '- a\n' })
    expect(apply(lone, drop(lone, 'a'))).toEqual({ '/MEMORY.md': '# M\n', '/a.md': null })
  })
})
