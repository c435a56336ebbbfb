import type { DreamRequest } from '../../reverie.ts'
import type { CommandContext } from '../command-run.ts'
import { createProgress } from '../progress.ts'
import { departureView } from './departure-view.ts'

/** What a person at the terminal takes part in a dream with: it is told on, and may be interrupted. */
export type Watching = Required<Pick<DreamRequest, 'onDeparture' | 'onProgress' | 'signal'>>

/** Dreams in front of a person: how far it is, what is about to leave the machine, Ctrl-C. */
export async function watched<T>(
  { talk, io, signal }: CommandContext,
  dream: (watching: Watching) => Promise<T>,
): Promise<T> {
  const progress = createProgress(talk, io.now)
  try {
    return await dream({
      onDeparture: (departure) => {
        progress.end()
        talk.print(departureView(departure, talk.width))
      },
      onProgress: progress.tell,
      signal,
    })
  } finally {
    progress.end()
  }
}
