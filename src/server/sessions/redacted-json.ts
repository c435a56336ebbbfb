import { setImmediate as breath } from 'node:timers/promises'
import type { Redact } from '../../importers/importer.ts'

export interface RedactedJson<Value> {
  readonly value: Value
  /** Kind of each secret that was taken out. */
  readonly kinds: readonly string[]
}

/** Shorter keys and texts hold no secret that anything could find. */
const TEXT_CHARS_MIN = 4
const KEY_CHARS_MIN = 16

/** Fields of an event that name things: never a person's words. */
const NAMES: ReadonlySet<string> = new Set(['id', 'type', 'processed_at'])

/** A JSON value with the secrets taken out of every text in it, and of long keys. */
export async function redactedJson<Value>(
  value: Value,
  redact: Redact,
): Promise<RedactedJson<Value>> {
  const cleaning = new Cleaning(redact)
  return { value: (await cleaning.clean(value, null)) as Value, kinds: cleaning.kinds }
}

/** As `redactedJson`, for an event: its own id, type and time stay as they are. */
export async function redactedEvent<Event extends Readonly<Record<string, unknown>>>(
  event: Event,
  redact: Redact,
): Promise<RedactedJson<Event>> {
  // Looking for secrets takes a millisecond for each kilobyte: others get their turn between events.
  await breath()
  const cleaning = new Cleaning(redact)
  const cleaned: [string, unknown][] = []
  for (const [key, value] of Object.entries(event)) {
    const isName = NAMES.has(key)
    const clean = isName ? value : await cleaning.clean(value, key === 'input' ? key : null)
    cleaned.push([key, clean])
  }
  return { value: Object.fromEntries(cleaned) as Event, kinds: cleaning.kinds }
}

class Cleaning {
  readonly kinds: string[] = []
  readonly #redact: Redact

  constructor(redact: Redact) {
    this.#redact = redact
  }

  /** `name` is the argument that a text is given as; null = the text stands for itself. */
  async clean(value: unknown, name: string | null): Promise<unknown> {
    if (typeof value === 'string') return this.#text(value, name)
    if (Array.isArray(value)) {
      const items: unknown[] = []
      for (const item of value) items.push(await this.clean(item, name))
      return items
    }
    if (typeof value !== 'object' || value === null) return value
    const fields: [string, unknown][] = []
    for (const [key, field] of Object.entries(value)) {
      if (key === 'type' && isPlainType(field)) {
        fields.push([key, field])
        continue
      }
      const cleanKey = key.length < KEY_CHARS_MIN ? key.toWellFormed() : await this.#plain(key)
      fields.push([cleanKey, await this.clean(field, name === null ? null : key)])
    }
    return Object.fromEntries(fields)
  }

  async #text(text: string, name: string | null): Promise<string> {
    if (text.length < TEXT_CHARS_MIN) return text.toWellFormed()
    const plain = await this.#plain(text)
    return name === null ? plain : await this.#argument(name, plain)
  }

  async #plain(text: string): Promise<string> {
    // Half a surrogate pair has no UTF-8 form: stored and read again it would be another text.
    const { text: clean, kinds } = await this.#redact(text.toWellFormed())
    this.kinds.push(...kinds)
    return clean
  }

  /** What is called `password` is a secret whatever it looks like. */
  async #argument(name: string, text: string): Promise<string> {
    const { text: pair, kinds } = await this.#redact(JSON.stringify({ [name]: text }))
    if (kinds.length === 0) return text
    this.kinds.push(...kinds)
    return valueIn(pair, name) ?? `[redacted:${kinds[0]}]`
  }
}

/** The type of a block: one of the wire's own words. */
function isPlainType(value: unknown): boolean {
  return typeof value === 'string' && /^[a-z_]{1,20}$/.test(value)
}

/** Null where taking out left no JSON behind. */
function valueIn(pair: string, name: string): string | null {
  try {
    const value = (JSON.parse(pair) as Readonly<Record<string, unknown>>)[name]
    return typeof value === 'string' ? value : null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}
