import { independentUsersMin } from '../../core/audience.ts'
import type { EvidenceSources } from '../../core/evidence.ts'
import type { OthersRead, Sighting } from '../../core/ledger.ts'
import type { Unit } from '../../core/unit.ts'
import { DREAM_LIMITS } from '../dream-limits.ts'
import { contentStems } from '../language/tokens.ts'
import { isTakingBack } from '../patterns/contrast/contrast-lessons.ts'
import type { LessonLimits } from '../patterns/lesson.ts'
import { isNoteOn } from '../patterns/lesson-text.ts'
import { type SealedOutcome, sealedPatterns } from '../patterns/others/sealed-patterns.ts'
import { isProseOn, isSaid } from '../patterns/retelling.ts'
import { findPatterns, type Lesson } from './patterns.ts'
import type { Contributed } from './read-contributions.ts'
import type { Reading } from './read-sessions.ts'
import type { DreamInputs } from './snapshot.ts'

export interface Promoted {
  readonly lessons: readonly Lesson[]
  /** What the counters of the store's lineage keep of this dream. */
  readonly sightings: readonly Sighting[]
  /** The texts that all evidence is taken from, lessons' too. */
  readonly sources: EvidenceSources
  /** Null where no sessions but the store's own were given. */
  readonly others: OthersRead | null
  /** As `FoundPatterns.hypotheses`. */
  readonly hypotheses: number
}

/**
 * Stage `patterns`: counters of earlier dreams and of this one together decide what recurs. What
 * a note says already, or an applied lesson said, is not said again; a lesson takes the place of
 * what was only noted on it. Sessions whose words stay with their users come last, by a rule of
 * their own.
 */
export function promoteLessons(
  inputs: DreamInputs,
  reading: Reading,
  contributed: Contributed,
  limits: LessonLimits,
): Promoted {
  const { lineageId } = inputs.store
  const known = new Set(inputs.snapshot.settledPatterns)
  const counted = [...reading.earlier, ...reading.sightings, ...contributed.open]
  const { lessons: plain, hypotheses } = findPatterns([], counted, { lineageId, limits, known })
  const told = new Set([...known, ...plain.map(({ pattern }) => pattern)])
  const sealed = sealedIn(inputs, contributed, { counted, limits, known: told })
  const ranked = sealed.lessons.toSorted((a, b) => b.score - a.score)
  const all = [...plain, ...ranked.map(({ lesson }) => lesson)].slice(0, limits.newLessonsMax)
  const lessons = untold(inputs, all)
  return {
    lessons,
    sightings: [
      ...reading.sightings,
      ...contributed.open,
      ...sealed.sightings,
      ...contributed.families,
    ],
    sources: {
      ...reading.sources,
      eventText: (id) => reading.sources.eventText(id) ?? contributed.eventText(id),
      sharedText: sealed.sharedText,
    },
    others: othersRead(inputs, contributed, { lessons, below: sealed.below }),
    hypotheses,
  }
}

/** Nothing of a sealed session goes to a private store, whatever its snapshot holds. */
function sealedIn(
  { store }: DreamInputs,
  { sealed, families, usersOf }: Contributed,
  { counted, limits, known }: Counted,
): SealedOutcome {
  const usersMin = independentUsersMin(store.audience, DREAM_LIMITS)
  if (usersMin === null) {
    return { lessons: [], sightings: [], below: 0, sharedText: () => undefined }
  }
  const { lineageId, audience } = store
  const all = [...counted, ...families]
  const inputs = { fresh: sealed, counted: all, usersOf, usersMin, known }
  return sealedPatterns(inputs, { lineageId, audience, limits })
}

interface Counted {
  readonly counted: readonly Sighting[]
  readonly limits: LessonLimits
  readonly known: ReadonlySet<string>
}

/** Without what a note says already; a lesson takes out what was only noted on it. */
function untold(inputs: DreamInputs, lessons: readonly Lesson[]): readonly Lesson[] {
  const notes = inputs.units.map((unit) => ({ unit, stems: contentStems(unit.text) }))
  return lessons.flatMap((lesson) => {
    const outdated = lesson.isRecurring
      ? inputs.units.filter((unit) => isOwnNote(unit) && isNoteOn(unit.text, lesson.text))
      : []
    const others = notes.filter(({ unit }) => !outdated.includes(unit))
    const isTold = others.some(
      ({ unit, stems }) => isSaid(lesson.text, stems) || isProseOn(unit.text, lesson.text),
    )
    const isIdle = isTakingBack(lesson) && outdated.length === 0
    return isTold || isIdle ? [] : [{ ...lesson, outdated }]
  })
}

/** What a dream wrote and no person has pinned since. */
function isOwnNote({ origin, isPinned }: Unit): boolean {
  return origin === 'dream' && !isPinned
}

function othersRead(
  { snapshot }: DreamInputs,
  { read, unheard }: Contributed,
  { lessons, below }: { readonly lessons: readonly Lesson[]; readonly below: number },
): OthersRead | null {
  if (snapshot.contributions.length === 0) return null
  const told = lessons.filter(({ users, agents }) => users !== undefined || agents !== undefined)
  return { sessions: read, unheard, told: told.length, belowUsersMin: below }
}
