import type { Progress } from '../reverie.ts'
import { duration, number } from './amounts.ts'
import { line, span } from './styled-line.ts'
import type { Terminal } from './terminal.ts'

/** Shows how far a dream is: one moving line for a person, one line per stage in a log. */
export interface ProgressView {
  readonly tell: (progress: Progress) => void
  readonly end: () => void
}

const REDRAW_MS = 80
/** Before this, a guess of the time left would jump about. */
const ESTIMATE_AFTER_MS = 1_500

export function createProgress(terminal: Terminal, now: () => Date): ProgressView {
  let stage: string | null = null
  let stageStartedMs = 0
  let drawnMs = Number.NEGATIVE_INFINITY

  const tell = ({ stage: name, done, of }: Progress): void => {
    const nowMs = now().getTime()
    const isNewStage = name !== stage
    if (isNewStage) {
      stage = name
      stageStartedMs = nowMs
      if (!terminal.isLive)
        terminal.print([line(of > 1 ? `  ${name} (${number(of)})` : `  ${name}`)])
    }
    if (!terminal.isLive) return
    if (!isNewStage && nowMs - drawnMs < REDRAW_MS) return
    drawnMs = nowMs
    const counts = of > 1 ? `  ${number(done)} of ${number(of)}` : ''
    const left = timeLeft(nowMs - stageStartedMs, done, of)
    terminal.status(line(span(`  ${name}`), span(`${counts}${left}`, 'quiet')))
  }

  const end = (): void => {
    if (terminal.isLive && stage !== null) terminal.status(null)
  }

  return { tell, end }
}

function timeLeft(elapsedMs: number, done: number, of: number): string {
  if (elapsedMs < ESTIMATE_AFTER_MS || done <= 0 || done >= of) return ''
  return `  ${duration((elapsedMs / done) * (of - done))} left`
}
