import { basename, dirname, isAbsolute, join, resolve } from 'node:path'
import { LIMITS } from '../../config.ts'
import type { AgentProject, AgentProjects, OtherDreamer } from '../projects.ts'
import { realPathOf } from '../readable.ts'
import { type SettingsLayers, type SettingsPlaces, said, settingsFor } from './agent-settings.ts'
import { atWork, type LockReader, switchedOn } from './dreaming.ts'
import { planHookEdit } from './hook-edit.ts'
import { chosenMemory, memoryOf, ownMemory } from './memory-place.ts'
import { notesRoot } from './notes-root.ts'
import { folderNameOf, groupsOf, type ProjectGroup } from './project-groups.ts'
import { projectName } from './project-name.ts'
import { projectFolder, projectFolders, transcriptsIn } from './transcript-files.ts'
import { writeSettings } from './write-settings.ts'

export interface ClaudeCodeOptions extends LockReader {
  /** Of the person; absolute. */
  readonly home: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** Settings of the organisation; null = none. */
  readonly managedSettings: string | null
}

const KEEPS_DAYS_DEFAULT = 30

/** Projects of Claude Code, found in its own files. Nothing is written but by `writeHook`. */
export function claudeCodeProjects(options: ClaudeCodeOptions): AgentProjects {
  const found = new FoundProjects(options)
  return {
    list: () => found.list(),
    at: (workingFolder) => found.at(workingFolder),
    otherDreamers: (memoryFolder) => found.otherDreamers(memoryFolder),
    planHook: (command, isOn) => planHookEdit(found.places, command, isOn),
    writeHook: (edit) => writeSettings(found.configFolder, edit),
  }
}

class FoundProjects {
  readonly configFolder: string
  readonly #options: ClaudeCodeOptions
  readonly #projects: string
  /** The folder that everything goes into, whatever the working folder is; null = each its own. */
  readonly #onlyName: string | null

  constructor(options: ClaudeCodeOptions) {
    const { env, home } = options
    const configured = env.CLAUDE_CONFIG_DIR ?? ''
    this.#options = options
    this.configFolder = configured === '' ? join(home, '.claude') : resolve(configured)
    this.#projects = join(this.configFolder, 'projects')
    this.#onlyName = configured === '' ? null : plainName(env.CLAUDE_CODE_PROJECT_DIR_NAME)
  }

  async list(): Promise<readonly AgentProject[]> {
    const projects: AgentProject[] = []
    for (const group of await this.#groups()) {
      const project = await this.#project(group)
      if (project.notes > 0 || project.transcripts.length > 0) projects.push(project)
    }
    return projects
  }

  async at(workingFolder: string): Promise<AgentProject> {
    const folders = await projectFolders(this.#projects)
    const groups = await groupsOf(this.#projects, folders)
    const given = resolve(workingFolder)
    const root = await notesRoot(await realPathOf(given))
    const name = this.#onlyName ?? folderNameOf(root, folders)
    const known =
      groups.find((group) => group.name === name) ??
      groups.find((group) => name === null && group.root === root) ??
      groups.find((group) => group.name === projectName(given).text)
    if (known !== undefined) return this.#project({ ...known, root: known.root ?? root })
    const unknown = { name: name ?? projectName(root).text, root, folders: [] }
    // Settings that come with a folder count once Claude Code has worked there: it asks for trust first.
    return this.#project(unknown, await this.#settings(null))
  }

  async otherDreamers(memoryFolder: string): Promise<readonly OtherDreamer[]> {
    const real = await realPathOf(resolve(memoryFolder))
    const layers = await this.#settingsOfMemory(real)
    const dreamers = [
      layers === null ? null : switchedOn(layers),
      await atWork(real, this.#options),
    ]
    return dreamers.filter((one) => one !== null)
  }

  async #groups(): Promise<readonly ProjectGroup[]> {
    return groupsOf(this.#projects, await projectFolders(this.#projects))
  }

  async #project(
    { name, root, folders }: ProjectGroup,
    given?: SettingsLayers,
  ): Promise<AgentProject> {
    const own = ownMemory(this.#projects, name)
    const layers = given ?? (await this.#settings(root))
    const memory = await memoryOf(chosenMemory(layers, this.#options.home), own)
    return {
      name,
      workingFolder: root,
      ...memory,
      transcriptFolders: folders.length === 0 ? [join(this.#projects, name)] : folders,
      transcripts: await transcriptsIn(folders),
      keepsDays: said(layers, 'cleanupPeriodDays')?.value ?? KEEPS_DAYS_DEFAULT,
    }
  }

  get places(): SettingsPlaces {
    const { managedSettings } = this.#options
    return { configFolder: this.configFolder, managedSettings }
  }

  #settings(root: string | null): Promise<SettingsLayers> {
    return settingsFor(root, this.places)
  }

  /** Null = the memory is none of Claude Code's. */
  async #settingsOfMemory(memory: string): Promise<SettingsLayers | null> {
    const { home } = this.#options
    const owner = await this.#ownerOf(memory)
    if (owner !== null) return this.#settings(await notesRoot(owner))
    for (const { name, root } of await this.#groups()) {
      const layers = await this.#settings(root)
      const places = [ownMemory(this.#projects, name), chosenMemory(layers, home)]
      for (const place of places) {
        if (place !== null && (await realPathOf(place)) === memory) return layers
      }
    }
    return null
  }

  /** The working folder whose own folder holds a memory, known without a look at all others. */
  async #ownerOf(memory: string): Promise<string | null> {
    const folder = dirname(memory)
    if (basename(memory) !== 'memory') return null
    if (dirname(folder) !== (await realPathOf(this.#projects))) return null
    const { workingFolder, isNamedAfter } = await projectFolder(folder)
    return isNamedAfter ? workingFolder : null
  }
}

/** One name, no way: null for anything else. */
function plainName(name: string | undefined): string | null {
  if (name === undefined || name === '' || name === '.' || name === '..') return null
  return isAbsolute(name) || /[/\\]/.test(name) || name.length > LIMITS.pathBytesMax ? null : name
}
