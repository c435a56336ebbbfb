import { ReverieError } from '../../core/errors.ts'
import type { TogetherRequest } from '../../reverie.ts'
import { shellWord } from '../projects/shell-word.ts'

/**
 * Whose sessions are whose: `coder=./logs` are those of the memory that was named `coder`,
 * `store:coder` or `./agents/coder`. With one memory the name may be left out. Throws
 * `invalid_request_error` for sessions of no memory, or of one of several.
 */
export function sessionsOfMemories(
  memories: readonly string[],
  specs: readonly string[],
): TogetherRequest['from'] {
  const sessions = new Map<string, string[]>(memories.map((memory) => [memory, []]))
  if (sessions.size < memories.length) {
    throw invalid('A memory is named twice.', 'Name each memory once.')
  }
  for (const spec of specs) {
    const { memory, source } = ownerOf(spec, memories)
    sessions.get(memory)?.push(source)
  }
  return memories.map((memory) => ({ memory, sessions: sessions.get(memory) ?? [] }))
}

interface OwnedSource {
  readonly memory: string
  readonly source: string
}

function ownerOf(spec: string, memories: readonly string[]): OwnedSource {
  const matches = memories
    .flatMap((memory) => namesOf(memory).map((name) => ({ memory, name })))
    .filter(({ name }) => spec.startsWith(`${name}=`))
    .toSorted((a, b) => b.name.length - a.name.length)
  const [first, ...others] = matches
  const [only] = memories
  if (first === undefined) {
    if (memories.length === 1 && only !== undefined) return { memory: only, source: spec }
    throw invalid(`"${spec}" says of no memory whose sessions these are.`, howTo(memories))
  }
  const { memory, name } = first
  if (others.some((other) => other.name === name && other.memory !== memory)) {
    throw invalid(`Several memories are called "${name}".`, howTo(memories))
  }
  return { memory, source: spec.slice(name.length + 1) }
}

/** As it was typed, and shorter: without `store:`, and the last part of a path. */
function namesOf(memory: string): readonly string[] {
  const plain = memory.replace(/^store:/, '')
  const last = plain.split('/').findLast((part) => part !== '' && part !== '.')
  return [...new Set([memory, plain, ...(last === undefined ? [] : [last])])]
}

function howTo([first]: readonly string[]): string {
  const memory = first === undefined ? '<memory>' : shellWord(first)
  return `Write the memory before them: --sessions ${memory}=<source>.`
}

function invalid(message: string, next: string): ReverieError {
  return new ReverieError('invalid_request_error', message, { next })
}
