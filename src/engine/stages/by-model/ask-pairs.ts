import { digestOf, sha256 } from '../../../core/ids.ts'
import type { Asker } from '../../asking/asker.ts'
import { isEquivalence } from '../../assembly/judgement.ts'
import { DREAM_LIMITS } from '../../dream-limits.ts'
import type { DreamPorts } from '../../dream-ports.ts'
import type { Decision, Entry } from '../../entry.ts'
import { modelRelation, type Told, type Verdict } from '../../judging/model-relation.ts'
import { hintedPairs, openPairs, withoutClash } from '../../judging/open-pairs.ts'
import {
  believedRetellings,
  isDistant,
  mirroredTold,
  NOT_BELIEVED,
  retoldRelation,
} from '../../judging/retelling.ts'
import { withTwins } from '../../judging/twins.ts'
import {
  type RelateItem,
  type RelateOutput,
  type RelateSide,
  type RelateVerdict,
  relatePrompt,
} from '../../prompts/relate.ts'
import type { ModelReading } from '../../reading/model-reading.ts'
import type { Rules } from '../../rules.ts'
import type { Judged } from '../decide-pairs.ts'
import type { DreamInputs } from '../snapshot.ts'
import { markedOnce, type PairToAsk, pickPairs, rememberPairs } from './pick-pairs.ts'

/** Every so many pairs one is asked about again with its sides exchanged. */
const AUDITED_OF = 10

/** A pair as it is asked about: its sides in an order that no id has a part in. */
interface Question extends PairToAsk {
  readonly item: RelateItem
  /** Two notes that hardly share a word: asked in both orders. */
  readonly isDistant: boolean
  readonly pair: Decision
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
  { hints, twins }: Pick<ModelReading, 'hints' | 'twins'>,
  judged: Judged,
  ports: DreamPorts,
): Promise<Judged> {
  const { asker } = ports
  if (asker === null) return judged
  const named = new Set(hints.map(({ claimId, unitId }) => `${claimId} ${unitId}`))
  const open = openPairs(hints, judged, ports.rules)
    .map((pair) => questionOf(pair, named))
    .sort(byWorth)
  const picked = await pickPairs(open, inputs, ports)
  const answered: Answered[] = []
  const byAudience = Map.groupBy(picked, ({ a }) => a.audience)
  for (const name of [...byAudience.keys()].sort()) {
    ports.signal?.throwIfAborted()
    await ports.keepAlive()
    const questions = byAudience.get(name) ?? []
    answered.push(...(await askEach(questions, asker, ports)))
  }
  const isAnswered = new Set<PairToAsk>(answered.map(({ question }) => question))
  await rememberPairs(picked, (pair) => isAnswered.has(pair), inputs, ports)
  const answers = answersOf(await withoutUnbelieved(answered, inputs, ports))
  const distant = answered.filter(({ question }) => question.isDistant)
  const added = [...hintedPairs(hints, judged), ...distant.map(({ question }) => question.pair)]
  const told = withAnswers(judged, added, answers)
  const decisions = withTwins(told, { hints, twins })
  return { ...told, decisions, unasked: open.length - picked.length }
}

/** A question with what came of its answer. */
interface Answered {
  readonly question: Question
  readonly told: Told
}

/** By both orders of the sides. */
function answersOf(answered: readonly Answered[]): ReadonlyMap<string, Told> {
  return new Map(
    answered.flatMap(({ question: { a, b }, told }) => [
      [pairKey(a, b), told] as const,
      [pairKey(b, a), mirroredTold(told)] as const,
    ]),
  )
}

