import type { Dreamt, Message } from '../../harness/dream-cases.ts'
import { holdsWords } from '../../harness/holds-words.ts'
import { type ShareReading, shareRows } from '../../harness/share-rows.ts'
import { type BenchContext, type BenchSet, itemsOf } from '../../harness/suite.ts'
import { bulletFile, isTold, leftWithEvidence } from './entry-checks.ts'
import { bulletOf, type FieldValue, fieldName, fieldsOf, valuesOf } from './user-model-fields.ts'

/** A model of a user, a talk that changes some of it, and what is to change. */
interface UserModelItem {
  readonly id: string
  readonly prior: Readonly<Record<string, unknown>>
  /** Paragraphs that begin with `User: ` or `Assistant: `. */
  readonly conversation: string
  readonly gold_changes: readonly GoldChange[]
  readonly gold_unchanged_paths: readonly string[]
  readonly gold_history_added: readonly { readonly field: string }[]
}

interface GoldChange {
  readonly path: string
  readonly old: FieldValue
  readonly new: FieldValue
  readonly new_value_verbatim_in_conversation: boolean
}

/** One field of one item; null = the figure is not of this field. */
interface ScoredField {
  readonly kind: 'said in these words' | 'to be inferred' | 'unchanged' | 'history'
  readonly isRight: boolean
}

const NAME = 'letta-user-model-maintenance'
const SAID_AT = '2026-02-04T09:00:00Z'

/** Free text, never verbatim; and bookkeeping that nobody says. */
const LEFT_OUT: readonly string[] = ['user_id', 'history', 'last_updated', 'notes']

export const userModel: BenchSet = {
  name: NAME,
  async run(context) {
    const scored: ScoredField[] = []
    for (const item of itemsOf<UserModelItem>(context, 'supersede', NAME)) {
      scored.push(...(await scoreItem(item, context)))
    }
    return READINGS.flatMap((reading) =>
      shareRows({ suite: 'supersede', set: NAME }, scored, reading, ({ kind }) =>
        reading.metric === 'recall' ? [kind] : [],
      ),
    )
  },
}

const isChange = ({ kind }: ScoredField): boolean =>
  kind === 'said in these words' || kind === 'to be inferred'

/** Copying the model as it was leaves all fields alone and reaches nothing. */
const READINGS: readonly ShareReading<ScoredField>[] = [
  {
    metric: 'recall',
    hit: (field) => (isChange(field) ? field.isRight : null),
    baselines: { copy: (field) => (isChange(field) ? false : null) },
  },
  {
    metric: 'kept',
    hit: ({ kind, isRight }) => (kind === 'unchanged' ? isRight : null),
    baselines: { copy: ({ kind }) => (kind === 'unchanged' ? true : null) },
  },
  {
    metric: 'history',
    hit: ({ kind, isRight }) => (kind === 'history' ? isRight : null),
    baselines: { copy: ({ kind }) => (kind === 'history' ? false : null) },
  },
]

async function scoreItem(
  item: UserModelItem,
  { cases }: BenchContext,
): Promise<readonly ScoredField[]> {
  const prior = fieldsOf(item.prior).filter(({ path }) => isScored(path))
  const dreamt = await cases.dream({
    memory: { 'user.md': bulletFile(prior.map(({ path, value }) => bulletOf(path, value))) },
    transcripts: [messagesOf(item.conversation)],
  })
  const isCurrent = (bullet: string): boolean => dreamt.current.some(({ text }) => text === bullet)
  const unchanged = prior.filter(({ path }) => item.gold_unchanged_paths.includes(path))
  const changes = item.gold_changes.filter(({ path }) => isScored(path))
  return [
    ...changes.map((change): ScoredField => {
      const isVerbatim = change.new_value_verbatim_in_conversation
      const kind = isVerbatim ? 'said in these words' : 'to be inferred'
      return { kind, isRight: isReached(change, dreamt) }
    }),
    ...unchanged.map(
      ({ path, value }): ScoredField => ({
        kind: 'unchanged',
        isRight: isCurrent(bulletOf(path, value)),
      }),
    ),
    ...item.gold_history_added.map(
      ({ field }): ScoredField => ({
        kind: 'history',
        isRight: isInHistory(changesOf(field, changes), dreamt),
      }),
    ),
  ]
}

/** What is new is current, in the words of the user; what went is not. */
function isReached(change: GoldChange, { current }: Dreamt): boolean {
  const old = valuesOf(change.old)
  const next = valuesOf(change.new)
  const bullet = bulletOf(change.path, change.old)
  const isOldCurrent = current.some(({ text }) => text === bullet)
  const isGone = old.some((value) => !next.includes(value))
  const isHeld = (value: string): boolean =>
    current.some((entry) => isTold(entry) && holdsWords(entry.text, value))
  const added = next.filter((value) => !old.includes(value))
  return added.every(isHeld) && !(isGone && isOldCurrent)
}

function isInHistory(changes: readonly GoldChange[], { ledger }: Dreamt): boolean {
  const lines = changes.map(({ path, old }) => bulletOf(path, old))
  return lines.length > 0 && lines.every((line) => leftWithEvidence(line, ledger))
}

/** `location` stands for city and country. */
function changesOf(field: string, changes: readonly GoldChange[]): readonly GoldChange[] {
  return changes.filter(({ path }) =>
    field === 'location'
      ? ['city', 'country'].includes(fieldName(path))
      : fieldName(path) === field.replaceAll('_', ' '),
  )
}

function isScored(path: string): boolean {
  return !path.split('.').some((part) => LEFT_OUT.includes(part))
}

function messagesOf(talk: string): readonly Message[] {
  return talk.split(/\n+(?=(?:User|Assistant): )/).map((paragraph) => ({
    role: paragraph.startsWith('Assistant: ') ? 'assistant' : 'user',
    content: paragraph.replace(/^(?:User|Assistant): /, '').trim(),
    at: SAID_AT,
  }))
}
