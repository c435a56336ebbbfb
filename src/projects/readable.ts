import { constants, type Dirent, promises as fs, type Stats } from 'node:fs'

/** The value, or null where the file system refuses; anything else is a fault of ours. */
export async function readable<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work
  } catch (error) {
    if (error instanceof Error && 'code' in error) return null
    throw error
  }
}

/** What a name leads to, links followed. */
export function statsOf(path: string): Promise<Stats | null> {
  return readable(fs.stat(path))
}

/** Entries of a folder by name, `max` at most; none where it cannot be read. */
export async function entriesOf(path: string, max: number): Promise<readonly Dirent[]> {
  const entries = (await readable(firstEntries(path, max))) ?? []
  return entries.sort((a, b) => (a.name < b.name ? -1 : 1))
}

async function firstEntries(path: string, max: number): Promise<Dirent[]> {
  const entries: Dirent[] = []
  // The loop closes the folder, however it ends.
  for await (const entry of await fs.opendir(path)) {
    if (entries.length === max) break
    entries.push(entry)
  }
  return entries
}

/** Follows a link to a folder. */
export async function isFolder(entry: Dirent, path: string): Promise<boolean> {
  if (entry.isDirectory()) return true
  return entry.isSymbolicLink() && (await statsOf(path))?.isDirectory() === true
}

/** The real path; as given where there is none. */
export async function realPathOf(path: string): Promise<string> {
  return (await readable(fs.realpath(path))) ?? path
}

/** The first bytes of a regular file as text; null where it cannot be read. Never waits for a pipe. */
export function headOf(path: string, bytesMax: number): Promise<string | null> {
  return readable(readHead(path, bytesMax))
}

async function readHead(path: string, bytesMax: number): Promise<string | null> {
  await using handle = await fs.open(path, constants.O_RDONLY | constants.O_NONBLOCK)
  const stats = await handle.stat()
  if (!stats.isFile()) return null
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(Math.min(bytesMax, stats.size)))
  return buffer.toString('utf8', 0, bytesRead)
}

/** A whole text file of `bytesMax` at most; null where there is none, or a larger one. */
export async function textOf(path: string, bytesMax: number): Promise<string | null> {
  const stats = await statsOf(path)
  return stats === null || stats.size > bytesMax ? null : headOf(path, bytesMax)
}
