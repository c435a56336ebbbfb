import { indexLineOf } from '../../core/apply-changes.ts'
import type { Edit, NewMemory } from '../../core/change.ts'
import type { ClaimKind } from '../../core/claim.ts'
import type { LedgerDraft } from '../../core/ledger.ts'
import type { StoreContent } from '../../core/store-content.ts'
import { contentStems } from '../language/tokens.ts'

/** Where a new bullet goes. */
export interface Place {
  readonly path: string
  /** How to begin the memory if it does not exist; null = it does. */
  readonly create: NewMemory | null
}

interface Topic extends Omit<NewMemory, 'indexPath'> {
  readonly path: string
  /** Names by which an existing memory is known to be about this. */
  readonly alias: RegExp
}

const TOPICS: Readonly<Record<ClaimKind | 'lesson', Topic>> = {
  preference: {
    path: '/preferences.md',
    name: 'Preferences',
    description: 'How the user wants things done',
    type: 'user',
    alias: /preferences?|style|working[- ]?with/i,
  },
  instruction: {
    path: '/instructions.md',
    name: 'Standing instructions',
    description: 'What the user asked to do always or never',
    type: 'feedback',
    alias: /instructions?|rules|guidelines|conventions?|working[- ]?agreements?/i,
  },
  decision: {
    path: '/decisions.md',
    name: 'Decisions',
    description: 'What was decided, as stated',
    type: 'project',
    alias: /decisions?/i,
  },
  fact: {
    path: '/facts.md',
    name: 'Facts',
    description: 'Facts of the project, as stated',
    type: 'project',
    alias: /(?:^|\/)facts?\b/i,
  },
  lesson: {
    path: '/lessons.md',
    name: 'Lessons',
    description: 'Errors that came back, and what worked',
    type: 'feedback',
    alias: /lessons?|gotchas?|pitfalls?|troubleshooting|known[- ]?issues/i,
  },
}

/** Shared telling words from which a memory counts as being about a statement. */
const SHARED_STEMS_MIN = 2

/**
 * Existing memories win: the one that speaks of the same, else one whose name fits the topic,
 * else the topic's own file.
 */
export class Placement {
  readonly #content: StoreContent
  readonly #headers: ReadonlyMap<string, string>
  readonly #indexPath: string | null

  /** `headers`: name, description and headings of each memory that may be written, by path. */
  constructor(content: StoreContent, headers: ReadonlyMap<string, string>) {
    this.#content = content
    this.#headers = headers
    this.#indexPath = indexPathOf(content)
  }

  for(kind: ClaimKind | 'lesson', text: string, nearPath: string | null): Place {
    const path =
      nearPath !== null && this.#headers.has(nearPath) ? nearPath : this.#byTopic(kind, text)
    if (path !== null) return { path, create: null }
    const { path: newPath, name, description, type } = TOPICS[kind]
    return { path: newPath, create: { name, description, type, indexPath: this.#indexPath } }
  }

  #byTopic(kind: ClaimKind | 'lesson', text: string): string | null {
    const topic = TOPICS[kind]
    if (this.#headers.has(topic.path)) return topic.path
    const stems = contentStems(text)
    const about = kind === 'lesson' ? undefined : this.#bestHeader(stems)
    if (about !== undefined) return about
    return [...this.#headers.keys()].find((path) => topic.alias.test(path)) ?? null
  }

  #bestHeader(stems: ReadonlySet<string>): string | undefined {
    const scored = [...this.#headers]
      .filter(([path]) => path !== this.#indexPath && this.#content.memories.has(path))
      .map(([path, header]) => ({ path, shared: countShared(contentStems(header), stems) }))
      .filter(({ shared }) => shared >= SHARED_STEMS_MIN)
      .sort((a, b) => b.shared - a.shared || (a.path < b.path ? -1 : 1))
    return scored[0]?.path
  }
}

export const INDEX_NAME = 'MEMORY.md'

/** The index that gets a line for a new memory; an empty store gets one, others keep their ways. */
export function indexPathOf(content: StoreContent): string | null {
  const path = `/${INDEX_NAME}`
  return content.memories.has(path) || content.memories.size === 0 ? path : null
}

function countShared(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  return [...a].filter((stem) => b.has(stem)).length
}

export function appendTo({ path, create }: Place, text: string): Edit {
  return { op: 'append', path, text, create }
}

/** The index line that comes with a new memory: generated, so the ledger has it. */
export function indexLineDraft({ path, create }: Place): readonly LedgerDraft[] {
  if (create === null || create.indexPath === null) return []
  return [
    {
      kind: 'generated',
      unitId: null,
      path: create.indexPath,
      text: `- ${indexLineOf(path, create.indexPath, create)}`,
      interval: { start: null, end: null },
      reason: `Index line of ${path}`,
      evidence: [],
    },
  ]
}
