import { asObject, asText, type JsonObject, parseJson } from '../json-value.ts'
import { isMessage } from '../saying/message.ts'
import { nameIn } from '../saying/who.ts'

/** A request to a model with its answer, or one of them alone. */
export interface Exchange {
  /** The request's `system`; a list of blocks or a text. */
  readonly system: unknown
  readonly messages: readonly unknown[]
  /** The answer as a message; null = there is none. */
  readonly answer: JsonObject | null
  /** What stands around both, the request's own fields last. */
  readonly around: JsonObject
}

const REQUEST_FIELDS = ['request', 'params', 'body', 'input', 'kwargs'] as const
const ANSWER_FIELDS = ['response', 'result', 'message', 'completion', 'output', 'body'] as const
/** Envelopes of HTTP logs and batches, one in the other. */
const ENVELOPES_MAX = 3

/**
 * The exchange that an object of a log tells: a request `{model, system, messages}`, an answer
 * `{type: "message", …}` or `{choices: […]}`, or an object that holds one or both under names such as
 * `request` and `response`. Null = none.
 */
export function exchangeIn(fields: JsonObject): Exchange | null {
  const request = requestIn(fields)
  const answer = answerIn(fields)
  if (request === null && answer === null) return null
  const messages = request?.messages
  return {
    system: request?.system ?? null,
    messages: Array.isArray(messages) ? messages : [],
    answer,
    around: { ...fields, ...request },
  }
}

/** True for an object that only a log of requests to a model holds. */
export function isExchange(fields: JsonObject): boolean {
  const exchange = exchangeIn(fields)
  if (exchange === null) return false
  if (exchange.messages.length === 0) return exchange.answer !== fields || isAnswer(fields)
  const { around, answer } = exchange
  const isRequest = REQUEST_PARAMETERS.some((field) => around[field] !== undefined)
  // A chat may name its model too; it has an id of its own, and its messages tell more.
  const isOfModel = around.model !== undefined && nameIn(fields.id) === null
  const isHeld = answer !== null && answer !== fields
  const messages = exchange.messages.map(asObject)
  if (messages.some((it) => it !== null && CHAT_FIELDS.some((field) => field in it))) return false
  return (isRequest || isOfModel || isHeld) && messages.some((it) => it !== null && isMessage(it))
}

const REQUEST_PARAMETERS = ['max_tokens', 'max_completion_tokens', 'stream', 'tool_choice'] as const
/** What only a chat says of a message. */
const CHAT_FIELDS = ['at', 'user', 'agent', 'thread', 'audience', 'trust'] as const

function requestIn(fields: JsonObject): JsonObject | null {
  if (Array.isArray(fields.messages)) return fields
  for (const field of REQUEST_FIELDS) {
    const request = opened(fields[field], (it) => Array.isArray(it.messages))
    if (request !== null) return request
  }
  return null
}

function answerIn(fields: JsonObject): JsonObject | null {
  if (isAnswer(fields)) return fields
  for (const field of ANSWER_FIELDS) {
    const answer = opened(fields[field], (it) => isAnswer(it) || chosen(it) !== null)
    if (answer !== null) return chosen(answer) ?? answer
  }
  return chosen(fields)
}

/** A message of the Messages API as it was answered. */
function isAnswer({ type, role, content }: JsonObject): boolean {
  return type === 'message' && role === 'assistant' && Array.isArray(content)
}

/** The first answer of a chat completion. */
function chosen({ choices }: JsonObject): JsonObject | null {
  return Array.isArray(choices) ? asObject(asObject(choices[0])?.message) : null
}

/** The object of a field, taken out of envelopes and of JSON text; null = none passes. */
function opened(value: unknown, isIt: (fields: JsonObject) => boolean): JsonObject | null {
  let current = value
  for (let n = 0; n <= ENVELOPES_MAX; n += 1) {
    const fields = asObject(typeof current === 'string' ? parseJson(current) : current)
    if (fields === null) return null
    if (isIt(fields)) return fields
    current = fields.body ?? fields.message ?? fields.params ?? fields.json
  }
  return null
}

/** Whose the exchange is. `session` null = its words tell which conversation it goes on. */
export interface Party {
  readonly session: string | null
  readonly userId: string | null
}

/** How Claude Code fills `metadata.user_id`: the account, then the session. */
const ACCOUNT_AND_SESSION = /^(user_.*)_session_([0-9a-f-]{8,64})$/

/** Who asks: `metadata.user_id`, and the conversation as proxies and agents name it. */
export function partyOf({ around }: Exchange): Party {
  const metadata = asObject(around.metadata) ?? {}
  const names = [around.session, around.session_id, around.conversation_id, metadata.session_id]
  const session = names.map(nameIn).find((name) => name !== null) ?? null
  const user = asText(metadata.user_id)
  const parts = user === null ? null : ACCOUNT_AND_SESSION.exec(user)
  return {
    session: session ?? parts?.[2] ?? null,
    userId: nameIn(parts?.[1] ?? user),
  }
}
