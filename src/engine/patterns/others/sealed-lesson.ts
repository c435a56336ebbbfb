import type { Audience } from '../../../core/audience.ts'
import type { SharedEvidence } from '../../../core/evidence.ts'
import { compareText } from '../../../core/text/compare-text.ts'
import { lowestTrust } from '../../../core/trust.ts'
import { contentStems } from '../../language/tokens.ts'
import { LESSON_EVIDENCE_MAX, type LessonLimits, type RankedLesson } from '../lesson.ts'
import { placeholder } from '../message-template.ts'
import { clipped } from '../plain-message.ts'
import { SHELL } from '../tool-step.ts'
import { rareWords, wordsIn } from './rare-words.ts'
import {
  type CommonPart,
  commonParts,
  independentUsers,
  type SealedGroup,
  sealedSessions,
} from './sealed-group.ts'
import { markOf, type SealedMessage, type SealedSighting, sightingIdOf } from './sealed-sighting.ts'
import { OUR_WORDS, type SealedFix, type SealedStory, sealedText } from './sealed-text.ts'

/** Where a lesson from sealed sessions goes. */
export interface SealedTarget {
  readonly lineageId: string
  readonly audience: Audience
  readonly limits: LessonLimits
}

/** What cites less is no evidence of anything shared. */
const EVIDENCE_MIN = 2
const TITLE_CHARS_MAX = 70

/**
 * What enough independent users met, in words of ours and in what that many of them share; null
 * where they are too few, where no rule follows, or where a word of the text is not shared.
 */
export function sealedLesson(group: SealedGroup, target: SealedTarget): RankedLesson | null {
  const { sightings, usersMin } = group
  const users = independentUsers(sightings)
  const pattern = commonParts(group, 'pattern')[0]
  const error = commonMessage(group)
  if (users.length < usersMin || pattern === undefined || error === null) return null
  const story = storyOf(group, error.text, users.length)
  const text = story === null ? null : sealedText(story, target.limits.lessonWordsMax)
  if (story === null || text === null || hasRareWords(group, story, target.limits)) return null
  const evidence = evidenceOf(group, { pattern: pattern.value, error }, target.lineageId)
  if (evidence.length < EVIDENCE_MIN) return null
  return {
    score: story.sessions * (story.fix === null ? 1 : 2),
    lesson: {
      pattern: pattern.value,
      text,
      title: clipped(`${story.what}: ${error.text}`, TITLE_CHARS_MAX),
      topics: [...contentStems(`${story.what} ${error.text}`)]
        .filter((it) => /^\w/.test(it))
        .sort(),
      evidence,
      eventIds: [],
      sessions: story.sessions,
      users: story.users,
      agents: story.agents,
      trust: lowestTrust(evidence.map(({ trust }) => trust)),
      audience: target.audience,
      isRecurring: true,
      outdated: [],
    },
  }
}

/** The message that enough users share, and the sessions that have it. */
export interface CommonMessage {
  readonly text: string
  readonly sightings: readonly SealedSighting[]
}

/** A part that differs among any of the sessions is a placeholder; null where no wording is shared. */
export function commonMessage(group: SealedGroup): CommonMessage | null {
  const [best] = [...commonParts(group, 'message'), ...commonParts(group, 'message:low')]
  if (best === undefined) return null
  const parts = JSON.parse(best.value) as SealedMessage
  let n = -1
  const text = parts.map((part) => {
    if (typeof part === 'string') return part
    n += 1
    const shared = commonParts(group, `slot:${n}`)[0]
    const isAgreed = shared?.sightings.length === group.sightings.length
    return isAgreed ? shared.value : placeholder({ kind: part.kind as 'n', value: '' })
  })
  return { text: text.join('').trim(), sightings: best.sightings }
}

