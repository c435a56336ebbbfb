import type { WorkspaceCollectiveDreams } from '../engine/collective/collective-api.ts'
import { collectiveDreamsOf } from '../engine/hosting/collective/collective-dreams-of.ts'
import { dreamsOf } from '../engine/hosting/dreams-of.ts'
import type { RunnerDeps } from '../engine/hosting/hosting-deps.ts'
import { assertMeant } from '../engine/hosting/models-of-order.ts'
import { createRunner } from '../engine/hosting/runner.ts'
import { schedulesOf } from '../engine/sleep/schedules.ts'
import { createSleeper } from '../engine/sleep/sleeper.ts'
import { healthOf } from '../engine/workspace/store-health.ts'
import { workspacesOf } from '../engine/workspace/workspace-of.ts'
import type { WorkspaceDreams, WorkspaceSchedules } from '../engine/workspace-api.ts'
import type { Redact } from '../importers/importer.ts'
import type { Storage } from '../storage/storage.ts'
import { agentName } from './agents/agents.ts'
import { createBell } from './bell.ts'
import type { ServerPorts } from './context.ts'
import type { ImportPorts } from './imports/import-ports.ts'

/** What a server is made of: its ports, and what works beside the requests. */
export interface Installation {
  readonly ports: ServerPorts
  /** Dreams what waits and looks at schedules, until aborted; runs that are stopped go on later. */
  run(signal: AbortSignal, report: (error: unknown) => void): Promise<void>
  /** The first half of `run`: dreams what waits. */
  dream(signal: AbortSignal, report: (error: unknown) => void): Promise<void>
  /** The second half: looks at schedules. */
  sleep(signal: AbortSignal, report: (error: unknown) => void): Promise<void>
}

/** What the composition root opens; `storage` sees every workspace. */
export interface InstallationParts extends Omit<RunnerDeps, 'announce' | 'report'> {
  readonly redact: Redact
  readonly imports: ImportPorts
  readonly version: string
  readonly stopping?: AbortSignal
}

/** Puts workspaces, runner and sleeper together over open adapters. */
export function installationOf(parts: InstallationParts): Installation {
  const { storage, now, newId, wait, redact, imports, version, stopping, meaningOf } = parts
  const bell = createBell()
  const reports = new Set<(error: unknown) => void>()
  const report = (error: unknown): void => {
    for (const told of reports) told(error)
  }
  const deps = { ...parts, announce: (stream: string) => bell.ring(stream), report }
  const runner = createRunner(deps)
  const hosted = (seen: Storage): WorkspaceDreams =>
    dreamsOf({ ...deps, storage: seen, wake: runner.wake })
  const sleeper = createSleeper({
    ...deps,
    dreamsOf: hosted,
    healthOf: (id, seen) => healthOf(id, { ...deps, storage: seen }),
    runDreams: runner.wake,
  })
  const schedules = (seen: Storage): WorkspaceSchedules =>
    schedulesOf({
      storage: seen,
      now,
      newId,
      wake: sleeper.wake,
      assertModel: (model) => assertMeant(model, meaningOf),
    })
  const collective = (seen: Storage): WorkspaceCollectiveDreams =>
    collectiveDreamsOf({ ...deps, storage: seen, wake: runner.wake, agentName })
  const workspaceOf = workspacesOf(deps, {
    dreamsOf: hosted,
    schedulesOf: schedules,
    collectiveOf: collective,
  })
  const ports = { storage, workspaceOf, redact, imports, bell, now, newId, wait, version }
  const dream: Installation['dream'] = (signal, told) => {
    reports.add(told)
    return runner.run(signal)
  }
  const sleep: Installation['sleep'] = (signal, told) => {
    reports.add(told)
    return sleeper.run(signal)
  }
  return {
    ports: stopping === undefined ? ports : { ...ports, stopping },
    dream,
    sleep,
    async run(signal, told) {
      await Promise.all([dream(signal, told), sleep(signal, told)])
    },
  }
}
