import { cuesOf } from '../language/cues.ts'
import { contentStems } from '../language/tokens.ts'
import type { Chunk } from './chunks.ts'
import { ownWords } from './own-words.ts'

/** A word in no more notes than this is the name of something. */
const RARE_NOTES_MAX = 3
/** Share of words that no note has, from which a chunk is about something new. */
const NOVEL_SHARE_MIN = 0.6

/**
 * Chunks by what reading them may bring: corrections, what is to be remembered and errors first;
 * then what speaks of things that the notes name; then what is new; then the rest. A budget that
 * ends leaves the end of this list unread.
 */
export function byValue(chunks: readonly Chunk[], notes: readonly string[]): readonly Chunk[] {
  const counts = new Map<string, number>()
  for (const stem of notes.flatMap((note) => [...contentStems(note)])) {
    counts.set(stem, (counts.get(stem) ?? 0) + 1)
  }
  return chunks
    .map((chunk, at) => ({ chunk, at, ...worthOf(chunk, counts) }))
    .sort((a, b) => a.rank - b.rank || b.novelty - a.novelty || a.at - b.at)
    .map(({ chunk }) => chunk)
}

interface Worth {
  readonly rank: 0 | 1 | 2 | 3
  /** 0..1: the share of words that no note has. */
  readonly novelty: number
}

function worthOf({ parts }: Chunk, counts: ReadonlyMap<string, number>): Worth {
  const fresh = parts.filter(({ isOverlap }) => !isOverlap)
  const told = fresh.flatMap(({ read }) => ownWords(read).map(({ text }) => text))
  const stems = new Set(told.flatMap((text) => [...contentStems(text)]))
  const isRare = (stem: string): boolean => {
    const count = counts.get(stem) ?? 0
    return count > 0 && count <= RARE_NOTES_MAX
  }
  const unknown = [...stems].filter((stem) => !counts.has(stem)).length
  const novelty = stems.size === 0 ? 0 : unknown / stems.size
  if (told.some(isCued) || fresh.some(({ read }) => read.event.tool?.isError === true)) {
    return { rank: 0, novelty }
  }
  if ([...stems].some(isRare)) return { rank: 1, novelty }
  return { rank: novelty >= NOVEL_SHARE_MIN ? 2 : 3, novelty }
}

function isCued(text: string): boolean {
  return cuesOf(text).some((cue) => cue === 'correction' || cue === 'remember' || cue === 'change')
}
