import { type Audience, independentUsersMin } from '../../core/audience.ts'
import type { Sighting } from '../../core/ledger.ts'
import { DREAM_LIMITS } from '../dream-limits.ts'
import { FAMILY_LINK } from '../patterns/family-link.ts'
import type { Lesson } from '../patterns/lesson.ts'
import { sealedPatterns } from '../patterns/others/sealed-patterns.ts'
import { sealedPattern } from '../patterns/others/sealed-sighting.ts'
import { PASSED } from '../patterns/passed-commands.ts'
import { findPatterns } from '../stages/patterns.ts'

/**
 * A lesson told anew from the counters that are left, with new text, counts and evidence; null = it
 * no longer holds and is withdrawn. `usersOf` names the users of the sessions whose words the readers
 * may see; without it these count for nobody.
 */
export function retell(
  pattern: string,
  remaining: readonly Sighting[],
  usersOf: ReadonlyMap<string, readonly string[]> = new Map(),
): Lesson | null {
  const limits = { ...DREAM_LIMITS, newLessonsMax: Number.POSITIVE_INFINITY }
  const lineageId = remaining[0]?.lineageId ?? ''
  const { lessons } = findPatterns([], relevantTo(pattern, remaining), { lineageId, limits })
  const plain = lessons.find((lesson) => lesson.pattern === pattern)
  if (plain !== undefined) return plain
  const sealed = remaining.find((it) => it.pattern === sealedPattern(pattern))
  const audience = (sealed?.detail.audience ?? '') as Audience
  const usersMin = independentUsersMin(audience, DREAM_LIMITS)
  if (usersMin === null) return null
  const inputs = { fresh: [], counted: remaining, usersOf, usersMin, known: new Set<string>() }
  const told = sealedPatterns(inputs, { lineageId, audience, limits }).lessons
  return told.find(({ lesson }) => lesson.pattern === pattern)?.lesson ?? null
}

/** An error by itself: another one that quotes the same events would be told in its place. */
function relevantTo(pattern: string, all: readonly Sighting[]): readonly Sighting[] {
  const base = pattern.replace(/^noted:/, '')
  if (!base.startsWith('error:')) return all
  return all.filter(
    (it) => it.pattern === base || it.detail.kind === PASSED || it.detail.kind === FAMILY_LINK,
  )
}
