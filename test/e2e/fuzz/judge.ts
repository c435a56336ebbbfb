import type { ApiDocument, Parameter } from './documented-routes.ts'
import { isObject, resolved, type Schema, typesOf, violation } from './json-schema.ts'
import type { Exchange } from './send.ts'

/** What the document says of a request. */
export type Documented = 'allowed' | 'refused' | 'elsewhere'

/** What is wrong with an answer; empty = nothing. */
export function faultsOf(exchange: Exchange, document: ApiDocument): readonly string[] {
  const documented = documentedAs(exchange, document)
  const { status } = exchange
  const faults = [
    status >= 500 ? `status ${status}` : null,
    ...(documented === 'elsewhere'
      ? elsewhereFaults(exchange, document)
      : answerFaults(exchange, document)),
    documented === 'refused' && status < 400 ? `${status} for what the document refuses` : null,
    documented === 'allowed' && status === 400 && !isBeyond(exchange.text ?? '')
      ? '400 for what the document allows'
      : null,
  ]
  return faults.filter((fault) => fault !== null)
}

function answerFaults(exchange: Exchange, document: ApiDocument): readonly (string | null)[] {
  const { planned, status, headers, text } = exchange
  const content = planned.route.answers[String(status)]
  if (content === undefined) return [`undocumented status ${status}`]
  const type = (headers.get('content-type') ?? '').split(';', 1)[0] ?? ''
  const schema = content[type]?.schema
  if (schema === undefined) return [`undocumented content type "${type}" of ${status}`]
  return [
    text === null ? null : bodyFault(schema, text, document),
    status < 400 ? null : envelopeFault(exchange),
    headers.get('request-id') === null ? 'no request-id' : null,
    status === 409 && headers.get('x-should-retry') === null ? 'a 409 that clients repeat' : null,
  ]
}

/** A path or method that the document has not. */
function elsewhereFaults(exchange: Exchange, document: ApiDocument): readonly (string | null)[] {
  const { planned, status, text } = exchange
  if (planned.method === 'HEAD') return [text === '' || text === null ? null : 'a HEAD with a body']
  if (status < 400) return []
  return [
    envelopeFault(exchange),
    bodyFault({ $ref: '#/components/schemas/Error' }, text ?? '', document),
  ]
}

function bodyFault(schema: Schema, text: string, { components }: ApiDocument): string | null {
  try {
    return violation(schema, JSON.parse(text), components.schemas)
  } catch (error) {
    if (error instanceof SyntaxError) return 'the answer is not JSON'
    throw error
  }
}

/** The wire's error, of the same request as the header says. */
function envelopeFault({ headers, text }: Exchange): string | null {
  const body: unknown = JSON.parse(text ?? 'null')
  const isWire = isObject(body) && body.type === 'error' && isObject(body.error)
  if (!isWire) return 'not the error of the wire'
  return body.request_id === headers.get('request-id') ? null : 'another request_id than the header'
}

/** Whether the document allows the request, as far as a schema can say. */
export function documentedAs(exchange: Exchange, document: ApiDocument): Documented {
  const { planned, url } = exchange
  const { route } = planned
  if (planned.method !== route.method || !isAt(route.path, url.pathname)) return 'elsewhere'
  const wrongs = [
    ...route.query.map((parameter) => parameterFault(parameter, url, document)),
    bodyWrong(exchange, document),
  ]
  return wrongs.every((wrong) => wrong === null) ? 'allowed' : 'refused'
}

function isAt(pattern: string, path: string): boolean {
  const parts = pattern.split('/')
  const given = path.split('/')
  return (
    parts.length === given.length &&
    parts.every((part, n) => (part.startsWith('{') ? given[n] !== '' : part === given[n]))
  )
}

function parameterFault(
  { name, schema }: Parameter,
  url: URL,
  { components }: ApiDocument,
): string | null {
  const texts = url.searchParams.getAll(name)
  if (texts.length === 0) return null
  if (texts.length > 1) {
    return violation(schema, texts, components.schemas)
  }
  return violation(schema, meant(schema, texts[0] ?? ''), components.schemas)
}

/** The text of a parameter as the type that its schema has. */
function meant(schema: Schema, text: string): unknown {
  const types = typesOf(schema)
  if (types.includes('integer') && /^-?\d{1,15}$/.test(text)) return Number(text)
  if (types.includes('boolean') && (text === 'true' || text === 'false')) return text === 'true'
  return text
}

function bodyWrong({ planned, body }: Exchange, { components }: ApiDocument): string | null {
  const { route, headers } = planned
  const types = Object.keys(route.body)
  // An upload is read piece by piece, whatever it is called; what is not read is told.
  if (types.length !== 1) return null
  const text = textOf(body)
  const given = headers['content-type']
  // Neither body nor type is an object without fields.
  const isNone = text === '' && (given ?? '') === ''
  const type = isNone || given === undefined ? 'application/json' : given
  const schema = route.body[type.split(';', 1)[0] ?? '']?.schema
  if (schema === undefined) return 'no such body'
  try {
    const value: unknown = isNone ? {} : JSON.parse(text ?? '')
    return violation(resolved(schema, components.schemas), value, components.schemas)
  } catch {
    return 'no JSON'
  }
}

/** Without a byte order mark, which RFC 8259 lets a reader ignore; null = not UTF-8. */
function textOf(body: Exchange['body']): string | null {
  const bytes =
    typeof body === 'string' ? new TextEncoder().encode(body) : (body ?? new Uint8Array())
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

/** Rules that a schema has no words for, by what the refusal says. */
const BEYOND: readonly RegExp[] = [
  // What stands there, and how far it is.
  /`page` is not a cursor of this list/,
  /is archived[.;] /,
  /Only pending and running dreams can be canceled|is \w+ and cannot be archived/,
  /Only one that has not ended can be canceled|is not for the audience that the order names/,
  /is the current one of the memory/,
  /is a dream's own|is the primary thread|has no budget|was made without a budget/,
  /came with another request before|idempotency key is empty|is no link of an audit/,
  /holds \d+ memories already|is at its limit/,
  /user\.tool_result is for sessions of a self_hosted/,
  /The type of a configuration cannot change/,
  // One field against another.
  /give exactly one memory_store and exactly one sessions input/,
  /`output_behavior\.memory_store_id` is not the memory store/,
  /"[^"]*" is (?:named|a target) twice|an agent is named on one line|an audience is `private/,
  /A collective dream has 1 to \d+ sessions|names its agent in no way/,
  /give a content, a path, or both/,
  /has no toolset|names of servers may not repeat/,
  /deny_message belongs to|a system\.message is the last event/,
  /Packages need package managers|Quiet hours that end/,
  /a memory store is attached once|cannot contain more than 8/,
  /metadata has more than \d+ pairs|A (?:key|value) of the metadata|metadata\.audience is|names no audience/,
  /sessions name \d+ users|differ in audience/,
  /An erasure names exactly one subject|A quote to erase has \d+ to/,
  // What a text means.
  /path prefix names no folder|no JSON document of `sessions`/,
  // Beyond what a double holds exactly.
  /expected int to be <=9007199254740991/,
  /The body is not UTF-8|nested deeper|Compressed bodies|half a surrogate pair|not well-formed Unicode/,
  /A field may not be/,
  /path: it (has|is)|holds at most \d+ bytes|a name has no control characters/,
  /not one line of markdown|holds a secret|The text is empty/,
  /time zone is not known|The cron text|means nothing to this server/,
  /no such `format` of transcripts|have the scope `organization`/,
]

function isBeyond(text: string): boolean {
  return BEYOND.some((rule) => rule.test(text))
}
