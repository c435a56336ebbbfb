import type { Dream } from '../core/dream.ts'
import { notFound, ReverieError } from '../core/errors.ts'
import { sha256 } from '../core/ids.ts'
import type { Actor, Memory, MemoryVersion } from '../core/memory.ts'
import type { MemoryStore } from '../core/memory-store.ts'
import type { MemoryMove, MemoryStorePatch, MemoryWrite } from './storage.ts'

/** What a write makes: the head and the version that leads to it; null = the head stays. */
export interface WrittenMemory {
  readonly memory: Memory
  readonly version: MemoryVersion | null
}

/**
 * Decides a write against the memory at its path. Equal content makes nothing new. Throws
 * `memory_precondition_failed_error` when the hash is not the expected one.
 */
export function decideWrite(current: Memory | null, write: MemoryWrite): WrittenMemory {
  requireExpected(current, write)
  if (current?.content === write.content) return { memory: current, version: null }
  return written(current, write, { memory: write.newIds.memory, version: write.newIds.version })
}

/**
 * Decides a move. A memory that is as wanted already stays as it is, whatever hash is expected of
 * it; else throws `memory_precondition_failed_error` when the hash is not the expected one.
 */
export function decideMove(current: Memory, move: MemoryMove): WrittenMemory {
  const content = move.content ?? current.content
  if (current.path === move.path && current.content === content) {
    return { memory: current, version: null }
  }
  requireExpected(current, move)
  return written(current, { ...move, content }, { memory: move.id, version: move.newVersionId })
}

function written(
  current: Memory | null,
  of: Pick<MemoryWrite, 'storeId' | 'path' | 'content' | 'actor' | 'at'>,
  ids: MemoryWrite['newIds'],
): WrittenMemory {
  const { storeId, path, content, at } = of
  const contentSha256 = sha256(content)
  const id = current?.id ?? ids.memory
  return {
    memory: {
      id,
      storeId,
      path,
      content,
      contentSha256,
      versionId: ids.version,
      createdAt: current?.createdAt ?? at,
      updatedAt: at,
    },
    version: {
      id: ids.version,
      memoryId: id,
      storeId,
      operation: current === null ? 'created' : 'modified',
      path,
      content,
      contentSha256,
      contentSizeBytes: Buffer.byteLength(content, 'utf8'),
      actor: of.actor,
      createdAt: at,
      redactedAt: null,
      redactedBy: null,
    },
  }
}

/** The version that a removal makes. Throws as `Memories.remove` says. */
export function decideRemoval(
  current: Memory | null,
  removal: Omit<MemoryWrite, 'content'>,
): MemoryVersion {
  if (current === null) throw notFound('memory', removal.path)
  requireExpected(current, removal)
  return {
    id: removal.newIds.version,
    memoryId: current.id,
    storeId: current.storeId,
    operation: 'deleted',
    path: current.path,
    content: null,
    contentSha256: null,
    contentSizeBytes: null,
    actor: removal.actor,
    createdAt: removal.at,
    redactedAt: null,
    redactedBy: null,
  }
}

/** The version without what it said; `isHead` = a live memory stands on it, which throws. */
export function redacted(
  version: MemoryVersion,
  isHead: boolean,
  by: Actor,
  at: string,
): MemoryVersion {
  if (isHead) {
    throw new ReverieError(
      'invalid_request_error',
      `The version "${version.id}" is the current one of the memory "${version.memoryId}".`,
      { next: 'Write a new version or remove the memory first.' },
    )
  }
  return {
    ...version,
    path: null,
    content: null,
    contentSha256: null,
    contentSizeBytes: null,
    redactedAt: at,
    redactedBy: by,
  }
}

/** The store with what a patch gives. Throws `invalid_request_error` (archived). */
export function patched(store: MemoryStore, patch: MemoryStorePatch, at: string): MemoryStore {
  requireWritable(store, store.id)
  return {
    ...store,
    name: patch.name ?? store.name,
    description: patch.description ?? store.description,
    metadata: patch.metadata ?? store.metadata,
    updatedAt: at,
  }
}

/** Throws `invalid_request_error` where one memory more than `count` is too many. */
export function requireRoom(count: number, { storeId, memoriesMax }: MemoryWrite): void {
  if (memoriesMax === undefined || count < memoriesMax) return
  throw new ReverieError(
    'invalid_request_error',
    `The memory store "${storeId}" holds ${count} memories; it may hold ${memoriesMax}.`,
    { next: 'Remove memories that are no longer needed, or write to another store.' },
  )
}

/** Throws `memory_path_conflict_error` where there is a memory in the way of a new path. */
export function requireFreePath(
  inTheWay: Pick<Memory, 'id' | 'path'> | null,
  { storeId }: { readonly storeId: string },
): void {
  if (inTheWay === null) return
  throw new ReverieError(
    'memory_path_conflict_error',
    `The memory "${inTheWay.id}" of "${storeId}" is at, above or below this path.`,
    {
      next: 'Change that memory, or choose another path.',
      details: { conflicting_path: inTheWay.path, conflicting_memory_id: inTheWay.id },
    },
  )
}

/** Throws `not_found_error` (no such store) or `invalid_request_error` (archived). */
export function requireWritable(store: MemoryStore | null, id: string): void {
  if (store === null) throw notFound('memory store', id)
  if (store.archivedAt === null) return
  throw new ReverieError('invalid_request_error', `The memory store "${id}" is archived.`, {
    next: 'An archived store is read-only: write to another one.',
  })
}

function requireExpected(
  current: Memory | null,
  write: Pick<MemoryWrite, 'expectedSha256' | 'path' | 'storeId'>,
): void {
  const { expectedSha256, path, storeId } = write
  if (expectedSha256 === undefined || expectedSha256 === (current?.contentSha256 ?? null)) return
  throw new ReverieError(
    'memory_precondition_failed_error',
    `The memory "${path}" of "${storeId}" is not as the write expects it.`,
    { next: 'Read it again and decide anew.' },
  )
}

/** A dream whose store is removed: what it took as its input and found, without texts and names. */
export function withoutTexts(dream: Dream): Dream {
  const { snapshot, plan, hosted } = dream
  const output = hosted?.output ?? null
  const nothing = { memories: [], pinnedUnits: [], settledChanges: [], settledPatterns: [] }
  return {
    ...dream,
    snapshot: { ...snapshot, ...nothing },
    plan:
      plan === null
        ? null
        : { ...plan, dispositions: [], report: { ...plan.report, warnings: [] } },
    hosted:
      hosted === null || output === null
        ? hosted
        : { ...hosted, output: { ...output, memories: [] } },
  }
}
