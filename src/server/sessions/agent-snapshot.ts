import { ReverieError } from '../../core/errors.ts'
import type { Storage } from '../../storage/storage.ts'
import type { WireAgent } from '../../wire/agents.ts'
import type { WireSessionAgent } from '../../wire/sessions.ts'
import type { WireAgentOverrides, WireAgentReference } from '../../wire/sessions-requests.ts'
import { modelOf } from '../agents/agent-settings.ts'
import { resolvedSkills, resolvedTools } from '../agents/agent-tools.ts'
import { agentAt } from '../agents/agents.ts'

/**
 * The agent of a new session as it is now. Throws `not_found_error`, `invalid_request_error` for an
 * archived one.
 */
export async function agentSnapshot(
  storage: Storage,
  reference: WireAgentReference,
): Promise<WireSessionAgent> {
  const { id, version } =
    typeof reference === 'string' ? { id: reference, version: undefined } : reference
  const agent = await agentAt(storage, id, version)
  if (agent.archived_at !== null) {
    throw new ReverieError('invalid_request_error', `The agent "${id}" is archived.`, {
      next: 'Use one that is not.',
    })
  }
  const snapshot = snapshotOf(agent)
  return typeof reference === 'string' || reference.type === 'agent'
    ? snapshot
    : overridden(snapshot, reference)
}

/** What a session keeps of an agent; its roster stays as references. */
export function snapshotOf(agent: WireAgent): WireSessionAgent {
  const { created_at, updated_at, archived_at, metadata, ...snapshot } = agent
  return snapshot
}

function overridden(agent: WireSessionAgent, given: WireAgentOverrides): WireSessionAgent {
  const { type: _type, id: _id, version: _version, model, tools, skills, ...rest } = given
  const replaced = Object.entries(rest).filter(([, value]) => value !== undefined)
  return {
    ...agent,
    ...Object.fromEntries(replaced),
    ...(tools === undefined ? {} : { tools: resolvedTools(tools) }),
    ...(skills === undefined ? {} : { skills: resolvedSkills(skills) }),
    ...(model === undefined ? {} : { model: modelOf(model, null) }),
  }
}
