import { LIMITS } from '../../config.ts'
import type { Audience } from '../../core/audience.ts'
import type { Unit } from '../../core/unit.ts'
import { modalityOf } from '../language/modality.ts'
import { type Chunk, type ChunkPart, piecesOf, tokensOfPart } from './chunks.ts'
import type { NearNotes } from './near-notes.ts'
import { ownWords } from './own-words.ts'
import { headOf } from './shown-event.ts'

/** Messages of people with the notes near to them: what one question about changes shows. */
export interface ChangeBatch extends Chunk {
  readonly notes: readonly Unit[]
}

const AGENT_CHARS = 200
/** Left for what is repeated of a message in front of its next piece: nothing. */
const WORDS_MIN = 3

/**
 * Only what people said that has notes near to it, each with the agent's line before it: so the
 * tokens of the second pass do not grow with the store, nor with what tools and agents wrote.
 */
export function changeBatches(
  chunks: readonly Chunk[],
  audience: Audience,
  notes: NearNotes,
): readonly ChangeBatch[] {
  const batches: ChangeBatch[] = []
  let parts: ChunkPart[] = []
  let near = new Set<Unit>()
  let tokens = 0
  const close = (): void => {
    if (parts.length > 0) batches.push({ audience, parts, notes: [...near] })
    parts = []
    near = new Set()
    tokens = 0
  }
  for (const message of messagesOf(chunks)) {
    const found = notes.near(message.told, LIMITS.notesPerMessageMax)
    if (found.length === 0) continue
    const size = message.parts.reduce((sum, part) => sum + tokensOfPart(part), 0)
    const together = new Set([...near, ...found])
    const isFull = tokens + size > LIMITS.changesChunkTokensMax
    if (isFull || together.size > LIMITS.notesShownMax) close()
    parts.push(...message.parts)
    for (const unit of found) near.add(unit)
    tokens += size
  }
  close()
  return batches
}

interface Message {
  readonly parts: readonly ChunkPart[]
  /** What the person says in their own words. */
  readonly told: string
}

/** Pieces of messages that state something, each with the line of the agent before it. */
function messagesOf(chunks: readonly Chunk[]): readonly Message[] {
  let agent: ChunkPart | null = null
  const messages: Message[] = []
  for (const part of chunks.flatMap(({ parts }) => parts)) {
    if (part.isOverlap) continue
    if (part.startsSession) agent = null
    if (part.read.event.type === 'agent.message') agent = asContext(part)
    if (part.read.event.speaker !== 'user') continue
    const told = tellingPart(part)
    if (told === null) continue
    for (const text of piecesOf(part.text, LIMITS.changesChunkTokensMax / 2)) {
      const piece = { ...part, text }
      messages.push({ told, parts: agent === null ? [piece] : [agent, piece] })
      agent = null
    }
  }
  return messages
}

function asContext(part: ChunkPart): ChunkPart {
  const line = part.text.replace(/\s+/g, ' ').trim()
  return { ...part, text: headOf(line, AGENT_CHARS), isOverlap: true }
}

/** Questions and exclamations change nothing. */
function tellingPart({ read, text }: ChunkPart): string | null {
  const told = ownWords(read)
    .map((sentence) => sentence.text)
    .filter((sentence) => text.includes(sentence))
    .filter((one) => one.split(/\s+/).length >= WORDS_MIN && modalityOf(one) !== 'question')
  return told.length === 0 ? null : told.join('\n')
}
