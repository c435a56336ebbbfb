import { LIMITS } from '../../config.ts'
import type { Model } from '../../models/model.ts'
import { answerSchema } from './answer-schema.ts'
import type { Asked } from './asker.ts'
import { NO_SPEND, type Spend, type Spending, sum, type Turn } from './budget.ts'
import { type Call, firstCall, type Mask, secondCall, secondEstimateMax } from './call.ts'
import { countedTokens, mostTokens, spendOf } from './counted-usage.ts'
import type { KeptAnswer, KeptAnswers } from './kept-answers.ts'
import type { ModelPrice, TokenCounts } from './prices.ts'
import type { Prompt } from './prompt.ts'
import { readAnswer } from './read-answer.ts'
import { Slots } from './slots.ts'
import type { UsageTally } from './usage-tally.ts'

/** A model of the dream with what it costs; null = not known. */
export interface PricedModel {
  readonly model: Model
  readonly price: ModelPrice | null
}

export interface QuestionsParts {
  readonly answers: KeptAnswers
  readonly spending: Spending
  readonly tally: UsageTally
  readonly mask: Mask
}

interface Question<Input, Output> {
  readonly prompt: Prompt<Input, Output>
  readonly input: Input
  readonly call: Call
  readonly asked: PricedModel
}

/** The questions of one `ask`. */
interface Round {
  /** A question was not covered: no later one is. */
  isSpent: boolean
  readonly failures: { readonly at: number; readonly error: unknown }[]
}

const UNCOVERED = { kind: 'unanswered', why: 'budget' } as const
const INVALID = { kind: 'unanswered', why: 'invalid' } as const

/**
 * Puts questions to models, several at once. They start in order, and a question starts only when
 * those before it are covered or not, so that nothing depends on which answer comes first.
 */
export class Questions {
  readonly #parts: QuestionsParts
  readonly #slots = new Slots(LIMITS.modelCallsAtOnce)
  #lastStart: Promise<unknown> = Promise.resolve()
  #uncovered = 0

  constructor(parts: QuestionsParts) {
    this.#parts = parts
  }

  uncovered(): number {
    return this.#uncovered
  }

  /** See `Asker.ask`. Calls that run when one fails are waited for: they are paid for. */
  async ask<Input, Output>(
    prompt: Prompt<Input, Output>,
    inputs: readonly Input[],
    asked: PricedModel,
  ): Promise<readonly Asked<Output>[]> {
    const schema = answerSchema(prompt.schema)
    const made = Promise.all(
      inputs.map(async (input): Promise<Question<Input, Output>> => {
        const call = await firstCall(prompt, input, asked.model.id, schema, this.#parts.mask)
        return { prompt, input, call, asked }
      }),
    )
    const round: Round = { isSpent: false, failures: [] }
    const start = Promise.all([made, this.#lastStart]).then(([questions]) =>
      this.#startAll([...byKeyOf(questions).values()], round),
    )
    this.#lastStart = Promise.allSettled([start])
    const questions = await made
    const unique = byKeyOf(questions)
    const results = await Promise.all(await start)
    const [failure] = round.failures.sort((a, b) => a.at - b.at)
    if (failure !== undefined) throw failure.error
    const byKey = new Map([...unique.keys()].map((key, n) => [key, results[n] ?? UNCOVERED]))
    this.#uncovered += results.filter((result) => result === UNCOVERED).length
    return questions.map(({ call }) => byKey.get(call.key) ?? UNCOVERED)
  }

  /** The results to come of the questions that were started; a failed one ends the round. */
  async #startAll<Input, Output>(
    questions: readonly Question<Input, Output>[],
    round: Round,
  ): Promise<readonly Promise<Asked<Output>>[]> {
    const known = await this.#parts.answers.known(questions.map(({ call }) => call))
    const results: Promise<Asked<Output>>[] = []
    for (const [at, question] of questions.entries()) {
      await this.#slots.take()
      if (round.failures.length > 0) {
        this.#slots.release()
        break
      }
      const turn = this.#parts.spending.turn()
      const answer = known.get(question.call.key)
      const first = await this.#first(question, answer, turn, round)
      results.push(
        this.#finish(question, first, turn, round)
          .catch((error: unknown) => {
            round.failures.push({ at, error })
            return UNCOVERED
          })
          .finally(() => {
            turn.end()
            this.#slots.release()
          }),
      )
    }
    return results
  }

  /** Begins the first try; null = not covered. */
  async #first<Input, Output>(
    { call, asked }: Question<Input, Output>,
    known: KeptAnswer | undefined,
    turn: Turn,
    round: Round,
  ): Promise<{ readonly answer: Promise<KeptAnswer> } | null> {
    const second = this.#most(secondEstimateMax(call), asked)
    const boundMax = sum(this.#most(call.estimate, asked), second)
    return this.#try(call, asked, known, { turn, round, boundMax, later: second })
  }

  async #finish<Input, Output>(
    { prompt, input, call, asked }: Question<Input, Output>,
    first: { readonly answer: Promise<KeptAnswer> } | null,
    turn: Turn,
    round: Round,
  ): Promise<Asked<Output>> {
    if (first === null) return UNCOVERED
    const read = readAnswer(await first.answer, prompt, input)
    if (read.isValid) return { kind: 'answered', output: read.output }
    const again = secondCall(call, read.faults, asked.model.id)
    const known = (await this.#parts.answers.known([again])).get(again.key)
    const boundMax = this.#most(again.estimate, asked)
    const second = await this.#try(again, asked, known, { turn, round, boundMax, later: NO_SPEND })
    if (second === null) return UNCOVERED
    const reread = readAnswer(await second.answer, prompt, input)
    return reread.isValid ? { kind: 'answered', output: reread.output } : INVALID
  }

  /** Begins one call, or takes what is kept of it, and counts it; null = not covered. */
  async #try(
    call: Call,
    { model, price }: PricedModel,
    known: KeptAnswer | undefined,
    place: { turn: Turn; round: Round; boundMax: Spend; later: Spend },
  ): Promise<{ readonly answer: Promise<KeptAnswer> } | null> {
    const { turn, round, boundMax, later } = place
    const { answers, tally } = this.#parts
    const { stage } = call
    const payer = answers.payerOf(call, known)
    if (payer !== 'this') {
      turn.settle(NO_SPEND, later)
      if (payer === 'other') tally.replayed(stage, model.id, price)
      return { answer: answers.take(call, model, known) }
    }
    const isCovered = await turn.cover(spendOf(call.estimate, price), boundMax)
    if (!isCovered || round.isSpent) {
      round.isSpent = true
      return null
    }
    const answer = answers.take(call, model, known).then((kept) => {
      const tokens = countedTokens(kept.usage, call.estimate)
      turn.settle(spendOf(tokens, price), later)
      tally.paid(stage, model.id, price, tokens)
      return kept
    })
    return { answer }
  }

  #most(estimate: TokenCounts, { price }: PricedModel): Spend {
    return spendOf(mostTokens(estimate), price)
  }
}

/** Equal questions once. */
function byKeyOf<Input, Output>(
  questions: readonly Question<Input, Output>[],
): ReadonlyMap<string, Question<Input, Output>> {
  return new Map(questions.map((question) => [question.call.key, question]))
}
