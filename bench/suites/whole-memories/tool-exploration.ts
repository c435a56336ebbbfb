import type { Change } from '../../../src/core/change.ts'
import type { CurrentEntry } from '../../harness/dream-cases.ts'
import type { Row } from '../../harness/row.ts'
import { type ShareReading, shareRows } from '../../harness/share-rows.ts'
import { type BenchContext, type BenchSet, itemsOf } from '../../harness/suite.ts'
import { isTold } from '../supersede/entry-checks.ts'
import { holdsKeyWord, isAbout, keyWords, shareHeld, topicWords } from './key-words.ts'
import { talkMessages } from './talk-messages.ts'

/** Documentation of a tool that is wrong in places, and people who try the tool. */
interface ExplorationItem {
  readonly id: string
  readonly tool: string
  readonly official_docs: string
  readonly transcript: string
  readonly gold: {
    readonly quirks: readonly { readonly title: string; readonly actual: string }[]
    readonly doc_errors: readonly { readonly correction: string }[]
    readonly hidden_features: readonly string[]
    readonly false_alarms: readonly string[]
  }
}

/** Something that the session shows, and what the dream made of it. */
interface Shown {
  readonly what: 'false_alarm' | 'doc_error' | 'quirk' | 'hidden_feature'
  readonly isFound: boolean
}

const NAME = 'letta-tool-exploration'
const SAID_AT = '2026-03-01T09:00:00Z'

/** The notes are the documentation, line by line; the session is the talk. */
export const toolExploration: BenchSet = {
  name: NAME,
  async run(context) {
    const shown: Shown[] = []
    for (const item of itemsOf<ExplorationItem>(context, 'consolidation', NAME)) {
      shown.push(...(await shownIn(item, context)))
    }
    return READINGS.flatMap(([metric, what, target]) => rowsOf(shown, metric, what, target))
  },
}

const READINGS: readonly (readonly [string, Shown['what'], string?])[] = [
  ['false_alarm', 'false_alarm', '<= 0'],
  ['doc_errors_found', 'doc_error'],
  ['quirks_found', 'quirk'],
  ['hidden_features_found', 'hidden_feature'],
]

function rowsOf(
  shown: readonly Shown[],
  metric: string,
  what: Shown['what'],
  target: string | undefined,
): readonly Row[] {
  const ofKind =
    (isHit: boolean) =>
    (one: Shown): boolean | null =>
      one.what === what ? isHit : null
  const reading: ShareReading<Shown> = {
    metric,
    hit: (one) => (one.what === what ? one.isFound : null),
    // Stored whole, the talk finds all and corrects nothing.
    baselines: { store_everything: ofKind(what !== 'doc_error'), store_nothing: ofKind(false) },
    ...(target === undefined ? {} : { target }),
  }
  return shareRows({ suite: 'consolidation', set: NAME }, shown, reading)
}

async function shownIn(item: ExplorationItem, { cases }: BenchContext): Promise<readonly Shown[]> {
  const { current, changes } = await cases.dream({
    memory: { 'documentation.md': asNotes(item.official_docs) },
    transcripts: [talkMessages(item.transcript, SAID_AT)],
  })
  const told = current.filter(isTold)
  const correcting = changes.filter(
    ({ kind, status }) => status === 'applied' && (kind === 'supersede' || kind === 'conflict'),
  )
  const { quirks, doc_errors, hidden_features, false_alarms } = item.gold
  const isMentioned = (gold: string): boolean => told.some(({ text }) => isAbout(text, gold))
  return [
    ...false_alarms.map(
      (gold): Shown => ({
        what: 'false_alarm',
        isFound: told.some((entry) => statesAlarm(entry, gold, item)),
      }),
    ),
    ...doc_errors.map(
      ({ correction }): Shown => ({
        what: 'doc_error',
        isFound: correcting.some((change) => corrects(change, correction, item)),
      }),
    ),
    ...quirks.map(
      ({ title, actual }): Shown => ({
        what: 'quirk',
        isFound: isMentioned(title) || isMentioned(actual),
      }),
    ),
    ...hidden_features.map(
      (gold): Shown => ({ what: 'hidden_feature', isFound: isMentioned(gold) }),
    ),
  ]
}

/** Strict, as the target is none: one key word of its own, or a third of its words. */
function statesAlarm({ text }: CurrentEntry, gold: string, item: ExplorationItem): boolean {
  const others = [item.tool, ...item.gold.quirks.flatMap(({ title, actual }) => [title, actual])]
  const own = keyWords(gold).filter((key) => !others.some((one) => holdsKeyWord(one, key)))
  return shareHeld(text, own) > 0 || shareHeld(text, topicWords(gold)) >= 1 / 3
}

/** A replacement or a conflict whose words of the session hold what the documentation lacks. */
function corrects(
  { evidence }: Change,
  correction: string,
  { official_docs: docs }: ExplorationItem,
): boolean {
  const said = evidence.flatMap((item) => (item.kind === 'event' ? [item.quote] : [])).join('\n')
  const fresh = keyWords(correction).filter((key) => !holdsKeyWord(docs, key))
  if (said === '') return false
  return fresh.length > 0 ? shareHeld(said, fresh) >= 0.5 : isAbout(said, correction)
}

/** A line that ends in a colon is a heading, any other an entry. */
function asNotes(docs: string): string {
  const lines = docs.split('\n').filter((line) => line.trim() !== '')
  return lines
    .map((line) => {
      const text = line.trim().replace(/^[-*]\s+/, '')
      return text.endsWith(':') ? `\n## ${text.slice(0, -1)}\n\n` : `- ${text}\n`
    })
    .join('')
}
