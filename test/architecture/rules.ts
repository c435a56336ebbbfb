import { isTestFile, resolveImport, type SourceFile } from './source-tree.ts'
import { ADAPTERS, LAYERS, type Layer, MAY_NAME_ADAPTERS, SIZES } from './tables.ts'
import { FORBIDDEN_TEXT } from './texts.ts'
import { EMPTY_NAMES, SECOND_WORDS, SECOND_WORDS_IN_TYPE_NAMES } from './words.ts'

/** One broken rule at one place, with what to do about it. */
export interface Problem {
  readonly rule: string
  readonly path: string
  readonly found: string
  readonly next: string
}

type Files = readonly SourceFile[]

/** Every import of `src` that the table of layers does not allow. */
export function importProblems(files: Files): readonly Problem[] {
  return productFiles(files).flatMap((file) => {
    const layer = layerOf(file.path)
    if (layer === undefined) return [noLayer(file)]
    return file.imports
      .filter((specifier) => !mayImport(file, layer, specifier))
      .map((specifier) => ({
        rule: 'import direction',
        path: file.path,
        found: `imports ${resolveImport(file.path, specifier) ?? specifier}`,
        next: `${layer.at} may import ${[...layer.ours, ...layer.packages].join(', ') || 'nothing'}`,
      }))
  })
}

/** Every place outside the composition root that names an adapter of another folder. */
export function adapterProblems(files: Files): readonly Problem[] {
  return productFiles(files)
    .filter((file) => !MAY_NAME_ADAPTERS.some((allowed) => file.path.startsWith(allowed)))
    .flatMap((file) =>
      targetsOf(file).flatMap((target) => {
        const adapter = ADAPTERS.find((prefix) => target.startsWith(prefix))
        if (adapter === undefined || file.path.startsWith(adapter)) return []
        return {
          rule: 'adapter named outside the composition root',
          path: file.path,
          found: `imports ${target}`,
          next: 'take the port as an argument; src/reverie.ts puts the adapter in',
        }
      }),
    )
}

/** Each circle of imports once, type-only imports included. */
export function cycleProblems(files: Files): readonly Problem[] {
  const byPath = new Map(files.map((file) => [file.path, file]))
  const done = new Set<string>()
  const problems: Problem[] = []
  const visit = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) {
      const circle = [...trail.slice(trail.indexOf(path)), path]
      const next = 'move what both need into a third file'
      problems.push({ rule: 'import cycle', path, found: circle.join(' -> '), next })
      return
    }
    const file = byPath.get(path)
    if (file === undefined || done.has(path)) return
    for (const target of targetsOf(file)) visit(target, [...trail, path])
    done.add(path)
  }
  for (const file of files) visit(file.path, [])
  return problems
}

/** Files of `src` that no entry (a file, or a folder that ends with `/`) leads to. */
export function deadFileProblems(files: Files, entries: readonly string[]): readonly Problem[] {
  const byPath = new Map(files.map((file) => [file.path, file]))
  const reached = new Set<string>()
  const waiting = files
    .filter((file) => entries.some((entry) => file.path.startsWith(entry)))
    .map((file) => file.path)
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    const file = byPath.get(path)
    if (file === undefined || reached.has(path)) continue
    reached.add(path)
    waiting.push(...targetsOf(file))
  }
  return productFiles(files)
    .filter((file) => !reached.has(file.path))
    .map((file) => ({
      rule: 'dead file',
      path: file.path,
      found: 'no entry file leads to it',
      next: 'import it where it is needed, or delete it with its tests',
    }))
}

export function sizeProblems(files: Files): readonly Problem[] {
  const next = 'split it by concept'
  const long = files
    .filter((file) => file.path.endsWith('.ts'))
    .flatMap((file) => {
      const lines = file.text.split('\n').length - 1
      const max = linesMax(file.path)
      const found = `${lines} lines, at most ${max}`
      return lines > max ? [{ rule: 'file size', path: file.path, found, next }] : []
    })
  const folders = Map.groupBy([...productFiles(files), ...benchFiles(files)], ({ path }) =>
    folderOf(path),
  )
  const full = [...folders]
    .filter(([, inside]) => inside.length > SIZES.sourceFilesPerFolderMax)
    .map(([path, inside]) => {
      const found = `${inside.length} source files, at most ${SIZES.sourceFilesPerFolderMax}`
      return { rule: 'folder size', path, found, next: 'give a group of them a folder' }
    })
  return [...long, ...full]
}

