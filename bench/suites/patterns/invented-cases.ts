import type { AgentSession, Turn } from './agent-transcript.ts'

/** Small transcripts of which it is known what they teach. */
export interface InventedCase {
  /** What the sessions show, in words. */
  readonly kind: string
  /** Words of which what is told must have one; null = nothing may be learned. */
  readonly lesson: readonly string[] | null
  /** What a user merely said is no lesson: it is to stand in the memory once, with its sources. */
  readonly isStatement?: boolean
  readonly sessions: readonly AgentSession[]
}

/** Names of one project; a case is told once in each. */
interface Project {
  readonly test: string
  readonly missing: string
  readonly start: string
  readonly deploy: string
  readonly branches: readonly [string, string, string]
  readonly api: string
  readonly argument: string
  readonly refusal: string
  readonly rule: readonly [string, string]
  readonly ruleWord: string
  readonly preferences: readonly [string, string]
  readonly preferenceWord: string
  readonly preamble: string
}

const PROJECTS: readonly Project[] = [
  {
    test: 'npm test',
    missing: 'Error: connect ECONNREFUSED 127.0.0.1:6390',
    start: 'docker compose up -d cache',
    deploy: 'release plan',
    branches: ['harbour-1', 'quay-22', 'mole-303'],
    api: 'book_berth',
    argument: 'berth',
    refusal: 'Error: berth is reserved for ferries',
    rule: ['No, give depths in metres, not feet.', 'Again: give the depths in metres, not feet!'],
    ruleWord: 'metres',
    preferences: ['Always answer in Danish.', 'Please always answer in Danish.'],
    preferenceWord: 'Danish',
    preamble: 'Loading tide tables... Running setup for HarbourCache',
  },
  {
    test: 'pytest',
    missing: 'RuntimeError: the ledger schema is not migrated',
    start: 'alembic upgrade head',
    deploy: 'tox run',
    branches: ['ledger-fix', 'audit_7', 'rounding-12'],
    api: 'post_entry',
    argument: 'account',
    refusal: 'Error: account is closed for this period',
    rule: [
      'That is wrong, round the totals per line, never per page.',
      'I said: round totals per line, never per page.',
    ],
    ruleWord: 'per line',
    preferences: ['I prefer tables over long paragraphs.', 'I prefer tables over long paragraphs.'],
    preferenceWord: 'tables',
    preamble: 'Collecting fixtures... Running setup for LedgerStore',
  },
  {
    test: 'cargo test',
    missing: 'Error: no solver library found for the planner',
    start: 'make solver',
    deploy: 'cargo dist',
    branches: ['route-9', 'depot-b', 'night-shift-4'],
    api: 'assign_truck',
    argument: 'truck',
    refusal: 'Error: truck is not licensed for cold goods',
    rule: [
      'No, name the routes by depot, not by driver.',
      'Actually, please name routes by the depot, not by driver.',
    ],
    ruleWord: 'depot',
    preferences: ['Never push to the main branch.', 'Please never push to the main branch.'],
    preferenceWord: 'main branch',
    preamble: 'Warming the map tiles... Running setup for RouteIndex',
  },
]

/** Every kind of case in every project. */
export function inventedCases(): readonly InventedCase[] {
  return PROJECTS.flatMap((project) => [...errorCases(project), ...otherCases(project)])
}

function errorCases(project: Project): readonly InventedCase[] {
  const { start, argument } = project
  const fixed = repaired(project)
  return [
    { kind: 'error with its fix, 2 sessions', lesson: [start], sessions: apart(fixed, fixed) },
    {
      kind: 'branch names differ, 3 sessions',
      lesson: ['git push -u', '--set-upstream'],
      sessions: apart(...project.branches.map(pushed)),
    },
    {
      kind: 'refusal without a fix, 3 sessions',
      lesson: [project.api],
      sessions: apart(...Array.from({ length: 3 }, () => [refused(project)])),
    },
    {
      kind: 'refusal without a fix, 2 sessions',
      lesson: null,
      sessions: apart([refused(project)], [refused(project)]),
    },
    {
      kind: 'refusal with its fix, 2 sessions',
      lesson: [argument],
      sessions: apart(
        [refused(project), accepted(project, 'x2')],
        [refused(project), accepted(project, 'x3')],
      ),
    },
    {
      kind: 'the same error thrice in one session',
      lesson: null,
      sessions: apart([...fixed, ...fixed, ...fixed], [passing(project)]),
    },
    {
      kind: 'a session and two that resumed it',
      lesson: null,
      sessions: apart(fixed, fixed, fixed).map((session, at) => ({
        ...session,
        resumed: at === 0 ? null : `s${at - 1}`,
      })),
    },
    {
      kind: 'a session read twice',
      lesson: null,
      sessions: apart(fixed, fixed).map((session) => ({ ...session, id: 's0' })),
    },
  ]
}

