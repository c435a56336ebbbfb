import type { DreamId } from '../../core/ids.ts'
import type { Actor, MemoryVersion } from '../../core/memory.ts'
import type { Storage } from '../../storage/storage.ts'
import { cleanRows, cleanSteps, type PlaceCounts } from '../erasure/clean-rows.ts'
import { rowsOf } from '../erasure/rows.ts'
import type { Erased } from '../erasure/scrub.ts'
import { SourceWords } from '../erasure/words.ts'

/**
 * Wipes a version, within a transaction, and with it what only this version said wherever dreams
 * that read it left it: evidence that cites it, changes, the ledger, kept steps, logs. What another
 * version or a session still says stays. Throws as `versions.redact` does.
 */
export async function redactVersion(
  tx: Storage,
  version: MemoryVersion,
  by: Actor,
  at: string,
): Promise<MemoryVersion> {
  const redacted = await tx.memories.versions.redact(version.id, by, at)
  const readers = await readersOf(tx, version)
  if (version.content === null || readers.size === 0) return redacted
  const words = await wordsOnlyIn(tx, version.content)
  const erased: Erased = {
    words,
    isCited: (evidence) =>
      evidence.kind === 'memory' &&
      evidence.memoryVersionId === version.id &&
      words.holds(evidence.quote),
    toldAs: () => undefined,
  }
  const counts: PlaceCounts = {}
  await cleanSteps(tx, erased, readers, counts)
  await cleanRows(tx, erased, counts)
  return redacted
}

/** Nothing but a dream reads a version and keeps words of it elsewhere. */
async function readersOf(tx: Storage, { id }: MemoryVersion): Promise<ReadonlySet<DreamId>> {
  const dreams = await tx.dreams.list()
  const readers = dreams.filter(({ snapshot, hosted }) =>
    [...snapshot.memories, ...(hosted?.output?.memories ?? [])].some(
      ({ versionId }) => versionId === id,
    ),
  )
  return new Set(readers.map((dream) => dream.id))
}

/** The redacted version itself says nothing any more. */
async function wordsOnlyIn(tx: Storage, content: string): Promise<SourceWords> {
  const words = new SourceWords()
  words.add(content, 1)
  for (const place of ['version', 'event'] as const) {
    for await (const rows of rowsOf(tx, place)) {
      for (const { texts } of rows) for (const text of Object.values(texts)) words.spare(text)
    }
  }
  return words
}
