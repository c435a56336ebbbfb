import type { DoctorCheck } from '../api.ts'
import type { Deps } from './deps.ts'
import { targetOf } from './target.ts'

/** Checks what a person would have to know before trusting the next command. */
export async function doctor(deps: Deps): Promise<readonly DoctorCheck[]> {
  return [nodeVersion(deps), await storageAnswers(deps), ...(await foldersAreThere(deps))]
}

function nodeVersion({ nodeVersion: found }: Deps): DoctorCheck {
  const [major = 0, minor = 0] = found.split('.').map(Number)
  const isOk = major > 22 || (major === 22 && minor >= 16)
  return {
    name: 'Node.js',
    isOk,
    found,
    next: isOk ? null : 'Install Node.js 22.16 or newer.',
  }
}

/** Writes and reads back one row. */
async function storageAnswers(deps: Deps): Promise<DoctorCheck> {
  const stamp = deps.now().toISOString()
  const key = `doctor:${stamp}`
  await deps.storage.steps.put(key, stamp)
  const isOk = (await deps.storage.steps.get(key)) === stamp
  return {
    name: 'State folder',
    isOk,
    found: deps.home,
    next: isOk ? null : 'Check the permissions of the folder and the space on its disk.',
  }
}

async function foldersAreThere(deps: Deps): Promise<readonly DoctorCheck[]> {
  const checks: DoctorCheck[] = []
  for (const store of await deps.storage.stores.list()) {
    if (store.folder === null) continue
    const [dream] = await deps.storage.dreams.list(store.id)
    const folder =
      dream === undefined ? deps.openFolder(store.folder) : (await targetOf(dream, deps)).folder
    const problem = await folder?.read().then(
      () => null,
      (error: unknown) => (error instanceof Error ? error.message : 'unreadable'),
    )
    checks.push({
      name: `Memory ${store.name}`,
      isOk: problem === null,
      found: problem ?? store.folder,
      next:
        problem === null
          ? null
          : 'If the folder moved, dream it at its new place: it starts anew there.',
    })
  }
  return checks
}
