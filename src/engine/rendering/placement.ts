import { indexLineOf } from '../../core/apply-changes.ts'
import type { Edit, NewMemory } from '../../core/change.ts'
import type { ClaimKind } from '../../core/claim.ts'
import type { LedgerDraft } from '../../core/ledger.ts'
import { INDEX_NAME, isOperatorText } from '../../core/memory-path.ts'
import type { StoreContent } from '../../core/store-content.ts'
import { contentStems, stemsOfLong } from '../language/tokens.ts'

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
    alias: /preferences?|working[-_ ]?(?:style|with)|(?:^|\/)user/i,
  },
  instruction: {
    path: '/instructions.md',
    name: 'Standing instructions',
    description: 'What the user asked to do always or never',
    type: 'feedback',
    alias: /instructions?|guidelines|conventions?|working[-_ ]?(?:style|agreements?)/i,
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
    description: 'Errors that keep coming back, and how to avoid them',
    type: 'feedback',
    alias: /lessons?|gotchas?|pitfalls?|troubleshooting|known[- ]?issues/i,
  },
}

/** How the memories begin that a dream may be the first to need. */
export const BEGINNINGS: readonly (Omit<NewMemory, 'indexPath'> & { readonly path: string })[] =
  Object.values(TOPICS).map(({ path, name, description, type }) => ({
    path,
    name,
    description,
    type,
  }))

/** Share of a statement's telling words that a memory's header must have to be about it. */
const SHARED_SHARE_MIN = 0.4
const SHARED_STEMS_MIN = 2

/**
 * Existing memories win: the one that speaks of the same, else one whose name fits the topic,
 * else the topic's own file.
 */
export class Placement {
  readonly #headers: ReadonlyMap<string, string>
  readonly #indexPath: string | null
  /** Telling words of each memory, its header included; of the header alone. */
  readonly #stems: ReadonlyMap<string, ReadonlySet<string>>
  readonly #names: ReadonlyMap<string, ReadonlySet<string>>

  readonly #taken: ReadonlySet<string>

  /**
   * `headers`: what each memory is about, by path. Operator text and memories that `isClosed`
   * names take in nothing.
   */
  constructor(
    content: StoreContent,
    headers: ReadonlyMap<string, string>,
    isClosed: (path: string) => boolean,
  ) {
    this.#indexPath = indexPathOf(content)
    this.#taken = new Set(content.memories.keys())
    this.#headers = new Map(
      [...headers].filter(([path]) => !isOperatorText(path) && !isClosed(path)),
    )
    const topics = [...this.#headers].filter(([path]) => path !== this.#indexPath)
    this.#names = new Map(topics.map(([path, header]) => [path, contentStems(header)]))
    this.#stems = new Map(
      topics.map(([path, header]) => {
        const units = content.memories.get(path)?.units ?? []
        return [path, stemsOfLong([header, ...units.map(({ text }) => text)].join('\n'))]
      }),
    )
  }

  for(kind: ClaimKind | 'lesson', text: string, nearPath: string | null): Place {
    const path =
      nearPath !== null && this.#headers.has(nearPath) ? nearPath : this.#byTopic(kind, text)
    if (path !== null) return { path, create: null }
    const { path: newPath, name, description, type } = TOPICS[kind]
    return {
      path: this.#freePath(newPath),
      create: { name, description, type, indexPath: this.#indexPath },
    }
  }

  /** A topic's own file may be there and closed; then the next one is begun. */
  #freePath(path: string): string {
    let free = path
    for (let n = 2; this.#taken.has(free); n += 1) free = path.replace(/\.md$/, `-${n}.md`)
    return free
  }

  #byTopic(kind: ClaimKind | 'lesson', text: string): string | null {
    const topic = TOPICS[kind]
    if (this.#headers.has(topic.path)) return topic.path
    const about = kind === 'lesson' ? null : this.#memoryAbout(contentStems(text))
    return about ?? [...this.#headers.keys()].find((path) => topic.alias.test(path)) ?? null
  }

  /** The memory that has most of the statement's words, rare ones counting more. */
  #memoryAbout(stems: ReadonlySet<string>): string | null {
    const weight = (stem: string): number => {
      const holders = [...this.#stems.values()].filter((held) => held.has(stem)).length
      return Math.log(1 + this.#stems.size / Math.max(1, holders))
    }
    const whole = sum([...stems].map(weight))
    const scored = [...this.#stems].map(([path, held]) => {
      const shared = [...stems].filter((stem) => held.has(stem))
      const named = shared.filter((stem) => this.#names.get(path)?.has(stem))
      const share = (sum(shared.map(weight)) + sum(named.map(weight))) / whole
      return { path, share, count: shared.length }
    })
    const [best] = scored
      .filter(({ count, share }) => count >= SHARED_STEMS_MIN && share >= SHARED_SHARE_MIN)
      .sort((a, b) => b.share - a.share || (a.path < b.path ? -1 : 1))
    return best?.path ?? null
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}

/** The index that gets a line for a new memory; an empty store gets one, others keep their ways. */
export function indexPathOf(content: StoreContent): string | null {
  const path = `/${INDEX_NAME}`
  return content.memories.has(path) || content.memories.size === 0 ? path : null
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
