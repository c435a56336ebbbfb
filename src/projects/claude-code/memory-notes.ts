import { join } from 'node:path'
import { LIMITS } from '../../config.ts'
import { entriesOf, textOf } from '../readable.ts'

const FOLDERS_DEEP_MAX = 20

/** Markdown files below a folder, hidden names left out; counted no further than the limits. */
export function countNotes(folder: string): Promise<number> {
  return countBelow(folder, 0, { entries: LIMITS.folderEntriesMax })
}

async function countBelow(
  folder: string,
  depth: number,
  left: { entries: number },
): Promise<number> {
  let notes = 0
  const entries = await entriesOf(folder, left.entries)
  left.entries -= entries.length
  for (const entry of entries) {
    if (notes >= LIMITS.folderFilesMax) return LIMITS.folderFilesMax
    if (entry.name.startsWith('.') || entry.name === 'node_modules') continue
    if (entry.isFile() && entry.name.toLowerCase().endsWith('.md')) notes += 1
    // No link is followed here: what a dream reads stands in the folder itself.
    else if (entry.isDirectory() && depth < FOLDERS_DEEP_MAX && left.entries > 0) {
      notes += await countBelow(join(folder, entry.name), depth + 1, left)
    }
  }
  return notes
}

/** Lines of the index that an agent loads at its start; null = there is none. */
export async function indexLinesOf(folder: string): Promise<number | null> {
  const text = await textOf(join(folder, 'MEMORY.md'), LIMITS.folderFileBytesMax)
  if (text === null) return null
  return text === '' ? 0 : text.replace(/\n$/, '').split('\n').length
}
