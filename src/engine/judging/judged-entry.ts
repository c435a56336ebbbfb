import type { Entry, Relation } from '../entry.ts'
import { currentPart, withoutRequest } from '../language/cues.ts'
import type { GuardSide } from '../language/guard/guard-side.ts'
import { labelVeto, scopeVeto } from '../language/guard/scope.ts'
import { isLessonProse } from '../patterns/retelling.ts'

/** A relation and why, in plain words. */
export interface Judgement {
  readonly relation: Relation
  readonly reasons: readonly string[]
}

/** A claim counts by what it says is true now; a note by all its words. */
export function sideOf({ source, text, context, audience }: Entry): GuardSide {
  const said = source.kind === 'claim' ? currentPart(withoutRequest(text)) : text
  return { text: said, context, audience }
}

/** Headings count where both have some; what is said in a session has none. */
export function areElsewhere(left: GuardSide, right: GuardSide): boolean {
  const isSpoken = left.context.length === 0 || right.context.length === 0
  return (isSpoken ? labelVeto(left, right) : scopeVeto(left, right)) !== null
}

/** Plans, hypotheses, questions and other people's words change nothing. */
export function isPlain({ statement }: Entry): boolean {
  return (
    statement.modality === 'is' || statement.modality === 'must' || statement.modality === 'may'
  )
}

/** Of a note that nobody's statement stands behind; one that a dream wrote is a statement. */
export function isImported({ source, origin }: Entry): boolean {
  return source.kind === 'unit' && origin === 'imported'
}

/** A note that quotes what a tool answered: a remark of the user never speaks of that. */
export function quotesTool({ source, text }: Entry): boolean {
  return source.kind === 'unit' && (TOOL_ANSWER.test(text) || isLessonProse(text))
}

/** As lessons and notes on refusals begin: "`git push` failed with “no upstream branch” (…". */
const TOOL_ANSWER = /^`[^`]+` (?:refused|failed with) “/
