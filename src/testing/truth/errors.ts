import type { Draw } from './draw.ts'
import type { Expectation, TruthTranscript } from './world.ts'

/** Tool errors by session, and what a dream should say of them. */
export interface PlantedErrors {
  readonly runs: readonly TruthTranscript[]
  readonly expectations: readonly Expectation[]
}

interface ErrorPlan {
  readonly command: string
  readonly error: string
  readonly fix: string | null
  /** Sessions that it occurs in; the first ones of a drawn order. */
  readonly sessions: number
  /** Times within one session. */
  readonly times: number
  readonly isTold: boolean
  readonly why: string
}

const PLANS: readonly ErrorPlan[] = [
  {
    command: 'git push',
    error: 'fatal: The current branch feature/tidy has no upstream branch.',
    fix: 'git push --set-upstream origin feature/tidy',
    sessions: 3,
    times: 1,
    isTold: true,
    why: 'with its fix, three sessions',
  },
  {
    command: 'terraform plan',
    error: 'Error: Backend initialization required, please run "terraform init"',
    fix: 'terraform init && terraform plan',
    sessions: 2,
    times: 1,
    isTold: true,
    why: 'with its fix, two sessions',
  },
  {
    command: 'make image',
    error: 'Error: no space left on device while writing layer',
    fix: null,
    sessions: 3,
    times: 1,
    isTold: true,
    why: 'without a fix, three sessions',
  },
  {
    command: 'cargo audit',
    error: 'error: failed to fetch advisory database from the mirror',
    fix: null,
    sessions: 2,
    times: 1,
    isTold: false,
    why: 'without a fix, two sessions',
  },
  {
    command: 'psql -f seed.sql',
    error: 'ERROR: relation "seats" does not exist',
    fix: null,
    sessions: 1,
    times: 3,
    isTold: false,
    why: 'three times in one session',
  },
]

/** The same lines before every run: normal, whatever follows. */
const PREAMBLE = 'Resolving dependencies...\nWarning: telemetry is disabled'

/** Deals the planned errors to sessions; a preamble that looks like one stands in all of them. */
export function plantedErrors(sessions: number, draw: Draw): PlantedErrors {
  const runs: TruthTranscript[number][][] = Array.from({ length: sessions }, () => [])
  const possible = PLANS.filter((plan) => plan.sessions <= sessions)
  for (const plan of possible) {
    const chosen = draw.shuffled(runs).slice(0, plan.sessions)
    for (const run of chosen) run.push(...stepsOf(plan, run.length))
  }
  const expectations = possible.map(
    ({ error, isTold, why }): Expectation => ({
      kind: 'error',
      words: wordsOf(error),
      isTold,
      why,
    }),
  )
  expectations.push({ kind: 'error', words: 'telemetry', isTold: false, why: 'normal preamble' })
  return { runs, expectations }
}

function stepsOf(
  { command, error, fix, times }: ErrorPlan,
  from: number,
): readonly TruthTranscript[number][] {
  const failures = Array.from({ length: times }, (_, n) =>
    failed(`call-${from}-${n}`, command, error),
  )
  const mended = fix === null ? [] : succeeded(`call-${from}-fix`, fix)
  return [...failures.flat(), ...mended]
}

function failed(id: string, command: string, error: string): readonly TruthTranscript[number][] {
  return [call(id, command), result(id, `Exit code 1\n${PREAMBLE}\n${error}`)]
}

function succeeded(id: string, command: string): readonly TruthTranscript[number][] {
  return [call(id, command), result(id, `${PREAMBLE}\ndone`)]
}

function call(id: string, command: string): TruthTranscript[number] {
  const input = JSON.stringify({ command })
  return {
    role: 'assistant',
    content: '',
    tool_calls: [{ id, function: { name: 'Bash', arguments: input } }],
  }
}

function result(id: string, content: string): TruthTranscript[number] {
  return { role: 'tool', tool_call_id: id, content }
}

/** The part of an error that a lesson about it must quote. */
function wordsOf(error: string): string {
  return (
    /(?:no upstream branch|Backend initialization|no space left|advisory database|relation)/.exec(
      error,
    )?.[0] ?? error
  )
}
