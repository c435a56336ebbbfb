import type { Progress } from '../reverie.ts'
import { duration, number } from './amounts.ts'
import { line, span } from './styled-line.ts'
import type { Terminal } from './terminal.ts'

/** Shows how far a dream is: one moving line for a person, one line per stage in a log. */
export interface ProgressView {
  readonly tell: (progress: Progress) => void
  readonly end: () => void
}

/** What a stage does, for people; the names themselves stand in the docs. */
const STAGE_WORDS: Readonly<Record<string, string>> = {
  import: 'reading transcripts',
  snapshot: 'pinning what is read',
  reduce: 'leaving out what repeats',
  label: 'weighing who said what',
  extract: 'finding what was said',
  index: 'looking for what belongs together',
  pair: 'pairing',
  decide: 'deciding pair by pair',
  assemble: 'putting changes together',
  patterns: 'looking for lessons',
  render: 'writing the plan down',
  verify: 'checking every quote',
  gate: 'checking that nothing is lost',
  commit: 'storing the plan',
}

const REDRAW_MS = 80
/** Before this, a guess of the time left would jump about. */
const ESTIMATE_AFTER_MS = 1_500

export function createProgress(terminal: Terminal, now: () => Date): ProgressView {
  let stage: string | null = null
  let stageStartedMs = 0
  let drawnMs = Number.NEGATIVE_INFINITY

  const tell = ({ stage: key, done, of }: Progress): void => {
    const name = STAGE_WORDS[key] ?? key
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
