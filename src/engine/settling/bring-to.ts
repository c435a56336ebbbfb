import { applyChanges } from '../../core/apply-changes.ts'
import type { Change } from '../../core/change.ts'
import type { Dream } from '../../core/dream.ts'
import { ReverieError } from '../../core/errors.ts'
import { type DreamId, type MemoryStoreId, sha256 } from '../../core/ids.ts'
import type { ContentDelta, StoreContent } from '../../core/store-content.ts'
import type { FileWrite, MemoryFolder } from '../../storage/memory-folder.ts'
import type { Storage } from '../../storage/storage.ts'

/** One memory as it has to be now and as it shall be; null = does not exist. */
export interface Step {
  readonly path: string
  readonly from: string | null
  readonly to: string | null
}

/**
 * The memories that differ between two selections of a dream's changes, both applied to the same
 * pinned base. Apply, partial revert and full revert are all a move from one to the other.
 */
export function stepsBetween(
  base: StoreContent,
  present: readonly Change[],
  wanted: readonly Change[],
): readonly Step[] {
  const from = applyChanges(base, present)
  const to = applyChanges(base, wanted)
  const paths = [...new Set([...from.keys(), ...to.keys()])].sort()
  return paths
    .map((path) => ({ path, from: contentAt(path, from, base), to: contentAt(path, to, base) }))
    .filter((step) => step.from !== step.to)
}

function contentAt(path: string, delta: ContentDelta, base: StoreContent): string | null {
  const changed = delta.get(path)
  return changed === undefined ? (base.memories.get(path)?.content ?? null) : changed
}

/** A dream and the store that its changes go to. */
interface Placed {
  readonly id: DreamId
  readonly storeId: MemoryStoreId
  /** What of the dream stands in the memory: `applied` = some of it. */
  readonly since: 'planned' | 'applied'
}

/**
 * Throws `conflict_error` unless the store, or the folder that it mirrors, holds exactly what is
 * expected at the paths that `matters` names.
 */
export async function assertUnmoved(
  { id: dreamId, storeId, since }: Placed,
  expected: ReadonlyMap<string, string>,
  matters: (path: string) => boolean,
  storage: Storage,
  folder: MemoryFolder | null,
): Promise<void> {
  const actual = new Map<string, string>()
  if (folder === null) {
    for (const { path, content } of await storage.memories.list(storeId)) actual.set(path, content)
  } else {
    const { memories, readOnly } = await folder.read()
    for (const { path, content } of [...memories, ...readOnly]) actual.set(path, content)
  }
  const moved = [...new Set([...actual.keys(), ...expected.keys()])]
    .filter((path) => matters(path) && actual.get(path) !== expected.get(path))
    .sort()
  const [first] = moved
  if (first === undefined) return
  const others = moved.length > 1 ? ` and ${moved.length - 1} more` : ''
  throw new ReverieError(
    'conflict_error',
    `The memory has moved on since ${dreamId} was ${since}: ${first}${others}. Nothing was written.`,
    { next: since === 'applied' ? backFirst(dreamId) : dreamAgain(folder) },
  )
}

function dreamAgain(folder: MemoryFolder | null): string {
  return folder === null
    ? 'Dream again over the store as it is now.'
    : 'Run `reverie dream` again: what was read is remembered, so it is quick.'
}

/** Another dream helps nobody who wants to undo this one. */
function backFirst(id: DreamId): string {
  return `Take back what was written there afterwards, then type the command again. What the dream had left there: \`reverie show ${id} --diff\``
}

/** Throws `conflict_error` when a unit that the changes edit was pinned after they were planned. */
export async function assertUnpinned(
  { storeId }: Pick<Placed, 'storeId'>,
  changes: readonly Change[],
  storage: Storage,
): Promise<void> {
  const units = await storage.units.list(storeId)
  const pinned = new Map(units.flatMap((unit) => (unit.isPinned ? [[unit.id, unit.path]] : [])))
  for (const { id, edits } of changes) {
    const edit = edits.find((item) => item.op !== 'append' && pinned.has(item.unitId))
    if (edit === undefined || edit.op === 'append') continue
    throw new ReverieError(
      'conflict_error',
      `${id} would change a note of ${pinned.get(edit.unitId)} that is pinned now. Nothing was written.`,
      { next: 'Reject the change, or unpin the note.' },
    )
  }
}

/** Another process had the folder first, with the same dream. */
export function overtaken({ id, planStatus }: Pick<Dream, 'id' | 'planStatus'>): ReverieError {
  return new ReverieError(
    'conflict_error',
    `Another process was faster: ${id} is ${planStatus}. Nothing was written.`,
    { next: `See what it holds: reverie show ${id}` },
  )
}

/** The whole store after the given changes, by path. */
export function contentsAfter(
  base: StoreContent,
  changes: readonly Change[],
): ReadonlyMap<string, string> {
  const contents = new Map([...base.memories].map(([path, { content }]) => [path, content]))
  for (const [path, content] of applyChanges(base, changes)) {
    if (content === null) contents.delete(path)
    else contents.set(path, content)
  }
  return contents
}

export function fileWrites(steps: readonly Step[]): readonly FileWrite[] {
  return steps.map(({ path, from, to }) => ({
    path,
    expectedSha256: from === null ? null : sha256(from),
    content: to,
  }))
}
