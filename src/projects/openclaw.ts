import { isAbsolute, join, relative, resolve, sep } from 'node:path'
import { z } from 'zod'
import { LIMITS } from '../config.ts'
import { parseJson5 } from './json5.ts'
import type { DreamerWatch, OtherDreamer } from './projects.ts'
import { realPathOf, textOf } from './readable.ts'

export interface OpenClawOptions {
  /** Of the person; absolute. */
  readonly home: string
  readonly env: Readonly<Record<string, string | undefined>>
}

/**
 * Knows whether OpenClaw dreams over a memory: its plugin for memories has `dreaming.enabled`, and
 * the memory is in the workspace of one of its agents. It is off unless somebody switches it on.
 */
export function openClawWatch(options: OpenClawOptions): DreamerWatch {
  return {
    async otherDreamers(memoryFolder) {
      const places = placesOf(options)
      const text = await textOf(places.config, LIMITS.settingsFileBytesMax)
      const config = text === null ? null : read(text)
      if (config === null) return []
      const setting = dreamingSetting(config)
      if (setting === null) return []
      const memory = await realPathOf(resolve(memoryFolder))
      for (const workspace of workspacesIn(config, places, options)) {
        if (overlap(memory, await realPathOf(workspace))) return [dreamer(setting, places.config)]
      }
      return []
    },
  }
}

function dreamer(setting: string, path: string): OtherDreamer {
  return {
    name: 'OpenClaw (dreaming)',
    why: `${setting} is on in ${path}`,
    next: 'Switch it off there, or with `/dreaming off` in OpenClaw.',
  }
}

// Only what is asked for; whatever is of another kind counts as not there.
const dreamingSchema = z.object({
  enabled: z.boolean().optional().catch(undefined),
  mode: z.string().optional().catch(undefined),
})
const pluginSchema = z.object({
  enabled: z.boolean().optional().catch(undefined),
  config: z
    .object({ dreaming: dreamingSchema.optional().catch(undefined) })
    .optional()
    .catch(undefined),
})
const agentSchema = z.object({
  id: z.string().optional().catch(undefined),
  workspace: z.string().optional().catch(undefined),
})
const configSchema = z.object({
  plugins: z
    .object({
      enabled: z.boolean().optional().catch(undefined),
      slots: z
        .object({ memory: z.string().optional().catch(undefined) })
        .optional()
        .catch(undefined),
      entries: z.record(z.string(), pluginSchema.catch({})).optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
  agents: z
    .object({
      defaults: agentSchema.optional().catch(undefined),
      list: z.array(agentSchema.catch({})).optional().catch(undefined),
      entries: z.record(z.string(), agentSchema.catch({})).optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
})

type OpenClawConfig = z.infer<typeof configSchema>

function read(text: string): OpenClawConfig | null {
  try {
    const found = configSchema.safeParse(parseJson5(text))
    return found.success ? found.data : null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

const PLUGIN_DEFAULT = 'memory-core'
/** Releases of spring 2026 had a mode in place of a flag. */
const MODES_ON: ReadonlySet<string> = new Set(['core', 'deep', 'rem'])

/** The setting that switches dreaming on, as people find it; null = it is off. */
function dreamingSetting({ plugins }: OpenClawConfig): string | null {
  // Dreaming reads the settings of whichever plugin holds the place for memories.
  const plugin = plugins?.slots?.memory ?? PLUGIN_DEFAULT
  const entry = plugins?.entries?.[plugin]
  if (plugins?.enabled === false || entry?.enabled === false) return null
  const dreaming = entry?.config?.dreaming
  const at = `plugins.entries.${plugin}.config.dreaming`
  if (dreaming?.enabled === true) return `${at}.enabled`
  const isOn = dreaming?.enabled === undefined && MODES_ON.has(dreaming?.mode ?? '')
  return isOn ? `${at}.mode` : null
}

interface OpenClawPlaces {
  readonly stateFolder: string
  readonly config: string
}

function placesOf({ home, env }: OpenClawOptions): OpenClawPlaces {
  const profile = env.OPENCLAW_PROFILE ?? ''
  const name = profile === '' || profile === 'default' ? '.openclaw' : `.openclaw-${profile}`
  const stateFolder = pathOf(env.OPENCLAW_STATE_DIR, home) ?? join(home, name)
  const config = pathOf(env.OPENCLAW_CONFIG_PATH, home) ?? join(stateFolder, 'openclaw.json')
  return { stateFolder, config }
}

function workspacesIn(
  { agents }: OpenClawConfig,
  { stateFolder }: OpenClawPlaces,
  { home, env }: OpenClawOptions,
): readonly string[] {
  const named = Object.entries(agents?.entries ?? {}).map(([id, agent]) => ({ ...agent, id }))
  const all = [...(agents?.list ?? []), ...named]
  const base = pathOf(agents?.defaults?.workspace, home)
  const own = all.flatMap(({ id, workspace }) => [
    pathOf(workspace, home),
    ...(id === undefined ? [] : [join(stateFolder, `workspace-${id}`)]),
    ...(id === undefined || base === null ? [] : [join(base, id)]),
  ])
  const common = [pathOf(env.OPENCLAW_WORKSPACE_DIR, home), base, join(stateFolder, 'workspace')]
  return [...own, ...common].filter((path) => path !== null)
}

function pathOf(value: string | undefined, home: string): string | null {
  if (value === undefined || value.trim() === '') return null
  if (value.startsWith('~/')) return resolve(home, value.slice(2))
  return isAbsolute(value) ? resolve(value) : null
}

/** One is the other or stands in it. */
function overlap(a: string, b: string): boolean {
  return isWithin(a, b) || isWithin(b, a)
}

function isWithin(inner: string, outer: string): boolean {
  const way = relative(outer, inner)
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)
}
