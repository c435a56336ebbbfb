import { contentStems } from '../../../src/engine/language/tokens.ts'
import { retrievalOver } from '../../../src/engine/retrieval.ts'
import type { Dreamt } from '../../harness/dream-cases.ts'
import { figureRow, type Row } from '../../harness/row.ts'
import { type ShareReading, shareRows } from '../../harness/share-rows.ts'
import { type BenchContext, type BenchSet, itemsOf } from '../../harness/suite.ts'
import { evidenceOf, type Side, sideOf, speakersOf, type Talk, type TalkQuestion } from './talk.ts'
import { citedTimes, tokensIn } from './timed-sessions.ts'

const NAME = 'locomo'
const PLACE = { suite: 'retention', set: NAME }
const DEPTHS = [5, 10] as const

/** Conversations between two people: is what a question needs still in either one's memory? */
export const locomo: BenchSet = {
  name: NAME,
  async run(context) {
    const questions = itemsOf<TalkQuestion>(context, 'conversations', 'locomo-questions')
    const talks = questions.length === 0 ? [] : itemsOf<Talk>(context, 'conversations', NAME)
    const asked: Asked[] = []
    const sizes: Size[] = []
    for (const talk of talks) {
      const memories = await memoriesOf(talk, context)
      sizes.push(sizeOf(memories))
      asked.push(
        ...answersOf(
          questions.filter((one) => isOf(one, talk)),
          memories,
        ),
      )
    }
    if (asked.length === 0) return []
    return [
      ...READINGS.flatMap((reading) =>
        shareRows(PLACE, asked, reading, ({ category }) => [`category ${category}`]),
      ),
      tokensRow(sizes),
    ]
  },
}

function isOf(question: TalkQuestion, { id }: Talk): boolean {
  if (question.exclude_from_evidence_score === true) return false
  return question.conversation === id && evidenceOf(question).length > 0
}

/** A question's evidence, turn by turn. */
interface Asked {
  readonly category: string
  readonly isCited: readonly boolean[]
  /** Whether all of it is behind the best so many. */
  readonly found: readonly {
    readonly depth: number
    readonly inStore: boolean
    readonly inTurns: boolean
  }[]
}

const TRIVIAL = { store_everything: () => true, store_nothing: () => false }

const READINGS: readonly ShareReading<Asked>[] = [
  { metric: 'kept_any', hit: ({ isCited }) => isCited.some(Boolean), baselines: TRIVIAL },
  { metric: 'kept_all', hit: ({ isCited }) => isCited.every(Boolean), baselines: TRIVIAL },
  ...DEPTHS.map((depth): ShareReading<Asked> => {
    const at = ({ found }: Asked): Asked['found'][number] | undefined =>
      found.find((one) => one.depth === depth)
    return {
      metric: `recall_at_${depth}`,
      hit: (asked) => at(asked)?.inStore ?? null,
      baselines: { search_over_turns: (asked) => at(asked)?.inTurns ?? null },
    }
  }),
]

/** What one of the two has in memory after the talk. */
interface Memory {
  readonly side: Side
  readonly dreamt: Dreamt
}

async function memoriesOf(talk: Talk, { cases }: BenchContext): Promise<readonly Memory[]> {
  const memories: Memory[] = []
  for (const speaker of speakersOf(talk)) {
    const side = sideOf(talk, speaker)
    const transcripts = side.sessions.map(({ messages }) => messages)
    memories.push({ side, dreamt: await cases.dream({ memory: {}, transcripts }) })
  }
  return memories
}

function answersOf(
  questions: readonly TalkQuestion[],
  memories: readonly Memory[],
): readonly Asked[] {
  const search = searchOver(memories)
  const cited = citedTimes(memories.flatMap(({ dreamt }) => dreamt.current))
  const timeOf = memories[0]?.side.timeOf
  return questions.map((one) => {
    const times = evidenceOf(one).map((id) => timeOf?.get(id) ?? id)
    const isAllIn = (found: ReadonlySet<string>): boolean => times.every((at) => found.has(at))
    return {
      category: String(one.category),
      isCited: times.map((at) => cited.has(at)),
      found: DEPTHS.map((depth) => ({
        depth,
        inStore: isAllIn(search.inStore(one.question, depth)),
        inTurns: isAllIn(search.inTurns(one.question, depth)),
      })),
    }
  })
}

/**
 * Whether all evidence is behind the best entries for a question, and behind the best turns. Both
 * are ranked by the same words: a search of the store answers with whole files.
 */
function searchOver(memories: readonly Memory[]): Search {
  const entries = memories.flatMap(({ dreamt }) => dreamt.current)
  const turns = memories.flatMap(({ side }) =>
    side.sessions.flatMap(({ messages }) => messages.filter(({ role }) => role === 'user')),
  )
  const store = retrievalOver(entries.map(({ text }) => text))
  const raw = retrievalOver(turns.map(({ content }) => content))
  return {
    inStore(question, depth) {
      const best = new Set(store.top(contentStems(question), depth))
      return citedTimes(entries.filter(({ text }) => best.has(text)))
    },
    inTurns(question, depth) {
      const best = new Set(raw.top(contentStems(question), depth))
      return new Set(turns.flatMap(({ content, at }) => (best.has(content) && at ? [at] : [])))
    },
  }
}

interface Search {
  /** Times behind the best entries. */
  readonly inStore: (question: string, depth: number) => ReadonlySet<string>
  readonly inTurns: (question: string, depth: number) => ReadonlySet<string>
}

interface Size {
  readonly store: number
  readonly raw: number
}

/** Both memories against the talk, read once. */
function sizeOf(memories: readonly Memory[]): Size {
  const [first] = memories
  const said = first?.side.sessions.flatMap(({ messages }) => messages) ?? []
  return {
    store: tokensIn(memories.flatMap(({ dreamt }) => dreamt.current.map(({ text }) => text))),
    raw: tokensIn(said.map(({ content }) => content)),
  }
}

function tokensRow(sizes: readonly Size[]): Row {
  const ratio =
    sizes.reduce((sum, { store }) => sum + store, 0) / sizes.reduce((sum, { raw }) => sum + raw, 0)
  const baselines = { store_everything: 1, store_nothing: 0 }
  return figureRow({ ...PLACE, metric: 'tokens_ratio', baselines }, ratio, sizes.length, 'ratio')
}
