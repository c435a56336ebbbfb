import type { Change } from '../../core/change.ts'
import type { Claim } from '../../core/claim.ts'
import type { ClaimId, SessionEventId } from '../../core/ids.ts'
import { checkInvariants } from '../../core/invariants/check-invariants.ts'
import type { Violation } from '../../core/invariants/dream-facts.ts'
import { lexicalEmbedder } from '../../models/lexical-embedder.ts'
import type { StepResults } from '../../storage/storage.ts'
import { dreamFacts } from '../../testing/dream-facts.ts'
import type { Asked, Asker } from '../asking/asker.ts'
import type { Finding } from '../assembly/findings.ts'
import { limitsOf } from '../dream-limits.ts'
import type { DreamPorts } from '../dream-ports.ts'
import type { Verdict } from '../judging/model-relation.ts'
import { slotsOf } from '../language/slots-of.ts'
import type { MergeInput } from '../prompts/merge.ts'
import type { RelateItem } from '../prompts/relate.ts'
import type { Exchange, Hint, Twins } from '../reading/model-reading.ts'
import { RULES } from '../rules.ts'
import { assemble } from './assemble.ts'
import { askAboutPairs } from './by-model/ask-pairs.ts'
import { wordMerges } from './by-model/word-merges.ts'
import { decidePairs, type Judged } from './decide-pairs.ts'
import { inputsOf } from './dream-inputs.test-support.ts'
import { aStatement, type Given } from './entry.test-support.ts'
import { render } from './render.ts'
import type { DreamInputs } from './snapshot.ts'

/** What a model in a test answers; undefined = nothing. */
export interface Script {
  readonly relate?: (item: RelateItem) => Verdict | undefined
  readonly merge?: (members: readonly string[]) => string | undefined
}

export interface ScriptedAsker extends Asker {
  /** Every pair that was asked about, in order. */
  readonly pairs: readonly RelateItem[]
}

export const SAME: Verdict = {
  rel: 'same',
  slotSame: true,
  bothCanHold: true,
  missingInA: [],
  missingInB: [],
}
export const UPDATE: Verdict = { ...SAME, rel: 'update', bothCanHold: false }
/** Of one matter, a detail missing on each side. */
export const OVERLAP: Verdict = { ...SAME, rel: 'a_more', missingInA: ['a detail'] }
export const NONE: Verdict = { ...SAME, rel: 'none', slotSame: false }

/** An asker that keeps nothing and whose answers a script gives. */
export function scriptedAsker({ relate, merge }: Script): ScriptedAsker {
  const pairs: RelateItem[] = []
  return {
    pairs,
    ask: async <Input, Output>(_prompt: unknown, inputs: readonly Input[]) =>
      inputs.map((input): Asked<Output> => {
        const text = merge?.((input as MergeInput).members)
        if (text === undefined) return { kind: 'unanswered', why: 'invalid' }
        return { kind: 'answered', output: { keeps: [], text } as Output }
      }),
    askItems: async <Item, Answer>(_prompt: unknown, items: readonly Item[]) =>
      items.map((item) => {
        pairs.push(item as RelateItem)
        return relate?.(item as RelateItem) as Answer | undefined
      }),
    usage: () => [],
    uncovered: () => 0,
  }
}

export function stepsInMemory(): StepResults {
  const results = new Map<string, string>()
  const putAll: StepResults['putAll'] = async (added) => {
    for (const [key, result] of added) if (!results.has(key)) results.set(key, result)
  }
  return {
    get: async (key) => results.get(key) ?? null,
    put: (key, result) => putAll([[key, result]]),
    getAll: async (keys) => new Map(keys.flatMap((key) => entriesOf(results, key))),
    putAll,
  }
}

function entriesOf(results: ReadonlyMap<string, string>, key: string): readonly [string, string][] {
  const result = results.get(key)
  return result === undefined ? [] : [[key, result]]
}

export function portsWith(asker: Asker | null, steps: StepResults = stepsInMemory()): DreamPorts {
  const storage = { steps, dreams: { list: async () => [] } } as unknown as DreamPorts['storage']
  return {
    storage,
    asker,
    embedder: lexicalEmbedder(),
    rules: RULES,
    secrets: { mask: async (text) => text },
    announce: async () => undefined,
    onProgress: () => undefined,
    signal: null,
    keepAlive: async () => undefined,
  }
}

