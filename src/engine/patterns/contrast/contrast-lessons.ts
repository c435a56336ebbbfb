import type { Audience } from '../../../core/audience.ts'
import type { Evidence } from '../../../core/evidence.ts'
import { citedSessions } from '../../../core/evidence.ts'
import type { Sighting } from '../../../core/ledger.ts'
import { contentStems } from '../../language/tokens.ts'
import {
  LESSON_EVIDENCE_MAX,
  type Lesson,
  type LessonLimits,
  lastSeen,
  type RankedLesson,
} from '../lesson.ts'
import { othersIn } from '../others/attribution.ts'
import { type ComparedRun, comparedRuns, isOfRuns } from './compared-runs.ts'
import { contrastText, contrastTitle, reversedText, type Told } from './contrast-text.ts'
import { FAILING, OTHER } from './hypotheses.ts'
import { type Contrast, isContradicted, provenContrasts } from './proven-contrasts.ts'

export const CONTRAST = 'contrast:'
/** Of a lesson that takes back what another one told. */
export const REVERSED = 'reversed:'

/** True of a lesson that only takes back what a note tells: without the note there is no need of it. */
export function isTakingBack({ pattern }: Pick<Lesson, 'pattern'>): boolean {
  return pattern.startsWith(REVERSED)
}

/** True of a lesson that compares sessions, and of one that takes such a lesson back. */
export function isContrastPattern(pattern: string): boolean {
  return pattern.startsWith(CONTRAST) || pattern.startsWith(REVERSED)
}

export interface ContrastLessons {
  readonly lessons: readonly RankedLesson[]
  /** Differences that show and are not proven yet: counted, never told. */
  readonly hypotheses: number
}

/**
 * What sessions that failed did otherwise, from the sightings of all dreams, each session once. By
 * audience: nothing is compared over two. Patterns in `known` are told already; of these, those
 * that the sessions of now contradict are taken back.
 */
export function contrastLessons(
  sightings: readonly Sighting[],
  known: ReadonlySet<string>,
  limits: LessonLimits,
): ContrastLessons {
  const ofRuns = sightings.filter(isOfRuns)
  const byAudience = Map.groupBy(ofRuns, ({ detail }) => detail.audience ?? '')
  const found = [...byAudience].map(([audience, all]) => {
    const runs = comparedRuns(all)
    const { proven, counted, open } = provenContrasts(runs)
    const place = { runs, audience: audience as Audience, limits }
    const told = distinct(proven).map((contrast) => lessonOf(contrast, CONTRAST, place))
    const back = [...counted.values()]
      .filter((contrast) => isTakenBack(contrast, proven, known))
      .map((contrast) => lessonOf(contrast, REVERSED, place))
    return { lessons: [...told, ...back].filter((it) => it !== null), hypotheses: open }
  })
  return {
    lessons: found.flatMap(({ lessons }) => lessons),
    hypotheses: found.reduce((sum, { hypotheses }) => sum + hypotheses, 0),
  }
}

/** Told before and borne out no more; where the opposite is proven, that says it better. */
function isTakenBack(
  contrast: Contrast,
  proven: readonly Contrast[],
  known: ReadonlySet<string>,
): boolean {
  const isOpposite = proven.some(({ condition }) => condition === contrast.condition)
  return known.has(`${CONTRAST}${contrast.key}`) && isContradicted(contrast) && !isOpposite
}

/** The same failing sessions in other words are told once, by the strongest. */
const SAME_SHARE = 0.8

function distinct(proven: readonly Contrast[]): readonly Contrast[] {
  const kept: Contrast[] = []
  for (const contrast of proven) {
    if (kept.every((other) => overlap(contrast.sides, other.sides) < SAME_SHARE))
      kept.push(contrast)
  }
  return kept
}

function overlap(a: Uint8Array, b: Uint8Array): number {
  let both = 0
  let any = 0
  for (let at = 0; at < a.length; at += 1) {
    const [inA, inB] = [a[at] === FAILING, b[at] === FAILING]
    both += Number(inA && inB)
    any += Number(inA || inB)
  }
  return any === 0 ? 0 : both / any
}

interface Place {
  readonly runs: readonly ComparedRun[]
  readonly audience: Audience
  readonly limits: LessonLimits
}

function lessonOf(
  contrast: Contrast,
  prefix: typeof CONTRAST | typeof REVERSED,
  { runs, audience, limits }: Place,
): RankedLesson | null {
  const showing = runsShowing(contrast, runs)
  const evidence = evidenceOf(contrast, showing)
  const told = toldOf(contrast, runs, showing)
  const textOf = prefix === CONTRAST ? contrastText : reversedText
  const text = textOf(contrast, told, limits.lessonWordsMax)
  if (text === null || citedSessions(evidence).size < QUOTED_SESSIONS_MIN) return null
  const title = contrastTitle(contrast, told)
  const lesson: Lesson = {
    pattern: `${prefix}${contrast.key}`,
    text,
    title,
    topics: [...contentStems(title)].filter((it) => /^\w/.test(it)).sort(),
    evidence,
    eventIds: [
      ...new Set(evidence.flatMap((it) => (it.kind === 'event' ? [it.eventId] : []))),
    ].sort(),
    sessions: contrast.failing.sessions + contrast.others.sessions,
    ...(told.others.sessions === 0 ? {} : { agents: told.others.agents }),
    trust: 'tool',
    audience,
    isRecurring: true,
    outdated: [],
  }
  return { lesson, score: Math.max(1, contrast.excess) * contrast.lift * contrast.failing.sessions }
}

/** One session alone shows no difference. */
const QUOTED_SESSIONS_MIN = 2

/** The runs that have the feature, those first whose outcome bears the lesson out. */
function runsShowing(
  { sides, direction }: Contrast,
  runs: readonly ComparedRun[],
): readonly ComparedRun[] {
  const side = direction === 'failure' ? FAILING : OTHER
  const having = runs.filter((_, at) => sides[at] === side)
  const bears = (run: ComparedRun): boolean => run.isFailure === (direction === 'failure')
  return [...having.filter(bears), ...having.filter((run) => !bears(run))]
}

/** Lines of results of the calls that show it, from as many sessions as there is room for. */
function evidenceOf({ condition }: Contrast, showing: readonly ComparedRun[]): readonly Evidence[] {
  const bySession = showing.flatMap((run) => {
    const shown =
      condition.kind === 'calls'
        ? [run.outcome]
        : [run.features.get(condition.feature), run.features.get(condition.later)]
    const quotes = shown.flatMap((it) => it?.evidence.slice(0, 1) ?? [])
    return quotes.length > 0 && quotes.every(({ trust }) => trust === 'tool') ? [quotes] : []
  })
  const kept: Evidence[] = []
  for (const quotes of bySession) {
    if (kept.length + quotes.length <= LESSON_EVIDENCE_MAX) kept.push(...quotes)
  }
  return kept
}

function toldOf(
  { condition, sides }: Contrast,
  runs: readonly ComparedRun[],
  showing: readonly ComparedRun[],
): Told {
  const compared = runs.filter((_, at) => sides[at] === FAILING || sides[at] === OTHER)
  const failing = runs.filter(({ isFailure }, at) => sides[at] === FAILING && isFailure)
  return {
    shown:
      condition.kind === 'error'
        ? showing.flatMap(({ features }) => features.get(condition.feature) ?? [])
        : [],
    others: othersIn(compared.map(({ outcome }) => outcome)),
    lastSeen: lastSeen(failing.map(({ outcome }) => outcome)),
  }
}
