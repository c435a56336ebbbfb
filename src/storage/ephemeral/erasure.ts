import type { Change } from '../../core/change.ts'
import type { LedgerEntry, Sighting } from '../../core/ledger.ts'
import { requireErasable, requireRewritable } from '../erasure-rules.ts'
import { pageOf, sequenceAt } from '../page-rules.ts'
import type { Erasure, Page, PageQuery, RemovablePlace, TextPlace, TextRow } from '../storage.ts'
import type { WorkspaceData } from './ephemeral-data.ts'
import type { NumberedRow, Table } from './table.ts'
import type { WorkspaceAccess } from './workspace-access.ts'

/** Texts of one workspace; there is no file to clean. */
export function ephemeralErasure(access: WorkspaceAccess): Erasure {
  return {
    page: (place, query) => access.read((data) => pageOfTexts(placeIn(data, place), query)),
    rewrite: async (place, rows) => {
      requireRewritable(place)
      requireErasable(
        place,
        rows.map(({ key }) => key),
      )
      await access.write((data) => placeIn(data, place).rewrite(rows))
    },
    remove: async (place, keys) => {
      requireErasable(place, keys)
      return access.write((data) => removeRows(data, place, keys))
    },
    setArchived: (storeId, at) =>
      access.write((data) => {
        const store = data.stores.get(storeId)
        if (store !== null) data.stores.set([storeId], { ...store, archivedAt: at })
      }),
    // Searches read the memories themselves.
    reindex: async () => undefined,
    settle: async () => [],
  }
}

/** The rows of a place as texts. */
interface Texts {
  rows(): readonly NumberedRow<TextRow>[]
  rewrite(rows: readonly TextRow[]): void
}

/** How the rows of a table read as texts, and are made from them again. */
interface Reading<Row, Part extends object> {
  readonly keyOf: (row: Row) => readonly [string, ...string[]]
  readonly partOf: (row: Row) => Part
  readonly fields: readonly (keyof Part & string)[]
  readonly withPart: (row: Row, part: Part) => Row
  /** The key under which the table has the row, where it is another one. */
  readonly placeOf?: (row: Row) => readonly [string, ...string[]]
}

function textsOf<Row, Part extends object>(
  table: Table<Row>,
  { keyOf, partOf, fields, withPart, placeOf = keyOf }: Reading<Row, Part>,
): Texts {
  const nameOf = (key: readonly string[]): string => JSON.stringify(key)
  return {
    rows: () =>
      table.numbered().map(({ sequence, row }) => ({
        sequence,
        row: { key: keyOf(row), texts: readTexts(partOf(row), fields) },
      })),
    rewrite(rows) {
      const byKey = new Map(table.rows().map((row) => [nameOf(keyOf(row)), row]))
      for (const { key, texts } of rows) {
        const row = byKey.get(nameOf(key))
        if (row !== undefined)
          table.set(placeOf(row), withPart(row, writeTexts(partOf(row), texts)))
      }
    },
  }
}

/** One place of the port over the table that holds it. */
function placeIn(data: WorkspaceData, place: TextPlace): Texts {
  const own = <Row extends { readonly id: string }>(
    table: Table<Row>,
    fields: readonly (keyof Row & string)[],
  ): Texts =>
    textsOf<Row, Row>(table, {
      keyOf: ({ id }) => [id],
      partOf: (row) => row,
      fields,
      withPart: (_, row) => row,
    })
  switch (place) {
    case 'store':
      return own(data.stores, ['name', 'description', 'metadata'])
    case 'session':
      return own(data.sessions, ['title', 'sourcePath', 'outcome'])
    case 'event':
      return own(data.events, ['text', 'tool', 'source'])
    case 'version':
      return own(data.versions, ['path', 'content'])
    case 'dream':
      return dreamTexts(data)
    case 'change':
      return changeTexts(data)
    case 'ledger':
      return ledgerTexts(data)
    case 'sighting':
      return sightingTexts(data)
    case 'step':
      return stepTexts(data)
    case 'document':
      return documentTexts(data)
    case 'line':
      return lineTexts(data)
  }
}

function dreamTexts({ dreams }: WorkspaceData): Texts {
  return textsOf(dreams, {
    keyOf: ({ dream }) => [dream.id],
    partOf: ({ dream }) => dream,
    fields: ['snapshot', 'plan', 'hosted', 'error'],
    withPart: (row, dream) => ({ ...row, dream }),
  })
}

