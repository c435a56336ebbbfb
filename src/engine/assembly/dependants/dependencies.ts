import { LIMITS } from '../../../config.ts'
import type { Claim } from '../../../core/claim.ts'
import { sha256 } from '../../../core/ids.ts'
import type { Sighting } from '../../../core/ledger.ts'
import { contentStems } from '../../language/tokens.ts'
import { memoryText, quotedStatement } from '../wording.ts'

const DEPENDENCY = 'dependency'

/**
 * What statements need others, as a session told them: kept with the counters of the lineage, so that
 * a note can be doubted when what it presupposes is replaced in a later dream.
 */
export function dependencySightings(
  claims: readonly Claim[],
  lineageId: string,
): readonly Sighting[] {
  const byId = new Map(claims.map((claim) => [claim.id, claim]))
  const found = claims.flatMap((claim) =>
    claim.dependsOn.flatMap((id) => {
      const needed = byId.get(id)
      return needed === undefined ? [] : (dependencyOf(claim, needed, lineageId) ?? [])
    }),
  )
  const once = new Map(found.map((item) => [`${item.pattern} ${item.sessionId}`, item]))
  return [...once.values()].slice(0, LIMITS.dependenciesMax)
}

function dependencyOf(claim: Claim, needed: Claim, lineageId: string): Sighting | null {
  const event = claim.evidence.find((item) => item.kind === 'event')
  if (event?.kind !== 'event') return null
  const detail = {
    kind: DEPENDENCY,
    audience: claim.audience,
    statement: memoryText(claim),
    needs: memoryText(needed),
  }
  return {
    lineageId,
    pattern: `needs:${sha256(JSON.stringify([detail.statement, detail.needs])).slice(0, 24)}`,
    sessionId: event.sessionId,
    rootSessionId: event.sessionId,
    at: event.at,
    evidence: claim.evidence,
    detail,
  }
}

/** Whether one text needs another, as sessions told it; both as they stand in a memory. */
export type Needs = (dependant: string, base: string) => boolean

/** Nothing was told to need anything. */
export const NO_NEEDS: Needs = () => false

/** Texts are compared by what they say: talk, case and remarks around them do not count. */
export function needsTold(sightings: readonly Sighting[]): Needs {
  const told = new Set(
    sightings.flatMap(({ detail }) =>
      detail.kind === DEPENDENCY && detail.statement !== undefined && detail.needs !== undefined
        ? [JSON.stringify([saying(detail.statement), saying(detail.needs)])]
        : [],
    ),
  )
  if (told.size === 0) return NO_NEEDS
  return (dependant, base) => told.has(JSON.stringify([saying(dependant), saying(base)]))
}

const REMARK = /\s*\((?:may be outdated|until)\b[^)]*\)/g

function saying(text: string): string {
  const bare = (quotedStatement(text) ?? text).replace(REMARK, '')
  return [...contentStems(bare)].sort().join(' ')
}
