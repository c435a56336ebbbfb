import type { CurrentEntry } from '../../harness/dream-cases.ts'
import type { Row } from '../../harness/row.ts'
import { type ShareReading, shareRows } from '../../harness/share-rows.ts'
import { type BenchContext, type BenchSet, itemsOf } from '../../harness/suite.ts'
import { isTold } from '../supersede/entry-checks.ts'
import { holdsKeyWord, keyWords, shareHeld, topicWords } from './key-words.ts'
import { talkMessages } from './talk-messages.ts'

/** A talk of several people, and what of it has to be in the memory afterwards. */
interface TalkItem {
  readonly id: string
  readonly transcript: string
  readonly gold: {
    readonly decisions?: readonly string[]
    readonly open_todos?: readonly { readonly task: string }[]
    readonly artifacts?: readonly { readonly path: string }[]
    readonly discarded?: readonly string[]
    readonly must_keep?: readonly string[]
    readonly constraints?: readonly string[]
    readonly open_questions?: readonly string[]
    readonly safe_to_drop?: readonly string[]
  }
}

/** One point of the gold: is it in the store? */
interface Point {
  readonly metric: 'kept' | 'leaked' | 'stated_as_decided'
  readonly class: string
  readonly isHit: boolean
}

const SAID_AT = '2026-03-01T09:00:00Z'

export const sessionHandoff: BenchSet = talkSet('letta-session-handoff')
export const compression: BenchSet = talkSet('letta-compression')

function talkSet(name: string): BenchSet {
  return {
    name,
    async run(context) {
      const points: Point[] = []
      for (const item of itemsOf<TalkItem>(context, 'consolidation', name)) {
        points.push(...(await pointsOf(item, context)))
      }
      return METRICS.flatMap((metric) => rowsOf(name, points, metric))
    },
  }
}

const METRICS = ['kept', 'leaked', 'stated_as_decided'] as const

function rowsOf(set: string, points: readonly Point[], metric: Point['metric']): readonly Row[] {
  const always = (isHit: boolean) => (): boolean => isHit
  const reading: ShareReading<Point> = {
    metric,
    hit: ({ isHit }) => isHit,
    baselines: { store_everything: always(true), store_nothing: always(false) },
    ...(metric === 'stated_as_decided' ? { target: '<= 0' } : {}),
  }
  const ofMetric = points.filter((point) => point.metric === metric)
  return shareRows({ suite: 'consolidation', set }, ofMetric, reading, (point) => [point.class])
}

async function pointsOf(item: TalkItem, { cases }: BenchContext): Promise<readonly Point[]> {
  const { current } = await cases.dream({
    memory: {},
    transcripts: [talkMessages(item.transcript, SAID_AT)],
  })
  const told = current.filter(isTold)
  const { gold, transcript } = item
  const todos = gold.open_todos?.map(({ task }) => task) ?? []
  const paths = gold.artifacts?.map(({ path }) => path) ?? []
  const kept = (name: string, points: readonly string[] = []): readonly Point[] =>
    points.flatMap((point) => keptPoint(name, point, told, transcript))
  return [
    ...kept('decisions', gold.decisions),
    ...kept('to do', todos),
    ...keptPaths(paths, told, transcript),
    ...kept('must keep', gold.must_keep),
    ...kept('constraints', gold.constraints),
    ...[...(gold.discarded ?? []), ...(gold.safe_to_drop ?? [])].map(
      (topic): Point => ({
        metric: 'leaked',
        class: 'small talk',
        isHit: told.some(({ text }) => isOnTopic(text, topic)),
      }),
    ),
    ...(gold.open_questions ?? []).map(
      (question): Point => ({
        metric: 'stated_as_decided',
        class: 'open questions',
        isHit: told.some((entry) => decides(entry, question)),
      }),
    ),
  ]
}

/** Gold is a paraphrase: only its key words that were really said are looked for, all of them. */
function keptPoint(
  name: string,
  point: string,
  told: readonly CurrentEntry[],
  transcript: string,
): readonly Point[] {
  const keys = keyWords(point).filter((key) => holdsKeyWord(transcript, key))
  if (keys.length === 0) return []
  const isHit = keys.every((key) => told.some(({ text }) => holdsKeyWord(text, key)))
  return [{ metric: 'kept', class: name, isHit }]
}

function keptPaths(
  paths: readonly string[],
  told: readonly CurrentEntry[],
  transcript: string,
): readonly Point[] {
  return paths
    .filter((path) => transcript.includes(path))
    .map((path) => ({
      metric: 'kept',
      class: 'artifacts',
      isHit: told.some(({ text }) => text.includes(path)),
    }))
}

function isOnTopic(text: string, topic: string): boolean {
  return shareHeld(text, [...topicWords(topic), ...keyWords(topic)]) >= 0.5
}

/** Says something of what is still open, in words of nobody who still asks. */
function decides({ text }: CurrentEntry, question: string): boolean {
  if (!isOnTopic(text, question)) return false
  return !/\?|\b(?:vs\.?|versus|whether|or|pick|choose|decide|confirm|review|open|pending|tbd|need(?:s)? to)\b/i.test(
    text,
  )
}
