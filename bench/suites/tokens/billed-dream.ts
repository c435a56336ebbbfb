import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { PlanUsage } from '../../../src/core/dream.ts'
import { tokensIn } from '../../../src/engine/reading/token-count.ts'
import { RULES } from '../../../src/engine/rules.ts'
import { type DreamOutcome, openReverie } from '../../../src/reverie.ts'
import type { Message } from '../../harness/dream-cases.ts'
import { answeringModel, type Manner } from './answering-models.ts'

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
  readonly usage: PlanUsage
  /** What the earlier dream took; null = there was none. */
  readonly earlier: PlanUsage | null
  /** Share of the judged pairs that are of two notes of the memory: left over from before. */
  readonly backlogShare: number
  /** Judged pairs with something new in them. */
  readonly newsPairs: number
}

const NOW = new Date('2026-12-01T12:00:00.000Z')
/** More than any set can take: what is measured is the need, not the cap. */
const TOKENS_MAX = 500_000_000

/** Dreams a case with a script in place of a model and says what was sent. */
export async function billOf(given: BilledCase, manner: Manner): Promise<Bill> {
  const home = mkdtempSync(join(tmpdir(), 'reverie-tokens-'))
  const counts = new Map<string, { readonly raw: number; readonly reduced: number }>()
  const model = answeringModel(manner, bulletsOf(given.memory))
  const reverie = await openReverie({
    home: join(home, 'state'),
    env: {},
    now: () => NOW,
    models: { small: model, large: model },
    rules: {
      reduce: (events) => {
        const shown = RULES.reduce(events)
        for (const { read, text } of shown) {
          counts.set(read.event.id, { raw: tokensIn(read.event.text), reduced: tokensIn(text) })
        }
        return shown
      },
    },
  })
  try {
    const memory = join(home, 'memory')
    mkdirSync(memory)
    for (const [path, content] of Object.entries(given.memory)) write(join(memory, path), content)
    const sourcesOf = ({ paths, transcripts }: Pick<BilledCase, 'paths' | 'transcripts'>) => [
      ...paths,
      ...written(join(home, `sessions-${paths.length}-${transcripts.length}`), transcripts),
    ]
    const dream = (sessions: readonly string[]): Promise<DreamOutcome> =>
      reverie.dream({ memory, sessions, budget: { tokens: TOKENS_MAX, usd: null } })
    const earlier = given.earlier === null ? null : await dream(sourcesOf(given.earlier))
    if (earlier?.changes.some(({ status }) => status === 'proposed')) {
      await reverie.apply(earlier.dream.id)
    }
    counts.clear()
    const before = model.pairs()
    const usage = usageOf(await dream(sourcesOf(given)))
    const after = model.pairs()
    const all = [...counts.values()]
    return {
      raw: all.reduce((sum, { raw }) => sum + raw, 0),
      reduced: all.reduce((sum, { reduced }) => sum + reduced, 0),
      usage,
      earlier: earlier === null ? null : usageOf(earlier),
      newsPairs: after.all - before.all - (after.ofNotes - before.ofNotes),
      backlogShare:
        after.all === before.all ? 0 : (after.ofNotes - before.ofNotes) / (after.all - before.all),
    }
  } finally {
    await reverie.close()
    rmSync(home, { recursive: true })
  }
}

function bulletsOf(memory: BilledCase['memory']): ReadonlySet<string> {
  return new Set(
    Object.values(memory).flatMap((content) =>
      [...content.matchAll(/^- (.*)$/gm)].map(([, text = '']) => text),
    ),
  )
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
