import type { Asked, Asker, ItemRules } from '../asking/asker.ts'
import type { Prompt, PromptName } from '../asking/prompt.ts'
import type { DreamPorts } from '../dream-ports.ts'
import type { ProbePorts } from '../probes/answered-probes.ts'
import { RULES, type Rules } from '../rules.ts'

export const BUDGET = { kind: 'unanswered', why: 'budget' } as const
export const INVALID = { kind: 'unanswered', why: 'invalid' } as const

/** What is answered to each prompt; a prompt without a line has to stay unasked. */
export type Script = Partial<
  Record<PromptName, (input: never) => object | typeof BUDGET | typeof INVALID>
>

/** Answers as its script says and keeps what it was asked, batches as they went out. */
export class ScriptedAsker implements Asker {
  readonly asked: { readonly name: PromptName; readonly input: unknown }[] = []
  readonly #script: Script
  #uncovered = 0

  constructor(script: Script) {
    this.#script = script
  }

  ask<Input, Output>(
    prompt: Prompt<Input, Output>,
    inputs: readonly Input[],
  ): Promise<readonly Asked<Output>[]> {
    return Promise.resolve(inputs.map((input) => this.#answer(prompt, input)))
  }

  askItems<Item, Verdict, Output>(
    prompt: Prompt<readonly Item[], Output>,
    items: readonly Item[],
    { batchSize, verdictsOf }: ItemRules<Item, Verdict, Output>,
  ): Promise<readonly (Verdict | undefined)[]> {
    const verdicts: (Verdict | undefined)[] = []
    for (let start = 0; start < items.length; start += batchSize) {
      const batch = items.slice(start, start + batchSize)
      const answer = this.#answer(prompt, batch)
      const found = answer.kind === 'answered' ? verdictsOf(answer.output, batch) : []
      verdicts.push(...batch.map((_, n) => found[n]))
    }
    return Promise.resolve(verdicts)
  }

  usage(): ReturnType<Asker['usage']> {
    return []
  }

  uncovered(): number {
    return this.#uncovered
  }

  countOf(name: PromptName): number {
    return this.asked.filter((one) => one.name === name).length
  }

  #answer<Input, Output>(prompt: Prompt<Input, Output>, input: Input): Asked<Output> {
    const answer = this.#script[prompt.name]
    if (answer === undefined) throw new Error(`Nobody wanted ${prompt.name} to be asked.`)
    this.asked.push({ name: prompt.name, input })
    const output = answer(input as never)
    if (output === BUDGET) this.#uncovered += 1
    if (output === BUDGET || output === INVALID) return output as typeof BUDGET | typeof INVALID
    return { kind: 'answered', output: prompt.schema.parse(output) }
  }
}

/** What the stages that ask a model see of the outside. */
export function portsOf(
  asker: Asker | null,
  rules: Partial<Rules> = {},
): ProbePorts & Pick<DreamPorts, 'asker' | 'rules'> {
  return {
    asker,
    rules: { ...RULES, ...rules },
    secrets: { mask: async (text) => text.replaceAll('hunter2', '[redacted:password]') },
    signal: null,
    keepAlive: async () => undefined,
  }
}
