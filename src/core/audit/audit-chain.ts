import { sha256 } from '../ids.ts'

/** A line of the audit as a log keeps it. */
export interface AuditRow {
  readonly id: string
  readonly type: string
  /** ISO 8601 UTC. */
  readonly at: string | null
  /** JSON text; that of a linked line ends with its `chain`. */
  readonly body: string | null
}

/** Where a line stands in its chain. */
export interface ChainPlace {
  /** From 1, as appended. */
  readonly sequence: number
  /** Link of the line before; `CHAIN_START` for the first. */
  readonly previous: string
  /** SHA-256 over the line and the link before, lower-case hex. */
  readonly link: string
}

/** Where a chain ends: kept elsewhere, it shows later that nothing was cut off. */
export type ChainHead = Pick<ChainPlace, 'sequence' | 'link'>

/** What the first line of a chain follows. */
export const CHAIN_START: string = sha256('')

/**
 * What is wrong with the first broken line. `edited`: it is not the one that was appended.
 * `inserted`: nobody appended it there. `deleted`: one is missing before it. `moved`: it stands
 * where another one was, which stands further on. `cut`: lines are missing at the end, or the
 * whole chain is another one than that of the anchor.
 */
export type ChainFault = 'edited' | 'inserted' | 'deleted' | 'moved' | 'cut'

export interface ChainBreak {
  /** From 0, in the order of appending. */
  readonly index: number
  readonly fault: ChainFault
}

export interface ChainVerdict {
  readonly lines: number
  /** Lines from before there was a chain: only counted. */
  readonly unlinked: number
  /** The first fault; null = every linked line is as it was appended. */
  readonly broken: ChainBreak | null
  /** Null = no line is linked. */
  readonly head: ChainHead | null
}

/** The same line with its link in the body, to follow `head`; null = the first one of a chain. */
export function linkedRow(
  row: AuditRow,
  place: { readonly sequence: number; readonly previous: string | null },
): AuditRow {
  const previous = place.previous ?? CHAIN_START
  const { sequence } = place
  const told = JSON.parse(row.body ?? '{}') as object
  const link = linkOf({ ...row, body: JSON.stringify(told) }, { sequence, previous })
  return { ...row, body: JSON.stringify({ ...told, chain: { sequence, previous, link } }) }
}

/** The place that a line claims; null = none that can be read. */
export function placeOf({ body }: Pick<AuditRow, 'body'>): ChainPlace | null {
  const chain = parsedBody(body)?.chain
  return isPlace(chain) ? chain : null
}

/** A line as it claims to be. */
export interface LineClaim {
  readonly place: ChainPlace | null
  /** It is what its own link says. */
  readonly isSound: boolean
  /** It claims nothing, as lines from before there was a chain. */
  readonly isUnlinked: boolean
}

export function claimOf(row: AuditRow): LineClaim {
  const parsed = parsedBody(row.body)
  const place = placeOf(row)
  if (parsed === null || place === null) {
    return { place, isSound: false, isUnlinked: parsed !== null && !('chain' in parsed) }
  }
  const { chain, ...told } = parsed
  // The bytes themselves: the same value written another way is an edit.
  const isCanonical = row.body === JSON.stringify({ ...told, chain })
  const isSound =
    isCanonical && linkOf({ ...row, body: JSON.stringify(told) }, place) === place.link
  return { place, isSound, isUnlinked: false }
}

function linkOf(
  { id, type, at, body }: AuditRow,
  { sequence, previous }: Pick<ChainPlace, 'sequence' | 'previous'>,
): string {
  return sha256(JSON.stringify([previous, sequence, id, type, at, body]))
}

function parsedBody(body: string | null): { readonly chain?: unknown } | null {
  try {
    const value: unknown = JSON.parse(body ?? 'null')
    return value !== null && typeof value === 'object' && !Array.isArray(value) ? value : null
  } catch {
    return null
  }
}

function isPlace(value: unknown): value is ChainPlace {
  if (value === null || typeof value !== 'object' || Object.keys(value).length !== 3) return false
  const { sequence, previous, link } = value as Readonly<Record<string, unknown>>
  return Number.isSafeInteger(sequence) && typeof previous === 'string' && typeof link === 'string'
}
