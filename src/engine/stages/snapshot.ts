import type { Snapshot } from '../../core/dream.ts'
import { ReverieError } from '../../core/errors.ts'
import { digestOf } from '../../core/ids.ts'
import { parseMemory } from '../../core/markdown.ts'
import type { MemoryStore } from '../../core/memory-store.ts'
import type { StoreContent, StoredMemory } from '../../core/store-content.ts'
import { resolveLink } from '../../core/text/memory-link.ts'
import type { Unit } from '../../core/unit.ts'
import type { Storage } from '../../storage/storage.ts'
import { recordedEach } from '../recorded-step.ts'

/** The pinned store as a value. */
export interface DreamInputs {
  readonly snapshot: Snapshot
  readonly store: MemoryStore
  readonly content: StoreContent
  readonly units: readonly Unit[]
  /** Name, description, headings and index line of each memory, by path: what it is about. */
  readonly headers: ReadonlyMap<string, string>
  /** The front matter's name, else the path, by path. */
  readonly names: ReadonlyMap<string, string>
}

/**
 * Stage `snapshot`: reads the pinned versions. Later writes to the store are not seen; a dream of
 * a store that is gone ends with `input_memory_store_unavailable`.
 */
export async function loadSnapshot(snapshot: Snapshot, storage: Storage): Promise<DreamInputs> {
  const store = await storage.stores.get(snapshot.storeId)
  if (store === null) {
    throw new ReverieError('not_found_error', `The memory store ${snapshot.storeId} is gone.`)
  }
  const pinned = new Set(snapshot.pinnedUnits)
  const memories = new Map<string, StoredMemory>()
  const headers = new Map<string, string>()
  const names = new Map<string, string>()
  for (const { path, versionId } of snapshot.memories) {
    const version = await storage.memories.versions.get(versionId)
    const content = version?.content ?? null
    if (content === null) {
      throw new ReverieError('not_found_error', `The version ${versionId} of ${path} is gone.`)
    }
    const units = await storage.units.ofVersion(versionId)
    memories.set(path, {
      path,
      content,
      units: units.map((unit) => {
        const isPinned = pinned.has(unit.id)
        return unit.isPinned === isPinned ? unit : { ...unit, isPinned }
      }),
    })
  }
  const about = await recordedEach(
    storage.steps,
    'about',
    [...memories.values()],
    ({ path, content }) => JSON.stringify([path, content]),
    (unread) => unread.map(({ path, content }) => aboutOf(path, content)),
  )
  for (const [n, path] of [...memories.keys()].entries()) {
    headers.set(path, about[n]?.header ?? '')
    names.set(path, about[n]?.name ?? path)
  }
  const units = [...memories.values()].flatMap((memory) => memory.units)
  for (const line of units.filter(({ kind }) => kind === 'index-line')) {
    const path = resolveLink(line.path, line.linkTarget ?? '')
    const header = path === null ? undefined : headers.get(path)
    if (path !== null && header !== undefined) headers.set(path, `${header}\n${line.text}`)
  }
  return { snapshot, store, content: { memories }, units, headers, names }
}

/**
 * What makes two runs identical: all inputs but the clock, the report's counts, and decisions
 * that a person took meanwhile. `expired` are units whose own end date has passed at `asOf`.
 */
export function inputDigestOf(snapshot: Snapshot, expired: readonly string[]): string {
  const { storeId, memories, sessions, contributions, pinnedUnits, instructions } = snapshot
  const { engineVersion, thinking } = snapshot
  const texts = memories.map(({ path, sha256 }) => ({ path, sha256 }))
  const how = { instructions, engineVersion, thinking }
  return digestOf({ storeId, texts, sessions, contributions, pinnedUnits, ...how, expired })
}

function aboutOf(
  path: string,
  content: string,
): { readonly name: string; readonly header: string } {
  const { frontMatter, headings } = parseMemory(content, { isIndex: false })
  const stem = path.replace(/^.*\//, '').replace(/\.md$/, '').replace(/[-_]+/g, ' ')
  const name = textOf(frontMatter?.name) ?? headings[0]?.text ?? stem
  const description = textOf(frontMatter?.description) ?? ''
  return { name, header: [stem, name, description, ...headings.map(({ text }) => text)].join('\n') }
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value : null
}
