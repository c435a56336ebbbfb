import type { Claim } from '../../core/claim.ts'
import { digestOf } from '../../core/ids.ts'
import { forgetTexts } from '../../core/text/remembered.ts'
import { entryKey, KnownDecisions, NO_RELATION } from '../candidates/known-decisions.ts'
import { type Sketch, sketchOf } from '../candidates/sketch-index.ts'
import { DREAM_LIMITS } from '../dream-limits.ts'
import type { DreamPorts } from '../dream-ports.ts'
import { claimEntry, unitEntry, unitTexts } from '../entries.ts'
import type { Decision, Entry } from '../entry.ts'
import { readStatement } from '../language/frames.ts'
import { profileFieldOf } from '../language/profile/profile-claim.ts'
import { contentKey, recordedEach } from '../recorded-step.ts'
import { atSimilarity, decide, relationOf } from './decide.ts'
import { indexEntries } from './index-entries.ts'
import { findPairs, type Pair } from './pair.ts'
import { distantPairs } from './pair-distant.ts'
import type { DreamInputs } from './snapshot.ts'

export interface Judged {
  readonly entries: ReadonlyMap<string, Entry>
  readonly decisions: readonly Decision[]
  readonly judge: (a: Entry, b: Entry) => Decision
  /** Notes that only a reader could tell to say one thing; nearest first. */
  readonly distant: () => readonly Pair[]
  /** Pairs that a model was not asked about, since one dream asks only so many. */
  readonly unasked: number
}

/**
 * Stages `index`, `pair` and `decide`: every pair of one audience that is worth judging. What is
 * read of a text, and what two contents are to each other, depends on nothing else: both are kept,
 * so that a dream over what hardly changed costs little and still decides all anew.
 */
export async function decidePairs(
  inputs: DreamInputs,
  claims: readonly Claim[],
  ports: DreamPorts,
): Promise<Judged> {
  const plain = claims.filter((claim) => profileFieldOf(claim) === null)
  const list = [...(await readUnits(inputs, ports)), ...plain.map(claimEntry)]
  const { pairs, distant } = await pairUp(list, ports)
  return {
    entries: new Map(list.map((entry) => [entry.key, entry])),
    decisions: await decideAll(pairs, inputs, ports),
    judge: (a, b) => decide(a, b, 0, ports.rules),
    distant,
    unasked: 0,
  }
}

/** The pairs to judge. Their index is large: it is kept where a model may ask for more pairs only. */
async function pairUp(
  list: readonly Entry[],
  ports: DreamPorts,
): Promise<Pick<Judged, 'distant'> & { readonly pairs: readonly Pair[] }> {
  const index = indexEntries(list, await sketchTexts(list, ports))
  await ports.keepAlive()
  ports.onProgress({ stage: 'pair', done: 0, of: list.length })
  const found = await findPairs(index, () => true, DREAM_LIMITS.neighboursMax, ports.breathe)
  const distant = ports.asker === null ? NONE_DISTANT : () => apart(distantPairs(index))
  return { pairs: apart(found), distant }
}

const NONE_DISTANT = (): readonly Pair[] => []

/** Every unit and sentence with what it says. */
async function readUnits(inputs: DreamInputs, ports: DreamPorts): Promise<readonly Entry[]> {
  const texts = unitTexts(inputs.content, inputs.names)
  const statements = await recordedEach(
    ports.storage.steps,
    'statement',
    texts,
    ({ text, unit, context }) => JSON.stringify([text, unit.statedAt, context]),
    (missing) =>
      inTurns(missing, ports, (some) =>
        some.map(({ text, unit, context }) => readStatement(text, { at: unit.statedAt, context })),
      ),
  )
  return texts.flatMap((text, n) => {
    const statement = statements[n]
    return statement === undefined ? [] : [unitEntry(text, statement)]
  })
}

/** Vectors matter for what sessions say, and where a model reads notes: else none are made. */
async function sketchTexts(
  list: readonly Entry[],
  ports: DreamPorts,
): Promise<(text: string) => Sketch> {
  const { embedder, storage, asker } = ports
  if (asker === null && !list.some(({ source }) => source.kind === 'claim')) return () => ''
  const texts = [...new Set(list.map(({ text }) => text))]
  const sketches = await recordedEach(
    storage.steps,
    `sketch:${embedder.id}`,
    texts,
    (text) => text,
    (missing) =>
      inTurns(missing, ports, async (some) => (await embedder.embed(some)).map(sketchOf)),
  )
  const byText = new Map(texts.map((text, n) => [text, sketches[n] ?? '']))
  return (text) => byText.get(text) ?? ''
}

