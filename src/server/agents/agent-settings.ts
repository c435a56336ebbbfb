import { ReverieError } from '../../core/errors.ts'
import { assertMetadata, patchedMetadata } from '../../engine/workspace/store-fields.ts'
import type {
  AgentSettings,
  GivenModel,
  WireAgentChange,
  WireAgentDraft,
  WireAgentModel,
} from '../../wire/agents.ts'
import { resolvedSkills, resolvedTools } from './agent-tools.ts'

/** What a new agent is, with the wire's defaults. */
export function settingsOf(draft: WireAgentDraft): AgentSettings {
  return checked({
    name: draft.name,
    description: draft.description || null,
    system: draft.system || null,
    model: modelOf(draft.model, null),
    tools: resolvedTools(draft.tools ?? []),
    mcp_servers: draft.mcp_servers ?? [],
    skills: resolvedSkills(draft.skills ?? []),
    metadata: draft.metadata ?? {},
    multiagent: draft.multiagent ?? null,
    execution_identity: draft.execution_identity ?? { type: 'service_account' },
  })
}

/** What an agent is after a change: what is left out stays, null clears, lists are replaced whole. */
export function changedSettings(present: AgentSettings, change: WireAgentChange): AgentSettings {
  const { name, model, metadata, execution_identity: identity } = change
  return checked({
    name: name ?? present.name,
    description: orStay(change.description, present.description, null) || null,
    system: orStay(change.system, present.system, null) || null,
    model: model === undefined ? present.model : modelOf(model, present.model),
    tools: resolvedTools(orStay(change.tools, present.tools, [])),
    mcp_servers: orStay(change.mcp_servers, present.mcp_servers, []),
    skills: resolvedSkills(orStay(change.skills, present.skills, [])),
    metadata: patchedMetadata(present.metadata, metadata ?? {}),
    multiagent: orStay(change.multiagent, present.multiagent, null),
    execution_identity: orStay(identity, present.execution_identity, { type: 'service_account' }),
  })
}

function orStay<Value>(given: Value | null | undefined, present: Value, cleared: Value): Value {
  return given === undefined ? present : (given ?? cleared)
}

/** Replaces the whole model, but for an effort that is left out. */
export function modelOf(given: GivenModel, present: WireAgentModel | null): WireAgentModel {
  const {
    id,
    effort,
    inference_geo: geo,
    speed,
  } = typeof given === 'string' ? { id: given } : given
  const kept = effort ?? present?.effort
  return {
    id,
    ...(kept === undefined ? {} : { effort: typeof kept === 'string' ? { type: kept } : kept }),
    ...(geo === undefined || geo === null ? {} : { inference_geo: geo }),
    speed: speed ?? 'standard',
  }
}

/** Throws `invalid_request_error` where metadata is too much or servers and toolsets do not fit. */
function checked(settings: AgentSettings): AgentSettings {
  assertMetadata(settings.metadata)
  const toolsets = settings.tools.filter(({ type }) => type === 'mcp_toolset')
  const used = new Set(toolsets.map((toolset) => toolset.mcp_server_name))
  const there = new Set<unknown>(settings.mcp_servers.map(({ name }) => name))
  if (settings.mcp_servers.some(({ name }) => !used.has(name))) {
    throw new ReverieError('invalid_request_error', 'A server of `mcp_servers` has no toolset.', {
      next: 'Add an `mcp_toolset` with its name to `tools`, or leave the server out.',
    })
  }
  if ([...used].some((name) => !there.has(name))) {
    throw new ReverieError('invalid_request_error', 'An `mcp_toolset` names no server.', {
      next: 'Add the server to `mcp_servers`.',
    })
  }
  return settings
}
