import { describe, expect, test } from 'vitest'
import { parseMemory, statedAtOf } from './markdown.ts'
import type { ParsedUnit } from './unit.ts'

function parse(content: string, isIndex = false): readonly ParsedUnit[] {
  return parseMemory(content, { isIndex }).units
}

function texts(content: string): readonly string[] {
  return parse(content).map(({ kind, text }) => `${kind}: ${text}`)
}

function without(content: string, nth: number): string {
  const range = parse(content)[nth]?.outerBytes
  const bytes = Buffer.from(content)
  return Buffer.concat([bytes.subarray(0, range?.start), bytes.subarray(range?.end)]).toString()
}

describe('units', () => {
  test('are the paragraphs and the list items of every level', () => {
    expect(texts('Intro\nline.\n\n- a\n- [x] **b** `c`\n  - d\n\n1. e\n')).toEqual([
      'paragraph: Intro\nline.',
      'bullet: a',
      'parent-bullet: [x] **b** `c`',
      'bullet: d',
      'bullet: e',
    ])
  })

  test('are also list items written as headings', () => {
    expect(texts('# Notes\n\n- ## Ship on Mondays\n- b\n')).toEqual([
      'bullet: ## Ship on Mondays',
      'bullet: b',
    ])
  })

  test('carry the headings and bullets above them', () => {
    const units = parse('# A\n\nSetext *b*\n---\n\n- c\n  - d\n\n# E\n\nf\n')
    expect(units.map(({ context }) => context)).toEqual([
      ['A', 'Setext b'],
      ['A', 'Setext b', 'c'],
      ['E'],
    ])
  })

  test('are never inside code, tables, quotes or HTML, which count as other content', () => {
    for (const other of [
      '```\n- a\n```',
      '    - a',
      '> - a',
      '| - a |\n| --- |',
      '<div>\n- a\n</div>',
      '<!--\n- a\n-->',
    ]) {
      expect(parseMemory(`${other}\n`, { isIndex: false })).toMatchObject({
        units: [],
        hasOtherContent: true,
      })
    }
  })

  test('an item that holds more than its first paragraph is a parent', () => {
    expect(texts('- a\n\n  more\n- b\n  ```\n  code\n  ```\n- c\n')).toEqual([
      'parent-bullet: a',
      'parent-bullet: b',
      'bullet: c',
    ])
    expect(parseMemory('- b\n  ```\n  code\n  ```\n', { isIndex: false }).hasOtherContent).toBe(
      true,
    )
  })

  test('a bullet of an index that links to a local markdown file is an index line', () => {
    const index = '- [A](sub/a.md#top) - x\n- [B](https://x.dev/b.md)\n- [C](c.png)\n- plain\n'
    expect(parse(index, true).map(({ kind, linkTarget }) => [kind, linkTarget])).toEqual([
      ['index-line', 'sub/a.md#top'],
      ['bullet', null],
      ['bullet', null],
      ['bullet', null],
    ])
    expect(parse(index).every(({ kind }) => kind === 'bullet')).toBe(true)
  })

  test('have byte ranges, also after astral characters and a byte order mark', () => {
    const content = '\uFEFF- 😀 é\r\n- 数据  \r\n'
    const bytes = Buffer.from(content)
    const slices = parse(content).map((unit) => [
      bytes.subarray(unit.bytes.start, unit.bytes.end).toString(),
      bytes.subarray(unit.outerBytes.start, unit.outerBytes.end).toString(),
    ])
    expect(slices).toEqual([
      ['😀 é', '- 😀 é\r\n'],
      ['数据', '- 数据  \r\n'],
    ])
  })
})

describe('a unit that goes', () => {
  test('takes its whole lines', () => {
    expect(without('- a\n  - b\n    lazy\n- c', 1)).toBe('- a\n- c')
    expect(without('- a\n- c', 1)).toBe('- a\n')
  })

  test('leaves no double blank line', () => {
    expect(without('# T\n\na\n\nb\n', 0)).toBe('# T\n\nb\n')
    expect(without('# T\n\na\n\nb\n', 1)).toBe('# T\n\na\n')
    expect(without('a\r\n\r\nb\r\n', 0)).toBe('b\r\n')
    expect(without('- a\n\n- b\n\n- c\n', 1)).toBe('- a\n\n- c\n')
  })

  test('leaves a blank line that sets its neighbours apart', () => {
    expect(without('# T\n\nintro\n- a\n', 0)).toBe('# T\n\n- a\n')
  })
})

describe('front matter', () => {
  test('is read as YAML and is no unit', () => {
    expect(parseMemory('---\nname: Ports\n---\n- a\n', { isIndex: false })).toMatchObject({
      frontMatter: { name: 'Ports' },
      units: [{ text: 'a', line: 4 }],
      hasOtherContent: false,
    })
  })

  test.each(['---\n: [bad\n---\n\na\n', '---\njust text\n---\n\na\n', '---\n- list\n---\n\na\n'])(
    'says nothing when it cannot be read: %j',
    (content) => {
      expect(parseMemory(content, { isIndex: false })).toMatchObject({
        frontMatter: null,
        units: [{ text: 'a' }],
      })
    },
  )
})

describe('the time a unit was stated', () => {
  test.each([
    ['The port is 8081 (2026-03-14)', '2026-03-14T00:00:00.000Z'],
    ['As of 2026-03-14 the port is 8081', '2026-03-14T00:00:00.000Z'],
    ['2026-03-14: moved', '2026-03-14T00:00:00.000Z'],
    ['**2026-03-14**: moved', '2026-03-14T00:00:00.000Z'],
    ['x (updated 2026-03-14T10:00+02:00)', '2026-03-14T08:00:00.000Z'],
    ['x (2026-03-14), y (as of 2026-04-01)', '2026-04-01T00:00:00.000Z'],
    ['The launch is on 2026-03-14', null],
    ['x (2026-02-30)', null],
    ['x (last week)', null],
  ])('of %j is %s', (text, at) => {
    expect(statedAtOf(text, null)).toBe(at)
  })

  test('is the front matter’s when the text has none, newest key first', () => {
    expect(statedAtOf('x', { created: '2026-01-01', modified: '2026-06-03T07:55:12Z' })).toBe(
      '2026-06-03T07:55:12.000Z',
    )
    expect(statedAtOf('x', { modified: 'soon', date: '2026-01-01 10:30' })).toBe(
      '2026-01-01T10:30:00.000Z',
    )
    expect(statedAtOf('x (2025-01-01)', { date: '2026-01-01' })).toBe('2025-01-01T00:00:00.000Z')
    expect(statedAtOf('x', { date: 20260101 })).toBeNull()
  })
})
