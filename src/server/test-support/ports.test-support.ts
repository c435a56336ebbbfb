import { setTimeout as delay } from 'node:timers/promises'
import { ReverieError } from '../../core/errors.ts'
import type { IdPrefixes, NewId, WorkspaceId } from '../../core/ids.ts'
import type { Workspace } from '../../engine/workspace-api.ts'
import type { Document, Documents, LogLine, Logs, Storage } from '../../storage/storage.ts'
import type { ServerPorts } from '../context.ts'

/** Ports over a storage that has documents and logs alone. */
export function testPorts(given: Partial<ServerPorts> = {}): ServerPorts {
  return {
    storage: documentStorage(),
    workspaceOf: (id) => ({ id }) as Workspace,
    redact: async (text) => ({ text, kinds: [] }),
    bell: { ring: () => undefined, listen: () => () => undefined },
    now: () => new Date(),
    newId: countingIds(),
    wait: async (ms, signal) => {
      await delay(ms, undefined, signal === null ? {} : { signal })
    },
    version: '0.0.0',
    ...given,
  }
}

function countingIds(): NewId {
  let count = 0
  return <P extends keyof IdPrefixes>(prefix: P) => {
    count += 1
    return `${prefix}_${String(count).padStart(24, '0')}` as IdPrefixes[P]
  }
}

function documentStorage(): Storage {
  const places = new Map<string, Pick<Storage, 'documents' | 'logs'>>()
  const placeOf = (id: WorkspaceId): Pick<Storage, 'documents' | 'logs'> => {
    const place = places.get(id) ?? { documents: documentsInMemory(), logs: logsInMemory() }
    places.set(id, place)
    return place
  }
  const seenFrom = (id: WorkspaceId): Storage =>
    ({
      ...placeOf(id),
      inWorkspace: seenFrom,
      transaction: <T>(work: (storage: Storage) => Promise<T>) => work(seenFrom(id)),
    }) as unknown as Storage
  return seenFrom('wrkspc_default' as WorkspaceId)
}

function documentsInMemory(): Documents {
  const kept = new Map<string, Document>()
  return {
    get: async (kind, id) => kept.get(`${kind}:${id}`) ?? null,
    put: async (document, expected) => {
      const key = `${document.kind}:${document.id}`
      const before = kept.get(key)
      if (expected !== undefined && (before?.version ?? 0) !== expected) {
        throw new ReverieError('conflict_error', `The ${document.kind} has changed.`)
      }
      const put = {
        ...document,
        createdAt: before?.createdAt ?? document.createdAt,
        version: (before?.version ?? 0) + 1,
      }
      kept.set(key, put)
      return put
    },
    page: async ({ kind, limit, all = [] }) => ({
      items: [...kept.values()]
        .filter((document) => document.kind === kind)
        .filter(({ tags }) => all.every((tag) => tags.includes(tag)))
        .reverse()
        .slice(0, limit),
      next: null,
      last: null,
      previous: null,
    }),
    remove: async (kind, id) => kept.delete(`${kind}:${id}`),
    removeBefore: async (kind, createdAt) => {
      const old = [...kept].filter(([, it]) => it.kind === kind && it.createdAt < createdAt)
      for (const [key] of old) kept.delete(key)
      return old.length
    },
  }
}

function logsInMemory(): Logs {
  const lines = new Map<string, LogLine[]>()
  return {
    append: async (stream, more) => {
      lines.set(stream, [...(lines.get(stream) ?? []), ...more])
      return more.length
    },
    page: async (stream) => ({ items: lines.get(stream) ?? [], next: null, last: null }),
    head: async (stream) => {
      const own = lines.get(stream) ?? []
      const line = own.at(-1)
      return line === undefined ? null : { sequence: own.length, line }
    },
    remove: async (stream) => {
      lines.delete(stream)
    },
  }
}
