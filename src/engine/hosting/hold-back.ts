import { applyChanges } from '../../core/apply-changes.ts'
import { type Change, type HeldReason, isEffective } from '../../core/change.ts'
import type { AutoApply } from '../../core/dream.ts'
import type { UnitId } from '../../core/ids.ts'
import type { StoreContent } from '../../core/store-content.ts'
import type { Unit } from '../../core/unit.ts'
import { isLetThrough } from './let-through.ts'

/** A store as it is when a plan is committed, beside what the plan was made on. */
export interface CommitPlace {
  /** With its units, as the plan knows it. */
  readonly base: StoreContent
  /** Path -> content, now. */
  readonly present: ReadonlyMap<string, string>
  /** Units that are pinned now. */
  readonly pinned: ReadonlySet<UnitId>
  readonly level: AutoApply
  /** How many memories the store may hold. */
  readonly memoriesMax: number
}

/**
 * The changes of a plan that are not written with it, with the reason. Whole change-sets are held:
 * they stand or fall together. What is left touches nothing that was written to meanwhile.
 */
export function heldBack(
  changes: readonly Change[],
  place: CommitPlace,
): ReadonlyMap<Change, HeldReason> {
  const units = unitsIn(place.base)
  const rules = [
    (set: readonly Change[]) => whyOf(set, place, units),
    movedRule(changes, place),
    placeRule(place),
    roomRule(changes, place),
  ]
  const held = new Map<Change, HeldReason>()
  for (const set of effectiveSets(changes)) {
    const reason = rules.reduce<HeldReason | null>((why, rule) => why ?? rule(set), null)
    if (reason !== null) for (const change of set) held.set(change, reason)
  }
  return held
}

/** The units of a store's content, by id. */
export function unitsIn({ memories }: StoreContent): ReadonlyMap<UnitId, Unit> {
  return new Map(
    [...memories.values()].flatMap(({ units }) => units.map((unit) => [unit.id, unit])),
  )
}

/** What would be written, by change-set, in plan order. */
export function effectiveSets(changes: readonly Change[]): readonly (readonly Change[])[] {
  const sets = new Map<string, Change[]>()
  for (const change of changes.filter(isEffective)) {
    const set = sets.get(change.changeSet)
    if (set === undefined) sets.set(change.changeSet, [change])
    else set.push(change)
  }
  return [...sets.values()]
}

function whyOf(
  set: readonly Change[],
  { level, pinned }: CommitPlace,
  units: ReadonlyMap<UnitId, Unit>,
): HeldReason | null {
  const touchesPin = set.some(({ edits }) =>
    edits.some((edit) => edit.op !== 'append' && pinned.has(edit.unitId)),
  )
  if (touchesPin) return 'pinned'
  return set.every((change) => isLetThrough(change, level, units)) ? null : 'awaits_review'
}

type SetRule = (set: readonly Change[]) => HeldReason | null

/** Holds what touches a memory that is not as the plan knows it, or needs a path that is taken. */
function movedRule(changes: readonly Change[], { base, present }: CommitPlace): SetRule {
  const isMoved = (path: string): boolean => present.get(path) !== base.memories.get(path)?.content
  const moved = [...new Set([...present.keys(), ...base.memories.keys()])].filter(isMoved)
  if (moved.length === 0) return () => null
  const inTheWay = (path: string): boolean =>
    moved.some((other) => other.startsWith(`${path}/`) || path.startsWith(`${other}/`))
  const touches = (set: readonly Change[]): boolean =>
    [...applyChanges(base, set).keys()].some((path) => isMoved(path) || inTheWay(path))
  if (!touches(changes.filter(isEffective))) return () => null
  return (set) => (touches(set) ? 'memory_moved' : null)
}

/** Holds new memories above or below the path of another one: a path is a memory or a folder. */
function placeRule({ base, present }: CommitPlace): SetRule {
  const memories = new Set(present.keys())
  const folders = new Set([...memories].flatMap(foldersOf))
  return (set) => {
    if (!set.some(({ edits }) => edits.some(({ op }) => op === 'append'))) return null
    for (const [path, content] of applyChanges(base, set)) {
      if (content === null || memories.has(path)) continue
      const around = foldersOf(path)
      if (folders.has(path) || around.some((folder) => memories.has(folder))) return 'too_large'
      memories.add(path)
      for (const folder of around) folders.add(folder)
    }
    return null
  }
}

/** `/a/b/c.md` lies in `/a` and `/a/b`. */
function foldersOf(path: string): readonly string[] {
  const parts = path.split('/').slice(0, -1)
  return parts.flatMap((_, n) => (n === 0 ? [] : [parts.slice(0, n + 1).join('/')]))
}

/** Holds what makes memories beyond the limit; those that others of the plan remove make room. */
function roomRule(
  changes: readonly Change[],
  { base, present, memoriesMax }: CommitPlace,
): SetRule {
  const known = new Set(present.keys())
  if (known.size + changes.length <= memoriesMax) return () => null
  return (set) => {
    const made = set.flatMap(({ edits }) =>
      edits.flatMap((edit) => (edit.op === 'append' && edit.create !== null ? [edit.path] : [])),
    )
    if (made.length === 0) return null
    const paths = [...applyChanges(base, set).keys()].filter((path) => !known.has(path))
    if (known.size + paths.length > memoriesMax && paths.length > 0) return 'too_large'
    for (const path of paths) known.add(path)
    return null
  }
}
