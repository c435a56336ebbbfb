import type { Dream } from '../../core/dream.ts'
import type { MemoryStoreId, ScheduleId } from '../../core/ids.ts'
import { parseMemory } from '../../core/markdown.ts'
import type { Memory } from '../../core/memory.ts'
import { isIndexPath } from '../../core/memory-path.ts'
import type { Storage } from '../../storage/storage.ts'
import { itemsOf } from './all-pages.ts'

/** Versions of one memory among which the one that was read last is looked for. */
const VERSIONS_LOOKED_AT = 50

/** How many units of a store say what no dream has read; what dreams wrote is read. */
export async function freshUnits(
  storage: Storage,
  storeId: MemoryStoreId,
  scheduleId: ScheduleId,
): Promise<number> {
  const seen = await versionsRead(storage, storeId, scheduleId)
  const items = itemsOf(
    (query) => storage.memories.page(storeId, { ...query, prefix: '/', isShallow: false }),
    Number.POSITIVE_INFINITY,
  )
  let fresh = 0
  for await (const item of items) {
    if (!('memory' in item) || seen.has(item.memory.versionId)) continue
    fresh += await unitsSince(storage, item.memory, seen)
  }
  return fresh
}

/** Versions that the last dream into the store, or of the schedule, has read. */
async function versionsRead(
  storage: Storage,
  storeId: MemoryStoreId,
  scheduleId: ScheduleId,
): Promise<ReadonlySet<string>> {
  const counts = ({ status, hosted }: Dream): boolean =>
    status === 'completed' &&
    (hosted?.outputBehavior !== 'create_new' || hosted.trigger === scheduleId)
  const last = (await storage.dreams.list(storeId)).find(counts)
  return new Set(last?.snapshot.memories.map(({ versionId }) => versionId) ?? [])
}

async function unitsSince(
  storage: Storage,
  { id, storeId, path, content, versionId }: Memory,
  seen: ReadonlySet<string>,
): Promise<number> {
  const query = { memoryId: id, limit: VERSIONS_LOOKED_AT }
  const { items: versions } = await storage.memories.versions.page(storeId, query)
  const head = versions.find((version) => version.id === versionId)
  if (head?.actor.type === 'dream_actor') return 0
  const read = versions.find(({ id, actor }) => seen.has(id) || actor.type === 'dream_actor')
  const known = new Set(textsIn(read?.content ?? '', path))
  return textsIn(content, path).filter((text) => !known.has(text)).length
}

function textsIn(content: string, path: string): readonly string[] {
  return parseMemory(content, { isIndex: isIndexPath(path) }).units.map(({ text }) => text)
}
