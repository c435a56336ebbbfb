import { ATTRIBUTES, type Attribute, THINGS_MAX, thingNames, worded } from './attributes.ts'
import { type Draw, seededDraw } from './draw.ts'
import { plantedErrors } from './errors.ts'
import { GUARD_KINDS, hardNegative } from './hard-negatives.ts'
import { PLANTED_UPDATES, type PlantedUpdate, plantedUpdate } from './updates.ts'
import type { Expectation, Said, TruthTranscript, TruthWorld } from './world.ts'

export interface TruthOptions {
  readonly seed: number
  /** Notes in the store, about. */
  readonly units: number
  /** Transcripts; the planted statements and errors are spread over them. */
  readonly sessions: number
  /** Shares of the facts that are noted twice, stand beside a hard negative, or are updated. */
  readonly duplicateShare?: number
  readonly negativeShare?: number
  readonly updateShare?: number
}

const NOTES_PER_FILE = 25
/** More only where there are not enough names for things. */
const FACTS_PER_THING = 3
const DEFAULT_SHARE = 0.1

/**
 * A store and transcripts of which it is known what a dream should make of them: facts, the same
 * fact in other words, hard negatives of ten kinds, updates of six, dependants, recurring errors
 * with and without a fix, errors that only look recurring, a secret, canaries. The same options
 * give the same bytes.
 */
export function truthWorld(options: TruthOptions): TruthWorld {
  const draw = seededDraw(options.seed)
  const facts = drawFacts(options, draw)
  const growing: Growing = {
    facts,
    notes: facts.map(({ text }) => [text]),
    known: new Set(facts.map(({ text }) => text)),
    expectations: [],
    said: [],
  }
  const { notes, expectations, said } = growing
  const marks = marksOf(options)
  for (const [n, fact] of facts.entries()) {
    const share = draw.below(1000) / 1000
    if (share < marks.duplicate) plantDuplicate(n, fact, growing, draw)
    else if (share < marks.negative) plantNegative(n, growing, draw)
    else if (share < marks.update) plantUpdate(n, fact, growing, draw)
  }
  const errors = plantedErrors(options.sessions, draw)
  const canaries = Array.from({ length: options.sessions }, (_, n) => `canary-${options.seed}-${n}`)
  const secret = secretFrom(draw)
  expectations.push(...errors.expectations, { kind: 'secret', needle: secret })
  expectations.push(...canaries.map((needle) => ({ kind: 'canary', needle }) as const))
  return {
    memory: asFiles(draw.shuffled(notes).flat()),
    transcripts: transcriptsOf(options, { said, errors: errors.runs, canaries, secret }, draw),
    expectations,
  }
}

/** A statement of a note, with the way it came about. */
interface Fact {
  readonly thing: string
  readonly attribute: Attribute
  readonly value: string
  readonly text: string
}

/** A world in the making. */
interface Growing {
  readonly facts: readonly Fact[]
  /** Notes that stand together, the fact's own first. */
  readonly notes: string[][]
  readonly known: Set<string>
  readonly expectations: Expectation[]
  readonly said: Said[]
}

function drawFacts({ units }: TruthOptions, draw: Draw): readonly Fact[] {
  const perThing = Math.max(FACTS_PER_THING, Math.ceil(units / THINGS_MAX))
  const things = thingNames(Math.ceil(units / perThing), draw)
  return things
    .flatMap((thing) =>
      draw
        .shuffled(ATTRIBUTES)
        .slice(0, perThing)
        .map((attribute): Fact => {
          const value = attribute.value(draw)
          return { thing, attribute, value, text: worded(attribute.says[0], thing, value) }
        }),
    )
    .slice(0, units)
}

function marksOf(options: TruthOptions): {
  readonly duplicate: number
  readonly negative: number
  readonly update: number
} {
  const duplicate = options.duplicateShare ?? DEFAULT_SHARE
  const negative = duplicate + (options.negativeShare ?? DEFAULT_SHARE)
  return { duplicate, negative, update: negative + (options.updateShare ?? DEFAULT_SHARE) }
}

