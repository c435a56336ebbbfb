import type { Unit } from '../../../core/unit.ts'
import { readStatement } from '../../language/frames.ts'
import { slotsOf } from '../../language/slots-of.ts'
import { contentStems, contentTokens, isEntity, tokenize } from '../../language/tokens.ts'
import { verbIndex } from '../../language/verbs.ts'
import type { AnnotateFinding, SupersedeFinding } from '../findings.ts'
import { quotedStatement } from '../wording.ts'
import { type Needs, NO_NEEDS } from './dependencies.ts'

/**
 * Notes that speak of a value that was just replaced, or of which a session said that they rest on
 * it: they get a remark, never a guessed new value (absence is better than invention; algorithms,
 * section 4, cascade).
 */
export function annotateDependants(
  units: readonly Unit[],
  supersessions: readonly SupersedeFinding[],
  isFrozen: (unit: Unit) => boolean,
  needs: Needs = NO_NEEDS,
): readonly AnnotateFinding[] {
  const outdated = new Set(supersessions.flatMap((finding) => finding.outdated.map(({ id }) => id)))
  const replacementsOf = replacementsByValue(supersessions)
  return units
    .filter((unit) => isOpenToRemarks(unit) && !outdated.has(unit.id) && !isFrozen(unit))
    .flatMap((unit) => {
      const told =
        needs === NO_NEEDS
          ? undefined
          : supersessions.find((finding) => isToldToNeed(unit, finding, needs))
      if (told !== undefined) return [annotation(unit, told, 'It rests on what was replaced')]
      const because = replacementsOf(unit).find((one) => dependsOn(unit, one))
      return because === undefined
        ? []
        : [annotation(unit, because.finding, 'It names a value that was replaced')]
    })
}

/** What a replacement takes out of the memory, worked out once for all units. */
interface Replacement {
  readonly finding: SupersedeFinding
  /** What the replaced texts speak of, without the values that went. */
  readonly topic: ReadonlySet<string>
  /** Place among all of them; the first that fits is named. */
  readonly place: number
}

/** The replacements that take away a value which a unit names, in their order. */
function replacementsByValue(
  supersessions: readonly SupersedeFinding[],
): (unit: Unit) => readonly Replacement[] {
  const byValue = new Map<string, Replacement[]>()
  for (const [place, finding] of supersessions.entries()) {
    const gone = goneValues(finding)
    const replacement = { finding, topic: topicOf(finding, gone), place }
    for (const value of gone) {
      const known = byValue.get(value)
      if (known === undefined) byValue.set(value, [replacement])
      else known.push(replacement)
    }
  }
  if (byValue.size === 0) return () => []
  return ({ text }) => {
    const slots = new Set(slotsOf(text).map(lower))
    return [...slots].flatMap((slot) => byValue.get(slot) ?? []).sort((x, y) => x.place - y.place)
  }
}

/** A session said so when both were told. */
function isToldToNeed(unit: Unit, finding: SupersedeFinding, needs: Needs): boolean {
  return (
    finding.current?.id !== unit.id &&
    finding.outdated.some(({ text }) => text !== unit.text && needs(unit.text, text))
  )
}

/** The value must be telling by itself and the two must speak of the same thing. */
function dependsOn(unit: Unit, { finding, topic }: Replacement): boolean {
  if (finding.text?.includes(unit.text) === true || finding.current?.id === unit.id) return false
  if (finding.outdated.some((old) => isSibling(unit, old))) return false
  return [...contentStems(saidIn(unit))].filter((stem) => topic.has(stem)).length >= 2
}

function topicOf({ outdated }: SupersedeFinding, gone: ReadonlySet<string>): ReadonlySet<string> {
  const topic = new Set(outdated.flatMap((old) => commonStems(saidIn(old))))
  for (const value of gone) for (const stem of contentStems(value)) topic.delete(stem)
  return topic
}

/** The same told of another: where one aunt lives says nothing of where the other does. */
function isSibling(unit: Unit, old: Unit): boolean {
  const [left, right] = [unit, old].map(
    (one) => readStatement(saidIn(one), { at: null, context: [] }).slot,
  )
  if (left === null || left === undefined || right === null || right === undefined) return false
  return left.attribute === right.attribute && left.subject !== right.subject
}

function saidIn({ text }: Unit): string {
  return quotedStatement(text) ?? text
}

/** Without names: what else is told of the same people does not hang on this. */
function commonStems(text: string): readonly string[] {
  return contentTokens(text).flatMap((token) => (isEntity(token, false) ? [] : [token.stem]))
}

/** Distinctive values of the outdated texts that the new text no longer has; who did it is none. */
function goneValues(finding: SupersedeFinding): ReadonlySet<string> {
  const now = new Set(slotsOf(finding.text ?? finding.current?.text ?? '').map(lower))
  return new Set(
    finding.outdated
      .flatMap(({ text }) => slotsOf(text.slice(subjectEnd(text))))
      .map(lower)
      .filter((slot) => isTelling(slot) && !now.has(slot)),
  )
}

/** Where a sentence with a verb begins to say something of its subject; 0 without one. */
function subjectEnd(text: string): number {
  const tokens = tokenize(text)
  const at = verbIndex(tokens)
  return at > 0 ? (tokens[at]?.start ?? 0) : 0
}

function annotation(unit: Unit, because: SupersedeFinding, reason: string): AnnotateFinding {
  const since =
    'claims' in because.by ? because.by.claims[0]?.times.statedAt : because.by.unit.statedAt
  const when = since === null || since === undefined ? '' : ` since ${since.slice(0, 10)}`
  return {
    kind: 'annotate',
    unit,
    note: `may be outdated${when}`,
    because,
    reasons: [reason],
  }
}

function isOpenToRemarks(unit: Unit): boolean {
  return (
    (unit.kind === 'bullet' || unit.kind === 'paragraph') && !unit.text.includes('(may be outdated')
  )
}

/** Small numbers and short words recur everywhere. */
function isTelling(slot: string): boolean {
  return slot.length >= 4
}

function lower(slot: string): string {
  return slot.toLowerCase()
}
