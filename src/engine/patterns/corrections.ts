import type { Audience } from '../../core/audience.ts'
import { sha256 } from '../../core/ids.ts'
import type { Sighting } from '../../core/ledger.ts'
import { lowestTrust } from '../../core/trust.ts'
import { eventEvidence } from '../event-evidence.ts'
import { ownSentencesOf } from '../labeling/own-sentences-of.ts'
import { consents } from '../language/foreign/consent.ts'
import { contentStems } from '../language/tokens.ts'
import type { ReadEvent, ReadSession } from '../read-session.ts'
import {
  citedEvents,
  LESSON_EVIDENCE_MAX,
  type LessonLimits,
  lastSeen,
  type RankedLesson,
} from './lesson.ts'
import { correctionText } from './lesson-text.ts'
import { clipped } from './plain-message.ts'

const SESSIONS_MIN = 2
/** Share of common words by which two wordings are the same correction. */
const SAME_SHARE = 0.6
const WORDS_MIN = 2
const STATEMENT_CHARS_MAX = 240
/** Of one session; a transcript may be full of orders. */
const RESTATEMENTS_MAX = 20

/** What opens an explicit correction; what follows it is the rule. */
const OPENING =
  /^(?:no|nope|wrong|actually|again|not (?:like )?that|that(?:'|’)?s (?:wrong|not (?:right|correct|what \w+ (?:asked|said|meant|want(?:ed)?)))|that is (?:wrong|not (?:right|correct))|(?:as )?I (?:already )?(?:said|told you|asked)(?: (?:before|already))?|like I said)\b[\s,.:;!–—-]*(?:(?:no|please|I said|again|as I said|actually|you should|you must|always)[\s,:]+)*/i
const IMPERATIVE =
  /^(?:(?:please|always|never|only|just|do not|don(?:'|’)t|stop|we (?:use|never|always|don(?:'|’)t)|it (?:should|must|needs to) (?:be|have|use))\b|(?:use|run|keep|put|write|call|make|add|remove|set|name|rename|start|send|show|return|read|commit|push|test|check|leave|move|place|store|format|sort|round|convert|print|log|reply|answer|ask|include|exclude|avoid|prefer|take|give|deploy|install|import|export|pin|bump|open|close|create|delete|update|change|replace|switch|stick|follow|wait|skip)\b)/i
const REJECTED =
  /\b(?:not|never|don(?:'|’)t|do not|instead of|rather than|stop|avoid|without)\b.*?(?=[,;.!]|\s(?:for|in|on|at|when|if|to|with|from)\s|$)/i

/** Words of a rule that outlasts the task at hand. */
const STANDING = /\b(?:always|never|not|instead of|rather than)\b/i

/**
 * The explicit corrections of one session's user, once each, and the rules said without correcting
 * anybody: such a restatement is no correction, but supports one that other sessions made.
 */
export function correctionSightings(
  { session, events }: ReadSession,
  counter: Pick<Sighting, 'lineageId' | 'rootSessionId'>,
): readonly Sighting[] {
  const found = events.filter(isMessage).flatMap((read) =>
    rulesOf(ownSentencesOf(read).map(({ text }) => text)).flatMap(({ kind, statement, quote }) => {
      const words = meaningOf(statement)
      if (words.wanted.length + words.rejected.length < WORDS_MIN) return []
      const key = `${words.wanted.join(' ')} | ${words.rejected.join(' ')}`
      const sighting: Sighting = {
        ...counter,
        pattern: `correction:${sha256(key).slice(0, 16)}`,
        sessionId: session.id,
        at: read.event.at,
        evidence: [eventEvidence(read, quote)],
        detail: { kind, audience: read.audience, statement },
      }
      return [sighting]
    }),
  )
  // Of two with one key the correction is kept, else the first.
  const byWeight = found.toSorted((a, b) => Number(isCorrection(b)) - Number(isCorrection(a)))
  const kept = new Map(byWeight.toReversed().map((sighting) => [sighting.pattern, sighting]))
  const restated = [...kept.values()].filter((it) => !isCorrection(it)).slice(0, RESTATEMENTS_MAX)
  return [...[...kept.values()].filter(isCorrection), ...restated]
}

/** True of an explicit correction, false of a rule that was only restated. */
export function isCorrection({ detail }: Sighting): boolean {
  return detail.kind === 'correction'
}

/** True of what a user said should be so, as a correction or without one. */
export function isRule({ detail }: Sighting): boolean {
  return detail.kind === 'correction' || detail.kind === 'restatement'
}

interface Rule {
  readonly kind: 'correction' | 'restatement'
  readonly statement: string
  /** The sentence as it stands in the message. */
  readonly quote: string
}

function rulesOf(sentences: readonly string[]): readonly Rule[] {
  return sentences.flatMap((quote, at): readonly Rule[] => {
    if (consents(quote)) return []
    const before = sentences[at - 1] ?? ''
    // "No!! Please use …": the opening may be a sentence of its own.
    const corrected = correctedRule(quote) ?? (isOpening(before) ? ruleIn(quote) : null)
    if (corrected !== null) return [{ kind: 'correction', statement: corrected, quote }]
    const restated = STANDING.test(quote) ? ruleIn(quote) : null
    return restated === null ? [] : [{ kind: 'restatement', statement: restated, quote }]
  })
}

function isMessage({ event }: ReadEvent): boolean {
  return event.type === 'user.message'
}

/** The rule in a correcting sentence, without its opening; null when it is none. */
function correctedRule(sentence: string): string | null {
  const opening = OPENING.exec(sentence)?.[0] ?? ''
  return opening === '' ? null : ruleIn(sentence.slice(opening.length))
}

function isOpening(sentence: string): boolean {
  return sentence !== '' && sentence.replace(OPENING, '') === ''
}

/** The sentence as a rule, without what is only polite; null when it is none. */
function ruleIn(sentence: string): string | null {
  const rule = sentence.trim().replace(/^please,?\s+/i, '')
  const isRule = IMPERATIVE.test(rule) && !rule.endsWith('?')
  return isRule && rule.length <= STATEMENT_CHARS_MAX ? rule : null
}

interface Meaning {
  readonly wanted: readonly string[]
  readonly rejected: readonly string[]
}

/** Words of what is wanted and of what is not: "A, not B" is the opposite of "B, not A". */
function meaningOf(statement: string): Meaning {
  const rejected = REJECTED.exec(statement)
  const not = rejected === null ? '' : rejected[0]
  const wanted = statement.replace(not, ' ')
  return { wanted: stemsOf(wanted), rejected: stemsOf(not) }
}

function stemsOf(text: string): readonly string[] {
  return [...contentStems(text)].sort()
}

/** Corrections that came again in another session, however worded; restatements count with them. */
export function correctionLessons(
  sightings: readonly Sighting[],
  limits: LessonLimits,
): readonly RankedLesson[] {
  const clusters: Sighting[][] = []
  const byWeight = [
    ...sightings.filter(isCorrection),
    ...sightings.filter((sighting) => !isCorrection(sighting)),
  ]
  for (const sighting of byWeight) {
    const home = clusters.find(
      ([first]) => first !== undefined && isSameCorrection(first, sighting),
    )
    if (home !== undefined) home.push(sighting)
    else if (isCorrection(sighting)) clusters.push([sighting])
  }
  return clusters.flatMap((cluster) => correctionLesson(cluster, limits) ?? [])
}

function isSameCorrection(a: Sighting, b: Sighting): boolean {
  if (a.detail.audience !== b.detail.audience) return false
  const [one, two] = [meaningOf(a.detail.statement ?? ''), meaningOf(b.detail.statement ?? '')]
  const isOpposite = overlaps(one.wanted, two.rejected) || overlaps(one.rejected, two.wanted)
  const numbers = (meaning: Meaning): string =>
    [...meaning.wanted, ...meaning.rejected].filter((word) => /\d/.test(word)).join(' ')
  if (isOpposite || numbers(one) !== numbers(two)) return false
  return share([...one.wanted, ...one.rejected], [...two.wanted, ...two.rejected]) >= SAME_SHARE
}

function overlaps(a: readonly string[], b: readonly string[]): boolean {
  return a.some((word) => b.includes(word))
}

function share(a: readonly string[], b: readonly string[]): number {
  const all = new Set([...a, ...b])
  return all.size === 0 ? 0 : new Set(a.filter((word) => b.includes(word))).size / all.size
}

function correctionLesson(cluster: readonly Sighting[], limits: LessonLimits): RankedLesson | null {
  const corrections = cluster.filter(isCorrection)
  const [corrected, sessions] = [roots(corrections), roots(cluster)]
  const [first] = cluster
  const statement = corrections.at(-1)?.detail.statement ?? ''
  const seen = { corrected, said: sessions, lastSeen: lastSeen(cluster) }
  const text = correctionText(statement, seen, limits.lessonWordsMax)
  if (first === undefined || text === null || corrected < SESSIONS_MIN) return null
  const evidence = cluster.flatMap((sighting) => sighting.evidence).slice(-LESSON_EVIDENCE_MAX)
  return {
    // What a person had to say twice outranks an error of as many sessions.
    score: sessions * cluster.length * 3,
    lesson: {
      pattern: first.pattern,
      text,
      title: clipped(statement, 70),
      topics: [...contentStems(statement)].sort(),
      evidence,
      eventIds: citedEvents(cluster),
      sessions,
      trust: lowestTrust(evidence.map(({ trust }) => trust)),
      audience: first.detail.audience as Audience,
      isRecurring: true,
      outdated: [],
    },
  }
}

function roots(sightings: readonly Sighting[]): number {
  return new Set(sightings.map(({ rootSessionId }) => rootSessionId)).size
}