function changeTexts({ changes }: WorkspaceData): Texts {
  const fields: readonly (keyof Change)[] = [
    'reason',
    'before',
    'after',
    'edits',
    'ledger',
    'evidence',
  ]
  return textsOf(changes, {
    keyOf: ({ dreamId, change }) => [dreamId, change.id],
    partOf: ({ change }) => change,
    fields,
    withPart: (row, change) => ({ ...row, change }),
  })
}

function ledgerTexts({ ledger }: WorkspaceData): Texts {
  const fields: readonly (keyof LedgerEntry)[] = ['path', 'text', 'reason', 'evidence']
  return textsOf(ledger, {
    keyOf: ({ entry }) => [entry.id],
    partOf: ({ entry }) => entry,
    fields,
    withPart: (row, entry) => ({ ...row, entry }),
  })
}

function sightingTexts({ sightings }: WorkspaceData): Texts {
  const fields: readonly (keyof Sighting)[] = ['detail', 'evidence']
  return textsOf(sightings, {
    keyOf: ({ sighting }) => [sighting.lineageId, sighting.pattern, sighting.sessionId],
    partOf: ({ sighting }) => sighting,
    fields,
    withPart: (row, sighting) => ({ ...row, sighting }),
  })
}

/** The rows of steps are bare texts, so their keys come with them. */
function stepTexts({ steps }: WorkspaceData): Texts {
  return {
    rows: () =>
      steps.keyed().map(({ sequence, key, row }) => ({
        sequence,
        row: { key, texts: { result: row } },
      })),
    rewrite(rows) {
      for (const { key, texts } of rows) {
        const [name = ''] = key
        if (texts.result !== undefined && steps.has(name)) steps.set([name], texts.result)
      }
    },
  }
}

function documentTexts({ documents }: WorkspaceData): Texts {
  return textsOf(documents, {
    keyOf: ({ document }) => [document.kind, document.id],
    partOf: ({ document }) => document,
    fields: ['body'],
    // Whoever read it before must not put it back.
    withPart: (row, document) => ({
      ...row,
      document: { ...document, version: document.version + 1 },
    }),
  })
}

function lineTexts({ lines }: WorkspaceData): Texts {
  const texts = textsOf(lines, {
    keyOf: ({ stream, line }) => [stream, line.id],
    placeOf: ({ stream, sequence }) => [stream, `${sequence}`],
    partOf: ({ line }) => line,
    fields: ['body'],
    withPart: (row, line) => ({ ...row, line }),
  })
  return { ...texts, rows: () => texts.rows().filter(({ row }) => row.key[0] !== 'audit') }
}

function readTexts<Part extends object>(
  part: Part,
  fields: readonly (keyof Part & string)[],
): TextRow['texts'] {
  return Object.fromEntries(
    fields.flatMap((field) => {
      const value = part[field]
      if (value === null || value === undefined) return []
      return [[field, typeof value === 'string' ? value : JSON.stringify(value)] as const]
    }),
  )
}

function writeTexts<Part extends object>(part: Part, texts: TextRow['texts']): Part {
  const present = new Map<string, unknown>(Object.entries(part))
  const written = Object.entries(texts).map(([field, text]): [string, unknown] => [
    field,
    typeof present.get(field) === 'string' ? text : (JSON.parse(text) as unknown),
  ])
  return { ...part, ...Object.fromEntries(written) }
}

function pageOfTexts(texts: Texts, { limit, after }: PageQuery): Page<TextRow> {
  const start = after === undefined ? -1 : sequenceAt(after)
  const rows = texts
    .rows()
    .filter(({ sequence }) => sequence > start)
    .sort((a, b) => a.sequence - b.sequence)
  return pageOf(rows, limit, {
    item: ({ row }) => row,
    position: ({ sequence }) => `${sequence}`,
  })
}

function removeRows(
  data: WorkspaceData,
  place: RemovablePlace,
  keys: readonly TextRow['key'][],
): number {
  const gone = new Set(keys.map((key) => JSON.stringify(key)))
  const isGone = (...key: readonly string[]): boolean => gone.has(JSON.stringify(key))
  switch (place) {
    case 'event':
      data.consumption.removeWhere(({ eventId }) => isGone(eventId))
      return data.events.removeWhere(({ id }) => isGone(id))
    case 'sighting':
      return data.sightings.removeWhere(({ sighting }) =>
        isGone(sighting.lineageId, sighting.pattern, sighting.sessionId),
      )
    case 'step':
      return data.steps.removeKeys(keys)
    case 'line':
      return data.lines.removeWhere(({ stream, line }) => isGone(stream, line.id))
  }
}
