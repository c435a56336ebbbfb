import type { Change } from '../../../src/core/change.ts'
import type { EventEvidence } from '../../../src/core/evidence.ts'
import type { Dreamt } from '../../harness/dream-cases.ts'

/** What a dream learned: texts that say that something came back. */
export function lessonsOf({ changes }: Pick<Dreamt, 'changes'>): readonly Change[] {
  return changes.filter(({ kind }) => kind === 'insight')
}

/** Everything that dreams wrote into a memory, with its words of sessions. */
export function toldBy(...dreams: readonly Dreamt[]): readonly Change[] {
  return dreams.flatMap(({ changes }) =>
    changes.filter(({ kind, status }) => status === 'applied' && TELLING.has(kind)),
  )
}

const TELLING: ReadonlySet<string> = new Set(['insight', 'add', 'supersede', 'conflict'])

export function textOf({ after }: Change): string {
  return after.map(({ text }) => text).join('\n')
}

/** The sources whose words stand behind a change. */
export function citedPaths(change: Change): readonly string[] {
  return [...new Set(eventsOf(change).map(({ source }) => source.path))]
}

export function citedSessions(change: Change): readonly string[] {
  return [...new Set(eventsOf(change).map(({ sessionId }) => sessionId))]
}

export function eventsOf({ evidence }: Change): readonly EventEvidence[] {
  return evidence.filter((item) => item.kind === 'event')
}

/** Whether a change says that something happened in several sessions. */
export function claimsRecurrence(change: Change): boolean {
  return change.kind === 'insight' || /\b(?:[2-9]|\d{2,}) sessions\b/.test(textOf(change))
}

/** A claim of recurrence that rests on less than two sessions. */
export function isFalselyRecurring(change: Change): boolean {
  return claimsRecurrence(change) && citedSessions(change).length < 2
}
