import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fileNames, STORE_FILE } from './file-names.ts'

const filesOf = (...paths: readonly string[]): readonly string[] =>
  fileNames(paths, { isFolder: false }).map(({ file }) => file)

describe('a file of an exported memory', () => {
  it('is called as its path wherever every system can hold that', () => {
    const paths = ['/MEMORY.md', '/project/deploy.md', '/a b/Ü, 1-2.md', '/notes']

    const named = fileNames(paths, { isFolder: false })

    expect(named.map(({ file }) => `/${file}`)).toEqual(paths)
    expect(named.every(({ reason }) => reason === null)).toBe(true)
  })

  it.each([
    [
      ['/A.md', '/a.md'],
      ['A.md', 'a~2.md'],
    ],
    [
      ['/Notes', '/notes/x.md'],
      ['Notes', 'notes~2/x.md'],
    ],
    [
      ['/A/x.md', '/a/y.md', '/a/z.md'],
      ['A/x.md', 'a~2/y.md', 'a~2/z.md'],
    ],
    [
      ['/straße.md', '/STRASSE.md'],
      ['straße.md', 'STRASSE~2.md'],
    ],
    [
      ['/ﬁ.md', '/fi.md'],
      ['ﬁ.md', 'fi~2.md'],
    ],
    [
      ['/a~2.md', '/A.md', '/a.md'],
      ['a~2.md', 'A.md', 'a~3.md'],
    ],
  ])('tells %j apart also where upper and lower case are one', (paths, files) => {
    expect(filesOf(...paths)).toEqual(files)
  })

  it.each([
    ['/con.md', '_con.md'],
    ['/LPT1', '_LPT1'],
    ['/nul .txt', '_nul .txt'],
    ['/a:b?.md', 'a_b_.md'],
    ['/dot.', 'dot_'],
    ['/..\\..\\x.md', '_._.._x.md'],
    ['/.git/config', '_git/config'],
    ['/node_modules/a.md', '_node_modules/a.md'],
    [`/${STORE_FILE}`, 'reverie-store~2.jsonl'],
    ['/CLAUDE.md', '_CLAUDE.md'],
    ['/sub/agents.md', 'sub/_agents.md'],
  ])('of %s is %s, and says why', (path, file) => {
    const [named] = fileNames([path], { isFolder: false })

    expect(named?.file).toBe(file)
    expect(named?.reason).not.toBeNull()
  })

  it('keeps instructions what they are in the export of a folder', () => {
    expect(fileNames(['/CLAUDE.md'], { isFolder: true })).toEqual([
      { path: '/CLAUDE.md', file: 'CLAUDE.md', reason: null },
    ])
  })

  it('is short enough for every system', () => {
    const [named] = fileNames([`/${'ä'.repeat(300)}.md`], { isFolder: false })

    expect(Buffer.byteLength(named?.file ?? '')).toBeLessThanOrEqual(255)
    expect(named?.file).toMatch(/~[\da-f]{12}\.md$/)
  })

  it('never leads out, is never hidden, and is one file for one path, whatever the paths', () => {
    const part = fc.oneof(
      fc.constantFrom(
        '..',
        '.',
        'a',
        'A',
        'ä',
        'a\u0308',
        'con',
        'AUX.md',
        '.git',
        'x.',
        'x ',
        '\\',
        ':',
      ),
      fc
        .string({ minLength: 1, maxLength: 6, unit: 'grapheme' })
        .map((s) => s.replaceAll('/', '_')),
    )
    const path = fc
      .array(part, { minLength: 1, maxLength: 3 })
      .map((parts) => `/${parts.join('/')}`)
    fc.assert(
      fc.property(fc.uniqueArray(path, { maxLength: 8 }), (paths) => {
        const named = fileNames(paths, { isFolder: false })
        const segments = named.flatMap(({ file }) => file.split('/'))

        expect(named.map((one) => one.path)).toEqual(paths)
        expect(
          segments.every((name) => /^[^./\\][^/\\]*$/u.test(name) && !/[. ]$/u.test(name)),
        ).toBe(true)
        const seen = named.map(({ file }) => file.normalize('NFKC').toLowerCase())
        expect(new Set(seen).size).toBe(paths.length)
        expect(
          named.every(({ file, reason }, n) => (reason === null) === (`/${file}` === paths[n])),
        ).toBe(true)
      }),
      { numRuns: 300 },
    )
  })
})
