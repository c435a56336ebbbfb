import { sha256 } from '../../../core/ids.ts'
import type { Unit } from '../../../core/unit.ts'
import type { StepResults } from '../../../storage/storage.ts'
import { DREAM_LIMITS } from '../../dream-limits.ts'
import type { DreamPorts } from '../../dream-ports.ts'
import type { Entry } from '../../entry.ts'
import { relatePrompt } from '../../prompts/relate.ts'
import { recordedStep } from '../../recorded-step.ts'
import type { DreamInputs } from '../snapshot.ts'

/** A pair that a model could be asked about; equal keys, equal questions. */
export interface PairToAsk {
  readonly a: Entry
  readonly b: Entry
  readonly key: string
  /** Questions that it takes. */
  readonly cost: number
}

/** Marks of what this model was asked before: pairs, and notes compared with all others. */
type Known = ReadonlySet<string>

/**
 * Pairs that this model was asked about before, which costs nothing, and as many new ones as one
 * dream may ask: first those with something new, a claim or a note that this model has not seen,
 * then some of the backlog. Where nothing is new nothing is asked, so that a dream over the same
 * again ends. The choice is stored, so that a dream that was cut off makes the same one.
 */
export async function pickPairs<P extends PairToAsk>(
  open: readonly P[],
  inputs: DreamInputs,
  { storage }: DreamPorts,
): Promise<readonly P[]> {
  const { storeId, memories, sessions, thinking } = inputs.snapshot
  const keys = open.map(({ key }) => key)
  const pinned = { storeId, memories, sessions, thinking, keys }
  const picked = await recordedStep(storage.steps, 'pairs-to-ask', pinned, async () =>
    keysToAsk(open, inputs, await knownIn(open, inputs, storage.steps)),
  )
  const isPicked = new Set(picked)
  return open.filter(({ key }) => isPicked.has(key))
}

async function knownIn(
  open: readonly PairToAsk[],
  { units, snapshot }: DreamInputs,
  steps: StepResults,
): Promise<Known> {
  const pairs = open.map(({ key }) => pairMark(key, snapshot))
  const notes = units.map((unit) => noteMark(unit, snapshot))
  const found = await steps.getAll([...new Set([...pairs, ...notes])])
  return new Set(found.keys())
}

function keysToAsk(
  open: readonly PairToAsk[],
  { snapshot, units }: DreamInputs,
  known: Known,
): readonly string[] {
  const isNote = (unit: Unit): boolean => isNews(unit, snapshot, known)
  const hasNews = snapshot.sessions.length > 0 || units.some(isNote)
  const isFresh = ({ source }: Entry): boolean =>
    source.kind === 'claim' || (source.kind === 'unit' && isNote(source.unit))
  const isKnown = ({ key }: PairToAsk): boolean => known.has(pairMark(key, snapshot))
  const asked = open.filter(isKnown)
  const unasked = open.filter((pair) => !isKnown(pair))
  if (!hasNews) return keysOf(asked)
  const news = unasked.filter(({ a, b }) => isFresh(a) || isFresh(b))
  const old = unasked.filter(({ a, b }) => !isFresh(a) && !isFresh(b))
  const first = within(news, DREAM_LIMITS.pairsAskedMax)
  const room = DREAM_LIMITS.pairsAskedMax - costOf(first)
  const then = within(old, Math.min(room, DREAM_LIMITS.oldPairsAskedMax))
  return keysOf([...asked, ...first, ...then])
}

/** What a dream wrote came from what was compared before. */
function isNews(unit: Unit, snapshot: DreamInputs['snapshot'], known: Known): boolean {
  if (unit.kind !== 'bullet' && unit.kind !== 'paragraph') return false
  return unit.origin !== 'dream' && !known.has(noteMark(unit, snapshot))
}

/** The first ones, until one does not fit. */
function within(pairs: readonly PairToAsk[], max: number): readonly PairToAsk[] {
  let sum = 0
  const end = pairs.findIndex(({ cost }) => {
    sum += cost
    return sum > max
  })
  return end < 0 ? pairs : pairs.slice(0, end)
}

function costOf(pairs: readonly PairToAsk[]): number {
  return pairs.reduce((sum, { cost }) => sum + cost, 0)
}

function keysOf(pairs: readonly PairToAsk[]): readonly string[] {
  return pairs.map(({ key }) => key)
}

/**
 * Remembers which pairs were answered, and every note as seen but those with a question that no
 * answer came to: they are news once more.
 */
export async function rememberPairs(
  picked: readonly PairToAsk[],
  isAnswered: (pair: PairToAsk) => boolean,
  { snapshot, units }: DreamInputs,
  { storage }: DreamPorts,
): Promise<void> {
  const pairs = picked.filter(isAnswered).map(({ key }) => pairMark(key, snapshot))
  const waiting = new Set(
    picked
      .filter((pair) => !isAnswered(pair))
      .flatMap(({ a, b }) => [a, b])
      .flatMap(({ source }) => (source.kind === 'unit' ? [source.unit.id] : [])),
  )
  const notes = units.filter(({ id }) => !waiting.has(id)).map((unit) => noteMark(unit, snapshot))
  const known = await storage.steps.getAll([...new Set(notes)])
  const marks = [...new Set([...pairs, ...notes])].filter((mark) => !known.has(mark))
  await storage.steps.putAll(marks.map((mark) => [mark, '1'] as const))
}

/** Of those that are told once and for all time, whatever else is found: the ones marked before. */
export async function markedOnce(
  keys: readonly string[],
  added: readonly string[],
  { snapshot }: DreamInputs,
  { storage }: DreamPorts,
): Promise<ReadonlySet<string>> {
  const markOf = (key: string): string => `pair-refused:${asked(key, snapshot)}`
  await storage.steps.putAll(added.map((key) => [markOf(key), '1'] as const))
  const found = await storage.steps.getAll(keys.map(markOf))
  return new Set(keys.filter((key) => found.has(markOf(key))))
}

function pairMark(key: string, snapshot: DreamInputs['snapshot']): string {
  return `pair-asked:${asked(key, snapshot)}`
}

/** By its words: a note that was moved is no news. */
function noteMark({ text }: Unit, snapshot: DreamInputs['snapshot']): string {
  return `note-compared:${asked(`${snapshot.storeId} ${text}`, snapshot)}`
}

function asked(what: string, { thinking }: DreamInputs['snapshot']): string {
  return sha256(`${relatePrompt.version} ${thinking?.small ?? ''} ${what}`)
}
