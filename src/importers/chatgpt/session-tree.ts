import { asObject, asText, type JsonObject } from '../json-value.ts'

/** A conversation of an export with its live branch. */
export interface SessionTree {
  readonly id: string | null
  readonly title: string | null
  /** The custom GPT that answered; null = none. */
  readonly agentId: string | null
  /** Messages from the first to the one that the person sees last. */
  readonly live: readonly BranchMessage[]
  /** Nodes without words, and messages that only other branches hold. */
  readonly empty: number
  readonly left: number
}

export interface BranchMessage {
  readonly id: string
  readonly fields: JsonObject
}

/** Null = no conversation of an export. */
export function sessionTree(value: unknown): SessionTree | null {
  const fields = asObject(value)
  const mapping = asObject(fields?.mapping)
  if (fields === null || mapping === null) return null
  const live = liveBranch(mapping, asText(fields.current_node))
  const messages = Object.values(mapping).filter(
    (node) => asObject(asObject(node)?.message) !== null,
  )
  const nodes = Object.keys(mapping).length
  return {
    id: asText(fields.conversation_id) ?? asText(fields.id),
    title: asText(fields.title),
    agentId: asText(fields.gizmo_id),
    live,
    empty: nodes - messages.length,
    left: messages.length - live.length,
  }
}

/** From the current node to the root, each node once, turned round. */
function liveBranch(mapping: JsonObject, current: string | null): readonly BranchMessage[] {
  const branch: BranchMessage[] = []
  const seen = new Set<string>()
  let at = current !== null && Object.hasOwn(mapping, current) ? current : lastLeaf(mapping)
  while (at !== null && Object.hasOwn(mapping, at) && !seen.has(at)) {
    seen.add(at)
    const node = asObject(mapping[at])
    const message = asObject(node?.message)
    if (message !== null) branch.push({ id: asText(message.id) ?? at, fields: message })
    at = asText(node?.parent)
  }
  return branch.reverse()
}

/** Where no current node is named, the end of the way of last children. */
function lastLeaf(mapping: JsonObject): string | null {
  const root = Object.keys(mapping).find((id) => asText(asObject(mapping[id])?.parent) === null)
  const seen = new Set<string>()
  let at = root ?? null
  while (at !== null && !seen.has(at)) {
    seen.add(at)
    const children = asObject(mapping[at])?.children
    const last = Array.isArray(children) ? asText(children.at(-1)) : null
    if (last === null || !Object.hasOwn(mapping, last)) return at
    at = last
  }
  return at
}
