import { join } from 'node:path'
import { countNotes } from './memory-notes.ts'
import { notesRoot } from './notes-root.ts'
import { isNameOf, projectName } from './project-name.ts'
import type { ProjectFolder } from './transcript-files.ts'

/** Folders of one project: all whose sessions share its notes. */
export interface ProjectGroup {
  /** Of the folder that its notes are kept in, which may not exist. */
  readonly name: string
  /** Of the repository, or the working folder outside of any; null = nobody says. */
  readonly root: string | null
  /** Paths of the folders that hold its transcripts. */
  readonly folders: readonly string[]
}

/**
 * Puts the folders of worktrees and of folders below a repository to that of the repository. A
 * folder that holds notes of its own is a project too, as it was before repositories shared them.
 */
export async function groupsOf(
  projects: string,
  folders: readonly ProjectFolder[],
): Promise<readonly ProjectGroup[]> {
  const groups = new Map<string, { root: string | null; folders: string[] }>()
  const groupOf = (name: string, root: string | null): { folders: string[] } => {
    const group = groups.get(name) ?? { root, folders: [] }
    group.root ??= root
    groups.set(name, group)
    return group
  }
  for (const folder of folders) {
    const { name, workingFolder, isNamedAfter } = folder
    const root = isNamedAfter && workingFolder !== null ? await notesRoot(workingFolder) : null
    const shared = root === null ? name : (folderNameOf(root, folders) ?? name)
    groupOf(shared, shared === name ? workingFolderOf(folder, root) : root).folders.push(
      folder.path,
    )
    if (shared !== name && (await countNotes(join(projects, name, 'memory'))) > 0) {
      groupOf(name, workingFolder)
    }
  }
  return [...groups]
    .map(([name, group]) => ({ name, ...group }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

function workingFolderOf(folder: ProjectFolder, root: string | null): string | null {
  return root ?? folder.workingFolder
}

/** The name of the folder for a root; null where it was cut and none is known that fits. */
export function folderNameOf(root: string, folders: readonly ProjectFolder[]): string | null {
  const { text, isCut } = projectName(root)
  if (!isCut) return text
  const own = folders.find(({ name, workingFolder }) => {
    return workingFolder === root && isNameOf(name, root)
  })
  return own?.name ?? null
}
