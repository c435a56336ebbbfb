import type { Sighting } from '../../core/ledger.ts'
import { eventEvidence } from '../event-evidence.ts'
import type { ReadEvent, ReadSession } from '../read-session.ts'
import { consequenceLines } from './error-lines.ts'
import { type ErrorSignature, errorSignatures } from './error-signature.ts'
import { type FollowedError, followError } from './fixes/fix-pair.ts'
import { type ToolStep, toolSteps } from './tool-step.ts'

/** The parts of an error sighting by which a lesson can be told without the session. */
export interface ErrorDetail {
  readonly kind: 'error'
  readonly audience: string
  readonly tool: string
  /** Commands of the failed shell call, `git add && git commit`; empty for another tool. */
  readonly heads: string
  /** The one of several commands that failed, where the output names it; else empty. */
  readonly failedHead: string
  readonly message: string
  readonly occurrences: string
  /** As `Fix`; `fixKind` is empty when nothing was seen to help. */
  readonly fixKind: string
  readonly fix: string
  readonly fixAbout: string
  readonly fixOutcome: 'succeeded' | 'other error' | ''
  readonly fixIsRepair: 'yes' | ''
  /** As `Fix.advice` and `Fix.adviceLimit`. */
  readonly fixAdvice: string
  readonly fixAdviceLimit: string
  /** As `FollowUp.text` of the fix; empty without one. */
  readonly fixThen: string
  /** The tool that looked at what was refused; empty without one. */
  readonly check: string
  /** What each evidence shows, in order, parted by spaces: `error`, `fix`, `then`, `check`. */
  readonly shown: string
  /** What was tried in vain, a JSON list. */
  readonly vain: string
}

/** Every error of one session that could recur, once each, with the fix if one was seen. */
export function errorSightings(
  { session, events }: ReadSession,
  counter: Pick<Sighting, 'lineageId' | 'rootSessionId'>,
): readonly Sighting[] {
  const threads = toolSteps({ session, events })
  const seen = threads.flatMap(errorsSeen)
  const byPattern = Map.groupBy(seen, ({ signature }) => signature.pattern)
  return [...byPattern].flatMap(([pattern, found]) => {
    const best = found.toSorted((a, b) => rank(b.followed) - rank(a.followed))[0]
    if (best === undefined) return []
    const { step, signature, followed } = best
    const quotes = [{ event: step.result, quote: signature.quote }, ...quotesOf(followed)]
    return [
      {
        ...counter,
        pattern,
        sessionId: session.id,
        at: step.result.event.at,
        evidence: quotes.map(({ event, quote }) => eventEvidence(event, quote)),
        detail: { ...detailOf(best, found) },
      },
    ]
  })
}

interface Shown {
  readonly shows: 'fix' | 'then' | 'check'
  readonly event: ReadEvent
  readonly quote: string
}

function quotesOf({ fix, check }: FollowedError): readonly Shown[] {
  const then = fix?.followUp ?? null
  return [
    ...(fix === null ? [] : [{ ...fix, shows: 'fix' as const }]),
    ...(then === null ? [] : [{ ...then, shows: 'then' as const }]),
    ...(check === null ? [] : [{ ...check, shows: 'check' as const }]),
  ]
}

interface Seen {
  readonly step: ToolStep
  readonly signature: ErrorSignature
  readonly followed: FollowedError
}

function errorsSeen(steps: readonly ToolStep[]): readonly Seen[] {
  const seen: Seen[] = []
  const counted = new Set<string>()
  steps.forEach((step, at) => {
    // What strangers wrote is never told on, not even as an error.
    if (step.result.trust === 'external') return
    for (const signature of errorSignatures(step)) {
      if (counted.has(`${at} ${signature.pattern}`)) continue
      const followed = followError(steps, at, signature)
      for (const place of followed.failures) counted.add(`${place} ${signature.pattern}`)
      seen.push({ step, signature, followed })
    }
  })
  return seen
}

function rank({ fix }: FollowedError): number {
  if (fix === null) return 0
  return fix.hasSucceeded ? 2 : 1
}

function detailOf({ step, signature, followed }: Seen, found: readonly Seen[]): ErrorDetail {
  const { fix } = followed
  const vain = new Set(found.flatMap((other) => other.followed.vain))
  return {
    kind: 'error',
    audience: step.result.audience,
    tool: signature.tool,
    heads: headsOf(step).slice(0, HEADS_MAX).join(' && '),
    failedHead: failedHead(step, signature),
    message: signature.message,
    occurrences: String(found.reduce((sum, other) => sum + other.followed.failures.length, 0)),
    fixKind: fix?.kind ?? '',
    fix: fix?.text ?? '',
    fixAbout: fix?.kind === 'edit' ? lastSegments(fix.about) : (fix?.about ?? ''),
    fixOutcome: fix === null ? '' : fix.hasSucceeded ? 'succeeded' : 'other error',
    fixIsRepair: fix?.isRepair === true ? 'yes' : '',
    fixAdvice: fix?.advice ?? '',
    fixAdviceLimit: fix?.adviceLimit ?? '',
    fixThen: fix?.followUp?.text ?? '',
    check: followed.check?.text ?? '',
    shown: ['error', ...quotesOf(followed).map(({ shows }) => shows)].join(' '),
    vain: JSON.stringify([...vain].sort()),
  }
}

const FILTERS = /^(?:head|tail|grep|sort|uniq|wc|tee|cat|less|xargs|cut|tr)\b/
const HEADS_MAX = 3

/** The commands of a shell call by their first words; what only filters output is left out. */
export function headsOf({ segments }: ToolStep): readonly string[] {
  const heads = [...new Set(segments.map(({ head }) => head))]
  const telling = heads.filter((head) => !FILTERS.test(head))
  return telling.length > 0 ? telling : heads
}

/**
 * Of a chain of commands the one whose own words the output names: `failed to push` is said of
 * `git push`, not of the `git commit` before it. Words that several of them have tell nothing.
 */
function failedHead(step: ToolStep, { quote }: ErrorSignature): string {
  const heads = headsOf(step)
  if (heads.length < 2) return ''
  const words = heads.map((head) => head.toLowerCase().split(/[^a-z0-9]+/))
  for (const line of [...consequenceLines(step.result.event.text).toReversed(), quote]) {
    const said = new Set(line.toLowerCase().split(/[^a-z0-9]+/))
    const named = heads.filter((_head, at) =>
      words[at]?.some(
        (word) =>
          word.length >= HEAD_WORD_CHARS_MIN &&
          said.has(word) &&
          words.every((others, other) => other === at || !others.includes(word)),
      ),
    )
    if (named.length === 1) return named[0] ?? ''
  }
  return ''
}

const HEAD_WORD_CHARS_MIN = 3

const FILE_SEGMENTS_MAX = 3

/** The end of a path: its beginning names a machine and a person. */
function lastSegments(path: string): string {
  return path.split(/[/\\]/).filter(Boolean).slice(-FILE_SEGMENTS_MAX).join('/')
}
