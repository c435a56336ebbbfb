import { type Model, type ModelAnswer, ModelError, type ModelRequest } from '../models/model.ts'

/** What a script says to a request: an answer, its text alone, or the error that the call ends in. */
export type ScriptedAnswer = ModelAnswer | string | Error

export type ModelScript = (request: ModelRequest, call: number) => ScriptedAnswer

export interface ScriptedModel extends Model {
  /** Every request so far, in order; aborted ones are none. */
  readonly requests: readonly ModelRequest[]
}

/**
 * A model whose answers a function gives, called with the request and its number from 1. A text
 * alone is an answer that ended by itself and was counted as a quarter of its length in tokens.
 */
export function scriptedModel(script: ModelScript, id = 'script/answers'): ScriptedModel {
  const requests: ModelRequest[] = []
  return {
    id,
    host: null,
    requests,
    answer: async (request) => {
      request.signal?.throwIfAborted()
      requests.push(request)
      const said = script(request, requests.length)
      if (said instanceof Error) throw said
      return typeof said === 'string' ? answerOf(request, said) : said
    },
  }
}

/** A script that knows its requests by the name of their prompt; another one is `not_found`. */
export function scriptByName(answers: Readonly<Record<string, ScriptedAnswer>>): ModelScript {
  return ({ name }) =>
    answers[name] ?? new ModelError('not_found', `The script has no answer to "${name}".`)
}

function answerOf({ instructions, profile, data }: ModelRequest, text: string): ModelAnswer {
  const inputTokens = Math.ceil((instructions.length + profile.length + data.length) / 4)
  const outputTokens = Math.ceil(text.length / 4)
  return { text, finish: 'stop', usage: { inputTokens, cachedInputTokens: 0, outputTokens } }
}
