import { digestOf, sha256 } from '../../../core/ids.ts'
import type { Asker } from '../../asking/asker.ts'
import { mirroredRelation } from '../../assembly/judgement.ts'
import { DREAM_LIMITS } from '../../dream-limits.ts'
import type { DreamPorts } from '../../dream-ports.ts'
import type { Decision, Entry } from '../../entry.ts'
import { modelRelation, type Told, type Verdict } from '../../judging/model-relation.ts'
import { hintedPairs, openPairs } from '../../judging/open-pairs.ts'
import {
  type RelateItem,
  type RelateOutput,
  type RelateSide,
  type RelateVerdict,
  relatePrompt,
} from '../../prompts/relate.ts'
import type { ModelReading } from '../../reading/model-reading.ts'
import { recordedStep } from '../../recorded-step.ts'
import type { Judged } from '../decide-pairs.ts'
import type { DreamInputs } from '../snapshot.ts'

/** Pairs of one call: more of them make the verdicts of small models worse. */
const PAIRS_PER_CALL = 8
/** Every so many pairs one is asked about again with its sides exchanged. */
const AUDITED_OF = 10

/** A pair as it is asked about: its sides in an order that no id has a part in. */
interface Question {
  readonly a: Entry
  readonly b: Entry
  readonly item: RelateItem
  readonly key: string
  /** A model named the note of the pair as changed by its claim. */
  readonly isHinted: boolean
}

/**
 * Asks a model how the pairs that rules left open relate. Its verdicts are weighed by
 * `modelRelation`; without one a pair stays as rules judged it. What one dream has no room for is
 * counted in `unasked`: the next dream goes on where this one ended.
 */
export async function askAboutPairs(
  inputs: DreamInputs,
  { hints }: Pick<ModelReading, 'hints'>,
  judged: Judged,
  ports: DreamPorts,
): Promise<Judged> {
  const { asker } = ports
  if (asker === null) return judged
  const named = new Set(hints.map(({ claimId, unitId }) => `${claimId} ${unitId}`))
  const open = openPairs(hints, judged, ports.rules).map((pair) => questionOf(pair, named))
  const picked = await pickQuestions(open, inputs, ports)
  const answers = new Map<string, Told>()
  const byAudience = Map.groupBy(picked, ({ a }) => a.audience)
  for (const name of [...byAudience.keys()].sort()) {
    ports.signal?.throwIfAborted()
    await ports.keepAlive()
    const questions = byAudience.get(name) ?? []
    for (const [question, told] of await askEach(questions, asker, ports)) {
      answers.set(pairKey(question.a, question.b), told)
      answers.set(pairKey(question.b, question.a), mirroredTold(told))
    }
  }
  await rememberAsked(picked, answers, inputs, ports)
  return {
    ...withAnswers(judged, hintedPairs(hints, judged), answers),
    unasked: open.length - picked.length,
  }
}

/** The same text of both sides, the same question, whatever their ids are. */
function questionOf(decision: Decision, named: ReadonlySet<string>): Question {
  const sides = [decision.a, decision.b].map((entry) => ({ entry, side: sideOfItem(entry) }))
  const [first, second] = sides.sort((x, y) => (digestOf(x.side) < digestOf(y.side) ? -1 : 1))
  if (first === undefined || second === undefined) throw new Error('A pair has two sides.')
  const item = { a: first.side, b: second.side }
  const [a, b] = [first.entry, second.entry]
  const isHinted = named.has(namesOf(a, b)) || named.has(namesOf(b, a))
  return { a, b, item, key: keyOf(item), isHinted }
}

/** A claim and the note of an entry, which may be one sentence of it. */
function namesOf(claim: Entry, { key, source }: Entry): string {
  return `${claim.key} ${source.kind === 'unit' ? source.unit.id : key}`
}

function sideOfItem({ source, text, context, statedAt }: Entry): RelateSide {
  const quote = source.kind === 'claim' ? (source.claim.evidence[0]?.quote ?? null) : null
  return { text, about: context.join(' > '), at: statedAt, said: quote === text ? null : quote }
}

function keyOf(item: RelateItem): string {
  return digestOf([item.a, item.b])
}

/**
 * Pairs that this model was asked about before, which costs nothing, and as many new ones as one
 * dream may ask. The choice is stored, so that a dream that was cut off makes the same one.
 */
