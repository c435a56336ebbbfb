import type { Dreamt } from '../../harness/dream-cases.ts'
import { holdsWords } from '../../harness/holds-words.ts'
import { figureRow, type Row, shareRow } from '../../harness/row.ts'
import { type ShareReading, shareRows } from '../../harness/share-rows.ts'
import { type BenchContext, type BenchSet, sampleOf } from '../../harness/suite.ts'
import { type History, readHistories } from './dated-history.ts'
import { citedTimes, timesOf, tokensIn } from './timed-sessions.ts'

const NAME = 'longmemeval'
const PLACE = { suite: 'retention', set: NAME }

/** A person's dated conversations in one dream: what of it is still known, and from where. */
export const longMemEval: BenchSet = {
  name: NAME,
  async run(context) {
    const scored: Scored[] = []
    for (const history of sampleOf(context, NAME, readHistories(context))) {
      scored.push(await scoreHistory(history, context))
    }
    if (scored.length === 0) return []
    return [
      ...READINGS.flatMap((reading) => shareRows(PLACE, scored, reading, ({ kind }) => [kind])),
      ...turnRows(scored),
      tokensRow(scored),
    ]
  },
}

interface Scored {
  readonly kind: string
  readonly evidence: number
  readonly cited: number
  readonly inHistory: number
  readonly others: number
  readonly fillers: number
  readonly promoted: number
  readonly isFound: boolean
  /** Null = the question asks for no changed value. */
  readonly isStale: boolean | null
  readonly isCurrent: boolean | null
  readonly isKeptAsHistory: boolean | null
  readonly tokens: number
  readonly rawTokens: number
}

const READINGS: readonly ShareReading<Scored>[] = [
  { metric: 'kept_any', hit: ({ cited }) => cited > 0, ...againstTrivial(true), target: '>= 1' },
  {
    metric: 'kept_all',
    hit: ({ evidence, cited }) => cited === evidence,
    ...againstTrivial(true),
  },
  {
    metric: 'kept_or_in_history',
    hit: ({ evidence, cited, inHistory }) => cited + inHistory === evidence,
    ...againstTrivial(true),
    target: '>= 1',
  },
  { metric: 'answer_held', hit: ({ isFound }) => isFound, ...againstTrivial(true) },
  { metric: 'recall', hit: ({ isCurrent }) => isCurrent, ...againstTrivial(true), target: '>= 1' },
  { metric: 'stale', hit: ({ isStale }) => isStale, ...againstTrivial(true), target: '<= 0' },
  { metric: 'history', hit: ({ isKeptAsHistory }) => isKeptAsHistory, target: '>= 1' },
]

function againstTrivial(everything: boolean): Required<Pick<ShareReading<Scored>, 'baselines'>> {
  return { baselines: { store_everything: () => everything, store_nothing: () => false } }
}

/**
 * A turn is promoted when a current entry cites it; the evidence of the question is not counted.
 * What the agent says never is, so the share of the user's own turns stands beside that of all.
 */
function turnRows(scored: readonly Scored[]): readonly Row[] {
  const sum = (read: (one: Scored) => number): number =>
    scored.reduce((total, one) => total + read(one), 0)
  const baselines = { store_everything: 1, store_nothing: 0 }
  return [
    ...shareRow(
      { ...PLACE, metric: 'promoted', baselines, target: '<= 0.05' },
      sum(({ promoted }) => promoted),
      sum(({ fillers }) => fillers),
    ),
    ...shareRow(
      { ...PLACE, metric: 'promoted', class: "of the user's turns", baselines },
      sum(({ promoted }) => promoted),
      sum(({ others }) => others),
    ),
  ]
}

function tokensRow(scored: readonly Scored[]): Row {
  const sum = (read: (one: Scored) => number): number =>
    scored.reduce((total, one) => total + read(one), 0)
  const ratio = sum(({ tokens }) => tokens) / sum(({ rawTokens }) => rawTokens)
  const baselines = { store_everything: 1, store_nothing: 0 }
  return figureRow({ ...PLACE, metric: 'tokens_ratio', baselines }, ratio, scored.length, 'ratio')
}

async function scoreHistory(history: History, { cases }: BenchContext): Promise<Scored> {
  const dreamt = await cases.dream({
    memory: {},
    transcripts: history.sessions.map(({ messages }) => messages),
  })
  const { current, ledger } = dreamt
  const cited = citedTimes(current)
  const left = timesOf(ledger.flatMap(({ evidence }) => evidence))
  const { gold, evidence, others } = history
  return {
    kind: gold.question_type,
    evidence: evidence.length,
    cited: evidence.filter((at) => cited.has(at)).length,
    inHistory: evidence.filter((at) => !cited.has(at) && left.has(at)).length,
    others: others.length,
    fillers: history.fillers,
    promoted: others.filter((at) => cited.has(at)).length,
    isFound: gold.answers.some((answer) => isHeld(answer, dreamt)),
    ...changedValue(history, dreamt),
    tokens: tokensIn(current.map(({ text }) => text)),
    rawTokens: tokensIn(
      history.sessions.flatMap(({ messages }) => messages.map(({ content }) => content)),
    ),
  }
}

function changedValue(
  { gold }: History,
  dreamt: Dreamt,
): Pick<Scored, 'isStale' | 'isCurrent' | 'isKeptAsHistory'> {
  const { superseded_value: old = null, current_value: value = null } = gold
  if (old === null || value === null) {
    return { isStale: null, isCurrent: null, isKeptAsHistory: null }
  }
  return {
    isStale: isHeld(old, dreamt),
    isCurrent: isHeld(value, dreamt),
    isKeptAsHistory: dreamt.ledger.some(
      ({ text, evidence }) => holdsWords(text, old) && evidence.length > 0,
    ),
  }
}

function isHeld(words: string, { current }: Dreamt): boolean {
  return current.some(({ text, evidence }) => evidence.length > 0 && holdsWords(text, words))
}
