import type { Withheld } from '../../core/dream.ts'
import { INSTRUCTION_GRAMMAR } from '../instructions.ts'
import type { ModelProbes } from '../stages/gate.ts'

/** What a plan could not hold, read, ask or check, in counts. */
export interface Shortfall {
  readonly planned: number
  /** Changes that the plan has no room for. */
  readonly noRoom: number
  /** Held changes beyond those that a person is asked about. */
  readonly heldLeftOut?: number
  /** Events that no model has read. */
  readonly unread: number
  /** Changes that no model has checked. */
  readonly unchecked: number
  /** Calls that the budget did not cover. */
  readonly uncovered: number
  /** Pairs of statements that no model was asked about, for want of room in one dream. */
  readonly unasked: number
  readonly probes: ModelProbes | null
  /** Parts of the instructions that nothing can follow. */
  readonly unfollowed?: number
  /** What those who read the store may not see. */
  readonly withheld?: Withheld
}

/** What is missing from a plan and what to do about it, in plain words; none = nothing is. */
export function planWarnings(shortfall: Shortfall): readonly string[] {
  return [
    ...fullPlan(shortfall),
    ...tooManyHeld(shortfall),
    ...budgetEnded(shortfall),
    ...noValidAnswer(shortfall),
    ...morePairs(shortfall),
    ...missingProbes(shortfall),
    ...notFollowed(shortfall),
    ...leftOut(shortfall),
  ]
}

function fullPlan({ planned, noRoom }: Shortfall): readonly string[] {
  if (noRoom === 0) return []
  const more = `${noRoom} more ${noRoom === 1 ? 'change waits' : 'changes wait'}`
  return [`This plan is full with ${planned} changes; ${more} for the next dream.`]
}

function tooManyHeld({ heldLeftOut = 0 }: Shortfall): readonly string[] {
  if (heldLeftOut === 0) return []
  const more = `${heldLeftOut} more held ${heldLeftOut === 1 ? 'change was' : 'changes were'}`
  return [`${more} left out: somebody may be flooding these sessions.`]
}

function budgetEnded({ uncovered, unread, unchecked }: Shortfall): readonly string[] {
  if (uncovered === 0) return []
  const asked = `${counted(uncovered, 'question')} to a model ${wasOrWere(uncovered)} not asked`
  const open = [
    ...(unread === 0 ? [] : [`${counted(unread, 'event')} ${wasOrWere(unread)} not read`]),
    ...(unchecked === 0
      ? []
      : [`${counted(unchecked, 'change')} ${wasOrWere(unchecked)} not checked`]),
  ]
  const rest = open.length === 0 ? '' : ` ${open.join(' and ')}; the next dream finds them again.`
  return [
    `The budget ended: ${asked}.${rest} Dream again after this plan, or give a larger budget.`,
  ]
}

function noValidAnswer({ uncovered, unread }: Shortfall): readonly string[] {
  if (uncovered > 0 || unread === 0) return []
  return [
    `${counted(unread, 'event')} ${wasOrWere(unread)} not read: the model gave no valid answer. Dream again after this plan, or choose another model.`,
  ]
}

function morePairs({ unasked }: Shortfall): readonly string[] {
  if (unasked === 0) return []
  const pairs = unasked === 1 ? '1 pair of notes was' : `${unasked} pairs of notes were`
  return [`${pairs} not put to the model; the next dream that finds something new goes on.`]
}

function missingProbes({ probes }: Shortfall): readonly string[] {
  if (probes === null || probes.unanswered + probes.notesLeft === 0) return []
  const parts = [
    ...(probes.notesLeft === 0 ? [] : [`of ${counted(probes.notesLeft, 'note')} none were made`]),
    ...(probes.unanswered === 0
      ? []
      : [`${probes.unanswered} ${wasOrWere(probes.unanswered)} not answered`]),
  ]
  return [
    `The probes by a model are not complete: ${parts.join(', ')}. Look at the changes before you apply them, or give a larger budget.`,
  ]
}

function notFollowed({ unfollowed = 0 }: Shortfall): readonly string[] {
  if (unfollowed === 0) return []
  const parts = `${counted(unfollowed, 'part')} of the instructions ${wasOrWere(unfollowed)}`
  return [`${parts} not followed. What can be followed: ${INSTRUCTION_GRAMMAR}`]
}

/** Counts alone: whose words they are and what they say is not for these readers. */
function leftOut({ withheld }: Shortfall): readonly string[] {
  if (withheld === undefined || withheld.events === 0) return []
  const { events, sessions, withoutUser } = withheld
  const what = `${counted(events, 'event')} of ${counted(sessions, 'session')}`
  const left = `${what} ${wasOrWere(events)} left out: those who read this memory may not read them.`
  if (withoutUser === 0) return [left]
  const unnamed = `${counted(withoutUser, 'session')} ${withoutUser === 1 ? 'names' : 'name'} no user, or several, and ${withoutUser === 1 ? 'counts' : 'count'} for nobody.`
  return [`${left} ${unnamed} Name one user in each session, or the audience that it is meant for.`]
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

function wasOrWere(count: number): string {
  return count === 1 ? 'was' : 'were'
}
