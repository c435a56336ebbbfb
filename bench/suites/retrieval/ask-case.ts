import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BenchContext } from '../../harness/suite.ts'
import { filesByHits } from './files-by-hits.ts'
import { bestMatches } from './raw-search.ts'
import type { Findable, Question, SearchCase } from './search-case.ts'

/** What one search gave. */
export interface Answer {
  /** Of what was returned, the share that holds gold no better hit holds; 0 for nothing. */
  readonly precision: number
  /** Of the gold, the share that was returned. */
  readonly recall: number
  readonly characters: number
}

export interface TimedAnswer extends Answer {
  readonly ms: number
}

/** One question, asked of each. */
export interface Asked {
  readonly before: TimedAnswer
  readonly after: TimedAnswer
  readonly files: Answer
  readonly turns: Answer
}

export const SEARCHED_MAX = 5

/** Dreams the case and asks its questions of the memory as it was and as it is. */
export async function askCase(
  given: SearchCase,
  { cases }: Pick<BenchContext, 'cases'>,
): Promise<readonly Asked[]> {
  const place = mkdtempSync(join(tmpdir(), 'reverie-search-'))
  try {
    const before = folderOf(join(place, 'before'), filesOf(given.before))
    const after = folderOf(join(place, 'after'), given.memory)
    const held = given.heldAfter(await cases.dreamAgain(after, given.transcripts))
    const heldBefore = new Map(given.before.map(({ path, holds }) => [`/${path}`, holds]))
    const asked: Asked[] = []
    for (const question of given.questions) {
      const search = (folder: string) => (): Promise<readonly Found[]> =>
        found(cases, folder, question.text)
      const [old, now] = await timedInTurn(search(before), search(after))
      asked.push({
        before: { ...answerOf(question, old.result, heldBefore), ms: old.ms },
        after: { ...answerOf(question, now.result, held), ms: now.ms },
        files: answerIn(question, filesByHits(given.before, question.text, SEARCHED_MAX)),
        turns: answerIn(question, bestMatches(given.turns, question.text, SEARCHED_MAX)),
      })
    }
    return asked
  } finally {
    rmSync(place, { recursive: true })
  }
}

interface Found {
  readonly path: string
  readonly content: string
}

async function found(
  { reverie }: BenchContext['cases'],
  folder: string,
  text: string,
): Promise<readonly Found[]> {
  const hits = await reverie.memories.search(folder, text, SEARCHED_MAX)
  const contents = new Map(
    (await reverie.memories.list(folder)).map(({ path, content }) => [path as string, content]),
  )
  return hits.map(({ path }) => ({ path, content: contents.get(path) ?? '' }))
}

function answerOf(
  question: Question,
  hits: readonly Found[],
  held: ReadonlyMap<string, ReadonlySet<string>>,
): Answer {
  const none: ReadonlySet<string> = new Set()
  return answerIn(
    question,
    hits.map((hit) => ({ ...hit, holds: held.get(hit.path) ?? none })),
  )
}

function answerIn({ gold }: Question, hits: readonly Findable[]): Answer {
  const reached = new Set<string>()
  let right = 0
  for (const { holds } of hits) {
    const fresh = gold.filter((piece) => holds.has(piece) && !reached.has(piece))
    if (fresh.length > 0) right += 1
    for (const piece of fresh) reached.add(piece)
  }
  return {
    precision: hits.length === 0 ? 0 : right / hits.length,
    recall: gold.length === 0 ? 0 : reached.size / gold.length,
    characters: hits.reduce((sum, { content }) => sum + content.length, 0),
  }
}

const REPEATS = 3

/** Two works turn by turn, each with its fastest time: what else the machine does hits both. */
async function timedInTurn<T>(
  first: () => Promise<T>,
  second: () => Promise<T>,
): Promise<readonly [Timed<T>, Timed<T>]> {
  let best = [await timed(first), await timed(second)] as const
  for (let n = 1; n < REPEATS; n += 1) {
    const [a, b] = [await timed(first), await timed(second)]
    best = [a.ms < best[0].ms ? a : best[0], b.ms < best[1].ms ? b : best[1]]
  }
  return best
}

interface Timed<T> {
  readonly result: T
  readonly ms: number
}

async function timed<T>(work: () => Promise<T>): Promise<Timed<T>> {
  const start = performance.now()
  const result = await work()
  return { result, ms: performance.now() - start }
}

function filesOf(findables: readonly Findable[]): Readonly<Record<string, string>> {
  return Object.fromEntries(findables.map(({ path, content }) => [path, content]))
}

function folderOf(folder: string, files: Readonly<Record<string, string>>): string {
  mkdirSync(folder, { recursive: true })
  for (const [path, content] of Object.entries(files)) writeFileSync(join(folder, path), content)
  return folder
}
