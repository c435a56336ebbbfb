import { type MemoryVersionId, sha256 } from '../../../core/ids.ts'
import type { MemoryVersion } from '../../../core/memory.ts'
import type { Storage } from '../../../storage/storage.ts'
import { rowsOf } from '../../erasure/rows.ts'
import type { FoundDamages } from './found-damages.ts'

/** Every version against the hash of its content, every unit against its place in that. */
export async function verifyVersions(storage: Storage, found: FoundDamages): Promise<void> {
  for await (const rows of rowsOf(storage, 'version')) {
    for (const { key } of rows) {
      const id = key[0] as MemoryVersionId
      await found.during(`memory_versions ${id}`, () => verifyVersion(id, storage, found))
    }
  }
}

async function verifyVersion(
  id: MemoryVersionId,
  storage: Storage,
  found: FoundDamages,
): Promise<void> {
  const version = await storage.memories.versions.get(id)
  found.count('versions', 1)
  if (version === null) {
    found.add({ where: `memory_versions ${id}`, what: 'It is listed, and not there.' })
    return
  }
  if (version.content === null) return
  const bytes = Buffer.from(version.content, 'utf8')
  if (!isWhole(version, bytes)) {
    found.add({ where: `memory_versions ${id}`, what: 'Its content has another hash or size.' })
  }
  for (const unit of await storage.units.ofVersion(id)) {
    found.count('units', 1)
    const { start, end } = unit.bytes
    const inPlace = bytes.subarray(start, end).toString('utf8') === unit.text
    if (inPlace && sha256(unit.text) === unit.sha256) continue
    const what = `It is not the text at bytes ${start} to ${end} of ${id}, or has another hash.`
    found.add({ where: `units ${unit.id}`, what })
  }
}

function isWhole(
  { content, contentSha256, contentSizeBytes }: MemoryVersion,
  bytes: Buffer,
): boolean {
  return contentSha256 === sha256(content ?? '') && contentSizeBytes === bytes.length
}
