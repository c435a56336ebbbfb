import type { Audience } from '../../core/audience.ts'
import type { Session } from '../../core/session.ts'
import { compareText } from '../../core/text/compare-text.ts'
import type { ReadEvent } from '../read-session.ts'
import { headOf, type ShownEvent } from './shown-event.ts'
import { tokensIn } from './token-count.ts'

export interface ShownSession {
  readonly session: Session
  readonly events: readonly ShownEvent[]
}

/** An event in a chunk, or a part of one that is longer than a chunk. */
export interface ChunkPart {
  readonly read: ReadEvent
  readonly text: string
  /** Stands in the chunk before too, and here for its context only. */
  readonly isOverlap: boolean
  readonly startsSession: boolean
}

/** What one question shows: parts of sessions of one audience, in their order. */
export interface Chunk {
  readonly audience: Audience
  readonly parts: readonly ChunkPart[]
}

export interface ChunkLimits {
  readonly tokensMax: number
  /** Of what is repeated where a session goes on in another chunk. */
  readonly overlapTokensMax: number
}

/** Tokens of what stands around each event. */
const FRAME_TOKENS = 16
const OVERLAP_TURNS = 2

/**
 * Cuts sessions into chunks between events. Small sessions share one; a session that is longer
 * than a chunk has its own, each beginning with the last two turns of the user before it. Every
 * event with a text stands in one chunk, in order; only a text longer than a chunk is parted.
 */
export function chunksOf(sessions: readonly ShownSession[], limits: ChunkLimits): readonly Chunk[] {
  const byAudience = Map.groupBy(
    sessions.flatMap((session) => partsByAudience(session, limits.tokensMax)),
    ({ audience }) => audience,
  )
  return [...byAudience]
    .sort(([a], [b]) => compareText(a, b))
    .flatMap(([audience, own]) =>
      packed(own.sort(inOrder), limits).map((parts) => ({ audience, parts })),
    )
}

export function tokensOfPart({ text }: Pick<ChunkPart, 'text'>): number {
  return tokensIn(text) + FRAME_TOKENS
}

export function tokensOfChunk({ parts }: Chunk): number {
  return tokensOfParts(parts)
}

/** The pieces of a text that a chunk of so many tokens can hold; ends of lines are kept whole. */
export function piecesOf(text: string, tokensMax: number): readonly string[] {
  const pieces: string[] = []
  for (let rest = text; rest !== ''; ) {
    const piece = fitting(rest, Math.max(1, tokensMax - FRAME_TOKENS))
    pieces.push(piece)
    rest = rest.slice(piece.length)
  }
  return pieces
}

interface SessionParts {
  readonly session: Session
  readonly audience: Audience
  readonly parts: readonly ChunkPart[]
}

function partsByAudience({ session, events }: ShownSession, tokensMax: number): SessionParts[] {
  const parts = events.flatMap(({ read, text }) =>
    piecesOf(text, tokensMax).map((piece) => ({
      read,
      text: piece,
      isOverlap: false,
      startsSession: false,
    })),
  )
  return [...Map.groupBy(parts, ({ read }) => read.audience)].map(([audience, own]) => ({
    session,
    audience,
    parts: own.map((part, n) => ({ ...part, startsSession: n === 0 })),
  }))
}

/** By time, then id; sessions without a time come first. */
function inOrder(a: SessionParts, b: SessionParts): number {
  return (
    compareText(a.session.startedAt ?? '', b.session.startedAt ?? '') ||
    compareText(a.session.id, b.session.id)
  )
}

function packed(sessions: readonly SessionParts[], limits: ChunkLimits): readonly ChunkPart[][] {
  const chunks: ChunkPart[][] = []
  let open: ChunkPart[] = []
  let size = 0
  const close = (): void => {
    if (open.length > 0) chunks.push(open)
    open = []
    size = 0
  }
  for (const { parts } of sessions) {
    if (size + tokensOfParts(parts) > limits.tokensMax) close()
    for (const [n, part] of parts.entries()) {
      const tokens = tokensOfPart(part)
      if (size + tokens > limits.tokensMax) {
        close()
        const room = Math.min(limits.overlapTokensMax, limits.tokensMax - tokens)
        open = [...overlapOf(parts.slice(0, n), room)]
        size = tokensOfParts(open)
      }
      open.push(part)
      size += tokens
    }
  }
  close()
  return chunks
}

/** The last turns of the user before a cut, shortened to fit; none where there is no room. */
function overlapOf(before: readonly ChunkPart[], room: number): readonly ChunkPart[] {
  const turns = before.filter(({ read }) => read.event.speaker === 'user').slice(-OVERLAP_TURNS)
  const each = Math.floor(room / OVERLAP_TURNS)
  if (each <= FRAME_TOKENS) return []
  return turns.map((part) => ({
    ...part,
    text: fitting(part.text, each - FRAME_TOKENS),
    isOverlap: true,
    startsSession: false,
  }))
}

function fitting(text: string, tokensMax: number): string {
  if (tokensIn(text) <= tokensMax) return text
  let chars = Math.min(text.length, tokensMax * 4)
  while (chars > 2 && tokensIn(text.slice(0, chars)) > tokensMax) chars = Math.floor(chars * 0.75)
  const head = headOf(text, Math.max(2, chars))
  const lineEnd = head.lastIndexOf('\n') + 1
  return lineEnd > head.length / 2 ? head.slice(0, lineEnd) : head
}

function tokensOfParts(parts: readonly ChunkPart[]): number {
  return parts.reduce((sum, part) => sum + tokensOfPart(part), 0)
}
