import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { PlanUsage } from '../../../src/core/dream.ts'
import type { ShownEvent } from '../../../src/engine/reading/shown-event.ts'
import { tokensIn } from '../../../src/engine/reading/token-count.ts'
import { RULES } from '../../../src/engine/rules.ts'
import { createReverie, type Departure, type DreamOutcome } from '../../../src/reverie.ts'
import type { Message } from '../../harness/dream-cases.ts'
import { answeringModel, type Manner, type Seen } from './answering-models.ts'

/** What a bill is for. */
export interface BilledCase {
  /** Notes by path; empty = an empty memory. */
  readonly memory: Readonly<Record<string, string>>
  /** Transcripts as they lie on the disk, and messages to write down first. */
  readonly paths: readonly string[]
  readonly transcripts: readonly (readonly Message[])[]
  /** What an earlier dream read and wrote into the memory; null = there was none. */
  readonly earlier: Pick<BilledCase, 'paths' | 'transcripts'> | null
}

/** All in tokens as the product estimates them: four bytes each. */
export interface Bill {
  /** Texts of all events, and what of them a model is shown. */
  readonly raw: number
  readonly reduced: number
  /** Events with a text, lines that models were sent of them, and the tokens of these. */
  readonly events: number
  readonly eventsSent: number
  readonly sent: number
  readonly usage: PlanUsage
  /** What the earlier dream took; null = there was none. */
  readonly earlier: PlanUsage | null
  /** Notes that stood in the memory, and the share of judged pairs that two of them make. */
  readonly notes: number
  readonly ownPairsShare: number
  /** Judged pairs with something new in them. */
  readonly newsPairs: number
  /** What was told before the first question; null = nothing was asked. */
  readonly departure: Pick<Departure, 'expected' | 'inputTokens' | 'outputTokens'> | null
}

const NOW = new Date('2026-12-01T12:00:00.000Z')
/** More than any set can take: what is measured is the need, not the cap. */
const TOKENS_MAX = 500_000_000

/** Dreams a case with a script in place of a model and says what was sent. */
export async function billOf(given: BilledCase, manner: Manner): Promise<Bill> {
  const home = mkdtempSync(join(tmpdir(), 'reverie-tokens-'))
  const memory = join(home, 'memory')
  const read = new ReadEvents()
  let standing = ''
  const model = answeringModel(manner, (text) => standing.includes(text))
  const reverie = await createReverie({
    home: join(home, 'state'),
    env: {},
    now: () => NOW,
    models: { small: model, large: model },
    rules: { reduce: (events) => read.counted(RULES.reduce(events)) },
  })
  try {
    mkdirSync(memory)
    for (const [path, content] of Object.entries(given.memory)) write(join(memory, path), content)
    const told: Departure[] = []
    const dream = ({ paths, transcripts }: Sources): Promise<DreamOutcome> => {
      const folder = join(home, `sessions-${paths.length}-${transcripts.length}`)
      const sessions = [...paths, ...written(folder, transcripts)]
      const budget = { tokens: TOKENS_MAX, usd: null }
      return reverie.dream({ memory, sessions, budget, onDeparture: (one) => told.push(one) })
    }
    const earlier = given.earlier === null ? null : await dream(given.earlier)
    if (earlier?.changes.some(({ status }) => status === 'proposed')) {
      await reverie.apply(earlier.dream.id)
    }
    const count = told.length
    standing = textBelow(memory)
    read.clear()
    const before = model.seen()
    const outcome = await dream(given)
    return {
      ...read.sums(),
      ...asked(before, model.seen()),
      usage: usageOf(outcome),
      earlier: earlier === null ? null : usageOf(earlier),
      notes: outcome.dream.plan?.report.effect.units.before ?? 0,
      departure: told[count] ?? null,
    }
  } finally {
    await reverie.close()
    rmSync(home, { recursive: true })
  }
}

type Sources = Pick<BilledCase, 'paths' | 'transcripts'>

/** Tokens of the events of one dream, each once however often it is looked at. */
class ReadEvents {
  readonly #events = new Map<
    string,
    { readonly raw: number; readonly reduced: number; readonly isText: boolean }
  >()

  counted(shown: readonly ShownEvent[]): readonly ShownEvent[] {
    for (const { read, text } of shown) {
      const raw = tokensIn(read.event.text)
      const isText = /[\p{L}\p{N}]/u.test(text)
      this.#events.set(read.event.id, { raw, reduced: tokensIn(text), isText })
    }
    return shown
  }

  clear(): void {
    this.#events.clear()
  }

  sums(): Pick<Bill, 'raw' | 'reduced' | 'events'> {
    const all = [...this.#events.values()]
    return {
      raw: all.reduce((sum, { raw }) => sum + raw, 0),
      reduced: all.reduce((sum, { reduced }) => sum + reduced, 0),
      events: all.filter(({ isText }) => isText).length,
    }
  }
}

function asked(
  before: Seen,
  after: Seen,
): Pick<Bill, 'eventsSent' | 'sent' | 'ownPairsShare' | 'newsPairs'> {
  const pairs = after.pairs - before.pairs
  const own = after.pairsOfNotes - before.pairsOfNotes
  return {
    eventsSent: after.events - before.events,
    sent: after.eventTokens - before.eventTokens,
    ownPairsShare: pairs === 0 ? 0 : own / pairs,
    newsPairs: pairs - own,
  }
}

function textBelow(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    .join('\n')
    .replace(/\s+/g, ' ')
}

function usageOf({ dream }: DreamOutcome): PlanUsage {
  if (dream.plan === null) throw new Error('The dream has no plan.')
  const { usage, read } = dream.plan.report
  if (usage.uncovered > 0 || read.pending > 0) throw new Error('The bill is not all of it.')
  return usage
}

function written(folder: string, transcripts: readonly (readonly Message[])[]): readonly string[] {
  return transcripts.map((messages, n) => {
    const file = join(folder, `session-${n}.jsonl`)
    write(file, messages.map((message) => `${JSON.stringify(message)}\n`).join(''))
    return file
  })
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}