/** Who was refused once stays so: what else is asked about in a later dream changes nothing. */
async function withoutUnbelieved(
  answered: readonly Answered[],
  inputs: DreamInputs,
  ports: DreamPorts,
): Promise<readonly Answered[]> {
  const distant = answered.filter(({ question }) => question.isDistant)
  const keys = distant.map(({ question }) => question.key)
  const retold = distant.map((one) => ({ ...one.question, told: one.told }))
  const believed = new Set(believedRetellings(retold).map(({ key }) => key))
  const unbelieved = retold.filter(
    ({ key, told }) => isEquivalence(told.relation) && !believed.has(key),
  )
  const refused = await markedOnce(
    keys,
    unbelieved.map(({ key }) => key),
    inputs,
    ports,
  )
  return answered.map((one) =>
    refused.has(one.question.key) && isEquivalence(one.told.relation)
      ? { ...one, told: NOT_BELIEVED }
      : one,
  )
}

/** The same text of both sides, the same question, whatever their ids are. */
function questionOf(decision: Decision, named: ReadonlySet<string>): Question {
  const sides = [decision.a, decision.b].map((entry) => ({ entry, side: sideOfItem(entry) }))
  const [first, second] = sides.sort((x, y) => (digestOf(x.side) < digestOf(y.side) ? -1 : 1))
  if (first === undefined || second === undefined) throw new Error('A pair has two sides.')
  const item = { a: first.side, b: second.side }
  const [a, b] = [first.entry, second.entry]
  const isHinted = named.has(namesOf(a, b)) || named.has(namesOf(b, a))
  const isFar = isDistant(decision)
  const cost = isFar ? 2 : 1
  return { a, b, item, key: keyOf(item), cost, isHinted, isDistant: isFar, pair: decision }
}

/** What a model pointed at, then by likeness; equals by what they say, whatever their ids are. */
function byWorth(x: Question, y: Question): number {
  const hinted = Number(y.isHinted) - Number(x.isHinted)
  const near = Number(x.isDistant) - Number(y.isDistant)
  const alike = y.pair.similarity - x.pair.similarity
  return hinted || near || alike || (x.key < y.key ? -1 : 1)
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

/** One audience's questions, with what came of each that was answered. */
async function askEach(
  questions: readonly Question[],
  asker: Asker,
  { rules }: DreamPorts,
): Promise<readonly Answered[]> {
  const verdicts = await verdictsOn(
    questions.map(({ item }) => item),
    asker,
  )
  const audited = questions.filter((question, n) => isAskedAgain(question, verdicts[n]))
  const again = await verdictsOn(
    audited.map(({ item }) => ({ a: item.b, b: item.a })),
    asker,
  )
  const second = new Map(audited.map((question, n) => [question, again[n]]))
  return questions.flatMap((question, n): readonly Answered[] => {
    const verdict = verdicts[n]
    if (verdict === undefined) return []
    return [{ question, told: toldOf(question, verdict, second.get(question), rules) }]
  })
}

/** Of distant notes what says that they are one, and of all others every tenth. */
function isAskedAgain(
  { a, b, key, isDistant: isFar }: Question,
  verdict: Verdict | undefined,
): boolean {
  if (verdict === undefined) return false
  const isMerge = ['same', 'a_more', 'b_more'].includes(verdict.rel)
  const isOneMatter = verdict.rel === 'related' && verdict.slotSame
  const areNotes = [a, b].every(({ source }) => source.kind === 'unit')
  return isFar ? isMerge : (areNotes && (isMerge || isOneMatter)) || isAudited(key)
}

function toldOf(
  { a, b, isHinted, isDistant: isFar }: Question,
  verdict: Verdict,
  second: Verdict | undefined,
  rules: Rules,
): Told {
  if (isFar) return retoldRelation(a, b, [verdict, second], rules)
  const told = modelRelation(a, b, verdict, rules, isHinted)
  if (second === undefined) return told
  const swapped = mirroredTold(modelRelation(b, a, second, rules, isHinted))
  const isSteady = swapped.relation === told.relation && swapped.asked === told.asked
  return isSteady ? told : UNSTEADY
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
    batchSize: DREAM_LIMITS.pairsPerCallMax,
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
    return withoutClash(answer === undefined ? decision : { ...decision, ...answer })
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
