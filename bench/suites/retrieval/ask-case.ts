import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SearchHit } from '../../../src/storage/storage.ts'
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
    const wasThere = findableByPath(given.before)
    const isThere = await currentByPath(cases, after, held)
    const asked: Asked[] = []
    for (const question of given.questions) {
      const search = (folder: string) => (): Promise<readonly SearchHit[]> =>
        cases.reverie.memories.search(folder, question.text, SEARCHED_MAX)
      const [old, now] = await timedInTurn(search(before), search(after))
      asked.push({
        before: { ...answerIn(question, findables(old.result, wasThere)), ms: old.ms },
        after: { ...answerIn(question, findables(now.result, isThere)), ms: now.ms },
        files: answerIn(question, filesByHits(given.before, question.text, SEARCHED_MAX)),
        turns: answerIn(question, bestMatches(given.turns, question.text, SEARCHED_MAX)),
      })
    }
    return asked
  } finally {
    rmSync(place, { recursive: true })
  }
}

type ByPath = ReadonlyMap<string, Findable>

function findableByPath(memories: readonly Findable[]): ByPath {
  return new Map(memories.map((memory) => [`/${memory.path}`, memory]))
}

async function currentByPath(
  { reverie }: BenchContext['cases'],
  folder: string,
  held: ReadonlyMap<string, ReadonlySet<string>>,
): Promise<ByPath> {
  const memories = await reverie.memories.list(folder)
  const none: ReadonlySet<string> = new Set()
  return new Map(
    memories.map(({ path, content }) => [path, { path, content, holds: held.get(path) ?? none }]),
  )
}

function findables(hits: readonly SearchHit[], memories: ByPath): readonly Findable[] {
  return hits.flatMap(({ path }) => memories.get(path) ?? [])
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
