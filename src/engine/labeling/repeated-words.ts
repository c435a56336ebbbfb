import type { SessionEvent } from '../../core/session-event.ts'
import type { Trust } from '../../core/trust.ts'
import { ownSentences } from '../language/quoted.ts'

/** An event and who stands behind it, in the order of the session. */
export interface HeardEvent {
  readonly event: SessionEvent
  readonly trust: Trust
}

/** A shorter sentence is said by anybody. */
const WORDS_MIN = 4
/** So many words in a row are copied: from strangers, and from what the user's own tools print. */
const RUN_OF_STRANGERS = 6
const RUN_OF_TOOLS = 8

/**
 * Where the sentences begin that a person says after a stranger has said them: copied from a page, a
 * mail or a tool's output, they are an echo of it and nobody's own word. By event, only those that
 * have such sentences. What a person said first stays theirs.
 */
export function repeatedWords(
  events: readonly HeardEvent[],
): ReadonlyMap<SessionEvent['id'], ReadonlySet<number>> {
  const sentences = events.flatMap((heard, at) => (isPersons(heard) ? sentencesOf(heard, at) : []))
  const runs = runsOf(sentences)
  if (runs.size > 0) {
    for (const [at, heard] of events.entries()) if (isStrangers(heard)) mark(heard, at, runs)
  }
  const repeated = new Map<SessionEvent['id'], Set<number>>()
  for (const { id, at, start, runs: own } of sentences) {
    if (!own.some((run) => run.strangerAt < at && run.ownAt > run.strangerAt)) continue
    repeated.set(id, (repeated.get(id) ?? new Set<number>()).add(start))
  }
  return repeated
}

interface Run {
  readonly words: readonly string[]
  /** Shorter than what counts as copied from a tool. */
  readonly isShort: boolean
  /** The first event of a person, and of a stranger, that has it. */
  ownAt: number
  strangerAt: number
}

interface OwnSentence {
  readonly id: SessionEvent['id']
  readonly at: number
  readonly start: number
  readonly runs: readonly Run[]
}

function isPersons({ event, trust }: HeardEvent): boolean {
  return event.speaker === 'user' && event.voice === 'own' && trust !== 'external'
}

function isStrangers({ event, trust }: HeardEvent): boolean {
  return trust === 'external' || event.speaker === 'tool'
}

function sentencesOf({ event }: HeardEvent, at: number): readonly OwnSentence[] {
  return ownSentences(event.text).map(({ text, start }) => ({
    id: event.id,
    at,
    start,
    runs: [text, afterLeadIn(text)].flatMap((part) => runsIn(wordsOf(part), at)),
  }))
}

/** "Remember this: ...": what follows may be copied as a whole. */
function afterLeadIn(text: string): string {
  const match = /^[^:]{1,60}:\s+/.exec(text)
  return match === null ? '' : text.slice(match[0].length)
}

function runsIn(words: readonly string[], at: number): readonly Run[] {
  if (words.length < WORDS_MIN) return []
  return [RUN_OF_STRANGERS, RUN_OF_TOOLS].flatMap((length) => {
    const isShort = length === RUN_OF_STRANGERS
    if (words.length < length && !isShort) return []
    const size = Math.min(length, words.length)
    return Array.from({ length: words.length - size + 1 }, (_, from) => ({
      words: words.slice(from, from + size),
      isShort,
      ownAt: at,
      strangerAt: Number.POSITIVE_INFINITY,
    }))
  })
}

/** All runs by their first word; equal ones know of each other who said them first. */
function runsOf(sentences: readonly OwnSentence[]): ReadonlyMap<string, readonly Run[]> {
  const firstAt = new Map<string, number>()
  const all = sentences.flatMap(({ runs }) => runs)
  for (const { words, ownAt } of all) {
    const key = words.join(' ')
    firstAt.set(key, Math.min(firstAt.get(key) ?? ownAt, ownAt))
  }
  for (const run of all) run.ownAt = firstAt.get(run.words.join(' ')) ?? run.ownAt
  return Map.groupBy(all, ({ words }) => words[0] ?? '')
}

function mark(
  { event, trust }: HeardEvent,
  at: number,
  runs: ReadonlyMap<string, readonly Run[]>,
): void {
  const words = wordsOf(event.text)
  for (const [from, word] of words.entries()) {
    for (const run of runs.get(word) ?? []) {
      if (run.strangerAt <= at || (run.isShort && trust !== 'external')) continue
      if (run.words.every((own, n) => words[from + n] === own)) run.strangerAt = at
    }
  }
}

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
}
