import { ReverieError } from '../errors.ts'
import {
  type AuditRow,
  CHAIN_START,
  type ChainBreak,
  type ChainHead,
  type ChainPlace,
  type ChainVerdict,
  claimOf,
  type LineClaim,
} from './audit-chain.ts'

/** What was kept of a chain elsewhere: a link, best with its sequence number. */
export interface ChainAnchor {
  readonly link: string
  /** Null = not known. */
  readonly sequence: number | null
}

/** How an anchor is written: `<sequence>:<link>`, or the link alone. */
export const ANCHOR: RegExp = /^(?:(\d{1,15}):)?([0-9a-f]{64})$/u

/** `<sequence>:<link>` or a link alone; throws `invalid_request_error` for anything else. */
export function readAnchor(text: string): ChainAnchor {
  const [, sequence, link] = ANCHOR.exec(text) ?? []
  if (link === undefined) {
    throw new ReverieError('invalid_request_error', 'The anchor is no link of an audit.', {
      next: 'Give what `reverie audit head` printed: <sequence>:<link>.',
    })
  }
  return { link, sequence: sequence === undefined ? null : Number(sequence) }
}

/** An anchor as people keep it. */
export function anchorText({ sequence, link }: ChainHead): string {
  return `${sequence}:${link}`
}

/** Takes the lines of an audit one by one, in the order of appending; it keeps none of them. */
export interface ChainCheck {
  take(row: AuditRow): void
  verdict(): ChainVerdict
}

/**
 * Whether the lines of an audit are those that were appended, with the first that is not. Without
 * an anchor it cannot be told that lines were cut off the end, or that somebody who may write to
 * the storage made the whole chain anew.
 */
export function verifyAuditChain(
  rows: Iterable<AuditRow>,
  anchor: ChainAnchor | null = null,
): ChainVerdict {
  const check = startChainCheck(anchor)
  for (const row of rows) check.take(row)
  return check.verdict()
}

interface Progress {
  lines: number
  unlinked: number
  /** The last line that follows, and the one before it. */
  head: ChainPlace | null
  before: ChainPlace | null
  isAnchorSeen: boolean
  trouble: Trouble | null
}

/** The first line that does not follow, with what is needed to say why. */
interface Trouble {
  readonly index: number
  readonly claim: LineClaim
  next: LineClaim | null
  /** The line that should stand here stands further on. */
  isExpectedLater: boolean
  /** The line that stands here stands further on too. */
  isRepeated: boolean
}

/** As `verifyAuditChain`, for lines that come page by page. */
export function startChainCheck(anchor: ChainAnchor | null): ChainCheck {
  const seen: Progress = {
    lines: 0,
    unlinked: 0,
    head: null,
    before: null,
    isAnchorSeen: false,
    trouble: null,
  }
  return {
    take(row) {
      const claim = claimOf(row)
      if (seen.trouble === null) follow(seen, claim, anchor)
      else lookOn(seen, seen.trouble, claim)
      seen.lines += 1
    },
    verdict() {
      const { lines, unlinked, head } = seen
      const end = head === null ? null : { sequence: head.sequence, link: head.link }
      return { lines, unlinked, broken: breakOf(seen, anchor), head: end }
    },
  }
}

function follow(seen: Progress, claim: LineClaim, anchor: ChainAnchor | null): void {
  const index = seen.lines
  if (claim.isUnlinked && seen.head === null) {
    seen.unlinked += 1
    return
  }
  const { place } = claim
  if (place === null || !isNextOf(seen, claim, index)) {
    seen.trouble = { index, claim, next: null, isExpectedLater: false, isRepeated: false }
    return
  }
  seen.before = seen.head
  seen.head = place
  if (anchor?.link === place.link && (anchor.sequence ?? place.sequence) === place.sequence) {
    seen.isAnchorSeen = true
  }
}

/** Whether a line is the one that belongs at an index, behind those that were taken. */
function isNextOf({ head }: Progress, { place, isSound }: LineClaim, index: number): boolean {
  const previous = head?.link ?? CHAIN_START
  return isSound && place?.sequence === index + 1 && place.previous === previous
}

function lookOn(seen: Progress, trouble: Trouble, claim: LineClaim): void {
  if (seen.lines === trouble.index + 1) trouble.next = claim
  if (isNextOf(seen, claim, trouble.index)) trouble.isExpectedLater = true
  if (claim.isSound && claim.place?.link === trouble.claim.place?.link) trouble.isRepeated = true
}

function breakOf(seen: Progress, anchor: ChainAnchor | null): ChainBreak | null {
  if (seen.trouble !== null) return faultOf(seen, seen.trouble)
  if (anchor === null || seen.isAnchorSeen) return null
  const last = anchor.sequence ?? seen.lines + 1
  return { index: Math.max(0, Math.min(seen.lines, last - 1)), fault: 'cut' }
}

function faultOf(seen: Progress, trouble: Trouble): ChainBreak {
  const { index, claim, next, isExpectedLater, isRepeated } = trouble
  const { place, isSound } = claim
  if (!isSound || place === null) {
    const isBetween = next !== null && isNextOf(seen, next, index)
    return { index, fault: isBetween ? 'inserted' : 'edited' }
  }
  if (place.sequence <= index) return extraLine(seen, index, place, next)
  if (place.sequence === index + 1) return otherLine(index, place, next)
  if (!isExpectedLater) return { index, fault: 'deleted' }
  return { index, fault: isRepeated ? 'inserted' : 'moved' }
}

/** A line that follows another one than the one before it: one of the two was made anew. */
function otherLine(index: number, place: ChainPlace, next: LineClaim | null): ChainBreak {
  const isTrue = next === null || next.place?.previous === place.link
  return { index: isTrue ? Math.max(0, index - 1) : index, fault: 'edited' }
}

/** A line whose number was there already: a copy, or the true one behind a forged one. */
function extraLine(
  { head, before }: Progress,
  index: number,
  place: ChainPlace,
  next: LineClaim | null,
): ChainBreak {
  // Lines without a link stand before the first one: more than when it was appended.
  if (head === null) return { index: Math.max(0, place.sequence - 1), fault: 'inserted' }
  const isRival =
    place.sequence === head.sequence &&
    place.link !== head.link &&
    place.previous === (before?.link ?? CHAIN_START)
  const isTrue = isRival && next?.place?.previous === place.link
  return { index: isTrue ? index - 1 : index, fault: 'inserted' }
}
