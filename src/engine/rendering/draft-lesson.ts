import type { LedgerDraft } from '../../core/ledger.ts'
import type { Unit } from '../../core/unit.ts'
import { isContrastPattern, isTakingBack } from '../patterns/contrast/contrast-lessons.ts'
import { agentsText } from '../patterns/others/attribution.ts'
import type { Lesson } from '../stages/patterns.ts'
import type { ChangeDraft } from './change-draft.ts'
import { evidenceOfUnit } from './evidence-of.ts'
import { appendTo, indexLineDraft, type Placement } from './placement.ts'

/**
 * A lesson as an insight, a refusal that is only noted as an addition. Its text is generated or a
 * model's, so the ledger keeps it with its evidence; where it stands and which finding it is do not
 * depend on the wording. Notes in whose place it stands go.
 */
export function draftLesson(lesson: Lesson, placement: Placement): ChangeDraft {
  const { evidence, isRecurring, outdated, prose } = lesson
  const text = prose ?? lesson.text
  const place = placement.for(isRecurring ? 'lesson' : 'fact', lesson.text, null)
  const reason = lessonReason(lesson)
  return {
    kind: isRecurring ? 'insight' : 'add',
    reason,
    before: outdated.map((unit) => ({ path: unit.path, text: unit.text })),
    after: [{ path: place.path, text }],
    edits: [
      appendTo(place, text),
      ...outdated.map(({ id }) => ({ op: 'delete', unitId: id }) as const),
    ],
    units: outdated.map(({ id }) => id),
    evidence,
    audience: lesson.audience,
    heldReason: null,
    trust: lesson.trust,
    pattern: lesson.pattern,
    ...(prose === undefined ? {} : { isWordedByModel: true, toldAs: lesson.text }),
    ledger: [
      {
        kind: 'generated',
        unitId: null,
        path: place.path,
        text,
        interval: { start: null, end: null },
        reason,
        evidence,
      },
      ...outdated.map((unit) => leaving(unit, reason)),
      ...indexLineDraft(place),
    ],
  }
}

function leaving(unit: Unit, reason: string): LedgerDraft {
  return {
    kind: 'superseded',
    unitId: unit.id,
    path: unit.path,
    text: unit.text,
    interval: { start: unit.statedAt, end: null },
    reason,
    evidence: [evidenceOfUnit(unit)],
  }
}

/** Why a lesson is told, in plain words: who met it, in how many sessions, which agents. */
export function lessonReason({ pattern, sessions, isRecurring, users, agents }: Lesson): string {
  const count = `${sessions} independent ${sessions === 1 ? 'session' : 'sessions'}`
  if (isContrastPattern(pattern)) {
    return isTakingBack({ pattern })
      ? `Of ${count} the latest no longer show this.`
      : `Of ${count} those that failed differ from the others in this.`
  }
  if (!isRecurring) return `A tool refused this in ${count}; no note holds it.`
  const what = pattern.startsWith('correction:')
    ? 'The user corrected this'
    : 'This error came back'
  const whose = agents === undefined || agents.length === 0 ? '' : ` (${agentsText(agents)})`
  if (users !== undefined) {
    const met = `${users} independent users met this error in ${count}${whose}`
    return `${met}. Their words stay with them: only what enough of them share is told.`
  }
  return `${what} in ${count}${agents === undefined ? '' : whose || ' of another agent'}.`
}
