import { join } from 'node:path'
import { z } from 'zod'
import { LIMITS } from '../../config.ts'
import { textOf } from '../readable.ts'

/** What settings say that concerns memories and transcripts; others are not looked at. */
export interface AgentSettings {
  readonly autoMemoryDirectory?: string | undefined
  readonly autoMemoryEnabled?: boolean | undefined
  readonly autoDreamEnabled?: boolean | undefined
  readonly cleanupPeriodDays?: number | undefined
  readonly disableAllHooks?: boolean | undefined
}

/** A value with the file that says it. */
export interface Said<T> {
  readonly value: T
  readonly path: string
}

/** Settings of several files, the strongest first. */
export type SettingsLayers = readonly { readonly path: string; readonly settings: AgentSettings }[]

// A value of the wrong kind is as if it were not there; the rest of its file counts.
const settingsSchema: z.ZodType<AgentSettings> = z.object({
  autoMemoryDirectory: z.string().optional().catch(undefined),
  autoMemoryEnabled: z.boolean().optional().catch(undefined),
  autoDreamEnabled: z.boolean().optional().catch(undefined),
  cleanupPeriodDays: z.number().min(0).optional().catch(undefined),
  disableAllHooks: z.boolean().optional().catch(undefined),
})

export interface SettingsPlaces {
  /** Of the user. */
  readonly configFolder: string
  /** Of the organisation; null = none. */
  readonly managedSettings: string | null
}

/**
 * Settings for work in a folder, as Claude Code layers them: managed, local, project, user. Null =
 * in no folder. Files that are missing or broken say nothing.
 */
export async function settingsFor(
  folder: string | null,
  { configFolder, managedSettings }: SettingsPlaces,
): Promise<SettingsLayers> {
  const ofFolder = folder === null ? [] : ['settings.local.json', 'settings.json']
  const paths = [
    ...(managedSettings === null ? [] : [managedSettings]),
    ...ofFolder.map((name) => join(folder ?? '', '.claude', name)),
    join(configFolder, 'settings.json'),
  ]
  const layers = await Promise.all(
    paths.map(async (path) => ({ path, settings: await read(path) })),
  )
  return layers.flatMap(({ path, settings }) => (settings === null ? [] : [{ path, settings }]))
}

/** What the strongest layer says that says anything. */
export function said<K extends keyof AgentSettings>(
  layers: SettingsLayers,
  key: K,
): Said<NonNullable<AgentSettings[K]>> | null {
  for (const { path, settings } of layers) {
    const value = settings[key]
    if (value !== undefined) return { value, path }
  }
  return null
}

async function read(path: string): Promise<AgentSettings | null> {
  const text = await textOf(path, LIMITS.settingsFileBytesMax)
  if (text === null) return null
  try {
    const read = settingsSchema.safeParse(JSON.parse(text.replace(/^\uFEFF/, '')))
    return read.success ? read.data : null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}
