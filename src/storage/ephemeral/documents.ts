import {
  comparePlaces,
  type PlacedDocument,
  pageOfDocuments,
  type TakeDocuments,
  writtenOver,
} from '../document-rules.ts'
import { isWithin } from '../page-rules.ts'
import type { Document, DocumentQuery, Documents } from '../storage.ts'
import type { WorkspaceData } from './ephemeral-data.ts'
import type { WorkspaceAccess } from './workspace-access.ts'

/** Documents of one workspace. */
export function ephemeralDocuments(access: WorkspaceAccess): Documents {
  return {
    get: (kind, id) => access.read((data) => data.documents.get(kind, id)?.document ?? null),
    put: (document, expected) => access.write((data) => putDocument(data, document, expected)),
    page: (query) => access.read((data) => pageOfDocuments(query, takeFrom(data, query))),
    remove: (kind, id) =>
      access
        .write((data) =>
          removeWhere(data, (document) => document.kind === kind && document.id === id),
        )
        .then((removed) => removed === 1),
    removeBefore: (kind, createdAt) =>
      access.write((data) =>
        removeWhere(data, (document) => document.kind === kind && document.createdAt < createdAt),
      ),
  }
}

function putDocument(
  data: WorkspaceData,
  wanted: Omit<Document, 'version'>,
  expected: number | undefined,
): Document {
  const { kind, id } = wanted
  const current = data.documents.get(kind, id)
  const document = writtenOver(current?.document ?? null, wanted, expected)
  const sequence = current?.place.sequence ?? data.nextNumber('documents')
  data.documents.set([kind, id], { document, place: { createdAt: document.createdAt, sequence } })
  return document
}

function removeWhere(data: WorkspaceData, fits: (document: Document) => boolean): number {
  return data.documents.removeWhere(({ document }) => fits(document))
}

function takeFrom(data: WorkspaceData, query: DocumentQuery): TakeDocuments {
  const fitting = data.documents.rows().filter(({ document }) => isFor(query, document))
  const inOrder = fitting.sort((a, b) => comparePlaces(a.place, b.place))
  return (side, place, count) => {
    const isThere = (other: PlacedDocument): boolean =>
      place === null || comparePlaces(other.place, place) * (side === 'later' ? 1 : -1) > 0
    const there = inOrder.filter(isThere)
    return (side === 'later' ? there : there.reverse()).slice(0, count)
  }
}

function isFor(query: DocumentQuery, { kind, tags, createdAt }: Document): boolean {
  const { all = [], any, none = [], created = {} } = query
  return (
    kind === query.kind &&
    all.every((tag) => tags.includes(tag)) &&
    (any === undefined || any.some((tag) => tags.includes(tag))) &&
    !none.some((tag) => tags.includes(tag)) &&
    isWithin(createdAt, created)
  )
}
