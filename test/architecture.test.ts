import { readFileSync } from 'node:fs'
import { join } from 'node:path'
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
} from './architecture/rules.ts'
import { ROOT, readSourceTree, rootEntries } from './architecture/source-tree.ts'
import {
  ADAPTERS,
  ENTRY_FILES,
  EXCEPTIONS,
  EXCEPTIONS_MAX,
  LAYERS,
  ROOT_ENTRIES,
  SIZES,
} from './architecture/tables.ts'

/** The tables stand in architecture/tables.ts; here they meet the repository as it is. */
const files = readSourceTree()

function readText(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8')
}

function report(problems: readonly Problem[]): readonly string[] {
  return problems
    .filter(({ rule, path }) => !EXCEPTIONS.some((it) => it.rule === rule && it.path === path))
    .map(({ rule, path, found, next }) => `${path}: ${rule}: ${found}. Next: ${next}.`)
}

describe('boundaries', () => {
  it('lets every file import only what the table of layers allows', () => {
    expect(report(importProblems(files))).toEqual([])
  })

  it('names adapters in the composition root only', () => {
    expect(report(adapterProblems(files))).toEqual([])
  })

  it('has no circle of imports, not even of types', () => {
    expect(report(cycleProblems(files))).toEqual([])
  })

  it('has no file that nothing leads to', () => {
    expect(report(deadFileProblems(files, ENTRY_FILES))).toEqual([])
  })

  it('has no row of a table without a file behind it', () => {
    const places = [...LAYERS.map((layer) => layer.at), ...ADAPTERS, ...ENTRY_FILES]

    const empty = places.filter((place) => !files.some((file) => file.path.startsWith(place)))

    expect(empty).toEqual([])
  })
})

describe('package', () => {
  it('has a source behind every module that it exports', () => {
    const built = [...readText('package.json').matchAll(/"\.\/dist\/([\w/-]+)\.js"/g)]
    const sources = built.map((match) => `src/${match[1]}.ts`)

    const missing = sources.filter((source) => !files.some((file) => file.path === source))

    expect(sources).not.toHaveLength(0)
    expect(missing).toEqual([])
  })

  it('keeps the list of npm scripts short', () => {
    const manifest: { readonly scripts: Readonly<Record<string, string>> } = JSON.parse(
      readText('package.json'),
    )

    expect(Object.keys(manifest.scripts).length).toBeLessThanOrEqual(SIZES.npmScriptsMax)
  })
})

describe('sizes', () => {
  it('keeps files and folders small', () => {
    expect(report(sizeProblems(files))).toEqual([])
  })
})

describe('names and texts', () => {
  it('uses one word for one thing', () => {
    expect(report(nameProblems(files))).toEqual([])
  })

  it('has none of the forbidden texts', () => {
    expect(report(textProblems(files))).toEqual([])
  })

  it('has none but the known entries at the top', () => {
    expect(rootEntries().filter((name) => !ROOT_ENTRIES.includes(name))).toEqual([])
  })
})

describe('exceptions', () => {
  it('only ever become fewer, and each has a reason', () => {
    expect(EXCEPTIONS).toHaveLength(EXCEPTIONS_MAX)
    expect(EXCEPTIONS.filter((exception) => exception.reason.trim() === '')).toEqual([])
  })
})
