import { queryWords } from '../../../src/storage/search-ranking.ts'
import type { Findable } from './search-case.ts'

/** What `grep -c` gives a patient reader: files by how many lines hold a word of the question. */
export function filesByHits(
  files: readonly Findable[],
  question: string,
  limit: number,
): readonly Findable[] {
  const words = queryWords(question).filter((word) => word.length > 2)
  return files
    .map((file) => ({ file, hits: hitsIn(file.content, words) }))
    .filter(({ hits }) => hits > 0)
    .toSorted((a, b) => b.hits - a.hits || (a.file.path < b.file.path ? -1 : 1))
    .slice(0, limit)
    .map(({ file }) => file)
}

function hitsIn(content: string, words: readonly string[]): number {
  const lines = content.toLowerCase().split('\n')
  return words.reduce((sum, word) => sum + lines.filter((line) => line.includes(word)).length, 0)
}
