import { tokensIn } from '../../../src/engine/reading/token-count.ts'
import {
  type Model,
  type ModelAnswer,
  ModelError,
  type ModelRequest,
} from '../../../src/models/model.ts'

/** Verdicts on single items, by what was asked about them, as JSON values without their number. */
export type KnownVerdicts = Map<string, Readonly<Record<string, unknown>>>

export interface AnswersAtHand extends Model {
  /** Questions, and items of a question, that no recording answers. */
  readonly unanswered: () => number
}

/** Where the items of a prompt stand, and what counts for one that nobody has judged. */
interface ItemPrompt {
  readonly list: string
  readonly number: string
  readonly unjudged: Readonly<Record<string, unknown>>
}

const ITEM_PROMPTS: Readonly<Record<string, ItemPrompt>> = {
  relate: {
    list: 'pairs',
    number: 'pair',
    unjudged: {
      missingInA: [],
      missingInB: [],
      slotSame: false,
      bothCanHold: true,
      reason: 'not recorded',
      rel: 'none',
    },
  },
  entail: { list: 'items', number: 'item', unjudged: { unsupported: [], supported: 'no' } },
}

/** No answer to any prompt. */
const INVALID = '{}'

/**
 * Answers with what was recorded, whatever else is asked. A question that was not recorded gets no
 * valid answer; of pairs and sentences in other company than they were recorded in, each known one
 * gets its verdict and each other one the verdict that changes nothing. `known` grows with every
 * recorded answer. All is counted as the product estimates tokens.
 */
export function answersAtHand(recorded: Model, known: KnownVerdicts): AnswersAtHand {
  let unanswered = 0
  return {
    id: recorded.id,
    host: null,
    unanswered: () => unanswered,
    answer: async (request) => {
      const answer = await keptAnswer(recorded, request)
      const prompt = ITEM_PROMPTS[promptOf(request)]
      if (answer !== null) {
        if (prompt !== undefined) learn(known, request, answer.text, prompt)
        return counted(request, answer.text, answer.finish)
      }
      if (prompt === undefined) {
        unanswered += 1
        return counted(request, INVALID, 'stop')
      }
      const items = itemsOf(request)
      unanswered += items.filter((item) => !known.has(item)).length
      const verdicts = items.map((item, n) => ({
        ...(known.get(item) ?? prompt.unjudged),
        [prompt.number]: n + 1,
      }))
      return counted(request, JSON.stringify({ [prompt.list]: verdicts }), 'stop')
    },
  }
}

async function keptAnswer(recorded: Model, request: ModelRequest): Promise<ModelAnswer | null> {
  try {
    return await recorded.answer(request)
  } catch (error) {
    if (error instanceof ModelError && error.fault === 'not_found') return null
    throw error
  }
}

function learn(
  known: KnownVerdicts,
  request: ModelRequest,
  text: string,
  { list, number }: ItemPrompt,
): void {
  const answer: unknown = JSON.parse(text)
  const verdicts = isObject(answer) && Array.isArray(answer[list]) ? answer[list] : []
  const items = itemsOf(request)
  for (const verdict of verdicts.filter(isObject)) {
    const item = items[Number(verdict[number]) - 1]
    if (item !== undefined) known.set(item, verdict)
  }
}

/** What stands behind each number of a block of items, under the name of its prompt. */
function itemsOf(request: ModelRequest): readonly string[] {
  const items = new Map<string, string>()
  for (const [, n = '', rest = ''] of request.data.matchAll(/^⟨(\d+)\|(.*)$/gm)) {
    items.set(n, `${items.get(n) ?? request.name}\n${rest}`)
  }
  return [...items.values()]
}

function promptOf({ name }: ModelRequest): string {
  return name.replace(/-\d+$/, '')
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

function counted(
  { instructions, profile, data }: ModelRequest,
  text: string,
  finish: ModelAnswer['finish'],
): ModelAnswer {
  const inputTokens = tokensIn(instructions) + tokensIn(profile) + tokensIn(data)
  return {
    text,
    finish,
    usage: { inputTokens, cachedInputTokens: 0, outputTokens: tokensIn(text) },
  }
}