async function pickQuestions(
  open: readonly Question[],
  { snapshot }: DreamInputs,
  { storage }: DreamPorts,
): Promise<readonly Question[]> {
  const { storeId, memories, sessions, thinking } = snapshot
  const keys = open.map(({ key }) => key)
  const inputs = { storeId, memories, sessions, thinking, keys }
  const picked = await recordedStep(storage.steps, 'pairs-to-ask', inputs, async () => {
    const known = await storage.steps.getAll(keys.map((key) => askedKey(key, snapshot)))
    const isKnown = (key: string): boolean => known.has(askedKey(key, snapshot))
    const fresh = keys.filter((key) => !isKnown(key)).slice(0, DREAM_LIMITS.pairsAskedMax)
    return [...keys.filter(isKnown), ...fresh]
  })
  const isPicked = new Set(picked)
  return open.filter(({ key }) => isPicked.has(key))
}

async function rememberAsked(
  picked: readonly Question[],
  answers: ReadonlyMap<string, Told>,
  { snapshot }: DreamInputs,
  { storage }: DreamPorts,
): Promise<void> {
  const answered = picked.filter(({ a, b }) => answers.has(pairKey(a, b)))
  const keys = new Set(answered.map(({ key }) => askedKey(key, snapshot)))
  await storage.steps.putAll([...keys].map((key) => [key, '1'] as const))
}

function askedKey(key: string, { thinking }: DreamInputs['snapshot']): string {
  return `pair-asked:${sha256(`${relatePrompt.version} ${thinking?.small ?? ''} ${key}`)}`
}

/** One audience's questions, with what came of each that was answered. */
async function askEach(
  questions: readonly Question[],
  asker: Asker,
  { rules }: DreamPorts,
): Promise<readonly (readonly [Question, Told])[]> {
  const verdicts = await verdictsOn(
    questions.map(({ item }) => item),
    asker,
  )
  const audited = questions.filter(({ key }, n) => verdicts[n] !== undefined && isAudited(key))
  const again = await verdictsOn(
    audited.map(({ item }) => ({ a: item.b, b: item.a })),
    asker,
  )
  const second = new Map(audited.map((question, n) => [question, again[n]]))
  return questions.flatMap((question, n) => {
    const verdict = verdicts[n]
    if (verdict === undefined) return []
    const { a, b, isHinted } = question
    const told = modelRelation(a, b, verdict, rules, isHinted)
    const other = second.get(question)
    if (other === undefined) return [[question, told] as const]
    const swapped = mirroredTold(modelRelation(b, a, other, rules, isHinted))
    const isSteady = swapped.relation === told.relation && swapped.asked === told.asked
    return [[question, isSteady ? told : UNSTEADY] as const]
  })
}

const UNSTEADY: Told = {
  relation: 'none',
  reasons: ['a model judges it otherwise the other way round'],
  asked: 'told',
}

function isAudited(key: string): boolean {
  return Number.parseInt(sha256(key).slice(0, 8), 16) % AUDITED_OF === 0
}

async function verdictsOn(
  items: readonly RelateItem[],
  asker: Asker,
): Promise<readonly (Verdict | undefined)[]> {
  if (items.length === 0) return []
  return asker.askItems<RelateItem, RelateVerdict, RelateOutput>(relatePrompt, items, {
    batchSize: PAIRS_PER_CALL,
    keyOf,
    verdictsOf: verdictsByNumber,
  })
}

/** A pair that is judged twice or not at all has no verdict. */
export function verdictsByNumber(
  { pairs }: RelateOutput,
  items: readonly RelateItem[],
): readonly (RelateVerdict | undefined)[] {
  return items.map((_, n) => {
    const own = pairs.filter(({ pair }) => pair === n + 1)
    return own.length === 1 ? own[0] : undefined
  })
}

function withAnswers(
  judged: Judged,
  hinted: readonly Decision[],
  answers: ReadonlyMap<string, Told>,
): Judged {
  const told = (decision: Decision): Decision => {
    const answer = answers.get(pairKey(decision.a, decision.b))
    return answer === undefined ? decision : { ...decision, ...answer }
  }
  const proposed = new Set(judged.decisions.map(({ a, b }) => pairKey(a, b)))
  const added = hinted.filter(
    ({ a, b }) => !proposed.has(pairKey(a, b)) && !proposed.has(pairKey(b, a)),
  )
  return {
    ...judged,
    decisions: [...judged.decisions, ...added].map(told),
    judge: (a, b) => told(judged.judge(a, b)),
  }
}

function pairKey(a: Entry, b: Entry): string {
  return `${a.key} ${b.key}`
}

function mirroredTold(told: Told): Told {
  return { ...told, relation: mirroredRelation(told.relation) }
}
