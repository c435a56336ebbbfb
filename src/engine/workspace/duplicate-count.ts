import type { Snapshot } from '../../core/dream.ts'
import type { MemoryStore } from '../../core/memory-store.ts'
import type { Unit } from '../../core/unit.ts'
import { DisjointSets } from '../disjoint-sets.ts'
import { ENGINE_VERSION } from '../dream-limits.ts'
import { isWholeUnit } from '../entries.ts'
import type { Relation } from '../entry.ts'
import { recordedStep } from '../recorded-step.ts'
import { decidePairs } from '../stages/decide-pairs.ts'
import { loadSnapshot } from '../stages/snapshot.ts'
import type { WorkspaceDeps } from './workspace-deps.ts'

/** A store as it is at one moment. */
export interface StoreState {
  readonly store: MemoryStore
  readonly memories: Snapshot['memories']
  readonly units: readonly Unit[]
}

/** Units of equal text, each but the first of its kind. */
export function equalUnits(units: readonly Unit[]): number {
  return equalPairs(units).length
}

/**
 * Units that could go because another one says what they say, as a dream without sessions would
 * decide it; and those of equal text, which a dream may have a reason to keep. Told once for a state
 * of the store.
 */
export async function repeatedUnits(state: StoreState, deps: WorkspaceDeps): Promise<number> {
  const { store, memories } = state
  const texts = memories.map(({ path, sha256 }) => [path, sha256])
  const inputs = [store.id, store.audience, ENGINE_VERSION, texts]
  return recordedStep(deps.storage.steps, 'repeated-units', inputs, () => judged(state, deps))
}

const REPEATING: readonly Relation[] = ['same', 'a_contains_b', 'b_contains_a']

async function judged(state: StoreState, deps: WorkspaceDeps): Promise<number> {
  const { storage, secrets, embedder, rules, now } = deps
  const inputs = await loadSnapshot(snapshotOf(state, now().toISOString()), storage)
  const { decisions } = await decidePairs(inputs, [], {
    storage,
    secrets,
    embedder,
    rules,
    asker: null,
    announce: async () => undefined,
    onProgress: () => undefined,
    signal: null,
    keepAlive: async () => undefined,
  })
  const repeated = decisions.filter(
    ({ a, b, relation }) => REPEATING.includes(relation) && isWholeUnit(a) && isWholeUnit(b),
  )
  const pairs = [...repeated.map(({ a, b }) => [a.key, b.key] as const), ...equalPairs(state.units)]
  const groups = new DisjointSets()
  for (const [a, b] of pairs) groups.join(a, b)
  const keys = new Set(pairs.flat())
  return keys.size - new Set([...keys].map((key) => groups.rootOf(key))).size
}

/** Each unit with the first one of equal text. */
function equalPairs(units: readonly Unit[]): readonly (readonly [string, string])[] {
  const byText = Map.groupBy(notes(units), ({ sha256 }) => sha256)
  return [...byText.values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : others.map(({ id }) => [first.id, id] as const),
  )
}

/** Lines of an index say nothing of their own. */
function notes(units: readonly Unit[]): readonly Unit[] {
  return units.filter(({ kind }) => kind !== 'index-line')
}

function snapshotOf({ store, memories }: StoreState, asOf: string): Snapshot {
  return {
    storeId: store.id,
    memories,
    sessions: [],
    pinnedUnits: [],
    settledChanges: [],
    settledPatterns: [],
    instructions: null,
    engineVersion: ENGINE_VERSION,
    asOf,
    thinking: null,
    imported: { lines: 0, skipped: {} },
  }
}
