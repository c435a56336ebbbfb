import type { Lesson } from '../stages/patterns.ts'
import type { ChangeDraft } from './change-draft.ts'
import { appendTo, indexLineDraft, type Placement } from './placement.ts'

/** A lesson as an insight. Its text is generated, so the ledger keeps it with its evidence. */
export function draftLesson(lesson: Lesson, placement: Placement): ChangeDraft {
  const place = placement.for('lesson', lesson.text, null)
  const reason = lessonReason(lesson)
  return {
    kind: 'insight',
    reason,
    before: [],
    after: [{ path: place.path, text: lesson.text }],
    edits: [appendTo(place, lesson.text)],
    evidence: lesson.evidence,
    audience: lesson.audience,
    heldReason: null,
    trust: lesson.trust,
    pattern: lesson.pattern,
    ledger: [
      {
        kind: 'generated',
        unitId: null,
        path: place.path,
        text: lesson.text,
        interval: { start: null, end: null },
        reason,
        evidence: lesson.evidence,
      },
      ...indexLineDraft(place),
    ],
  }
}

function lessonReason(lesson: Lesson): string {
  const what = lesson.pattern.startsWith('correction:')
    ? 'The user corrected this'
    : 'This error came back'
  return `${what} in ${lesson.sessions} independent sessions.`
}
