import { basename, dirname, join, resolve } from 'node:path'
import { LIMITS } from '../../config.ts'
import { realPathOf, statsOf, textOf } from '../readable.ts'

/**
 * The folder whose notes a working folder shares: that of its git repository, of the main one for
 * a worktree; itself outside of any. Git is not run. Folders that are gone count by their names.
 */
export async function notesRoot(workingFolder: string): Promise<string> {
  for (let folder = resolve(workingFolder); ; folder = dirname(folder)) {
    const git = join(folder, '.git')
    const stats = await statsOf(git)
    if (stats?.isDirectory() === true) return folder
    if (stats?.isFile() === true) return (await mainOf(folder, git)) ?? folder
    if (dirname(folder) === folder) return resolve(workingFolder)
  }
}

/**
 * The main folder of a worktree; null for what is none, such as a submodule. A `.git` file comes
 * with a folder that anybody may have packed, so the repository has to name the worktree too.
 */
async function mainOf(folder: string, git: string): Promise<string | null> {
  const gitFolder = await lineOf(git, /^gitdir:\s*(.+)$/m)
  if (gitFolder === null) return null
  const own = resolve(folder, gitFolder)
  const common = await lineOf(join(own, 'commondir'), /^(.+)$/m)
  const back = await lineOf(join(own, 'gitdir'), /^(.+)$/m)
  if (common === null || back === null) return null
  const shared = resolve(own, common)
  if (dirname(dirname(own)) !== shared) return null
  if ((await realPathOf(resolve(own, back))) !== (await realPathOf(git))) return null
  return basename(shared) === '.git' ? dirname(shared) : shared
}

async function lineOf(path: string, pattern: RegExp): Promise<string | null> {
  const text = await textOf(path, LIMITS.settingsFileBytesMax)
  return text === null ? null : (pattern.exec(text)?.[1]?.trim() ?? null)
}
