import type { FolderOperations } from '../api.ts'
import { auditOf } from './audit.ts'
import { apply, decideChange, discard, revert } from './decide.ts'
import type { Deps } from './deps.ts'
import { doctor } from './doctor.ts'
import { dream } from './dreaming/dream.ts'
import { dreamTogether } from './dreaming/dream-together.ts'
import { dreamActsOf } from './dreams/dream-acts.ts'
import { erasuresOf } from './erasures.ts'
import { heldOf } from './held.ts'
import { ledger, log, preview, show, status } from './inspect.ts'
import { memoriesOf } from './memories.ts'
import { projectsOf } from './projects/project-operations.ts'
import { recordingsOf } from './recordings.ts'
import { sessionsOf } from './sessions.ts'
import { dreamIfDue } from './sleep/dream-if-due.ts'
import { storeActsOf } from './stores.ts'
import { purgeWhenDue } from './upkeep/purge.ts'
import { upkeepOf } from './upkeep/upkeep-operations.ts'

/** The operations over given adapters. */
export function folderOperationsOf(deps: Deps): FolderOperations {
  return {
    dream: (request) => afterPurge(deps, () => dream(request, deps)),
    dreamTogether: (request) => afterPurge(deps, () => dreamTogether(request, deps)),
    dreamIfDue: (request) => afterPurge(deps, () => dreamIfDue(request, deps)),
    show: (id) => show(id, deps),
    preview: (dreamId) => preview(dreamId, deps),
    decide: (changeId, decision, digest) => decideChange(changeId, decision, digest, deps),
    apply: (dreamId, options) => afterPurge(deps, () => apply(dreamId, deps, options)),
    discard: (dreamId) => discard(dreamId, deps),
    revert: (dreamId) => revert(dreamId, deps),
    log: (path) => log(path, deps),
    ledger: (storeRef, path) => ledger(storeRef, path, deps),
    status: () => status(deps),
    doctor: () => doctor(deps),
    stores: storeActsOf(deps),
    dreams: dreamActsOf(deps),
    memories: memoriesOf(deps),
    held: heldOf(deps),
    audit: auditOf(deps),
    sessions: sessionsOf(deps),
    projects: projectsOf(deps),
    recordings: recordingsOf(deps),
    erasures: erasuresOf(deps),
    upkeep: upkeepOf(deps),
    close: () => deps.storage.close(),
  }
}

/** What writes anyway looks for transcripts that may go. */
async function afterPurge<T>(deps: Deps, act: () => Promise<T>): Promise<T> {
  await purgeWhenDue(deps)
  return act()
}
