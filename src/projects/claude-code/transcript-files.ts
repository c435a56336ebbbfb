import { basename, join } from 'node:path'
import { LIMITS } from '../../config.ts'
import { parseJson } from '../../core/text/parsed-json.ts'
import type { TranscriptFile } from '../projects.ts'
import { entriesOf, headOf, isFolder, realPathOf, statsOf } from '../readable.ts'
import { isNameOf } from './project-name.ts'

/** A folder of Claude Code below `projects/`, of which one transcript was looked into. */
export interface ProjectFolder {
  readonly path: string
  readonly name: string
  /** Where its sessions began; null = no transcript says so. */
  readonly workingFolder: string | null
  /** It is called after its working folder; else somebody gave it a name. */
  readonly isNamedAfter: boolean
}

/** How many transcripts are looked into before a folder counts as one of which nobody knows. */
const HEADS_MAX = 5
const SUBAGENT_FOLDERS_DEEP_MAX = 3

/** All folders that Claude Code keeps, by name. */
export async function projectFolders(projects: string): Promise<readonly ProjectFolder[]> {
  const folders: ProjectFolder[] = []
  const seen = new Set<string>()
  for (const entry of await entriesOf(projects, LIMITS.projectsMax)) {
    const path = join(projects, entry.name)
    if (!(await isFolder(entry, path))) continue
    const real = await realPathOf(path)
    if (seen.has(real)) continue
    seen.add(real)
    folders.push(await projectFolder(path))
  }
  return folders
}

/** One of them. */
export async function projectFolder(path: string): Promise<ProjectFolder> {
  const name = basename(path)
  const seen = new Set<string>()
  const files = await transcriptPaths(path, HEADS_MAX)
  for (const file of files) {
    for (const folder of await workingFoldersIn(file)) seen.add(folder)
    const own = [...seen].find((folder) => isNameOf(name, folder))
    if (own !== undefined) return { path, name, workingFolder: own, isNamedAfter: true }
  }
  return { path, name, workingFolder: [...seen][0] ?? null, isNamedAfter: false }
}

/** The folders that the first rows of a transcript name: a session may move on to others. */
async function workingFoldersIn(path: string): Promise<readonly string[]> {
  const head = await headOf(path, LIMITS.projectHeadBytesMax)
  // A row may be longer than the head, and a large value may stand before the folder.
  const found = (head ?? '').matchAll(/"cwd":\s*"((?:[^"\\\n]|\\.)*)"/g)
  return [...found].flatMap(([, text]) => {
    const folder = unquoted(text ?? '')
    return folder === null || folder === '' ? [] : [folder]
  })
}

function unquoted(text: string): string | null {
  const value = parseJson(`"${text}"`)
  return typeof value === 'string' ? value : null
}

/** Transcripts of folders with what the file system says of them, each file once, by path. */
export async function transcriptsIn(
  folders: readonly string[],
): Promise<readonly TranscriptFile[]> {
  const files: TranscriptFile[] = []
  const seen = new Set<string>()
  for (const folder of folders) {
    const real = await realPathOf(folder)
    for (const path of await transcriptPaths(real, LIMITS.projectTranscriptsMax)) {
      if (files.length === LIMITS.projectTranscriptsMax) return files.sort(byPath)
      const stats = await statsOf(path)
      if (stats === null || !stats.isFile()) continue
      const id = `${stats.dev}:${stats.ino}`
      if (seen.has(id)) continue
      seen.add(id)
      files.push({ path, sizeBytes: stats.size, modifiedAt: stats.mtime.toISOString() })
    }
  }
  return files.sort(byPath)
}

/** Sessions first, then those of their sub-agents: `<session>/subagents/agent-*.jsonl`. */
async function transcriptPaths(folder: string, max: number): Promise<readonly string[]> {
  const entries = await entriesOf(folder, LIMITS.folderEntriesMax)
  const paths = entries.filter(isTranscript).map(({ name }) => join(folder, name))
  const left = { entries: LIMITS.folderEntriesMax }
  for (const entry of entries) {
    if (paths.length >= max || left.entries <= 0) break
    if (entry.name === 'memory' || entry.isFile()) continue
    paths.push(...(await transcriptsBelow(join(folder, entry.name, 'subagents'), 0, left)))
  }
  return paths.slice(0, max)
}

async function transcriptsBelow(
  folder: string,
  depth: number,
  left: { entries: number },
): Promise<readonly string[]> {
  const paths: string[] = []
  const entries = await entriesOf(folder, left.entries)
  left.entries -= entries.length
  for (const entry of entries) {
    const path = join(folder, entry.name)
    if (isTranscript(entry)) paths.push(path)
    else if (entry.isDirectory() && depth < SUBAGENT_FOLDERS_DEEP_MAX && left.entries > 0) {
      paths.push(...(await transcriptsBelow(path, depth + 1, left)))
    }
  }
  return paths
}

/** A link may be one too; what it leads to is asked later. */
function isTranscript(entry: { readonly name: string; isDirectory(): boolean }): boolean {
  return entry.name.endsWith('.jsonl') && !entry.isDirectory()
}

function byPath(a: TranscriptFile, b: TranscriptFile): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0
}
