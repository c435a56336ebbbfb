import { applyChanges } from '../../core/apply-changes.ts'
import { type Change, isEffective } from '../../core/change.ts'
import { unitsAfter } from '../../core/invariants/dream-facts.ts'
import { isIndexPath } from '../../core/memory-path.ts'
import type { ContentDelta, StoreContent } from '../../core/store-content.ts'
import type { ParsedUnit } from '../../core/unit.ts'

/** What the effective ones of some changes make of a store. */
export interface PlanEffect {
  readonly delta: ContentDelta
  /** Units of the memories that `delta` writes, by path; none for one that goes. */
  readonly units: ReadonlyMap<string, readonly ParsedUnit[]>
}

const latest = new WeakMap<StoreContent, { readonly key: string; readonly effect: PlanEffect }>()

/**
 * Applies the effective changes to a pinned store. Several stages ask the same question of one
 * plan, and applying parses markdown: the latest answer for a store is kept.
 */
export function planEffect(content: StoreContent, changes: readonly Change[]): PlanEffect {
  const writing = changes.filter((change) => isEffective(change) && change.edits.length > 0)
  const key = writing.map(({ id }) => id).join(' ')
  const known = latest.get(content)
  if (known?.key === key) return known.effect
  const delta = applyChanges(content, writing)
  const effect = { delta, units: unitsAfter(delta, isIndexPath) }
  latest.set(content, { key, effect })
  return effect
}
