import { LOCAL_AUDIENCE } from '../../core/audience.ts'
import type { Change, Edit } from '../../core/change.ts'
import { NOTHING_WITHHELD } from '../../core/dream.ts'
import type { MemoryEvidence } from '../../core/evidence.ts'
import { derivedId, sha256 } from '../../core/ids.ts'
import { parseMemory } from '../../core/markdown.ts'
import { isIndexPath } from '../../core/memory-path.ts'
import type { StoredMemory } from '../../core/store-content.ts'
import type { Unit } from '../../core/unit.ts'
import { importedAuthor, toUnits } from '../../core/unit-matching.ts'
import type { DreamInputs } from './snapshot.ts'

const STORE_ID = derivedId('memstore', 'test')
const AT = '2026-11-20T03:00:00.000Z'

/** A pinned store of these files, nothing read besides it. */
export function inputsOf(files: Readonly<Record<string, string>>): DreamInputs {
  const memories = new Map(
    Object.entries(files).map(([path, content]) => [path, memoryOf(path, content)]),
  )
  return {
    snapshot: {
      storeId: STORE_ID,
      memories: [...memories.values()].map(({ path, content }) => ({
        path,
        versionId: derivedId('memver', path),
        sha256: sha256(content),
      })),
      sessions: [],
      pinnedUnits: [],
      contributions: [],
      withheld: NOTHING_WITHHELD,
      settledChanges: [],
      settledPatterns: [],
      instructions: null,
      engineVersion: 'test',
      thinking: null,
      asOf: AT,
      imported: { lines: 0, skipped: {} },
    },
    store: {
      id: STORE_ID,
      name: 'test',
      description: '',
      metadata: {},
      folder: null,
      lineageId: STORE_ID,
      audience: LOCAL_AUDIENCE,
      createdAt: AT,
      updatedAt: AT,
      archivedAt: null,
    },
    content: { memories },
    units: [...memories.values()].flatMap(({ units }) => units),
    headers: new Map([...memories.keys()].map((path) => [path, path])),
    names: new Map([...memories.keys()].map((path) => [path, path])),
  }
}

function memoryOf(path: string, content: string): StoredMemory {
  const owner = {
    storeId: STORE_ID,
    memoryId: derivedId('mem', path),
    versionId: derivedId('memver', path),
    path,
    audience: LOCAL_AUDIENCE,
  }
  const parsed = parseMemory(content, { isIndex: isIndexPath(path) })
  return { path, content, units: toUnits(owner, parsed, [], importedAuthor) }
}

/** The one unit whose text begins so. */
export function unitIn(inputs: DreamInputs, beginning: string): Unit {
  const unit = inputs.units.find(({ text }) => text.startsWith(beginning))
  if (unit === undefined) throw new Error(`No unit begins with "${beginning}".`)
  return unit
}

/** A proposed change with an id and a set of its own, quoting the units that it edits. */
export function aChange(
  inputs: DreamInputs,
  name: string,
  edits: readonly Edit[],
  more: Partial<Change> = {},
): Change {
  const ids = edits.flatMap((edit) => (edit.op === 'append' ? [] : [edit.unitId]))
  const units = inputs.units.filter(({ id }) => ids.includes(id))
  return {
    id: derivedId('chg', name),
    kind: 'supersede',
    changeSet: derivedId('cset', name),
    reason: 'A later statement replaces this.',
    before: units.map(({ path, text }) => ({ path, text })),
    after: edits.flatMap((edit) =>
      edit.op === 'delete'
        ? []
        : [{ path: edit.op === 'append' ? edit.path : '/notes.md', text: edit.text }],
    ),
    edits,
    units: ids,
    evidence: (units.length > 0 ? units : inputs.units.slice(0, 1)).map(quoteOf),
    trust: 'user',
    audience: LOCAL_AUDIENCE,
    status: 'proposed',
    heldReason: null,
    ledger: units.map((unit) => ({
      kind: 'superseded',
      unitId: unit.id,
      path: unit.path,
      text: unit.text,
      interval: { start: null, end: null },
      reason: 'A later statement replaces this.',
      evidence: [quoteOf(unit)],
    })),
    pattern: null,
    isWordedByModel: false,
    ...more,
  }
}

export function quoteOf(unit: Unit): MemoryEvidence {
  return {
    kind: 'memory',
    memoryVersionId: unit.versionId,
    memoryPath: unit.path,
    quote: unit.text,
    at: null,
    trust: unit.trust,
    source: { path: unit.path, line: unit.line },
  }
}
