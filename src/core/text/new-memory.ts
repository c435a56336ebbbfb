import { stringify } from 'yaml'
import type { NewMemory } from '../change.ts'
import { relativeLink } from './memory-link.ts'
import { collapsed } from './unit-text.ts'

/** What an index begins with when the first memory needs one. */
export const NEW_INDEX_HEAD = '# Memory\n'

/** Front matter and heading of a memory that a change is the first to need. */
export function newMemoryHead({ name, description, type }: NewMemory): string {
  const yaml = stringify({ name, description, type }, { lineWidth: 0 })
  return `---\n${yaml}---\n\n# ${collapsed(name)}\n`
}

/** The index line of a new memory, as a unit's text: `[Name](topic.md) - description`. */
export function indexLineOf(path: string, indexPath: string, memory: NewMemory): string {
  const name = collapsed(memory.name).replace(/[[\]\\]/gu, '\\$&')
  const link = `[${name}](${relativeLink(indexPath, path)})`
  const description = collapsed(memory.description)
  return description === '' ? link : `${link} - ${description}`
}
