import type { Change, ChangeKind, Edit, NewMemory } from '../change.ts'
import { isIndexPath, isOperatorText, pathProblems, pathsOverlap } from '../memory-path.ts'
import { collapsed } from '../text/unit-text.ts'
import type { Rail, RailFacts } from './rail-facts.ts'

/** The edits that each kind of change is made of. */
const EDITS: Readonly<Record<Exclude<ChangeKind, 'keep'>, readonly Edit['op'][]>> = {
  add: ['append'],
  insight: ['append', 'delete'],
  merge: ['replace', 'delete'],
  supersede: ['replace', 'delete'],
  conflict: ['append'],
  annotate: ['suffix'],
  redact: ['replace'],
  remove: ['replace', 'delete'],
}

/** The only remarks that a dream makes. */
const REMARK = /^(?:may be outdated(?: since \d{4}-\d{2}-\d{2})?|ended \d{4}-\d{2}(?:-\d{2})?)$/u
const REASON_CHARS_MAX = 2_000

/**
 * Rail 1, closed operations: known kinds, each with its own edits, of units that it names, at legal
 * places of this store. What it writes and takes away, it shows.
 */
export const closedOperations: Rail = (change, facts) => {
  const why = claimProblem(change) ?? editsProblem(change, facts) ?? rowsProblem(change, facts)
  return why === null ? null : { act: 'drop', why }
}

/** What only a person or the storage may say of a change. */
function claimProblem({ kind, status, heldReason, reason, edits }: Change): string | null {
  if (!Object.hasOwn(EDITS, kind)) return 'an unknown kind of change'
  if (status !== 'proposed' && status !== 'held') return 'it claims a decision'
  if ((status === 'held') !== (heldReason !== null)) return 'it claims a decision'
  if (kind === 'redact' && status !== 'held') return 'it claims a decision'
  if (edits.some((edit) => 'wordedBy' in edit && edit.wordedBy !== undefined))
    return "it claims a person's words"
  return reason.length > REASON_CHARS_MAX ? 'it is too large' : null
}

function editsProblem(change: Change, facts: RailFacts): string | null {
  const { kind, edits } = change
  if (edits.some(({ op }) => !EDITS[kind as Exclude<ChangeKind, 'keep'>].includes(op)))
    return 'an edit that its kind does not have'
  if (edits.length === 0 && !isLegalWithoutEdits(change, facts)) return 'it does nothing'
  for (const edit of edits) {
    const problem =
      edit.op === 'append' ? placeProblem(edit, change, facts) : unitProblem(edit, change, facts)
    if (problem !== null) return problem
  }
  const touched = edits.flatMap((edit) => (edit.op === 'append' ? [] : [edit.unitId]))
  return new Set(touched).size < touched.length ? 'it edits a unit twice' : null
}

/** A dispute between notes, history of what stands, index lines that go with their memory. */
function isLegalWithoutEdits({ kind, units, before }: Change, facts: RailFacts): boolean {
  if (kind === 'conflict') return true
  if (kind === 'supersede') return units.length === 0
  const lines = [...facts.units.values()].filter((unit) => unit.kind === 'index-line')
  const isLine = (path: string, text: string): boolean =>
    lines.some((line) => line.path === path && line.text === text)
  return (
    kind === 'remove' && before.length > 0 && before.every(({ path, text }) => isLine(path, text))
  )
}

type UnitEdit = Exclude<Edit, { readonly op: 'append' }>

function unitProblem(edit: UnitEdit, change: Change, { units }: RailFacts): string | null {
  const unit = units.get(edit.unitId)
  if (unit === undefined) return 'a unit that the store does not hold'
  const isShown = change.before.some(({ path, text }) => path === unit.path && text === unit.text)
  if (!isShown && change.kind !== 'redact') return 'it takes what it does not show'
  if (edit.op === 'suffix') return REMARK.test(edit.text) ? null : 'a remark of its own'
  if (!change.units.includes(unit.id)) return 'a unit that it does not name'
  if (edit.op === 'replace') return textProblem(edit.text, change)
  return unit.kind === 'parent-bullet' ? 'a unit with others below it' : null
}

function placeProblem(
  { path, text, create }: Extract<Edit, { readonly op: 'append' }>,
  change: Change,
  facts: RailFacts,
): string | null {
  if (pathProblems(path).length > 0 || isOperatorText(path)) return 'a place of no memory'
  const { memories } = facts.content
  if (!memories.has(path)) {
    if (create === null) return 'a place of no memory'
    if ([...memories.keys()].some((other) => pathsOverlap(path, other)))
      return 'a place of no memory'
  }
  if (create !== null && !isKnownBeginning(path, create, facts)) return 'a memory of its own making'
  return textProblem(text, change)
}

/** A memory begins in one of the known ways; of one whose path is taken, the next one is numbered. */
function isKnownBeginning(path: string, create: NewMemory, facts: RailFacts): boolean {
  const { indexPath, ...head } = create
  const isIndexed =
    indexPath === null || (isIndexPath(indexPath) && pathProblems(indexPath).length === 0)
  return (
    isIndexed &&
    facts.beginnings.some(
      (known) =>
        known.name === head.name &&
        known.description === head.description &&
        known.type === head.type &&
        path.replace(/(?:-\d+)?\.md$/u, '') === known.path.replace(/\.md$/u, ''),
    )
  )
}

function textProblem(text: string, { after }: Change): string | null {
  if (collapsed(text) === '') return 'it writes nothing'
  return after.some((shown) => shown.text === text) ? null : 'it writes what it does not show'
}

function rowsProblem({ units, ledger }: Change, facts: RailFacts): string | null {
  const named = [...units, ...ledger.flatMap(({ unitId }) => unitId ?? [])]
  if (named.some((id) => !facts.units.has(id))) return 'a unit that the store does not hold'
  return new Set(units).size < units.length ? 'it names a unit twice' : null
}

/**
 * The same between changes: ids are distinct, a unit is taken by one change only, and there are no
 * more changes than a plan may hold. Of those that clash the later ones go.
 */
export function clashes(
  changes: readonly Change[],
  { limits }: RailFacts,
): ReadonlyMap<Change, string> {
  const found = new Map<Change, string>()
  const ids = new Set<string>()
  const named = new Set<string>()
  const removed = new Set<string>()
  const edited = new Set<string>()
  for (const [n, change] of changes.entries()) {
    const takes = change.edits.flatMap((edit) => (edit.op === 'delete' ? [edit.unitId] : []))
    const edits = change.edits.flatMap((edit) =>
      edit.op === 'replace' || edit.op === 'suffix' ? [edit.unitId] : [],
    )
    const isTaken =
      change.units.some((id) => named.has(id)) ||
      takes.some((id) => edited.has(id) || removed.has(id)) ||
      edits.some((id) => removed.has(id))
    if (n >= limits.changesMax) found.set(change, 'more changes than a plan may hold')
    else if (ids.has(change.id)) found.set(change, 'an id that another change has')
    else if (isTaken) found.set(change, 'a unit that another change takes')
    else {
      ids.add(change.id)
      for (const id of change.units) named.add(id)
      for (const id of takes) removed.add(id)
      for (const id of edits) edited.add(id)
    }
  }
  return found
}
