import type { Sighting } from '../../../core/ledger.ts'
import { withoutAddresses } from '../address.ts'
import { commonText, messageParts, slotsOf, templateText } from '../message-template.ts'
import { clipped } from '../plain-message.ts'
import { UNCHANGED } from './fix-pair.ts'
import { SECRET_KEY } from './fix-words.ts'

/** What helped in several sessions, in words that hold for all of these. */
export interface FixSummary {
  readonly kind: string
  /** Command, line of code, or what was added; empty for a retry. */
  readonly text: string
  /** Argument names; empty for other kinds. */
  readonly names: readonly string[]
  /** File of an edit; tool that showed the new value of an argument; empty when they differ. */
  readonly about: string
  /** False: the error went away, but the call failed with another one somewhere. */
  readonly hasSucceeded: boolean
  /** What the tool takes, as advice on one argument; empty when the sessions do not agree. */
  readonly advice: string
  /** What several sessions did after the fix, `FollowUp.text`; else empty. */
  readonly followUp: string
  /** Independent sessions in which it worked. */
  readonly worked: number
  readonly sightings: readonly Sighting[]
}

/** What helped once may have been luck. */
const WORKED_SESSIONS_MIN = 2
/** A fix after which the error came back in more than this share of its sessions is none. */
const FAILED_SHARE_MAX = 1 / 3
/** Of the sessions with the error, how many an argument's change or a mere retry must have helped. */
const UNSPECIFIC_SHARE_MIN = 1 / 2

/** The fix that worked in most sessions and seldom in vain; null when there is none. */
export function agreedFix(
  sightings: readonly Sighting[],
  workedMin: number = WORKED_SESSIONS_MIN,
): FixSummary | null {
  const seen = roots(sightings).size
  const fixed = sightings.filter(isRepair)
  const groups = [...Map.groupBy(fixed, fixKey)]
    .map(([key, group]) => ({ key, group, worked: roots(group).size }))
    .sort((a, b) => b.worked - a.worked || (a.key < b.key ? -1 : 1))
  const best = groups.find(({ group, worked }) => {
    const isUnspecific = UNSPECIFIC.has(group[0]?.detail.fixKind ?? '')
    const needed = isUnspecific ? seen * UNSPECIFIC_SHARE_MIN : 0
    if (worked < Math.max(workedMin, needed)) return false
    const others = sightings.filter((sighting) => !group.includes(sighting))
    const failed = roots(others.filter((sighting) => wasVain(sighting, group))).size
    return failed / (worked + failed) <= FAILED_SHARE_MAX
  })
  return best === undefined ? null : summaryOf(best.group, best.worked)
}

/** False of arguments that the error does not speak of, too: they may be another wish. */
function isRepair({ detail }: Sighting): boolean {
  return HELPING.has(detail.fixKind ?? '') && detail.fixIsRepair === 'yes'
}

/** Kinds of a fix; who gave up a part of the call has not repaired it. */
const HELPING: ReadonlySet<string> = new Set(['command', 'step', 'edit', 'arguments', 'retry'])
/** Kinds that say little of how the error went away. */
const UNSPECIFIC: ReadonlySet<string> = new Set(['arguments', 'retry'])

function roots(sightings: readonly Sighting[]): ReadonlySet<string> {
  return new Set(sightings.map(({ rootSessionId }) => rootSessionId))
}

function wasVain(sighting: Sighting, [first]: readonly Sighting[]): boolean {
  if (first === undefined) return false
  const { fixKind, fix = '', fixAbout = '' } = first.detail
  const vain = vainOf(sighting)
  switch (fixKind) {
    case 'retry':
      return vain.includes(UNCHANGED)
    case 'edit':
      return vain.includes(`edit ${fixAbout.split('/').at(-1)}`)
    case 'arguments':
      return vain.includes(fix)
    default:
      return vain.some((change) => isSameCommand(change, sighting, first))
  }
}

function isSameCommand(change: string, sighting: Sighting, fixed: Sighting): boolean {
  if (!change.startsWith('$ ')) return false
  const tried = { ...sighting, detail: { ...sighting.detail, fix: change.slice(2) } }
  return templateText(fixParts(tried)) === templateText(fixParts(fixed))
}

