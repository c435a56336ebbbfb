import { z } from 'zod'
import { digestOf } from '../../core/ids.ts'
import type { StepResults } from '../../storage/storage.ts'
import type { Asked, ItemRules } from './asker.ts'
import type { Prompt } from './prompt.ts'

export interface KeptVerdictsParts {
  readonly steps: StepResults
  readonly dreamId: string
}

/** What an earlier dream was told of an item, used in place of a question. */
export interface UsedVerdict {
  readonly model: string
  readonly request: string
  readonly digest: string
}

/** Asks about batches of items: `Questions.ask` of one prompt and model. */
export type AskBatches<Item, Output> = (
  batches: readonly (readonly Item[])[],
) => Promise<readonly Asked<Output>[]>

const POSITIONS = z.array(z.int().nonnegative())
const VERDICT = z.object({ verdict: z.unknown() })

/** Verdicts on single items, whatever batch they came in. */
export class KeptVerdicts {
  readonly #steps: StepResults
  readonly #dreamId: string
  readonly #used = new Map<string, UsedVerdict>()
  /** Keys that this dream asked about. */
  readonly #asked = new Set<string>()

  constructor({ steps, dreamId }: KeptVerdictsParts) {
    this.#steps = steps
    this.#dreamId = dreamId
  }

  /** Verdicts of earlier dreams that this one used, sorted by digest. */
  used(): readonly UsedVerdict[] {
    return [...this.#used.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, used]) => used)
  }

  /**
   * See `Asker.askItems`. Which items go into batches is kept before anything is asked: after a
   * kill the batches are the same, so their answers are found, although verdicts were added since.
   * Verdicts must survive JSON.
   */
  async ask<Item, Verdict, Output>(
    prompt: Prompt<readonly Item[], Output>,
    modelId: string,
    items: readonly Item[],
    rules: ItemRules<Item, Verdict, Output>,
    askBatches: AskBatches<Item, Output>,
  ): Promise<readonly (Verdict | undefined)[]> {
    const scope = [prompt.name, prompt.version, modelId]
    const keyOf = (item: Item): string => verdictKey(digestOf([...scope, rules.keyOf(item)]))
    const byKey = new Map(items.map((item) => [keyOf(item), item]))
    const keys = [...byKey.keys()]
    const missing = await this.#missing(scope, keys)
    const batches = chunks(missing, rules.batchSize).map((batch) => ({
      keys: batch,
      items: batch.flatMap((key) => byKey.get(key) ?? []),
    }))
    const answers = await askBatches(batches.map((batch) => batch.items))
    const fresh = batches.flatMap((batch, n) => {
      const answer = answers[n]
      if (answer?.kind !== 'answered') return []
      const verdicts = rules.verdictsOf(answer.output, batch.items)
      return batch.keys.map((key, i) => [key, verdictText(verdicts[i])] as const)
    })
    await this.#steps.putAll(fresh)
    const asked = new Set(missing)
    const known = await this.#steps.getAll(keys.filter((key) => !asked.has(key)))
    this.#note([...known.keys()], missing, {
      model: modelId,
      request: `${prompt.name}-${prompt.version}`,
    })
    const verdicts = new Map([...known, ...fresh])
    return items.map((item) => verdictOf<Verdict>(verdicts.get(keyOf(item))))
  }

  #note(
    known: readonly string[],
    asked: readonly string[],
    who: Pick<UsedVerdict, 'model' | 'request'>,
  ): void {
    for (const key of asked) this.#asked.add(key)
    for (const key of known) {
      if (!this.#asked.has(key)) this.#used.set(key, { ...who, digest: key.slice(PREFIX.length) })
    }
  }

  /** The keys without a verdict when this dream asked first. */
  async #missing(scope: readonly unknown[], keys: readonly string[]): Promise<readonly string[]> {
    if (keys.length === 0) return []
    const planKey = `batches:${digestOf([this.#dreamId, ...scope, keys])}`
    const planned = await this.#steps.get(planKey)
    if (planned !== null) {
      return POSITIONS.parse(JSON.parse(planned)).flatMap((at) => keys[at] ?? [])
    }
    const known = await this.#steps.getAll(keys)
    const missing = keys.filter((key) => !known.has(key))
    await this.#steps.put(planKey, JSON.stringify(positionsOf(missing, keys)))
    return missing
  }
}

const PREFIX = 'verdict:'

/** Under what a verdict is kept; the digest is of prompt, version, model and item. */
export function verdictKey(digest: string): string {
  return `${PREFIX}${digest}`
}

export function verdictText(verdict: unknown): string {
  return JSON.stringify({ verdict })
}

function positionsOf(some: readonly string[], all: readonly string[]): readonly number[] {
  const wanted = new Set(some)
  return all.flatMap((key, at) => (wanted.has(key) ? [at] : []))
}

function chunks<T>(list: readonly T[], size: number): readonly (readonly T[])[] {
  const count = Math.ceil(list.length / Math.max(1, size))
  return Array.from({ length: count }, (_, n) => list.slice(n * size, (n + 1) * size))
}

/** Undefined = no verdict, or none kept. */
function verdictOf<Verdict>(text: string | undefined): Verdict | undefined {
  return text === undefined ? undefined : (keptVerdict(text) as Verdict | undefined)
}

/** What is kept as a verdict; undefined = the answer said nothing usable. */
export function keptVerdict(text: string): unknown {
  return VERDICT.partial().parse(JSON.parse(text)).verdict
}