/** Empty and second words in names of files, folders and exports. */
export function nameProblems(files: Files): readonly Problem[] {
  return files
    .filter((file) => file.path.endsWith('.ts'))
    .flatMap((file) => {
      const inPath = file.path.replace(/\.ts$/, '').split(/[/.]/).flatMap(pathWordProblems)
      const inExports = file.exports.flatMap(exportedNameProblems)
      return [...inPath, ...inExports].map((problem) => ({ ...problem, path: file.path }))
    })
}

export function textProblems(files: Files): readonly Problem[] {
  return FORBIDDEN_TEXT.flatMap((rule) =>
    files
      .filter((file) => rule.applies(file.path))
      .flatMap((file) => {
        const text = rule.in === 'code' ? file.code : file.text
        const at = text.search(rule.pattern)
        if (at < 0) return []
        const line = text.slice(0, at + 1).split('\n').length
        return { rule: rule.rule, path: file.path, found: `line ${line}`, next: rule.next }
      }),
  )
}

type NameProblem = Omit<Problem, 'path'>

function pathWordProblems(segment: string): readonly NameProblem[] {
  return segment
    .split('-')
    .flatMap((word) => [
      ...(EMPTY_NAMES.includes(word) ? [emptyName(word, segment)] : []),
      ...secondWord(word, segment, false),
    ])
}

function exportedNameProblems(name: string): readonly NameProblem[] {
  const words = name.split(/(?<=[a-z\d])(?=[A-Z])|_/).map((word) => word.toLowerCase())
  const last = words.at(-1) ?? ''
  const isType = /^[A-Z][a-z]/.test(name)
  const isVersioned = /[a-z]V\d+$|_v\d+$/.test(name)
  return [
    ...(words.length > 1 && EMPTY_NAMES.includes(last) ? [emptyName(last, name)] : []),
    ...words.flatMap((word) => secondWord(word, name, isType)),
    ...(isVersioned ? [{ rule: 'version in a name', found: name, next: 'name what differs' }] : []),
  ]
}

function emptyName(word: string, name: string): NameProblem {
  return { rule: 'name that says nothing', found: `"${word}" in ${name}`, next: 'name the concept' }
}

function secondWord(word: string, name: string, isType: boolean): readonly NameProblem[] {
  const singular = Object.hasOwn(SECOND_WORDS, word) ? word : word.replace(/s$/, '')
  const better = Object.hasOwn(SECOND_WORDS, singular) ? SECOND_WORDS[singular] : undefined
  const isOrdinary = SECOND_WORDS_IN_TYPE_NAMES.includes(singular) && !(isType && word === singular)
  if (better === undefined || isOrdinary) return []
  return [{ rule: 'second word', found: `"${word}" in ${name}`, next: `say ${better}` }]
}

function linesMax(path: string): number {
  if (path === 'src/index.ts') return SIZES.indexLinesMax
  return isTestFile(path) ? SIZES.testLinesMax : SIZES.sourceLinesMax
}

function layerOf(path: string): Layer | undefined {
  return LAYERS.filter((layer) => path.startsWith(layer.at))
    .toSorted((a, b) => b.at.length - a.at.length)
    .at(0)
}

function mayImport(file: SourceFile, layer: Layer, specifier: string): boolean {
  const target = resolveImport(file.path, specifier)
  if (target === null) return layer.packages.some((allowed) => isPackage(specifier, allowed))
  return [layer.at, ...layer.ours].some((allowed) =>
    allowed.endsWith('/') ? target.startsWith(allowed) : target === allowed,
  )
}

function isPackage(specifier: string, allowed: string): boolean {
  return allowed.endsWith('*')
    ? specifier.startsWith(allowed.slice(0, -1))
    : specifier === allowed || specifier.startsWith(`${allowed}/`)
}

function noLayer(file: SourceFile): Problem {
  return {
    rule: 'import direction',
    path: file.path,
    found: 'stands in no layer',
    next: 'move it into a folder of the table, or add a row with an ADR',
  }
}

function productFiles(files: Files): Files {
  return files.filter(
    ({ path }) => path.startsWith('src/') && path.endsWith('.ts') && !isTestFile(path),
  )
}

function benchFiles(files: Files): Files {
  return files.filter(
    ({ path }) => path.startsWith('bench/') && path.endsWith('.ts') && !isTestFile(path),
  )
}

function targetsOf(file: SourceFile): readonly string[] {
  return file.imports.flatMap((specifier) => resolveImport(file.path, specifier) ?? [])
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'))
}
