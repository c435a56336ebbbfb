import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { figureRow, type Row } from '../../harness/row.ts'
import { shareRows } from '../../harness/share-rows.ts'
import { type BenchContext, type BenchSet, itemsOf } from '../../harness/suite.ts'

/** The blocks of an agent's memory, grown by hand. */
interface DefragItem {
  readonly id: string
  readonly blocks: readonly {
    readonly label: string
    readonly description: string
    readonly value: string
  }[]
}

interface Tidied {
  readonly wordsBefore: number
  readonly wordsAfter: number
  readonly identifiers: readonly { readonly isKept: boolean; readonly isInLedger: boolean }[]
}

const NAME = 'letta-memory-defrag'
const PLACE = { suite: 'consolidation', set: NAME }

/** A dream without sessions over a real store: nothing that one can look up may be lost. */
export const memoryDefrag: BenchSet = {
  name: NAME,
  async run(context) {
    const tidied: Tidied[] = []
    for (const item of itemsOf<DefragItem>(context, 'consolidation', NAME)) {
      tidied.push(await tidy(item, context))
    }
    return tidied.length === 0 ? [] : rowsOf(tidied)
  },
}

function rowsOf(tidied: readonly Tidied[]): readonly Row[] {
  const sum = (count: (one: Tidied) => number): number =>
    tidied.reduce((total, one) => total + count(one), 0)
  const ratio = sum(({ wordsAfter }) => wordsAfter) / sum(({ wordsBefore }) => wordsBefore)
  const identifiers = tidied.flatMap((one) => one.identifiers)
  return [
    figureRow(
      { ...PLACE, metric: 'words_ratio', baselines: { store_everything: 1, store_nothing: 0 } },
      ratio,
      tidied.length,
      'ratio',
    ),
    ...shareRows(PLACE, identifiers, {
      metric: 'kept',
      hit: ({ isKept }) => isKept,
      baselines: { store_everything: () => true, store_nothing: () => false },
      target: '>= 1',
    }),
    ...shareRows(PLACE, identifiers, {
      metric: 'kept_or_in_history',
      hit: ({ isKept, isInLedger }) => isKept || isInLedger,
      target: '>= 1',
    }),
  ]
}

async function tidy({ blocks }: DefragItem, { cases }: BenchContext): Promise<Tidied> {
  const memory = Object.fromEntries(
    blocks.map(({ label, description, value }) => [
      `${label}.md`,
      `---\nname: ${label}\ndescription: ${JSON.stringify(description)}\n---\n\n${value}\n`,
    ]),
  )
  const { folder, ledger } = await cases.dream({ memory, transcripts: [] })
  const before = Object.values(memory).join('\n')
  const after = readAll(folder)
  const history = ledger.map(({ text }) => text).join('\n')
  return {
    wordsBefore: before.split(/\s+/).length,
    wordsAfter: after.split(/\s+/).length,
    identifiers: identifiersOf(before).map((identifier) => ({
      isKept: after.includes(identifier),
      isInLedger: history.includes(identifier),
    })),
  }
}

/** In backticks, with a slash or a dot inside, or an option of a command. */
function identifiersOf(text: string): readonly string[] {
  const found = text.match(
    /`[^`\n]+`|(?<![\w/])[\w.~@-]*\/[\w./@*-]+|\b\w+\.\w{1,5}\b|--[a-z][\w-]+/g,
  )
  return [...new Set(found ?? [])]
}

function readAll(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .sort()
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n')
}
