import { isAbsolute, join, resolve } from 'node:path'
import type { AgentProject } from '../projects.ts'
import { type SettingsLayers, said } from './agent-settings.ts'
import { countNotes, indexLinesOf } from './memory-notes.ts'

type MemoryOfProject = Pick<AgentProject, 'memoryPlace' | 'memoryFolder' | 'notes' | 'indexLines'>

/** The folder that settings name for notes; null = none that counts. */
export function chosenMemory(layers: SettingsLayers, home: string): string | null {
  const value = said(layers, 'autoMemoryDirectory')?.value
  if (value === undefined) return null
  // Claude Code takes no relative path, so neither is one taken here.
  if (value.startsWith('~/')) return resolve(home, value.slice(2))
  return isAbsolute(value) ? resolve(value) : null
}

/**
 * The notes of a project: where settings say, else in its own folder. Some versions of Claude Code
 * pass over the setting, so that the own folder counts too where only it holds notes.
 */
export async function memoryOf(chosen: string | null, own: string): Promise<MemoryOfProject> {
  for (const place of chosen === null ? [own] : [chosen, own]) {
    const notes = await countNotes(place)
    if (notes === 0) continue
    return {
      memoryPlace: place,
      memoryFolder: place,
      notes,
      indexLines: await indexLinesOf(place),
    }
  }
  return { memoryPlace: chosen ?? own, memoryFolder: null, notes: 0, indexLines: null }
}

/** Where notes of a project stand unless settings say otherwise. */
export function ownMemory(projects: string, name: string): string {
  return join(projects, name, 'memory')
}
