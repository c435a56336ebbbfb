import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type ShareReading, shareRows } from '../../harness/share-rows.ts'
import { type BenchContext, type BenchSet, itemsOf } from '../../harness/suite.ts'
import { overlapWords } from '../../harness/word-overlap.ts'

/** A block of markdown about a user, and one message with news. What is to come out nobody says. */
interface UserBlockItem {
  readonly id: string
  readonly prior_memory: string
  readonly user_message: string
}

interface ScoredBlock {
  readonly isChanged: boolean
  /** Of each line that shares no content word with the message. */
  readonly unrelated: readonly { readonly isKept: boolean }[]
}

const NAME = 'letta-user-memory-update'
const FILE = 'user.md'
const SAID_AT = '2026-02-04T09:00:00Z'
/** Short words are in every sentence; these are too, and longer. */
const FILLERS: ReadonlySet<string> = new Set(
  'about after also and been but for from have just like now our out that the their them they this was were what when will with you your'.split(
    ' ',
  ),
)

export const userBlock: BenchSet = {
  name: NAME,
  async run(context) {
    const scored: ScoredBlock[] = []
    for (const item of itemsOf<UserBlockItem>(context, 'supersede', NAME)) {
      scored.push(await scoreItem(item, context))
    }
    const place = { suite: 'supersede', set: NAME }
    return [
      ...shareRows(place, scored, CHANGED),
      ...shareRows(
        place,
        scored.flatMap(({ unrelated }) => unrelated),
        KEPT,
      ),
    ]
  },
}

const CHANGED: ShareReading<ScoredBlock> = {
  metric: 'changed',
  hit: ({ isChanged }) => isChanged,
  baselines: { copy: () => false },
}
const KEPT: ShareReading<ScoredBlock['unrelated'][number]> = {
  metric: 'kept',
  hit: ({ isKept }) => isKept,
  baselines: { copy: () => true },
}

async function scoreItem(item: UserBlockItem, { cases }: BenchContext): Promise<ScoredBlock> {
  const { folder } = await cases.dream({
    memory: { [FILE]: item.prior_memory },
    transcripts: [[{ role: 'user', content: item.user_message, at: SAID_AT }]],
  })
  const after = readFileSync(join(folder, FILE), 'utf8')
  const lines = new Set(after.split('\n'))
  const said = contentWords(item.user_message)
  return {
    isChanged: after !== item.prior_memory,
    unrelated: item.prior_memory
      .split('\n')
      .filter((line) => line.trim() !== '' && said.isDisjointFrom(contentWords(line)))
      .map((line) => ({ isKept: lines.has(line) })),
  }
}

function contentWords(text: string): ReadonlySet<string> {
  return new Set([...overlapWords(text)].filter((word) => word.length > 2 && !FILLERS.has(word)))
}