/** Null of an error that passes by itself: nothing can be done about it. */
function storyOf(group: SealedGroup, error: string, users: number): SealedStory | null {
  const value = (part: string): string => commonParts(group, part)[0]?.value ?? ''
  const tool = value('tool')
  const helped = group.sightings.filter(({ marks }) => marks.fix !== undefined)
  if (helped.some(({ marks }) => marks.fix === RETRY)) return null
  const sessions = sealedSessions(group.sightings)
  const best = commonParts(group, 'fix').find((part) => isReliable(part, group))
  const fix = best === undefined ? null : fixOf(best, group)
  const others = best === undefined ? helped : helped.filter((it) => !best.sightings.includes(it))
  return {
    what: value('what') || (tool === SHELL ? '' : tool),
    isShell: tool === SHELL,
    error,
    sessions,
    users,
    agents: commonParts(group, 'agent')
      .map((part) => part.value)
      .sort(),
    fix,
    check: value('check'),
    others: Math.min(sealedSessions(others), sessions - (fix?.worked ?? 0)),
  }
}

const RETRY = markOf('retry')
/** As for sessions of one's own: after a fix the error seldom came back. */
const FAILED_SHARE_MAX = 1 / 3
/** Of the sessions with the error, how many a mere change of arguments must have helped. */
const UNSPECIFIC_SHARE_MIN = 1 / 2

function isReliable({ mark, value, sightings }: CommonPart, group: SealedGroup): boolean {
  const [kind] = value.split(' ')
  if (kind === 'edit') return false
  const [worked, seen] = [sealedSessions(sightings), sealedSessions(group.sightings)]
  if (kind === 'arguments' && worked < seen * UNSPECIFIC_SHARE_MIN) return false
  const failed = group.sightings.filter(
    (it) =>
      !sightings.includes(it) &&
      Object.entries(it.marks).some(([part, vain]) => part.startsWith('vain:') && vain === mark),
  )
  return sealedSessions(failed) / (worked + sealedSessions(failed)) <= FAILED_SHARE_MAX
}

function fixOf({ value, sightings }: CommonPart, group: SealedGroup): SealedFix {
  const [kind = '', ...rest] = value.split(' ')
  const about = rest.join(' ')
  const sources = commonParts({ ...group, sightings }, 'source')
  const isOneSource = sources[0]?.sightings.length === sightings.length
  return {
    kind: kind as SealedFix['kind'],
    names: kind === 'arguments' ? about.split(', ') : [],
    head: kind === 'arguments' ? '' : about,
    source: isOneSource ? (sources[0]?.value ?? '') : '',
    worked: sealedSessions(sightings),
  }
}

/** The last word on what leaves: every word of the text is ours or enough users'. */
function hasRareWords(group: SealedGroup, story: SealedStory, limits: LessonLimits): boolean {
  const text = sealedText(story, limits.lessonWordsMax, () => '#') ?? ''
  const materials = independentUsers(group.sightings).map(
    (own) => new Set(own.flatMap((it) => [...materialOf(it, group)])),
  )
  return rareWords(text, OUR_WORDS, materials, group.usersMin).length > 0
}

/** The known words of one session. */
function materialOf({ marks }: SealedSighting, { words }: SealedGroup): ReadonlySet<string> {
  return wordsIn(
    Object.values(marks)
      .map((mark) => words.get(mark) ?? '')
      .join('\n'),
  )
}

/**
 * One item for each session, of different users first: the shared message and nothing of its own.
 */
export function evidenceOf(
  group: SealedGroup,
  { pattern, error }: { readonly pattern: string; readonly error: CommonMessage },
  lineageId: string,
): readonly SharedEvidence[] {
  const agents = new Map(commonParts(group, 'agent').map(({ mark, value }) => [mark, value]))
  const users = independentUsers(group.sightings)
  const ordered = error.sightings.toSorted(
    (a, b) => placeAmong(a, users) - placeAmong(b, users) || compareText(a.sessionId, b.sessionId),
  )
  return ordered.slice(0, LESSON_EVIDENCE_MAX).map(({ sessionId, trust, marks }) => ({
    kind: 'shared',
    sightingId: sightingIdOf(lineageId, pattern, sessionId),
    quote: error.text,
    at: null,
    trust,
    source: NO_SOURCE,
    agentId: agents.get(marks.agent ?? '') ?? null,
  }))
}

/** Evidence that names no session has no place in one. */
const NO_SOURCE = { path: 'sessions of several users', line: 0 } as const

function placeAmong(
  sighting: SealedSighting,
  users: readonly (readonly SealedSighting[])[],
): number {
  return users.find((own) => own.includes(sighting))?.indexOf(sighting) ?? 0
}
