import { derivedId, type SessionId, type SightingId, sha256 } from '../../../core/ids.ts'
import type { Sighting } from '../../../core/ledger.ts'
import { lowestTrust, type Trust } from '../../../core/trust.ts'
import { TEMPLATE_CHARS_MAX, tellingParts } from '../error-signature.ts'
import { vainOf } from '../fixes/agreed-fix.ts'
import { isTellable, type MessageParts, messageParts } from '../message-template.ts'
import { agentName } from './attribution.ts'

/**
 * One error of one session whose words its target may not read, reduced to what may be compared:
 * the tool, commands without arguments, the message without what differs, the kind of the fix.
 */
export interface SealedSighting {
  /** `sealed:<mark of the error's pattern>`. */
  readonly pattern: string
  readonly sessionId: SessionId
  readonly rootSessionId: SessionId
  /** Mark of the user it counts for. */
  readonly user: string
  readonly trust: Trust
  /** By part, the mark of what the session has there; see `partsOf`. */
  readonly marks: Readonly<Record<string, string>>
  /** By mark, the words themselves: all of a session just read, later only what many share. */
  readonly words: Readonly<Record<string, string>>
}

export const SEALED = 'sealed'

const MARK_CHARS = 24

/** Stands for a value without telling it: equal values have equal marks. */
export function markOf(value: string): string {
  return sha256(`${SEALED}\n${value}`).slice(0, MARK_CHARS)
}

/** The pattern under which sightings of an error count while its words are nobody else's. */
export function sealedPattern(pattern: string): string {
  return `${SEALED}:${markOf(pattern)}`
}

/**
 * What evidence names in place of a session; nobody can tell the session from it. The pattern is an
 * error's, sealed or not.
 */
export function sightingIdOf(lineageId: string, pattern: string, of: SessionId): SightingId {
  const sealed = pattern.startsWith(`${SEALED}:`) ? pattern : sealedPattern(pattern)
  return derivedId('sight', lineageId, sealed, of)
}

/** Reduces an error sighting at once; null of any other one. Its quotes and times stay behind. */
export function sealedOf(
  sighting: Sighting,
  of: { readonly userId: string; readonly agentId: string | null },
): SealedSighting | null {
  if (sighting.detail.kind !== 'error') return null
  const parts = partsOf(sighting, of.agentId)
  const told = Object.entries(parts).filter(([, value]) => value !== '')
  return {
    pattern: sealedPattern(sighting.pattern),
    sessionId: sighting.sessionId,
    rootSessionId: sighting.rootSessionId,
    user: markOf(of.userId),
    trust: lowestTrust(sighting.evidence.map(({ trust }) => trust)),
    marks: Object.fromEntries(told.map(([part, value]) => [part, markOf(value)])),
    words: Object.fromEntries(told.map(([, value]) => [markOf(value), value])),
  }
}

/** A message with its variable parts as kinds. */
export type SealedMessage = readonly (string | { readonly kind: string })[]

/**
 * The parts by name; empty = the session has none. `message` is JSON, lower case in `message:low`,
 * and `slot:<n>` the value of its n-th part where that may be told at all.
 */
function partsOf(
  { pattern, detail }: Sighting,
  agentId: string | null,
): Readonly<Record<string, string>> {
  const parts = headOf(tellingParts(detail.message ?? '') ?? messageParts(detail.message ?? ''))
  const message = JSON.stringify(parts.map((it) => (typeof it === 'string' ? it : kindOf(it))))
  const slots = parts.filter((part) => typeof part !== 'string')
  const vain = vainParts(vainOf({ detail } as Sighting))
  return {
    pattern,
    tool: detail.tool ?? '',
    what: detail.failedHead || detail.heads || (detail.tool ?? ''),
    message,
    'message:low': message.toLowerCase(),
    ...Object.fromEntries(
      slots.map((slot, n) => [`slot:${n}`, isTellable(slot) ? slot.value : '']),
    ),
    fix: fixPart(detail),
    source: detail.fixKind === 'arguments' ? (detail.fixAbout ?? '') : '',
    check: detail.check ?? '',
    agent: agentName(agentId),
    ...Object.fromEntries(vain.map((value, n) => [`vain:${n}`, value])),
  }
}

function kindOf({ kind }: { readonly kind: string }): { readonly kind: string } {
  return { kind }
}

/** As much of a message as tells one error from another. */
function headOf(parts: MessageParts): MessageParts {
  const kept: MessageParts[number][] = []
  let left = TEMPLATE_CHARS_MAX
  for (const part of parts) {
    if (typeof part === 'string') kept.push(part.slice(0, left))
    else if (part.kind.length + 2 <= left) kept.push(part)
    left -= typeof part === 'string' ? part.length : part.kind.length + 2
    if (left <= 0) break
  }
  return kept
}

/** Kind and argument names or command head of what helped; empty where nothing was seen to. */
function fixPart(detail: Sighting['detail']): string {
  if (detail.fixOutcome !== 'succeeded' || detail.fixIsRepair !== 'yes') return ''
  switch (detail.fixKind) {
    case 'arguments':
      return `arguments ${detail.fix ?? ''}`
    case 'command':
    case 'step':
      return `${detail.fixKind} ${detail.fixAbout ?? ''}`
    case 'retry':
    case 'edit':
      return detail.fixKind
    default:
      return ''
  }
}

/** What was tried in vain, as `fixPart` names it; other words of a command tell nothing here. */
function vainParts(vain: readonly string[]): readonly string[] {
  return vain.flatMap((change) => {
    if (change.startsWith('$ ') || change.startsWith('edit ')) return []
    return [change === 'unchanged' ? 'retry' : `arguments ${change}`]
  })
}
