import { isReverieError } from '../../../core/errors.ts'
import { type MemoryId, type MemoryStoreId, sha256 } from '../../../core/ids.ts'
import { pathProblems } from '../../../core/memory-path.ts'
import type { Storage } from '../../../storage/storage.ts'
import type { ImportIds } from './import-ids.ts'
import type { VersionLine } from './line-forms.ts'
import { actorOf } from './line-values.ts'
import { invalid } from './store-lines.ts'

/** Where a history is played back to. */
export interface Replay {
  readonly storeId: MemoryStoreId
  readonly ids: ImportIds
  /** The path of each memory that stands now, by its id of the export. */
  readonly live: Map<string, string>
  /** Versions to redact when all stand: the newest one of a memory cannot be. */
  readonly redacted: VersionLine[]
}

/** Makes one version of a history again. Throws `invalid_request_error` where it cannot follow. */
export async function replayVersion(
  tx: Storage,
  line: VersionLine,
  where: string,
  replay: Replay,
): Promise<void> {
  assertWhole(line, where)
  const { live, ids } = replay
  const present = live.get(line.memory_id)
  if ((line.operation === 'created') !== (present === undefined)) {
    throw invalid(where, `is "${line.operation}", which cannot follow what comes before it`)
  }
  try {
    await writeVersion(tx, line, present ?? null, replay)
  } catch (error) {
    if (!isReverieError(error)) throw error
    throw invalid(where, 'cannot follow what comes before it: its path is taken')
  }
  if (line.operation === 'deleted') live.delete(line.memory_id)
  else live.set(line.memory_id, pathOf(line, ids.memory(line.memory_id)))
  if (line.redacted_at !== null) replay.redacted.push(line)
}

/** Wipes what was wiped: its text is not known here either. */
export async function redactReplayed(tx: Storage, { redacted, ids }: Replay): Promise<void> {
  for (const { id, redacted_by: by, redacted_at: at } of redacted) {
    if (by === null || at === null) continue
    await tx.memories.versions.redact(
      ids.version(id),
      actorOf(by, (dream) => ids.dream(dream)),
      at,
    )
  }
}

async function writeVersion(
  tx: Storage,
  line: VersionLine,
  present: string | null,
  { storeId, ids }: Replay,
): Promise<void> {
  const id = ids.memory(line.memory_id)
  const newVersionId = ids.version(line.id)
  const actor = actorOf(line.actor, (dream) => ids.dream(dream))
  const base = { storeId, actor, at: line.created_at }
  const newIds = { memory: id, version: newVersionId }
  const path = pathOf(line, id)
  const content = line.content ?? `redacted ${line.id}`
  if (line.operation === 'deleted') {
    await tx.memories.remove({ ...base, path: present ?? path, newIds })
  } else if (present === null) {
    await tx.memories.write({ ...base, path, content, expectedSha256: null, newIds })
  } else await tx.memories.move({ ...base, id, path, content, newVersionId })
}

/** A redacted version has no path any more; unless a removal tells it, this one is nobody's. */
function pathOf({ path, removed_at: removedAt }: VersionLine, id: MemoryId): string {
  return path ?? removedAt ?? `/redacted/${id}`
}

function assertWhole(line: VersionLine, where: string): void {
  const { path, content, content_sha256: hash, operation, redacted_at, redacted_by } = line
  const isRedacted = redacted_at !== null
  const isTold = isRedacted
    ? path === null && content === null && hash === null
    : path !== null && (content === null) === (operation === 'deleted')
  if (!isTold || isRedacted !== (redacted_by !== null)) throw invalid(where, 'is not whole')
  if (content !== null && sha256(content) !== hash) {
    throw invalid(where, 'is damaged: its text has another hash')
  }
  const told = path ?? line.removed_at
  const [problem] = told === null ? [] : pathProblems(told)
  if (problem !== undefined) throw invalid(where, `has a path that a store cannot hold: ${problem}`)
}
