import { ReverieError } from '../../../core/errors.ts'
import type { MemoryStore } from '../../../core/memory-store.ts'
import type { OtherDreamer } from '../../../projects/projects.ts'
import type { Deps } from '../deps.ts'

/** Whoever else tidies a store: only what is a folder can have such. */
export async function otherDreamersOf(
  { folder }: Pick<MemoryStore, 'folder'>,
  { projects }: Pick<Deps, 'projects'>,
): Promise<readonly OtherDreamer[]> {
  return folder === null ? [] : ((await projects?.otherDreamers(folder)) ?? [])
}

/**
 * Throws `conflict_error` while somebody else tidies the folder of a store, unless a person says
 * that it is well: two that move notes at once lose some.
 */
export async function assertNoOtherDreamer(
  store: MemoryStore,
  deps: Pick<Deps, 'projects'>,
  { isForced, dreamId }: { readonly isForced: boolean; readonly dreamId: string },
): Promise<void> {
  if (isForced) return
  const [first, ...others] = await otherDreamersOf(store, deps)
  if (first === undefined) return
  const more = others.map(({ name }) => name).join(', ')
  throw new ReverieError(
    'conflict_error',
    `${first.name} tidies "${store.folder}" too: ${first.why}.${more === '' ? '' : ` So does ${more}.`}`,
    { next: `${first.next} To write beside it: \`reverie apply ${dreamId} --force\`.` },
  )
}

/** What a plan tells of them, one sentence each. */
export async function dreamerWarnings(
  store: MemoryStore,
  deps: Pick<Deps, 'projects'>,
): Promise<readonly string[]> {
  const dreamers = await otherDreamersOf(store, deps)
  return dreamers.map(
    ({ name, why, next }) =>
      `${name} tidies this memory too: ${why}. ${next} Until then \`apply\` refuses.`,
  )
}
