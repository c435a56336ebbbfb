import type { CurrentEntry } from '../../harness/dream-cases.ts'
import { figureRow, type Row, shareRow } from '../../harness/row.ts'
import { type BenchContext, type BenchSet, itemsOf } from '../../harness/suite.ts'
import {
  citedTimes,
  type TimedSession,
  type Turn,
  timedSession,
  tokensIn,
} from './timed-sessions.ts'

/** Some days of small talk of one person. */
interface Diary {
  readonly id: string
  readonly user: string
  readonly sessions: readonly { readonly date: string; readonly turns: readonly Turn[] }[]
}

interface Kept {
  readonly diary: Diary
  readonly sessions: readonly TimedSession[]
  readonly current: readonly CurrentEntry[]
}

const NAME = 'memorybank'
const PLACE = { suite: 'retention', set: NAME }

/** Several people, each with a memory of their own: nobody's words stand in another's. */
export const diaries: BenchSet = {
  name: NAME,
  async run(context) {
    const kept: Kept[] = []
    for (const diary of itemsOf<Diary>(context, 'sessions', NAME)) {
      kept.push(await keptOf(diary, context))
    }
    if (kept.length === 0) return []
    const leaks = kept.map((one) => leaksInto(one, kept))
    const turns = kept.flatMap(userTimes)
    const promoted = kept.flatMap(({ current }) => [...citedTimes(current)])
    const baselines = { store_everything: 1, store_nothing: 0 }
    return [
      ...shareRow(
        { ...PLACE, metric: 'leaked', target: '<= 0' },
        leaks.filter(Boolean).length,
        kept.length,
      ),
      ...shareRow({ ...PLACE, metric: 'promoted', baselines }, promoted.length, turns.length),
      tokensRow(kept),
    ]
  },
}

async function keptOf(diary: Diary, { cases }: BenchContext): Promise<Kept> {
  const sessions = diary.sessions.map(({ date, turns }, place) =>
    timedSession(`${diary.id} ${date}`, new Date(`${date}T09:00:00Z`), turns, place),
  )
  const { current } = await cases.dream({
    memory: {},
    transcripts: sessions.map(({ messages }) => messages),
  })
  return { diary, sessions, current }
}

/** Words that this person never said, or the name of another of whom they never spoke. */
function leaksInto({ diary, sessions, current }: Kept, all: readonly Kept[]): boolean {
  const said = sessions.flatMap(({ messages }) => messages.map(({ content }) => content)).join('\n')
  const strangers = all
    .filter((one) => one.diary.id !== diary.id && !names(said, one.diary.user))
    .map((one) => one.diary.user)
  return current.some(
    ({ text, evidence }) =>
      evidence.some(({ quote, kind }) => kind === 'event' && !said.includes(quote)) ||
      strangers.some((name) => names(text, name)),
  )
}

function names(text: string, name: string): boolean {
  return ` ${text.split(/[^\p{L}]+/u).join(' ')} `.includes(` ${name} `)
}

function userTimes({ sessions }: Kept): readonly string[] {
  return sessions.flatMap(({ messages, times }) =>
    times.filter((_at, n) => messages[n]?.role === 'user'),
  )
}

function tokensRow(kept: readonly Kept[]): Row {
  const store = tokensIn(kept.flatMap(({ current }) => current.map(({ text }) => text)))
  const raw = tokensIn(
    kept.flatMap(({ sessions }) =>
      sessions.flatMap(({ messages }) => messages.map(({ content }) => content)),
    ),
  )
  const baselines = { store_everything: 1, store_nothing: 0 }
  return figureRow(
    { ...PLACE, metric: 'tokens_ratio', baselines },
    store / raw,
    kept.length,
    'ratio',
  )
}
