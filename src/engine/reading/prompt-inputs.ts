import { LIMITS } from '../../config.ts'
import type { Unit } from '../../core/unit.ts'
import type { ChangesInput, PromptNote } from '../prompts/changes.ts'
import type { ExtractInput } from '../prompts/extract.ts'
import type { PromptEvent } from '../prompts/prompt-event.ts'
import type { DreamInputs } from '../stages/snapshot.ts'
import type { ChangeBatch } from './change-batches.ts'
import type { Chunk, ChunkPart } from './chunks.ts'
import { headOf } from './shown-event.ts'

/** What is asked about one chunk. Events are numbered as they stand in it. */
export function extractInput(chunk: Chunk, profile: readonly string[]): ExtractInput {
  return { profile, events: chunk.parts.map(promptEvent) }
}

export function changesInput(batch: ChangeBatch, names: DreamInputs['names']): ChangesInput {
  return {
    notes: batch.notes.map((unit, at) => promptNote(unit, at, names)),
    events: batch.parts.map(promptEvent),
  }
}

const ABOUT_CHARS = 80
const DAY_CHARS = 'YYYY-MM-DD'.length

/** Times cost tokens: what people say is dated by its day. */
function promptEvent({ read, text, startsSession }: ChunkPart, at: number): PromptEvent {
  const { event } = read
  const speaker = event.speaker === 'system' ? 'agent' : event.speaker
  return {
    n: at + 1,
    speaker,
    tool: event.type === 'agent.tool_result' ? (event.tool?.name ?? null) : null,
    at: speaker === 'user' && event.at !== null ? event.at.slice(0, DAY_CHARS) : null,
    text,
    startsSession,
  }
}

function promptNote(unit: Unit, at: number, names: DreamInputs['names']): PromptNote {
  const about = [names.get(unit.path) ?? unit.path, ...unit.context].join(' / ')
  return {
    n: at + 1,
    text: headOf(unit.text, LIMITS.noteCharsMax),
    about: headOf(about, ABOUT_CHARS),
  }
}
