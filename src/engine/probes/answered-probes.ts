import type { Change } from '../../core/change.ts'
import type { Asker } from '../asking/asker.ts'
import { DREAM_LIMITS } from '../dream-limits.ts'
import type { DreamPorts } from '../dream-ports.ts'
import { type AnswerItem, answerPrompt } from '../prompts/answer.ts'
import { type Retrieval, retrievalOver } from '../retrieval.ts'
import type { DreamInputs } from '../stages/snapshot.ts'
import type { PairedResults } from './accept-rule.ts'
import { hasWords, type ModelProbe } from './model-probe.ts'
import { TOP_K, textsAfter, textsBefore } from './store-texts.ts'

/** What probing needs of the outside besides an asker. */
export type ProbePorts = Pick<DreamPorts, 'secrets' | 'signal' | 'keepAlive'>

/** `unknown`: not answered, for want of budget or of a valid answer. */
export type ProbeResult = 'kept' | 'missed' | 'broken' | 'repaired' | 'unknown'

/**
 * Asks probes of the old store and of what changes make of it. A model is asked only where the two
 * bring up other notes and the answer does not stand in both; an answer once given is used again.
 */
export class AnsweredProbes {
  readonly #inputs: DreamInputs
  readonly #asker: Asker
  readonly #ports: ProbePorts
  readonly #before: Retrieval
  /** By item; what got no answer is not asked again. */
  readonly #known = new Map<string, string | null | undefined>()

  constructor(inputs: DreamInputs, asker: Asker, ports: ProbePorts) {
    this.#inputs = inputs
    this.#asker = asker
    this.#ports = ports
    this.#before = retrievalOver(textsBefore(inputs))
  }

  /** One result for each probe, in their order. */
  async results(
    probes: readonly ModelProbe[],
    changes: readonly Change[],
  ): Promise<readonly ProbeResult[]> {
    this.#ports.signal?.throwIfAborted()
    await this.#ports.keepAlive()
    const after = retrievalOver(textsAfter(this.#inputs, changes))
    const pairs = probes.map((probe) => ({
      probe,
      old: this.#before.top(probe.query, TOP_K),
      now: after.top(probe.query, TOP_K),
    }))
    const items: AnswerItem[] = []
    for (const { probe, old, now } of pairs) {
      if (needsNoModel(probe, old, now)) continue
      items.push(await this.#itemOf(probe, old), await this.#itemOf(probe, now))
    }
    const answers = await this.#answers(items)
    let next = 0
    return pairs.map(({ probe, old, now }) => {
      if (needsNoModel(probe, old, now)) return 'kept'
      const [before, afterwards] = answers.slice(next, next + 2)
      next += 2
      return resultOf(isRight(probe, before), isRight(probe, afterwards))
    })
  }

  async #itemOf({ question }: ModelProbe, notes: readonly string[]): Promise<AnswerItem> {
    const shown: string[] = []
    for (const note of notes) shown.push(await this.#ports.secrets.mask(note))
    return { question, notes: shown }
  }

  async #answers(items: readonly AnswerItem[]): Promise<readonly (string | null | undefined)[]> {
    const fresh = new Map(items.map((item) => [keyOf(item), item] as const))
    for (const key of this.#known.keys()) fresh.delete(key)
    if (fresh.size > 0) {
      const verdicts = await this.#asker.askItems(answerPrompt, [...fresh.values()], {
        batchSize: DREAM_LIMITS.answerBatchMax,
        keyOf,
        verdictsOf: (output, batch) =>
          batch.map((_, n) => {
            const own = output.items.filter(({ item }) => item === n + 1)
            return own.length === 1 ? own[0] : undefined
          }),
      })
      for (const [n, key] of [...fresh.keys()].entries()) this.#known.set(key, verdicts[n]?.answer)
    }
    return items.map((item) => this.#known.get(keyOf(item)))
  }
}

function keyOf({ question, notes }: AnswerItem): string {
  return JSON.stringify([question, notes])
}

/** Counts for the rule; what is unknown does not count. */
export function pairedResults(results: readonly ProbeResult[]): PairedResults {
  const count = (result: ProbeResult): number => results.filter((it) => it === result).length
  return {
    n: results.length - count('unknown'),
    broken: count('broken'),
    repaired: count('repaired'),
  }
}

function needsNoModel(probe: ModelProbe, old: readonly string[], now: readonly string[]): boolean {
  const isEqual = old.length === now.length && old.every((text, n) => text === now[n])
  return isEqual || (stands(probe, old) && stands(probe, now))
}

function stands({ gold }: ModelProbe, notes: readonly string[]): boolean {
  return gold.every((part) => notes.some((note) => hasWords(note, part)))
}

/** Undefined = nobody answered. */
function isRight({ gold }: ModelProbe, answer: string | null | undefined): boolean | undefined {
  if (answer === undefined) return undefined
  return answer !== null && gold.every((part) => hasWords(answer, part))
}

function resultOf(before: boolean | undefined, after: boolean | undefined): ProbeResult {
  if (before === undefined || after === undefined) return 'unknown'
  if (before) return after ? 'kept' : 'broken'
  return after ? 'repaired' : 'missed'
}
