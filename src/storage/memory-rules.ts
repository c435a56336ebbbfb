import { notFound, ReverieError } from '../core/errors.ts'
import { sha256 } from '../core/ids.ts'
import type { Memory, MemoryVersion } from '../core/memory.ts'
import type { MemoryStore } from '../core/memory-store.ts'
import type { MemoryWrite } from './storage.ts'

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
  const { storeId, path, content, at } = write
  const contentSha256 = sha256(content)
  const id = current?.id ?? write.newIds.memory
  const versionId = write.newIds.version
  return {
    memory: {
      id,
      storeId,
      path,
      content,
      contentSha256,
      versionId,
      createdAt: current?.createdAt ?? at,
      updatedAt: at,
    },
    version: {
      id: versionId,
      memoryId: id,
      storeId,
      operation: current === null ? 'created' : 'modified',
      path,
      content,
      contentSha256,
      contentSizeBytes: Buffer.byteLength(content, 'utf8'),
      actor: write.actor,
      createdAt: at,
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
  }
}

/** Throws `not_found_error` (no such store) or `invalid_request_error` (archived). */
export function requireWritable(store: MemoryStore | null, id: string): void {
  if (store === null) throw notFound('memory store', id)
  if (store.archivedAt === null) return
  throw new ReverieError('invalid_request_error', `The memory store "${id}" is archived.`, {
    next: 'An archived store is read-only: write to another one.',
  })
}

function requireExpected(current: Memory | null, write: Omit<MemoryWrite, 'content'>): void {
  const { expectedSha256, path, storeId } = write
  if (expectedSha256 === undefined || expectedSha256 === (current?.contentSha256 ?? null)) return
  throw new ReverieError(
    'memory_precondition_failed_error',
    `The memory "${path}" of "${storeId}" is not as the write expects it.`,
    { next: 'Read it again and decide anew.' },
  )
}
