import { join } from 'node:path'
import { LIMITS } from '../../config.ts'
import { entriesOf, textOf } from '../readable.ts'

const FOLDERS_DEEP_MAX = 20

/** Markdown files below a folder, hidden names left out; counted no further than the limit. */
export async function countNotes(folder: string, depth = 0): Promise<number> {
  let notes = 0
  for (const entry of await entriesOf(folder, LIMITS.folderEntriesMax)) {
    if (notes >= LIMITS.folderFilesMax) break
    if (entry.name.startsWith('.')) continue
    if (entry.isFile() && entry.name.toLowerCase().endsWith('.md')) notes += 1
    // No link is followed here: what a dream reads stands in the folder itself.
    else if (entry.isDirectory() && depth < FOLDERS_DEEP_MAX) {
      notes += await countNotes(join(folder, entry.name), depth + 1)
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
