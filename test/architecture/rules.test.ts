import { describe, expect, it } from 'vitest'
import {
  adapterProblems,
  cycleProblems,
  deadFileProblems,
  importProblems,
  nameProblems,
  type Problem,
  sizeProblems,
  textProblems,
} from './rules.ts'
import { sourceFile } from './source-tree.ts'

/** A rule that never trips proves nothing: each one is shown a planted violation here. */
describe('a planted violation trips its rule', () => {
  const planted: readonly (readonly [string, () => readonly Problem[], string])[] = [
    [
      'core importing a layer above it',
      () => importProblems([sourceFile('src/core/a.ts', "import { x } from '../config.ts'\n")]),
      'import direction',
    ],
    [
      'a type-only import of an adapter by the engine',
      () =>
        importProblems([
          sourceFile('src/engine/a.ts', "import type { X } from '../storage/sqlite/x.ts'\n"),
        ]),
      'import direction',
    ],
    [
      'a package that the layer does not have',
      () => importProblems([sourceFile('src/engine/a.ts', "import { ky } from 'ky'\n")]),
      'import direction',
    ],
    [
      'a re-export over a boundary',
      () => importProblems([sourceFile('src/wire/a.ts', "export * from '../engine/b.ts'\n")]),
      'import direction',
    ],
    [
      'a folder without a row',
      () => importProblems([sourceFile('src/extra/a.ts', 'export const a = 1\n')]),
      'import direction',
    ],
    [
      'one importer naming another',
      () =>
        adapterProblems([
          sourceFile('src/importers/chat.ts', "import { x } from './claude-code.ts'\n"),
        ]),
      'adapter named outside the composition root',
    ],
    [
      'two files that import each other for types',
      () =>
        cycleProblems([
          sourceFile('src/core/a.ts', "import type { B } from './b.ts'\n"),
          sourceFile('src/core/b.ts', "import type { A } from './a.ts'\n"),
        ]),
      'import cycle',
    ],
    [
      'a file nobody imports',
      () => deadFileProblems([sourceFile('src/core/a.ts', 'export const a = 1\n')], []),
      'dead file',
    ],
    [
      'a source file of 301 lines',
      () => sizeProblems([sourceFile('src/core/a.ts', '\n'.repeat(301))]),
      'file size',
    ],
    [
      'a folder of 21 source files',
      () => sizeProblems(Array.from({ length: 21 }, (_, n) => sourceFile(`src/core/${n}.ts`, ''))),
      'folder size',
    ],
    [
      'a folder of 21 files of the bench',
      () => sizeProblems(Array.from({ length: 21 }, (_, n) => sourceFile(`bench/a/${n}.ts`, ''))),
      'folder size',
    ],
    [
      'a file called helpers',
      () => nameProblems([sourceFile('src/core/text-helpers.ts', '')]),
      'name that says nothing',
    ],
    [
      'a second word for a memory',
      () => nameProblems([sourceFile('src/core/a.ts', 'export interface MemoryRecord {}\n')]),
      'second word',
    ],
    [
      'a version in a name',
      () => nameProblems([sourceFile('src/core/a.ts', 'export const planV2 = 1\n')]),
      'version in a name',
    ],
    [
      'a clock in the core',
      () => textProblems([sourceFile('src/core/a.ts', 'export const a = Date.now()\n')]),
      'clock, randomness or process in a pure layer',
    ],
    [
      'a catch that holds only a comment',
      () => textProblems([sourceFile('src/cli/a.ts', 'try { f() } catch { /* fine */ }\n')]),
      'swallowed error',
    ],
    [
      'a path of one machine in a document',
      () => textProblems([sourceFile('docs/a.md', `see ${['', 'root', 'x'].join('/')}\n`)]),
      'path of one machine',
    ],
  ]

  it.each(planted)('%s', (_name, problems, rule) => {
    expect(problems().map((problem) => problem.rule)).toEqual([rule])
  })
})

describe('reading a file', () => {
  it('finds every form of import and none in comments', () => {
    const file = sourceFile(
      'src/core/a.ts',
      [
        "import type { A } from './a.ts'",
        "import './b.ts'",
        'import {',
        '  c,',
        "} from 'c'",
        "export { d } from './d.ts'",
        "const e = await import('./e.ts')",
        "// import { f } from './f.ts'",
        "/* import { g } from './g.ts' */",
        '',
      ].join('\n'),
    )

    expect(file.imports).toEqual(['./a.ts', './b.ts', 'c', './d.ts', './e.ts'])
  })

  it('keeps a quote inside a regular expression from opening a string', () => {
    const file = sourceFile('src/core/a.ts', 'const quote = /["\'`]/u\nconst now = Date.now()\n')

    expect(textProblems([file]).map((problem) => problem.found)).toEqual(['line 2'])
  })

  it('does not take words in strings and comments for code', () => {
    const file = sourceFile('src/core/a.ts', "// Date.now()\nconst a = 'Date.now()'\n")

    expect(textProblems([file])).toEqual([])
  })

  it('lists declared and passed-on exports', () => {
    const text = 'export type A = 1\nexport async function b() {}\nexport { c as d, type E }\n'

    expect(sourceFile('src/core/a.ts', text).exports).toEqual(['A', 'b', 'd', 'E'])
  })
})
