import type { Change } from './change.ts'
import { ReverieError } from './errors.ts'
import { isIndexPath, parseMemoryPath } from './memory-path.ts'
import type { ContentDelta, StoreContent, StoredMemory } from './store-content.ts'
import {
  collectEdits,
  type EditsByPath,
  editsOf,
  type MemoryEdits,
  removeUnit,
} from './text/memory-edits.ts'
import { resolveLink } from './text/memory-link.ts'
import { indexLineOf, NEW_INDEX_HEAD, newMemoryHead } from './text/new-memory.ts'
import { asUnitText } from './text/unit-text.ts'
import { type WrittenMemory, writeMemory } from './text/write-memory.ts'

export { indexLineOf } from './text/new-memory.ts'

export interface ApplyOptions {
  /** Which memories are indexes of others; default: those named `MEMORY.md`. */
  readonly isIndex?: (path: string) => boolean
}

/**
 * The store after the given changes, as the contents that differ. Pure; every change given takes
 * part, so pass the effective ones only. Bytes of units that no edit names stay as they are. A
 * memory that loses its last unit and holds nothing else goes, with the index lines that link to
 * it; a new memory gets front matter, a heading and one index line. An index itself never goes.
 *
 * Throws `conflict_error` when two edits exclude each other, name what the store does not hold,
 * or cannot be written without touching other text.
 */
export function applyChanges(
  content: StoreContent,
  changes: readonly Change[],
  options: ApplyOptions = {},
): ContentDelta {
  const edits = collectEdits(content, changes)
  const isIndex = indexTest(edits, options)
  const delta = new Map<string, string | null>()
  for (const memory of [...edits.values()].filter(({ path }) => !isIndex(path))) {
    const written = write(content, memory)
    const before = content.memories.get(memory.path)
    if (before === undefined) addIndexLine(content, edits, memory)
    const isEmptied = (before?.units.length ?? 0) > 0 && isEmpty(written)
    if (isEmptied) removeIndexLines(content, edits, memory.path, isIndex)
    note(delta, before, memory.path, isEmptied ? null : written.content)
  }
  for (const index of [...edits.values()].filter(({ path }) => isIndex(path))) {
    note(delta, content.memories.get(index.path), index.path, write(content, index).content)
  }
  return new Map([...delta].sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** Paths of the memories that go because the changes take their last unit. */
export function emptiedMemories(
  content: StoreContent,
  changes: readonly Change[],
  options: ApplyOptions = {},
): readonly string[] {
  const delta = applyChanges(content, changes, options)
  return [...delta].flatMap(([path, after]) => (after === null ? [path] : []))
}

/** Paths whose bytes the changes alter, index lines included. */
export function touchedPaths(
  content: StoreContent,
  changes: readonly Change[],
  options: ApplyOptions = {},
): readonly string[] {
  return [...applyChanges(content, changes, options).keys()]
}

function indexTest(edits: EditsByPath, options: ApplyOptions): (path: string) => boolean {
  const isIndex = options.isIndex ?? isIndexPath
  const named = new Set([...edits.values()].map(({ create }) => create?.indexPath))
  return (path) => isIndex(path) || named.has(path)
}

function write(content: StoreContent, edits: MemoryEdits): WrittenMemory {
  return writeMemory(content.memories.get(edits.path) ?? newMemory(edits), edits)
}

function newMemory({ path, create }: MemoryEdits): StoredMemory {
  if (create === null) {
    throw new ReverieError('conflict_error', `The memory "${path}" does not exist any more.`, {
      next: 'Dream again over the store as it is now.',
    })
  }
  const isItsOwnIndex = create.indexPath === path
  const head = isItsOwnIndex ? NEW_INDEX_HEAD : newMemoryHead(create)
  return { path: parseMemoryPath(path), content: head, units: [] }
}

function addIndexLine(content: StoreContent, edits: EditsByPath, memory: MemoryEdits): void {
  const { path, create } = memory
  const indexPath = create?.indexPath ?? null
  if (create === null || indexPath === null) return
  const isListed = (content.memories.get(indexPath)?.units ?? []).some(
    ({ linkTarget }) => linkTarget !== null && resolveLink(indexPath, linkTarget) === path,
  )
  if (isListed) return
  const index = editsOf(edits, indexPath)
  index.appended.push(asUnitText(indexLineOf(path, indexPath, create)))
  if (!content.memories.has(indexPath)) index.create = create
}

function removeIndexLines(
  content: StoreContent,
  edits: EditsByPath,
  path: string,
  isIndex: (path: string) => boolean,
): void {
  for (const index of content.memories.values()) {
    if (!isIndex(index.path)) continue
    for (const unit of index.units) {
      const leadsToIt =
        unit.kind === 'index-line' &&
        unit.linkTarget !== null &&
        resolveLink(index.path, unit.linkTarget) === path
      if (leadsToIt) removeUnit(editsOf(edits, index.path), unit)
    }
  }
}

function isEmpty({ parsed }: WrittenMemory): boolean {
  return parsed.units.length === 0 && !parsed.hasOtherContent
}

function note(
  delta: Map<string, string | null>,
  before: StoredMemory | undefined,
  path: string,
  after: string | null,
): void {
  if (before?.content !== after) delta.set(path, after)
}
