import type { Change } from '../../core/change.ts'
import { isEffective } from '../../core/change.ts'
import type { Unit } from '../../core/unit.ts'
import type { Asker } from '../asking/asker.ts'
import { DREAM_LIMITS } from '../dream-limits.ts'
import type { SecretScanner } from '../dream-ports.ts'
import { contentStems, normalizedText } from '../language/tokens.ts'
import { type ProbesInput, type ProposedProbe, probesPrompt } from '../prompts/probes.ts'
import { touchedUnits } from '../rendering/change-sets.ts'
import type { DreamInputs } from '../stages/snapshot.ts'
import { explainedUnits } from './store-texts.ts'

/** A question that one note of the old store answers. */
export interface ModelProbe {
  readonly question: string
  readonly query: ReadonlySet<string>
  /** Exact words of the note, all of which belong to the answer. */
  readonly gold: readonly string[]
}

export interface MadeProbes {
  readonly probes: readonly ModelProbe[]
  /** Notes that were shown to no model, or without a valid answer. */
  readonly notesLeft: number
}

/**
 * Probes of the memories that a plan touches, made from the notes as they were before it. Notes
 * with a secret are not asked about, nor those that the ledger explains; but what merged notes said
 * must still be found.
 */
export async function makeModelProbes(
  inputs: DreamInputs,
  changes: readonly Change[],
  asker: Asker,
  secrets: SecretScanner,
): Promise<MadeProbes> {
  const notes = everyNth(
    await withoutSecrets(notesInReach(inputs, changes), secrets),
    DREAM_LIMITS.probeNotesMax,
  )
  const calls = [...Map.groupBy(notes, ({ path }) => path)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([path, units]) => inCalls(units).map((part) => ({ path, part })))
  if (calls.length === 0) return { probes: [], notesLeft: 0 }
  const asked = calls.map(({ path, part }) => questionOf(path, part))
  const answers = await asker.ask(probesPrompt, asked)
  const probes = calls.flatMap(({ part }, n) => {
    const answer = answers[n]
    return answer?.kind === 'answered' ? usableProbes(answer.output.probes, part) : []
  })
  const left = calls.filter((_, n) => answers[n]?.kind !== 'answered')
  return {
    probes: everyNth([...new Map(probes.map((it) => [it.question, it])).values()], PROBES_MAX),
    notesLeft: left.reduce((sum, { part }) => sum + part.length, 0),
  }
}

const PROBES_MAX = DREAM_LIMITS.modelProbesMax
/** Notes of fewer telling words say nothing that could be asked for. */
const STEMS_MIN = 3

function notesInReach({ units }: DreamInputs, changes: readonly Change[]): readonly Unit[] {
  const effective = changes.filter(isEffective)
  const touched = new Set(effective.flatMap((change) => [...touchedUnits(change)]))
  const written = effective.flatMap(({ edits }) =>
    edits.flatMap((edit) => (edit.op === 'append' ? [edit.path] : [])),
  )
  const paths = new Set([
    ...written,
    ...units.filter(({ id }) => touched.has(id)).map(({ path }) => path),
  ])
  const explained = explainedUnits(effective, ({ kind }) => kind !== 'merged')
  return units.filter(
    ({ id, path, kind, text }) =>
      paths.has(path) &&
      (kind === 'bullet' || kind === 'paragraph') &&
      !explained.has(id) &&
      contentStems(text).size >= STEMS_MIN,
  )
}

async function withoutSecrets(
  units: readonly Unit[],
  secrets: SecretScanner,
): Promise<readonly Unit[]> {
  const clean: Unit[] = []
  for (const unit of units) if ((await secrets.mask(unit.text)) === unit.text) clean.push(unit)
  return clean
}

/** At most `max` of them, spread evenly. */
function everyNth<T>(items: readonly T[], max: number): readonly T[] {
  const stride = Math.max(1, Math.ceil(items.length / max))
  return items.filter((_, n) => n % stride === 0)
}

function inCalls(units: readonly Unit[]): readonly (readonly Unit[])[] {
  const size = DREAM_LIMITS.probeNotesPerCallMax
  const count = Math.ceil(units.length / size)
  return Array.from({ length: count }, (_, n) => units.slice(n * size, (n + 1) * size))
}

function questionOf(path: string, units: readonly Unit[]): ProbesInput {
  return { path, units: units.map(({ text }, n) => ({ n: n + 1, text })) }
}

const PART_END = ' | '

/** Those whose gold is exact words of the note they name and is not given away; one of a note. */
export function usableProbes(
  proposed: readonly ProposedProbe[],
  units: readonly { readonly text: string }[],
): readonly ModelProbe[] {
  const asked = new Set<number>()
  return proposed.flatMap(({ unit, q, gold, kind }): readonly ModelProbe[] => {
    const note = units[unit - 1]?.text
    const question = q.trim()
    const parts = (kind === 'set' ? gold.split(PART_END) : [gold]).map((part) => part.trim())
    if (note === undefined || asked.has(unit) || question === '') return []
    if (question.length > DREAM_LIMITS.probeQuestionCharsMax) return []
    if (!parts.every((part) => isGold(part, note) && !hasWords(question, part))) return []
    const query = contentStems(question)
    if (query.size === 0) return []
    asked.add(unit)
    return [{ question, query, gold: parts }]
  })
}

function isGold(part: string, note: string): boolean {
  return part !== '' && note.includes(part) && hasWords(note, part)
}

/** True when the words of `part` stand in `text` next to each other and whole. */
export function hasWords(text: string, part: string): boolean {
  const words = normalizedText(part)
  return words !== '' && ` ${normalizedText(text)} `.includes(` ${words} `)
}
