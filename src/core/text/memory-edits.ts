import type { Change, Edit, NewMemory } from '../change.ts'
import { assertNever, ReverieError } from '../errors.ts'
import type { UnitId } from '../ids.ts'
import type { StoreContent } from '../store-content.ts'
import type { Unit } from '../unit.ts'
import { asUnitText, collapsed } from './unit-text.ts'

/** What a list of changes does to one memory, by unit. */
export interface MemoryEdits {
  readonly path: string
  readonly replaced: Map<UnitId, string>
  readonly suffixes: Map<UnitId, string[]>
  readonly removed: Set<UnitId>
  /** In plan order. */
  readonly appended: string[]
  /** How to begin the memory when it does not exist: the first change that says so wins. */
  create: NewMemory | null
}

export type EditsByPath = Map<string, MemoryEdits>

/**
 * Gathers the edits of all changes by memory. Throws `conflict_error` when two of them exclude
 * each other or name a unit that the store does not hold.
 */
export function collectEdits(content: StoreContent, changes: readonly Change[]): EditsByPath {
  const unitOf = unitsById(content)
  const byPath: EditsByPath = new Map()
  for (const edit of changes.flatMap(({ edits }) => edits)) collect(byPath, unitOf, edit)
  for (const edits of byPath.values()) refuseContradictions(edits)
  return byPath
}

export function editsOf(byPath: EditsByPath, path: string): MemoryEdits {
  const known = byPath.get(path)
  if (known !== undefined) return known
  const fresh: MemoryEdits = {
    path,
    replaced: new Map(),
    suffixes: new Map(),
    removed: new Set(),
    appended: [],
    create: null,
  }
  byPath.set(path, fresh)
  return fresh
}

/** The text that an edited unit has afterwards. */
export function textAfter(unit: Unit, edits: MemoryEdits): string {
  const suffixes = edits.suffixes.get(unit.id) ?? []
  return [edits.replaced.get(unit.id) ?? unit.text, ...suffixes.map((text) => `(${text})`)].join(
    ' ',
  )
}

/** Removes a unit besides what the changes ask for: an index line whose memory goes. */
export function removeUnit(edits: MemoryEdits, unit: Unit): void {
  edits.removed.add(unit.id)
  refuseContradictions(edits)
}

function collect(byPath: EditsByPath, unitOf: ReadonlyMap<UnitId, Unit>, edit: Edit): void {
  if (edit.op === 'append') {
    const edits = editsOf(byPath, edit.path)
    edits.appended.push(textOf(edit.text, asUnitText))
    edits.create ??= edit.create
    return
  }
  const unit = unitOf.get(edit.unitId)
  if (unit === undefined) {
    throw conflict(`The store holds no unit "${edit.unitId}".`)
  }
  const edits = editsOf(byPath, unit.path)
  switch (edit.op) {
    case 'replace':
      replace(edits, unit, textOf(edit.text, asUnitText))
      break
    case 'suffix':
      suffix(edits, unit, textOf(edit.text, collapsed))
      break
    case 'delete':
      remove(edits, unit)
      break
    default:
      assertNever(edit)
  }
}

function replace(edits: MemoryEdits, unit: Unit, text: string): void {
  const known = edits.replaced.get(unit.id)
  if (known !== undefined && known !== text) {
    throw conflict(`Two changes replace the unit "${unit.id}" with different texts.`)
  }
  edits.replaced.set(unit.id, text)
}

function suffix(edits: MemoryEdits, unit: Unit, text: string): void {
  const known = edits.suffixes.get(unit.id) ?? []
  if (!known.includes(text)) edits.suffixes.set(unit.id, [...known, text])
}

function remove(edits: MemoryEdits, unit: Unit): void {
  if (unit.kind === 'parent-bullet') {
    throw new ReverieError(
      'invalid_request_error',
      `The unit "${unit.id}" has content below it and cannot be deleted alone.`,
    )
  }
  if (edits.removed.has(unit.id)) throw conflict(`Two changes delete the unit "${unit.id}".`)
  edits.removed.add(unit.id)
}

function refuseContradictions({ removed, replaced, suffixes }: MemoryEdits): void {
  for (const id of removed) {
    if (replaced.has(id) || suffixes.has(id)) {
      throw conflict(`One change deletes the unit "${id}" and another one edits it.`)
    }
  }
}

function textOf(text: string, normalize: (text: string) => string): string {
  const line = normalize(text)
  if (line === '') {
    throw new ReverieError('invalid_request_error', 'A change writes a text that is empty.')
  }
  return line
}

function unitsById({ memories }: StoreContent): ReadonlyMap<UnitId, Unit> {
  const units = [...memories.values()].flatMap((memory) => memory.units)
  return new Map(units.map((unit) => [unit.id, unit]))
}

function conflict(message: string): ReverieError {
  return new ReverieError('conflict_error', message, {
    next: 'Reject one of the changes, or dream again over the store as it is now.',
  })
}
