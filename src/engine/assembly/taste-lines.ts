import type { Claim } from '../../core/claim.ts'
import type { SessionEventId } from '../../core/ids.ts'
import type { Unit } from '../../core/unit.ts'
import { claimEntry, isWholeUnit } from '../entries.ts'
import type { Entry } from '../entry.ts'
import { laterOf } from '../judging/later-of.ts'
import { attitudeOf } from '../language/compare/attitude.ts'
import { profileFieldOf } from '../language/profile/profile-claim.ts'
import { isSameThing } from '../language/profile/taste-news.ts'
import type { AddFinding, SupersedeFinding } from './findings.ts'
import { byPlace, unitOf } from './judgement.ts'
import { mayBeNews, type NewsInputs } from './profile-news.ts'
import { memoryText } from './wording.ts'

/** "Food I like: Ramen (it warms me up)". */
interface TasteLine {
  readonly entry: Entry
  readonly unit: Unit
  readonly key: string
  readonly thing: string
  readonly isLiked: boolean
}

/**
 * Likes and dislikes on record that the user took back, whatever the words: the line says what
 * they like in its place where one sentence tells both, else their sentence; what they say in
 * the same message that they like now is written beside it.
 */
export function tasteLines(inputs: NewsInputs): readonly (SupersedeFinding | AddFinding)[] {
  const told = inputs.claims.filter((claim) => profileFieldOf(claim) === 'taste').sort(byTime)
  if (told.length === 0) return []
  const lines = linesOf(inputs)
  const used = new Set<Claim>()
  const outdated = lines.flatMap((line): readonly SupersedeFinding[] => {
    const claim = told.findLast((one) => mayBeNews(one, line.entry) && turns(one, line))
    if (claim === undefined || isTakenUpLater(claim, line, told)) return []
    used.add(claim)
    return [findingOf(line, claim, lines)]
  })
  return [...outdated, ...besides(told, used, outdated, lines)]
}

function linesOf({ entries, isFrozen }: NewsInputs): readonly TasteLine[] {
  return [...entries.values()]
    .flatMap((entry): readonly TasteLine[] => {
      if (entry.source.kind !== 'unit' || !isWholeUnit(entry)) return []
      const { key, thing } =
        /^(?<key>[^:]{1,60}):\s+(?<thing>[^(;]+)/.exec(entry.text)?.groups ?? {}
      const attitude = attitudeOf(entry.text)
      if (key === undefined || thing === undefined || attitude === null) return []
      const unit = unitOf(entry)
      const { isLiked } = attitude
      return isFrozen(unit) ? [] : [{ entry, unit, key, thing: thing.trim(), isLiked }]
    })
    .sort((x, y) => byPlace(x.unit, y.unit))
}

/** Of what was liked it says that it is over, of what was disliked that it is liked. */
function turns({ value, formerValue }: Claim, { isLiked, thing }: TasteLine): boolean {
  const said = isLiked ? formerValue : value
  return said !== null && isSameThing(said, thing)
}

/** "I gave up tea", and a week later "I'm into tea again". */
function isTakenUpLater(
  claim: Claim,
  { isLiked, thing }: TasteLine,
  told: readonly Claim[],
): boolean {
  return told.slice(told.indexOf(claim) + 1).some(({ value, formerValue }) => {
    const said = isLiked ? value : formerValue
    return said !== null && isSameThing(said, thing)
  })
}

function findingOf(
  { unit, key, isLiked }: TasteLine,
  claim: Claim,
  lines: readonly TasteLine[],
): SupersedeFinding {
  const { value, formerValue } = claim
  const isExchange = isLiked && value !== null && formerValue !== null
  const isNew = value !== null && !lines.some(({ thing }) => isSameThing(value, thing))
  const text = isExchange && isNew ? `${key}: ${value}` : memoryText(claim)
  const reasons = [isLiked ? 'the user likes it no longer' : 'the user likes it now']
  const by = { claims: [claim] }
  const rest = { current: null, former: [], isWordedByModel: false }
  return { kind: 'supersede', outdated: [unit], by, text, ...rest, reasons }
}

/** What the same message says that they like now, where no line says so yet. */
function besides(
  told: readonly Claim[],
  used: ReadonlySet<Claim>,
  outdated: readonly SupersedeFinding[],
  lines: readonly TasteLine[],
): readonly AddFinding[] {
  const events = new Set([...used].map(eventOf))
  const nearPath = outdated[0]?.outdated[0]?.path ?? null
  return told.flatMap((claim): readonly AddFinding[] => {
    const { value } = claim
    if (used.has(claim) || value === null || !events.has(eventOf(claim))) return []
    if (lines.some(({ thing }) => isSameThing(value, thing))) return []
    const text = memoryText(claim)
    return [
      { kind: 'add', claims: [claim], former: [], text, nearPath, isUntrustedInstruction: false },
    ]
  })
}

function eventOf({ evidence }: Claim): SessionEventId | null {
  const first = evidence.find((item) => item.kind === 'event')
  return first?.kind === 'event' ? first.eventId : null
}

function byTime(x: Claim, y: Claim): number {
  const order = laterOf(claimEntry(x), claimEntry(y))
  return order === null ? (x.id < y.id ? -1 : 1) : order === 'a' ? 1 : -1
}