function otherCases(project: Project): readonly InventedCase[] {
  const { test, deploy, preamble, rule, ruleWord } = project
  const started = shell(test, `${preamble}\n42 passed`)
  const failing = (n: number): Turn =>
    shell(
      test,
      `${preamble}\nFAIL case_${n}\nAssertionError: expected ${n} to equal ${n + 1}\n1 failed, 41 passed`,
      1,
    )
  const said = (text: string): readonly Turn[] => [{ user: text }, started]
  return [
    {
      kind: 'normal preamble of every run',
      lesson: null,
      sessions: apart([started, started], [started], [started, started]),
    },
    {
      kind: 'failing tests of the work at hand',
      lesson: null,
      sessions: apart(...[3, 8, 5].map((n) => [failing(n), started])),
    },
    {
      kind: 'a command of every session',
      lesson: null,
      sessions: apart(...[1, 2, 3].map(() => [shell(deploy, 'ok'), shell('git status', 'clean')])),
    },
    {
      kind: 'a correction, 2 sessions',
      lesson: [ruleWord],
      sessions: apart(said(rule[0]), said(rule[1])),
    },
    {
      kind: 'a preference, 2 sessions',
      lesson: [project.preferenceWord],
      isStatement: true,
      sessions: apart(...project.preferences.map(said)),
    },
    { kind: 'a correction, 1 session', lesson: null, sessions: apart(said(rule[0]), [started]) },
    {
      kind: 'a correction twice in one session',
      lesson: null,
      sessions: apart([...said(rule[0]), ...said(rule[1])], [started]),
    },
    {
      kind: 'a question about a rule, 2 sessions',
      lesson: null,
      sessions: apart(...rule.map((text) => said(`Did we ever say this: ${text.slice(4)}?`))),
    },
  ]
}

function repaired({ test, missing, start, preamble }: Project): readonly Turn[] {
  return [
    { user: 'Please run the tests.' },
    shell(test, `${preamble}\n${missing}`, 1),
    shell(start, 'done'),
    shell(test, `${preamble}\n42 passed`),
  ]
}

function passing({ test, preamble }: Project): Turn {
  return shell(test, `${preamble}\n42 passed`)
}

function pushed(branch: string): readonly Turn[] {
  return [
    shell('git push', `fatal: The current branch ${branch} has no upstream branch.`, 128),
    shell(`git push -u origin ${branch}`, `branch '${branch}' set up to track 'origin'.`),
  ]
}

function refused({ api, argument, refusal }: Project): Turn {
  return {
    tool: api,
    input: { day: '2026-05-02', [argument]: 'x1' },
    result: refusal,
    isError: true,
  }
}

function accepted({ api, argument }: Project, value: string): Turn {
  return {
    tool: api,
    input: { day: '2026-05-02', [argument]: value },
    result: 'ok',
    isError: false,
  }
}

function shell(command: string, output: string, exitCode = 0): Turn {
  const isError = exitCode !== 0
  const result = isError ? `Exit code ${exitCode}\n${output}` : output
  return { tool: 'Bash', input: { command }, result, isError }
}

/** Independent sessions, a day apart. */
function apart(...all: readonly (readonly Turn[])[]): readonly AgentSession[] {
  return all.map((turns, at) => ({ id: `s${at}`, day: `2026-05-1${at}`, resumed: null, turns }))
}
