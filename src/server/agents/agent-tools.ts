import type { GivenObject } from '../../wire/agents.ts'

interface ToolConfig {
  readonly enabled: boolean
  readonly permission_policy: unknown
}

const ALLOWED: ToolConfig = { enabled: true, permission_policy: { type: 'always_allow' } }
/** Tools of a server that others run wait for a person. */
const ASKED: ToolConfig = { enabled: true, permission_policy: { type: 'always_ask' } }

/** Tools as they are answered: sets of tools with every key that clients read, others as given. */
export function resolvedTools(tools: readonly GivenObject[]): readonly GivenObject[] {
  return tools.map((tool) => {
    if (tool.type.startsWith('agent_toolset_')) return resolvedSet(tool, ALLOWED, builtIn)
    return tool.type === 'mcp_toolset' ? resolvedSet(tool, ASKED, asGiven) : tool
  })
}

/** Skills as they are answered: one without a version is the latest. */
export function resolvedSkills(skills: readonly GivenObject[]): readonly GivenObject[] {
  return skills.map((skill) => ({ ...skill, version: skill.version ?? 'latest' }))
}

type Given = Readonly<Record<string, unknown>>

function resolvedSet(
  tool: GivenObject,
  byDefault: ToolConfig,
  more: (config: Given) => Given,
): GivenObject {
  const common = resolved(asObject(tool.default_config), byDefault)
  const configs = Array.isArray(tool.configs) ? tool.configs.map(asObject) : []
  return {
    ...tool,
    configs: configs.map((config) => more(resolved(config, common))),
    default_config: common,
  }
}

function resolved<Config extends Given>(
  config: Config,
  byDefault: ToolConfig,
): Config & ToolConfig {
  return {
    ...config,
    enabled: typeof config.enabled === 'boolean' ? config.enabled : byDefault.enabled,
    permission_policy: config.permission_policy ?? byDefault.permission_policy,
  }
}

/** A built-in tool is of the type of its name. */
function builtIn(config: Given): Given {
  const { name } = config
  return {
    ...config,
    type: name,
    ...(name === 'web_fetch' ? { url_sources: config.url_sources ?? null } : {}),
  }
}

const asGiven = (config: Given): Given => config

function asObject(value: unknown): Given {
  return typeof value === 'object' && value !== null ? (value as Given) : {}
}
