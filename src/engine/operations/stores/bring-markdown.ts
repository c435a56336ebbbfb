import { pathProblems } from '../../../core/memory-path.ts'
import type { StoreImport, StoreImportOptions } from '../../folder-api/stores-api.ts'
import type { Deps } from '../deps.ts'
import { bringFile } from './bring-file.ts'
import { newImportedStore } from './new-imported-store.ts'
import { assertHolds } from './take-over-files.ts'

/** Makes a store of the markdown of a folder, as it is. Nobody knows who wrote it. */
export async function bringMarkdown(
  folder: string,
  options: StoreImportOptions,
  deps: Deps,
): Promise<StoreImport> {
  const content = await deps.openFolder(folder).read()
  const name = content.root.split('/').findLast((part) => part !== '') ?? content.root
  const told = content.skipped.map(({ path, reason }) => `${path} was left out: ${reason}`)
  const operators = content.readOnly.map(
    ({ path }) => `${path} was left out: instructions to agents are no memories`,
  )
  return deps.storage.transaction(async (tx) => {
    const store = await newImportedStore(tx, { name, format: 'markdown' }, options, deps)
    const unfit: string[] = []
    for (const file of content.memories) {
      const path = file.path.normalize('NFC')
      const [problem] = pathProblems(path)
      if (problem !== undefined) {
        unfit.push(`${path} was left out: ${problem}`)
        continue
      }
      await bringFile(tx, store, { path, content: file.content }, deps)
    }
    await assertHolds(tx, store, deps)
    const units = await tx.units.list(store.id)
    const memories = content.memories.length - unfit.length
    return {
      store,
      format: 'markdown',
      memories,
      kept: { versions: memories, units: units.length, pinned: 0, ledger: 0, dreams: 0 },
      warnings: [...told, ...operators, ...unfit],
    }
  })
}
