import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { truthWorld } from '../../../src/testing/index.ts'
import type { Message } from '../../harness/dream-cases.ts'
import type { Row } from '../../harness/row.ts'
import { type BenchContext, type BenchSet, type Suite, suiteOf } from '../../harness/suite.ts'
import { byTime, readHistories } from '../retention/dated-history.ts'
import { billRows, storeRows } from './bill-rows.ts'
import { type BilledCase, billOf } from './billed-dream.ts'

const SHOP = fileURLToPath(new URL('../../../examples/shop', import.meta.url))
const NOTHING: BilledCase = { memory: {}, paths: [], transcripts: [], earlier: null }

/** Transcripts over an empty memory, by where they lie in the data folder. */
const TRANSCRIPTS: readonly BenchSet[] = ['claude-code', 'tau-airline'].map((name) => ({
  name,
  run: async (context) => {
    if (!isThere(name, context)) return []
    return rowsOf(name, { ...NOTHING, paths: [context.data.path('sessions', name)] }, context)
  },
}))

/** Every second one of them, over the memory that a dream made of the others. */
const LATER: readonly BenchSet[] = ['claude-code', 'tau-airline'].map((name) => ({
  name: `${name}-later`,
  run: async (context) => {
    if (!isThere(name, context)) return []
    const folder = context.data.path('sessions', name)
    const files = readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.jsonl?$/.test(entry.name))
      .map((entry) => join(folder, entry.name))
      .sort()
    const earlier = { paths: files.filter((_, n) => n % 2 === 0), transcripts: [] }
    const given = { ...NOTHING, paths: files.filter((_, n) => n % 2 === 1), earlier }
    return rowsOf(`${name}-later`, given, context)
  },
}))

function isThere(name: string, { data, note }: BenchContext): boolean {
  const isFound = data.has('sessions', name)
  if (!isFound) note(`no sessions/${name}; the set is left out`)
  return isFound
}

/** What is sent to models: a script answers in their place, nothing leaves, nothing is judged. */
export const tokens: Suite = suiteOf(
  'tokens',
  'tokens sent to models, by stage, against the reduced and the raw transcripts',
  [
    { name: 'shop', run: shopRows },
    ...TRANSCRIPTS,
    ...LATER,
    { name: 'longmemeval', run: historyRows },
    { name: 'store-size', run: storeSizeRows },
  ],
)

async function shopRows(context: BenchContext): Promise<readonly Row[]> {
  if (!existsSync(join(SHOP, 'sessions'))) return []
  const memory = Object.fromEntries(
    readdirSync(join(SHOP, 'memory')).map((name) => [
      name,
      readFileSync(join(SHOP, 'memory', name), 'utf8'),
    ]),
  )
  return rowsOf('shop', { ...NOTHING, memory, paths: [join(SHOP, 'sessions')] }, context)
}

async function historyRows(context: BenchContext): Promise<readonly Row[]> {
  const [history] = readHistories(context)
  if (history === undefined) return []
  const transcripts = byTime(history.sessions).map(({ messages, times }) =>
    messages.map((message, n) => timed(message, times[n])),
  )
  return rowsOf('longmemeval', { ...NOTHING, transcripts }, context)
}

function timed({ role, content }: Message, at: string | undefined): Message {
  return at === undefined ? { role, content } : { role, content, at }
}

async function rowsOf(
  set: string,
  given: BilledCase,
  { note }: BenchContext,
): Promise<readonly Row[]> {
  note(`${set}: dreaming, quiet answers`)
  const quiet = await billOf(given, 'quiet')
  note(`${set}: dreaming, talkative answers`)
  return billRows(set, { quiet, talkative: await billOf(given, 'talkative') })
}

const SESSIONS = 40
const UNITS: readonly number[] = [100, 1_000, 10_000]

/** The same transcripts over the same notes, among ever more other notes that were there before. */
async function storeSizeRows({ seed, note, limit = null }: BenchContext): Promise<readonly Row[]> {
  const [first = 0] = UNITS
  const core = truthWorld({ seed, units: first, sessions: SESSIONS, updateShare: 0.4 })
  const bills = []
  for (const units of UNITS) {
    if (limit !== null && units > limit) continue
    note(`store of ${units}: dreaming`)
    const others = units - first
    const memory = { ...core.memory, ...(others > 0 ? otherNotes(seed + 1, others) : {}) }
    const given = { ...NOTHING, memory, transcripts: core.transcripts, earlier: NOTHING }
    bills.push({ units, bill: await billOf(given, 'talkative') })
  }
  return storeRows('store-size', bills)
}

function otherNotes(seed: number, units: number): Readonly<Record<string, string>> {
  const { memory } = truthWorld({ seed, units, sessions: 1 })
  return Object.fromEntries(
    Object.entries(memory).map(([path, content]) => [`others/${path}`, content]),
  )
}
