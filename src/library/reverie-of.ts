import { DEFAULT_WORKSPACE } from '../core/ids.ts'
import type { FolderOperations } from '../engine/api.ts'
import type { Transcripts } from '../engine/operations/deps.ts'
import type { Installation } from '../server/installation.ts'
import type { ServerAtWork } from '../server/serve.ts'
import { openWorkspace, PROGRAM } from './open-workspace.ts'
import type { Reverie, ServerPlace } from './reverie-api.ts'

export interface ReverieParts {
  /** `close` closes the storage under all of it. */
  readonly folders: FolderOperations
  readonly installation: Installation
  readonly transcripts: Pick<Transcripts, 'find' | 'read'>
  readonly listen: (
    served: Pick<Installation, 'ports' | 'run'>,
    place: ServerPlace,
    stopping: AbortController,
  ) => Promise<ServerAtWork>
  /** Told what goes wrong beside the calls, where no server logs it. */
  readonly onError: (error: unknown) => void
}

/** Puts folders, workspaces and what runs beside them together. */
export function reverieOf(parts: ReverieParts): Reverie {
  const { folders, installation, transcripts, listen } = parts
  const beside = besides(parts)
  const servers = new Set<ServerAtWork>()
  const opening = {
    ports: installation.ports,
    transcripts,
    closing: beside.closing,
    beginDreams: beside.beginDreams,
  }
  return {
    ...folders,
    workspace: (id = DEFAULT_WORKSPACE, by = PROGRAM) => openWorkspace(id, by, opening),
    start: beside.begin,
    async serve(place = {}) {
      const stopping = new AbortController()
      const ports = { ...installation.ports, stopping: stopping.signal }
      const server = await listen({ ports, run: beside.runFor }, place, stopping)
      const stop = once(async () => {
        servers.delete(stopped)
        await server.stop()
      })
      const stopped = { ...server, stop }
      servers.add(stopped)
      return stopped
    },
    close: once(async () => {
      await Promise.all([...servers].map((server) => server.stop()))
      await beside.end()
      await folders.close()
    }),
  }
}

interface Besides {
  readonly closing: AbortSignal
  /** Runs dreams; again changes nothing. */
  readonly beginDreams: () => void
  /** Runs dreams and looks at schedules; again changes nothing. */
  readonly begin: () => void
  /** The same, told of as long as a server is up. */
  readonly runFor: Installation['run']
  readonly end: () => Promise<void>
}

/** One runner and one sleeper, however many want them. */
function besides({ installation, onError }: ReverieParts): Besides {
  const closing = new AbortController()
  const { signal } = closing
  const logs = new Set<(error: unknown) => void>()
  const report = (error: unknown): void => {
    if (logs.size === 0) onError(error)
    for (const log of logs) log(error)
  }
  let dreaming: Promise<void> | null = null
  let sleeping: Promise<void> | null = null
  const beginDreams = (): void => {
    dreaming ??= installation.dream(signal, report)
  }
  const begin = (): void => {
    beginDreams()
    sleeping ??= installation.sleep(signal, report)
  }
  return {
    closing: signal,
    beginDreams,
    begin,
    async runFor(stopping, log) {
      logs.add(log)
      begin()
      await aborted(stopping)
      logs.delete(log)
    },
    async end() {
      closing.abort()
      await Promise.all([dreaming, sleeping])
    },
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}

function once<T>(work: () => Promise<T>): () => Promise<T> {
  let begun: Promise<T> | null = null
  return () => {
    begun ??= work()
    return begun
  }
}
