import type { Departure } from '../../api.ts'
import { DREAM_LIMITS } from '../../dream-limits.ts'
import type { StageName, StageProgress } from '../../dream-ports.ts'

/** What a stage does, for people; null = it is told with the next one. */
const WORDS: Readonly<Record<StageName, string | null>> = {
  snapshot: 'Looking at the memories',
  reduce: null,
  label: null,
  extract: 'Reading sessions',
  index: 'Looking for notes that belong together',
  pair: 'Comparing notes',
  decide: 'Deciding what still holds',
  assemble: 'Putting the changes together',
  patterns: 'Looking for what keeps coming back',
  render: 'Writing the changes down',
  verify: 'Checking every change against its words',
  gate: 'Checking that nothing is lost',
  commit: 'Committing',
}

/** A line about where a dream is; `about` is equal for lines that are told once. */
export interface StageLine {
  readonly about: string
  readonly text: string
}

/** Null = not worth a line: a few stand for a whole stage. */
export function stageLine({ stage, done, of }: StageProgress): StageLine | null {
  const word = WORDS[stage]
  if (word === null) return null
  if (of <= 1) return { about: stage, text: `${word}.` }
  const part = Math.floor((done * DREAM_LIMITS.dreamStageLinesMax) / of)
  return {
    about: `${stage} ${of} ${part}`,
    text: `${word}: ${Math.min(done + 1, of)} of ${of}.`,
  }
}

/** What is about to leave, who gets it, and what it may cost. */
export function departureText({ providers, sessions, notes, calls, usd }: Departure): string {
  const asked = providers.map(({ model, host }) =>
    host === null ? `${model} (nothing leaves)` : `${model} at ${host}`,
  )
  const cost = usd === null ? 'The price is not known.' : `At most ${usd.toFixed(2)} US dollars.`
  const what = `${sessions} sessions and ${notes} notes, in at most ${calls} questions`
  return `Asking ${asked.join(' and ')}: words of ${what}. ${cost}`
}