function plantDuplicate(
  n: number,
  { attribute, thing, value, text }: Fact,
  { notes, expectations }: Growing,
  draw: Draw,
): void {
  const [, ...others] = attribute.says
  const copy = draw.chance(0.3)
    ? lightlyEdited(text, draw)
    : worded(draw.oneOf(others), thing, value)
  const isBeside = draw.chance(0.5)
  if (isBeside) notes[n]?.push(copy)
  else notes.push([copy])
  expectations.push({ kind: 'duplicate', isBeside, texts: [text, copy] })
}

/** What another hand makes of a note without changing a word. */
function lightlyEdited(text: string, draw: Draw): string {
  return draw.oneOf([text.replace(/\.$/, ''), text.toLowerCase(), `**${text.replace(/\.$/, '')}**`])
}

function plantNegative(
  n: number,
  { facts, notes, known, expectations }: Growing,
  draw: Draw,
): void {
  const thing = facts[n]?.thing ?? ''
  const other = facts[(n + 7) % facts.length]?.thing ?? ''
  if (thing === other) return
  const guard = draw.oneOf(GUARD_KINDS)
  const texts = hardNegative(guard, thing, other, draw)
  if (texts.some((text) => known.has(text))) return
  for (const text of texts) known.add(text)
  notes.push(...texts.map((text) => [text]))
  expectations.push({ kind: 'negative', guard, texts })
}

function plantUpdate(
  n: number,
  fact: Fact,
  { notes, expectations, said }: Growing,
  draw: Draw,
): void {
  const how: PlantedUpdate = PLANTED_UPDATES[n % PLANTED_UPDATES.length] ?? 'plain'
  const planted = plantedUpdate(how, fact, draw)
  said.push(...planted.said)
  if (planted.dependant !== null) notes.push([planted.dependant])
  expectations.push({ kind: 'update', ...planted.expected })
}

function asFiles(notes: readonly string[]): TruthWorld['memory'] {
  const files: Record<string, string> = {}
  for (let n = 0; n * NOTES_PER_FILE < notes.length; n += 1) {
    const bullets = notes.slice(n * NOTES_PER_FILE, (n + 1) * NOTES_PER_FILE)
    files[`notes-${n}.md`] = `# Notes ${n}\n\n${bullets.map((text) => `- ${text}\n`).join('')}`
  }
  return files
}

interface Planted {
  readonly said: readonly Said[]
  readonly errors: readonly (readonly TruthTranscript[number][])[]
  readonly canaries: readonly string[]
  readonly secret: string
}

/** Every statement in a session of its day; talk, a planted canary and the errors around it. */
function transcriptsOf(
  { sessions }: TruthOptions,
  { said, errors, canaries, secret }: Planted,
  draw: Draw,
): readonly TruthTranscript[] {
  return Array.from({ length: sessions }, (_, n) => {
    const day = `2026-${String(1 + (n % 9)).padStart(2, '0')}-${String(1 + (n % 27)).padStart(2, '0')}`
    const own = said.filter((_item, at) => at % sessions === n)
    const messages: TruthTranscript[number][] = [
      { role: 'user', content: draw.oneOf(OPENINGS) },
      { role: 'assistant', content: `Looking into it. The build id is ${canaries[n] ?? ''}.` },
      ...own.flatMap(({ text, at }) => [
        { role: 'user', content: text, at: at ?? `${day}T10:00:00Z` } as const,
        { role: 'assistant', content: 'Noted.' } as const,
      ]),
      ...(n === 0 ? [{ role: 'user', content: `The deploy token is ${secret}` } as const] : []),
      ...(errors[n] ?? []),
    ]
    return messages.map((message, at) => ({
      ...message,
      at: message.at ?? `${day}T10:${String(at % 60).padStart(2, '0')}:00Z`,
    }))
  })
}

const OPENINGS = [
  'Can you look at the failing build?',
  'Please read the last log and tell me what is wrong.',
  'I would like to understand this stack trace.',
  'Help me to write the release notes for today.',
]

/** Of the shape of a real access token, and of no other use. */
function secretFrom(draw: Draw): string {
  const letters = [...'abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789']
  return `ghp_${Array.from({ length: 36 }, () => draw.oneOf(letters)).join('')}`
}