/** What was tried in vain in a sighting's session. */
export function vainOf({ detail }: Sighting): readonly string[] {
  const list: unknown = JSON.parse(detail.vain ?? '[]')
  return Array.isArray(list) ? list.filter((item) => typeof item === 'string') : []
}

/** Fixes with equal keys are the same fix in other words. */
function fixKey(sighting: Sighting): string {
  const { fixKind = '', fix = '', fixAbout = '' } = sighting.detail
  if (fixKind === 'edit') return `edit ${fixAbout.split('/').at(-1)} ${namedIn(sighting)}`
  if (fixKind === 'arguments') return `arguments ${fix}`
  return `${fixKind} ${templateText(fixParts(sighting))}`
}

function fixParts({ detail }: Sighting): ReturnType<typeof messageParts> {
  return messageParts(detail.fix ?? '', slotsOf(messageParts(detail.message ?? '')))
}

/** The word of the error that the added line holds. */
function namedIn({ detail }: Sighting): string {
  const words = (detail.message ?? '').match(/[A-Za-z][\w.]{3,}/g) ?? []
  const held = words.filter((word) => (detail.fix ?? '').includes(word))
  return held.toSorted((a, b) => Number(b.includes('_')) - Number(a.includes('_')))[0] ?? ''
}

const CODE_CHARS_MAX = 120

function summaryOf(group: readonly Sighting[], worked: number): FixSummary {
  const [first] = group
  const { fixKind: kind = '', fix = '' } = first?.detail ?? {}
  const abouts = new Set(group.map(({ detail }) => detail.fixAbout ?? ''))
  return {
    kind,
    text: code(kind === 'edit' ? editText(group) : commonText(group.map(fixParts))),
    names: kind === 'arguments' ? fix.split(', ') : [],
    about: kind === 'edit' ? commonPath([...abouts]) : abouts.size === 1 ? [...abouts].join() : '',
    hasSucceeded: group.every(({ detail }) => detail.fixOutcome === 'succeeded'),
    advice: adviceOf(group),
    followUp: followUpOf(group),
    worked,
    sightings: group,
  }
}

/** The advice of all; its limit only when that is the same everywhere, too. */
function adviceOf(group: readonly Sighting[]): string {
  const advices = new Set(group.map(({ detail }) => detail.fixAdvice ?? ''))
  const limits = new Set(group.map(({ detail }) => detail.fixAdviceLimit ?? ''))
  if (advices.size > 1) return ''
  return `${[...advices].join()}${limits.size === 1 ? [...limits].join() : ''}`
}

function followUpOf(group: readonly Sighting[]): string {
  const followed = group.filter(({ detail }) => (detail.fixThen ?? '') !== '')
  const byText = [...Map.groupBy(followed, ({ detail }) => detail.fixThen ?? '')]
  const common = byText.filter(([, all]) => roots(all).size >= WORKED_SESSIONS_MIN)
  return code(common.map(([text]) => text).sort()[0] ?? '')
}

function code(text: string): string {
  return clipped(
    withoutAddresses(text).replaceAll('`', "'").replace(/\s+/g, ' ').trim(),
    CODE_CHARS_MAX,
  )
}

/** The line itself where all sessions added the same harmless one, else the word they share. */
function editText(group: readonly Sighting[]): string {
  const lines = new Set(group.map(({ detail }) => (detail.fix ?? '').replace(/[,;]$/, '')))
  const [line = ''] = lines
  const [first] = group
  if (lines.size === 1 && !SECRET_KEY.test(line)) return line
  return first === undefined ? '' : namedIn(first)
}

/** The segments at the end of the paths that all have. */
function commonPath(paths: readonly string[]): string {
  const [first = [], ...others] = paths.map((path) => path.split('/').reverse())
  const length = first.findIndex((part, at) => others.some((other) => other[at] !== part))
  return first
    .slice(0, length === -1 ? undefined : length)
    .reverse()
    .join('/')
}
