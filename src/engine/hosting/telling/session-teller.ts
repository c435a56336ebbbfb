import type { Dream } from '../../../core/dream.ts'
import type { Lease, LogLine } from '../../../storage/storage.ts'
import type { StageProgress } from '../../dream-ports.ts'
import type { HostingDeps } from '../hosting-deps.ts'
import { leaseEnd } from '../lease-keeper.ts'
import { streamOf } from './dream-session.ts'
import { linesOf } from './session-lines.ts'
import { stageLine } from './stage-words.ts'

/** Tells in a dream's own session how it goes along. */
export interface SessionTeller {
  readonly onProgress: (progress: StageProgress) => void
  tell(about: string, text: string): void
  /** Writes what was told; true = there was something. Throws once the dream is somebody else's. */
  flush(): Promise<boolean>
}

export function sessionTeller(dream: Dream, lease: Lease, deps: HostingDeps): SessionTeller {
  const stream = streamOf(dream)
  const told = new Set<string>()
  let waiting: LogLine[] = []
  const tell = (about: string, text: string): void => {
    if (told.has(about)) return
    told.add(about)
    waiting.push(linesOf(dream, deps.now().toISOString()).message(about, text))
  }
  return {
    tell,
    onProgress: (progress) => {
      const line = stageLine(progress)
      if (line !== null) tell(line.about, line.text)
    },
    flush: async () => {
      if (waiting.length === 0 || stream === null) return false
      const lines = waiting
      waiting = []
      await deps.storage.transaction(async (tx) => {
        // Fences the lines: those of a run that lost its dream do not land.
        await tx.dreams.runs.renew(lease, leaseEnd(deps.now()))
        await tx.logs.append(stream, lines)
      })
      deps.announce(stream)
      return true
    },
  }
}
