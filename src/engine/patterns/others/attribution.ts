import type { Sighting } from '../../../core/ledger.ts'

/** Sessions of other agents among those of a lesson. */
export interface Others {
  /** Independent ones. */
  readonly sessions: number
  /** Names of the agents, sorted; empty = none is named. */
  readonly agents: readonly string[]
}

/** A sighting in a session of another agent, whose words the store's readers may see. */
export function ofOtherAgent(sighting: Sighting, agentId: string | null): Sighting {
  return { ...sighting, detail: { ...sighting.detail, agent: agentName(agentId) } }
}

/** False of what the store's own sessions show. */
export function isOfOthers({ detail }: Sighting): boolean {
  return detail.agent !== undefined
}

/** The sessions of other agents, and whose they are. */
export function othersIn(sightings: readonly Sighting[]): Others {
  const own = new Set(sightings.filter((it) => !isOfOthers(it)).map(rootOf))
  const others = sightings.filter((it) => isOfOthers(it) && !own.has(rootOf(it)))
  const agents = new Set(others.flatMap(({ detail }) => detail.agent || []))
  return { sessions: new Set(others.map(rootOf)).size, agents: [...agents].sort() }
}

/** Such as ` of agent coder` or `, 2 of them of agents coder and qa`; empty where none is of others. */
export function whoseText(others: Others, sessions: number): string {
  if (others.sessions === 0) return ''
  const some = others.sessions < sessions ? `, ${others.sessions} of them` : ''
  return `${some} of ${agentsText(others.agents)}`
}

/** Agents as words: `agent coder`, `agents coder and qa`, or that none is named. */
export function agentsText(agents: readonly string[]): string {
  if (agents.length === 0) return 'another agent'
  const shown = agents.slice(0, AGENTS_SHOWN_MAX)
  const more = agents.length - shown.length
  const all = more === 0 ? shown : [...shown, `${more} more`]
  const last = all.at(-1) ?? ''
  const list = all.length === 1 ? last : `${all.slice(0, -1).join(', ')} and ${last}`
  return `${agents.length === 1 ? 'agent' : 'agents'} ${list}`
}

/** More names than these make a lesson long and tell nobody more. */
const AGENTS_SHOWN_MAX = 3
const NAME_CHARS_MAX = 40

/** An agent's id as one plain word for a line of markdown; empty = none is named. */
export function agentName(agentId: string | null): string {
  return (agentId ?? '').replace(/[^\p{L}\p{N}_.:@/-]+/gu, '-').slice(0, NAME_CHARS_MAX)
}

function rootOf({ rootSessionId }: Sighting): string {
  return rootSessionId
}
