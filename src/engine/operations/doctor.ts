import { isReverieError } from '../../core/errors.ts'
import type { MemoryStore } from '../../core/memory-store.ts'
import type { DoctorCheck } from '../api.ts'
import { leaves } from './choose-models.ts'
import type { Deps } from './deps.ts'
import { memoryNames } from './projects/memory-names.ts'
import { otherDreamersOf } from './projects/other-dreamers.ts'
import { recoverIfThere } from './target.ts'

/** Checks what a person would have to know before trusting the next command. */
export async function doctor(deps: Deps): Promise<readonly DoctorCheck[]> {
  return [
    nodeVersion(deps),
    await storageAnswers(deps),
    modelsAllowed(deps),
    ...(await foldersAreThere(deps)),
  ]
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

/** What the settings say of models; nobody is asked anything. */
function modelsAllowed({ models: { configured, egress, own } }: Deps): DoctorCheck {
  const name = 'Model'
  if (own !== null) return { name, isOk: true, found: 'of the host program', next: null }
  const { model, smallModel } = configured
  if (model === null) return { name, isOk: true, found: 'none: rules alone decide', next: null }
  const found = smallModel === null ? model : `${model}; reading and judging: ${smallModel}`
  if ([model, smallModel ?? model].every((one) => !leaves(one)) || egress === 'models') {
    return { name, isOk: true, found: `${found}; allowed`, next: null }
  }
  const why = egress === null ? 'REVERIE_EGRESS is not set' : 'REVERIE_EGRESS is `none`'
  return {
    name,
    isOk: false,
    found: `${found}; not allowed: ${why}`,
    next: 'Set REVERIE_EGRESS=models to have it asked, or unset REVERIE_MODEL.',
  }
}

/** Writes and reads back one row. */
async function storageAnswers(deps: Deps): Promise<DoctorCheck> {
  const isOk = await storageKeeps(deps)
  return {
    name: 'State folder',
    isOk,
    found: deps.home,
    next: isOk ? null : 'Check the permissions of the folder and the space on its disk.',
  }
}

async function storageKeeps({ storage, now }: Deps): Promise<boolean> {
  const stamp = now().toISOString()
  const key = `doctor:${stamp}`
  try {
    await storage.steps.put(key, stamp)
    return (await storage.steps.get(key)) === stamp
  } catch (error) {
    // The check reports it; a full disk is no reason to report nothing else.
    if (error instanceof Error) return false
    throw error
  }
}

async function foldersAreThere(deps: Deps): Promise<readonly DoctorCheck[]> {
  const stores = (await deps.storage.stores.list()).flatMap((store) =>
    store.folder === null ? [] : [{ ...store, folder: store.folder }],
  )
  const names = await memoryNames(
    stores.map(({ folder }) => folder),
    deps,
  )
  const checks: DoctorCheck[] = []
  for (const store of stores) {
    const name = `Memory ${names.get(store.folder) ?? store.name}`
    checks.push(await folderIsThere(name, store, deps))
  }
  return checks
}

async function folderIsThere(
  name: string,
  store: MemoryStore & { readonly folder: string },
  deps: Deps,
): Promise<DoctorCheck> {
  const { folder: path } = store
  try {
    await recoverIfThere(path, deps)
    await deps.openFolder(path).read()
    const [other] = await otherDreamersOf(store, deps)
    return other === undefined
      ? { name, isOk: true, found: path, next: null }
      : { name, isOk: true, found: `${path}; ${other.name} tidies it too`, next: other.next }
  } catch (error) {
    return {
      name,
      isOk: false,
      found: error instanceof Error ? error.message : 'unreadable',
      next: isReverieError(error) && error.type !== 'not_found_error' ? error.next : MOVED,
    }
  }
}

const MOVED = 'If the folder moved, dream it at its new place: it starts anew there.'
