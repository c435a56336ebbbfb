import type { Thinking } from '../../core/dream.ts'
import { ReverieError } from '../../core/errors.ts'
import type { Model } from '../../models/model.ts'
import type { Asker } from './asker.ts'
import { Spending } from './budget.ts'
import type { Mask } from './call.ts'
import { KeptAnswers, type KeptAnswersParts, type UsedAnswer } from './kept-answers.ts'
import { KeptVerdicts, type UsedVerdict } from './kept-verdicts.ts'
import { NANO_USD, type PriceTable, priceOf } from './prices.ts'
import type { Prompt } from './prompt.ts'
import { type PricedModel, Questions } from './questions.ts'
import { UsageTally } from './usage-tally.ts'

/** What an asker is made of; answers are kept in `steps`. */
export interface AskerParts extends KeptAnswersParts {
  readonly small: Model
  readonly large: Model
  readonly thinking: Thinking
  readonly prices: PriceTable
  /** Answers are kept under what is left of a question when secrets are out of it. */
  readonly mask: Mask
}

/** All that a dream took from models and earlier dreams. */
export interface Used {
  readonly answers: readonly UsedAnswer[]
  readonly verdicts: readonly UsedVerdict[]
}

export interface CreatedAsker extends Asker {
  /** Keys in `StepResults` of every answer that was used, sorted. */
  keysUsed(): readonly string[]
  used(): Used
}

/**
 * Makes the asker of one run of a dream. Throws `invalid_request_error` where the budget caps money
 * and the price of a model is not known.
 */
export function createAsker(parts: AskerParts): CreatedAsker {
  const { small, large, thinking, prices } = parts
  const priced = (model: Model): PricedModel => {
    return { model, price: priceOf(prices, model.id, model.host) }
  }
  const models = { small: priced(small), large: priced(large) }
  if (thinking.budget.usd !== null) requirePrices(Object.values(models))
  const answers = new KeptAnswers(parts)
  const tally = new UsageTally()
  const spending = new Spending(thinking.budget, NANO_USD)
  const questions = new Questions({ answers, spending, tally, mask: parts.mask })
  const verdicts = new KeptVerdicts(parts)
  const modelOf = <Input, Output>(prompt: Prompt<Input, Output>): PricedModel => models[prompt.size]
  return {
    ask: (prompt, inputs) => questions.ask(prompt, inputs, modelOf(prompt)),
    askItems: (prompt, items, rules) => {
      const asked = modelOf(prompt)
      return verdicts.ask(prompt, asked.model.id, items, rules, (batches) =>
        questions.ask(prompt, batches, asked),
      )
    },
    usage: () => tally.rows(),
    uncovered: () => questions.uncovered(),
    keysUsed: () => answers.keysUsed(),
    used: () => ({ answers: answers.used(), verdicts: verdicts.used() }),
  }
}

function requirePrices(models: readonly PricedModel[]): void {
  const unknown = models.find(({ price }) => price === null)
  if (unknown === undefined) return
  throw new ReverieError(
    'invalid_request_error',
    `The budget caps money, but the price of "${unknown.model.id}" is not known.`,
    {
      next: 'Leave out the cap on money (budget.usd), or give the price of the model in a price file.',
    },
  )
}
