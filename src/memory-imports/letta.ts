import { ReverieError } from '../core/errors.ts'
import {
  asList,
  asObject,
  bounded,
  type JsonObject,
  textIn,
  without,
  wrongItem,
} from './json-items.ts'
import type {
  ImportedNote,
  ImportedNotes,
  MemoryChoice,
  MemoryImporter,
} from './memory-importer.ts'

/**
 * Memory of a Letta agent: the blocks of an agent file (`.af`), of its first form (`core_memory` of one
 * agent) and of the present one (`agents` and `blocks`), with passages of the archival memory where they
 * stand beside (`passages`, `archival_memory`: what the API lists). Messages are no memories.
 */
export const lettaImporter: MemoryImporter = {
  format: 'letta',
  isFormat: (value) => isLetta(value),
  read: (value, choice) => readLetta(value, choice),
}

const UPDATED = ['updated_at', 'created_at'] as const
const PASSAGES = ['passages', 'archival_memory'] as const
const ARCHIVE = 'archival'

function isLetta(value: unknown): boolean {
  const of = asObject(value)
  if (of === null) return false
  return asList(of.core_memory) !== null || (asList(of.blocks) !== null && 'agents' in of)
}

function readLetta(value: unknown, choice: MemoryChoice): ImportedNotes {
  const file = asObject(value) ?? {}
  const isFirstForm = asList(file.core_memory) !== null
  const agent = isFirstForm ? file : agentOf(file, choice)
  const blocks = isFirstForm ? listOf(file, 'core_memory') : blocksOf(file, agent)
  const passages = [...new Set([file, agent])].flatMap((of) => passagesOf(of))
  const notes = [
    ...blocks.flatMap((block, n) => blockNote(block, n + 1)),
    ...bounded(passages, 'passages').map((passage, n) => passageNote(passage, n + 1)),
  ]
  return {
    name: textIn(agent, 'name') ?? 'letta',
    notes,
    userIds: [],
    warnings: warningsOf(blocks.length, notes),
  }
}

/** The one agent, or the named one: blocks of several agents are never mixed. */
function agentOf(file: JsonObject, { agent: named }: MemoryChoice): JsonObject {
  const agents = listOf(file, 'agents').flatMap((agent): readonly JsonObject[] => {
    const of = asObject(agent)
    return of === null ? [] : [of]
  })
  const names = agents.map((agent) => textIn(agent, 'name') ?? textIn(agent, 'id') ?? '?')
  if (named !== undefined) {
    const found = agents.find((agent) => [agent.name, agent.id].includes(named))
    if (found !== undefined) return found
    throw new ReverieError('not_found_error', `No agent "${named}" is in the file.`, {
      next: `It holds: ${names.join(', ')}.`,
    })
  }
  const [only, ...others] = agents
  if (only !== undefined && others.length === 0) return only
  if (only === undefined) return {}
  throw new ReverieError(
    'invalid_request_error',
    `The file holds ${agents.length} agents: ${names.join(', ')}.`,
    { next: 'Import each into a store of its own: --agent <name>.' },
  )
}

function blocksOf(file: JsonObject, agent: JsonObject): readonly unknown[] {
  const all = listOf(file, 'blocks')
  const ids = asList(agent.block_ids)
  const own = asList(agent.memory_blocks) ?? []
  const attached = ids === null ? all : all.filter((block) => ids.includes(asObject(block)?.id))
  return [...attached, ...own]
}

function listOf(of: JsonObject, name: string): readonly unknown[] {
  return bounded(asList(of[name]) ?? [], name.replace('_', ' '))
}

function passagesOf(of: JsonObject): readonly unknown[] {
  return PASSAGES.flatMap((name) => asList(of[name]) ?? [])
}

/** A block is a memory of its own, at its label; an empty one says nothing. */
function blockNote(value: unknown, n: number): readonly ImportedNote[] {
  const of = asObject(value)
  const label = of === null ? null : textIn(of, 'label')
  if (of === null || label === null) throw wrongItem(`Block ${n}`, 'has no label')
  const text = of.value
  if (typeof text !== 'string') throw wrongItem(`Block ${n} (${label})`, 'has no text')
  if (text.trim() === '') return []
  return [
    {
      id: textIn(of, 'id'),
      text,
      topic: null,
      path: `/${label}.md`,
      statedAt: textIn(of, ...UPDATED),
      about: { source: 'letta', ...without(of, ['value']) },
      former: [],
    },
  ]
}

function passageNote(value: unknown, n: number): ImportedNote {
  const of = asObject(value)
  const text = of === null ? null : textIn(of, 'text')
  if (of === null || text === null) throw wrongItem(`Passage ${n}`, 'has no text')
  return {
    id: textIn(of, 'id'),
    text,
    topic: ARCHIVE,
    path: null,
    statedAt: textIn(of, ...UPDATED),
    about: { source: 'letta', ...without(of, ['text', 'embedding', 'embedding_config']) },
    former: [],
  }
}

function warningsOf(blocks: number, notes: readonly ImportedNote[]): readonly string[] {
  const empty = blocks - notes.filter(({ path }) => path !== null).length
  return [
    ...(empty === 0 ? [] : [`${empty} blocks are empty and were left out.`]),
    ...(notes.some(({ topic }) => topic === ARCHIVE)
      ? []
      : ['The file holds no archival passages: an agent file has none unless they were added.']),
  ]
}
