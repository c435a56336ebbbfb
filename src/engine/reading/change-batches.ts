import { LIMITS } from '../../config.ts'
import type { Audience } from '../../core/audience.ts'
import type { Unit } from '../../core/unit.ts'
import { cuesOf } from '../language/cues.ts'
import { modalityOf } from '../language/modality.ts'
import { type Chunk, type ChunkPart, piecesOf, tokensOfPart } from './chunks.ts'
import type { NearNotes } from './near-notes.ts'
import { ownWords } from './own-words.ts'
import { headOf } from './shown-event.ts'
import { tokensIn } from './token-count.ts'

/** Messages of people with the notes near to them: what one question about changes shows. */
export interface ChangeBatch extends Chunk {
  readonly notes: readonly Unit[]
}

const AGENT_CHARS = 120
const WORDS_MIN = 3

/**
 * Only what people said that has notes near to it, each with the agent's line before it: so the
 * tokens of the second pass do not grow with the store, nor with what tools and agents wrote. A note
 * that several messages are near to is shown once a batch, so batches are as large as they may be.
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
    const told = message.parts.reduce((sum, part) => sum + tokensOfPart(part), 0)
    const added = found.filter((unit) => !near.has(unit))
    const size = tokens + told + tokensOfNotes(added)
    const count = near.size + added.length
    if (size > LIMITS.changesChunkTokensMax || count > LIMITS.notesShownMax) close()
    parts.push(...message.parts)
    tokens += told + tokensOfNotes(found.filter((unit) => !near.has(unit)))
    for (const unit of found) near.add(unit)
  }
  close()
  return batches
}

/** What stands in front of a note, in tokens. */
const NOTE_FRAME_TOKENS = 20

function tokensOfNotes(notes: readonly Unit[]): number {
  return notes.reduce(
    (sum, { text }) => sum + tokensIn(headOf(text, LIMITS.noteCharsMax)) + NOTE_FRAME_TOKENS,
    0,
  )
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

/** What is asked for once; with a cue it may be a rule. */
const REQUEST =
  /^(?:(?:ok(?:ay)?|great|now|then|and|also|please|thanks|hi|hey)\b[\s,!.]*)*(?:can you|could you|would you|let's see|i need you|add|fix|write|run|show|check|look|create|make|update|find|explain|review|implement|refactor|test|give|tell|draft|summari[sz]e|continue|go ahead|try|open|read|list|generate|rename|remove|delete|help)\b/i

/** Questions, exclamations and requests for the task at hand change nothing. */
function tellingPart({ read, text }: ChunkPart): string | null {
  const told = ownWords(read)
    .map((sentence) => sentence.text)
    .filter((sentence) => text.includes(sentence) && isTelling(sentence))
  return told.length === 0 ? null : told.join('\n')
}

function isTelling(sentence: string): boolean {
  if (sentence.split(/\s+/).length < WORDS_MIN || modalityOf(sentence) === 'question') return false
  return !REQUEST.test(sentence) || cuesOf(sentence).length > 0
}