const TEXTS_PER_TURN = 100

/** Works through texts some at a time, and lets others have their turn in between. */
async function inTurns<I, T>(
  items: readonly I[],
  { breathe }: Pick<DreamPorts, 'breathe'>,
  work: (some: readonly I[]) => readonly T[] | Promise<readonly T[]>,
): Promise<readonly T[]> {
  const results: T[] = []
  for (let done = 0; done < items.length; done += TEXTS_PER_TURN) {
    await breathe?.()
    results.push(...(await work(items.slice(done, done + TEXTS_PER_TURN))))
  }
  return results
}

/** A unit and its own sentences are not a pair. */
function apart(pairs: readonly Pair[]): readonly Pair[] {
  const unitOf = ({ source }: Entry): string | null =>
    source.kind === 'unit' ? source.unit.id : null
  return pairs.filter(({ a, b }) => unitOf(a) === null || unitOf(a) !== unitOf(b))
}

const PAIRS_AT_ONCE = 1_000
/** Some tens of milliseconds. */
const PAIRS_PER_BREATH = 25

/** Decisions in the order of the pairs; those on contents that a dream judged before are taken over. */
async function decideAll(
  pairs: readonly Pair[],
  inputs: DreamInputs,
  ports: DreamPorts,
): Promise<readonly Decision[]> {
  const earlier = new KnownDecisions(await latestRecord(inputs, ports))
  const record = new KnownDecisions()
  const keys = new Map<Entry, string>()
  const keyOf = (entry: Entry): string => {
    const key = keys.get(entry) ?? entryKey(entry)
    keys.set(entry, key)
    return key
  }
  for (const [n, { a, b }] of sideBySide(pairs).entries()) {
    if (n % PAIRS_AT_ONCE === 0) {
      ports.signal?.throwIfAborted()
      await ports.keepAlive()
      ports.onProgress({ stage: 'decide', done: n, of: pairs.length })
    }
    if (n % PAIRS_PER_BREATH === 0) await ports.breathe?.()
    const [left, right] = [keyOf(a), keyOf(b)]
    const decided = earlier.get(left, right) ?? relationOf(a, b, ports.rules) ?? NO_RELATION
    record.set(left, right, decided)
  }
  // What is asked for again are the few texts that something comes of.
  forgetTexts(keys.size)
  await ports.storage.steps.put(recordKey(inputs.snapshot), record.toJson())
  return pairs.map(({ a, b, similarity }) => {
    const { relation, reasons } = record.get(keyOf(a), keyOf(b)) ?? NO_RELATION
    return atSimilarity({ a, b, relation, reasons, similarity })
  })
}

/**
 * The pairs of one entry next to each other, memory by memory: what is known of a text is then
 * still at hand when it is asked for again.
 */
function sideBySide(pairs: readonly Pair[]): readonly Pair[] {
  const byEntry = Map.groupBy(pairs, ({ a }) => a)
  return [...byEntry]
    .map(([{ key, source }, own]) => {
      const place = source.kind === 'unit' ? source.unit.path : source.claim.id
      return { place: `${place} ${key}`, own }
    })
    .sort((x, y) => (x.place < y.place ? -1 : 1))
    .flatMap(({ own }) => own)
}

/** How many dreams back a record is looked for: plans that were never made have none. */
const DREAMS_BACK_MAX = 10

/** What this dream recorded before it was cut off, else the newest dream of the store that did. */
async function latestRecord(
  { snapshot }: DreamInputs,
  { storage }: DreamPorts,
): Promise<string | null> {
  const dreams = (await storage.dreams.list(snapshot.storeId)).slice(0, DREAMS_BACK_MAX)
  for (const one of [snapshot, ...dreams.map((dream) => dream.snapshot)]) {
    const known = await storage.steps.get(recordKey(one))
    if (known !== null) return known
  }
  return null
}

function recordKey({ storeId, memories, sessions }: DreamInputs['snapshot']): string {
  return `decided:${contentKey(digestOf([storeId, memories, sessions]))}`
}