/** A claim as a model words it; `said` is what the person said. */
export function modelClaim(
  text: string,
  said: string,
  more: Partial<Claim> = {},
  given: Given = {},
): Claim {
  const { source } = aStatement(text, { at: '2026-11-10T09:00:00.000Z', ...given })
  if (source.kind !== 'claim') throw new Error('A statement is a claim.')
  const evidence = source.claim.evidence.map((item) => ({ ...item, quote: said }))
  return { ...source.claim, wording: 'model', ...more, evidence }
}

export interface Told {
  readonly inputs: DreamInputs
  readonly judged: Judged
  readonly findings: readonly Finding[]
  readonly changes: readonly Change[]
  readonly violations: readonly Violation[]
}

export interface Reads {
  readonly claims?: readonly Claim[]
  readonly hints?: readonly {
    readonly claim: number
    readonly note: string
    readonly exchange?: Exchange | null
  }[]
  /** Positions in `claims`. */
  readonly twins?: readonly { readonly statement: number; readonly change: number }[]
  readonly pinned?: readonly string[]
}

/** A dream over these files and claims from judging to rendering, with its invariants checked. */
export async function dreamOf(
  files: Readonly<Record<string, string>>,
  asker: Asker | null,
  { claims = [], hints = [], twins = [], pinned = [] }: Reads = {},
): Promise<Told> {
  const inputs = pinnedInputs(files, pinned)
  const ports = portsWith(asker)
  const told = hints.flatMap(({ claim, note, exchange = null }): readonly Hint[] => {
    const unit = inputs.units.find(({ text }) => text.startsWith(note))
    const id = claims[claim]?.id
    return unit === undefined || id === undefined
      ? []
      : [{ claimId: id as ClaimId, unitId: unit.id, exchange }]
  })
  const texts = new Map<SessionEventId, string>(
    claims.flatMap(({ evidence }) =>
      evidence.flatMap((item) => (item.kind === 'event' ? [[item.eventId, item.quote]] : [])),
    ),
  )
  const sources = {
    sharedText: () => undefined,
    eventText: (id: SessionEventId) => texts.get(id),
    versionContent: (id: string) =>
      inputs.content.memories.get(
        inputs.snapshot.memories.find(({ versionId }) => versionId === id)?.path ?? '',
      )?.content,
  }
  const reading = {
    ...{
      claims,
      hints: told,
      twins: idsOf(twins, claims),
      sightings: [],
      untrusted: [],
      earlier: [],
      events: 0,
      sources,
    },
    ...{ unread: [], discarded: [] },
  }
  const judged = await askAboutPairs(
    inputs,
    reading,
    await decidePairs(inputs, claims, ports),
    ports,
  )
  const findings = await wordMerges(await assemble(inputs, reading, judged, ports), inputs, ports)
  const { changes } = render(inputs, findings, [], limitsOf(inputs.store))
  const facts = { ...dreamFacts(inputs.content, changes), sources, slotsOf }
  return { inputs, judged, findings, changes, violations: checkInvariants(facts) }
}

function idsOf(twins: NonNullable<Reads['twins']>, claims: readonly Claim[]): readonly Twins[] {
  return twins.flatMap(({ statement, change }) => {
    const [one, two] = [claims[statement], claims[change]]
    return one === undefined || two === undefined ? [] : [{ statement: one.id, change: two.id }]
  })
}

function pinnedInputs(
  files: Readonly<Record<string, string>>,
  pinned: readonly string[],
): DreamInputs {
  const inputs = inputsOf(files)
  const isPinned = (text: string): boolean => pinned.some((start) => text.startsWith(start))
  const memories = new Map(
    [...inputs.content.memories].map(([path, memory]) => [
      path,
      {
        ...memory,
        units: memory.units.map((unit) => ({ ...unit, isPinned: isPinned(unit.text) })),
      },
    ]),
  )
  return {
    ...inputs,
    content: { memories },
    units: [...memories.values()].flatMap(({ units }) => units),
  }
}
