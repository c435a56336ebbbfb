import { z } from 'zod'
import { LIMITS } from '../../config.ts'
import { ReverieError } from '../../core/errors.ts'
import type { DreamId } from '../../core/ids.ts'
import type { Model, ModelAnswer } from '../../models/model.ts'
import type { StepResults } from '../../storage/storage.ts'
import type { Call } from './call.ts'

/** An answer as it is kept, with the dream that paid for it. */
export interface KeptAnswer extends ModelAnswer {
  readonly dreamId: string
}

/**
 * Who pays for an answer. `this`: this dream, now or before it was killed; `other`: another dream;
 * `counted`: this dream, and its usage is counted already.
 */
export type Payer = 'this' | 'other' | 'counted'

/** An answer that a dream used. */
export interface UsedAnswer {
  readonly model: string
  readonly request: string
  readonly digest: string
}

const TOKENS = z.number().nullable()
const KEPT = z.object({
  dreamId: z.string(),
  text: z.string(),
  finish: z.enum(['stop', 'length', 'refused', 'other']),
  usage: z.object({ inputTokens: TOKENS, cachedInputTokens: TOKENS, outputTokens: TOKENS }),
})

export interface KeptAnswersParts {
  readonly steps: StepResults
  readonly dreamId: DreamId
  readonly signal: AbortSignal | null
  readonly keepAlive: () => Promise<void>
}

/** Answers of models, each kept before it is used and used as kept. */
export class KeptAnswers {
  readonly #parts: KeptAnswersParts
  /** By key: the call under way, null = it ended. */
  readonly #counted = new Map<string, Promise<KeptAnswer> | null>()
  readonly #used = new Map<string, UsedAnswer>()

  constructor(parts: KeptAnswersParts) {
    this.#parts = parts
  }

  /** Keys of every answer that was used, sorted. */
  keysUsed(): readonly string[] {
    return [...this.#counted.keys()].sort()
  }

  /** The same by what they answer. */
  used(): readonly UsedAnswer[] {
    return this.keysUsed().flatMap((key) => this.#used.get(key) ?? [])
  }

  /** What is kept of these calls, by key. */
  async known(calls: readonly Call[]): Promise<ReadonlyMap<string, KeptAnswer>> {
    if (calls.length === 0) return new Map()
    const stored = await this.#parts.steps.getAll(calls.map(({ key }) => key))
    return new Map([...stored].map(([key, text]) => [key, keptOf(key, text)]))
  }

  payerOf({ key }: Call, known: KeptAnswer | undefined): Payer {
    if (this.#counted.has(key)) return 'counted'
    return known === undefined || known.dreamId === this.#parts.dreamId ? 'this' : 'other'
  }

  /** The answer as it is kept, made now where there is none. Throws what the model throws. */
  async take(call: Call, model: Model, known: KeptAnswer | undefined): Promise<KeptAnswer> {
    const { key, digest, request } = call
    this.#used.set(key, { model: model.id, request: request.name, digest })
    const underWay = this.#counted.get(key)
    if (underWay !== undefined) return underWay ?? this.#stored(key)
    if (known !== undefined) {
      this.#counted.set(key, null)
      return known
    }
    const made = this.#make(call, model)
    this.#counted.set(key, made)
    const answer = await made
    this.#counted.set(key, null)
    return answer
  }

  async #make({ key, request }: Call, model: Model): Promise<KeptAnswer> {
    const { steps, dreamId, signal, keepAlive } = this.#parts
    await keepAlive()
    signal?.throwIfAborted()
    const answer = await model.answer({ ...request, signal })
    await steps.put(key, keptText(dreamId, answer))
    return this.#stored(key)
  }

  async #stored(key: string): Promise<KeptAnswer> {
    return keptOf(key, (await this.#parts.steps.get(key)) ?? '')
  }
}

/** The row of a kept answer; `dreamId` is who paid for it, or where it came from. */
export function keptText(dreamId: string, answer: ModelAnswer): string {
  return JSON.stringify({ dreamId, ...withinLimit(answer) })
}

/** An answer longer than anybody reads is kept as cut off. */
function withinLimit({ text, finish, usage }: ModelAnswer): ModelAnswer {
  const { inputTokens, cachedInputTokens, outputTokens } = usage
  const counted = { inputTokens, cachedInputTokens, outputTokens }
  if (text.length <= LIMITS.answerCharsMax) return { text, finish, usage: counted }
  return { text: text.slice(0, LIMITS.answerCharsMax), finish: 'length', usage: counted }
}

/** Throws `api_error` for a row that is none. */
export function keptOf(key: string, text: string): KeptAnswer {
  try {
    return KEPT.parse(JSON.parse(text))
  } catch (cause) {
    throw new ReverieError('api_error', `The kept answer "${key}" cannot be read.`, {
      cause,
      next: 'Look whether another program wrote into the state folder.',
    })
  }
}
