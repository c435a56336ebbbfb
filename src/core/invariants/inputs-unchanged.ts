import { sha256 } from '../ids.ts'
import type { DreamFacts, Violation } from './dream-facts.ts'

/**
 * 1. ∀ input i: digest(i) afterwards = digest(i) before, and the memories read are those pinned.
 * A dream that may write its input store gives the digests of what it only reads.
 */
export function inputsUnchanged(facts: DreamFacts): readonly Violation[] {
  const { inputsBefore, inputsAfter, snapshot, before } = facts
  const names = new Set([...inputsBefore.keys(), ...inputsAfter.keys()])
  const altered = [...names]
    .filter((name) => inputsBefore.get(name) !== inputsAfter.get(name))
    .map((name) => violation(name, 'An input is not what it was before the dream.'))
  const pinned = new Map(snapshot.memories.map((memory) => [memory.path, memory.sha256]))
  const paths = new Set([...pinned.keys(), ...before.memories.keys()])
  const unpinned = [...paths]
    .filter((path) => digestAt(facts, path) !== pinned.get(path))
    .map((path) => violation(path, 'The memory that was read is not the one that was pinned.'))
  return [...altered, ...unpinned]
}

function digestAt({ before }: DreamFacts, path: string): string | undefined {
  const content = before.memories.get(path)?.content
  return content === undefined ? undefined : sha256(content)
}

function violation(subject: string, message: string): Violation {
  return { invariant: 1, subject, message }
}
