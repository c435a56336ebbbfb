import { isReverieError } from '../../core/errors.ts'
import { sha256 } from '../../core/ids.ts'

/** What one step does to the memories of one store. */
export type Step =
  | { readonly op: 'write'; readonly path: string; readonly content: string }
  | {
      readonly op: 'write-if'
      readonly path: string
      readonly content: string
      /** The content whose hash is expected; null = no memory. */
      readonly expected: string | null
    }
  | { readonly op: 'remove'; readonly path: string }
  | { readonly op: 'list' }
  | { readonly op: 'versions'; readonly path: string; readonly limit: number }

/** What a step gives, in the form in which a storage and the model are compared. */
export type Outcome = unknown

/** The memories of a store as simply as they can be told: contents by path, and what happened. */
export class ReferenceModel {
  contents: ReadonlyMap<string, string> = new Map()
  history: readonly (readonly [path: string, operation: string, content: string | null])[] = []

  apply(step: Step): Outcome {
    switch (step.op) {
      case 'list':
        return [...this.contents].sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
      case 'versions':
        return this.history.filter(([path]) => path === step.path).slice(0, step.limit)
      case 'remove':
        if (!this.contents.has(step.path)) return 'not_found_error'
        return this.#put(step.path, 'deleted', null)
      case 'write-if':
        if ((this.contents.get(step.path) ?? null) !== step.expected) {
          return 'memory_precondition_failed_error'
        }
        return this.#write(step.path, step.content)
      case 'write':
        return this.#write(step.path, step.content)
    }
  }

  #write(path: string, content: string): Outcome {
    const before = this.contents.get(path)
    if (before === content) return sha256(content)
    this.#put(path, before === undefined ? 'created' : 'modified', content)
    return sha256(content)
  }

  #put(path: string, operation: string, content: string | null): Outcome {
    const rest = [...this.contents].filter(([other]) => other !== path)
    this.contents = new Map(content === null ? rest : [...rest, [path, content]])
    this.history = [[path, operation, content], ...this.history]
    return operation
  }
}

/** What a promise gives, or the type of the error it throws. */
export async function outcomeOf(promise: Promise<unknown>): Promise<Outcome> {
  try {
    return await promise
  } catch (error) {
    if (isReverieError(error)) return error.type
    throw error
  }
}
