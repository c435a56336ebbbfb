import { tokensIn } from '../../../src/engine/reading/token-count.ts'
import type { Model, ModelAnswer, ModelRequest } from '../../../src/models/model.ts'

/**
 * What is written into an answer, in tokens. `quiet`: valid answers that hold nothing. `talkative`:
 * as much as the design reckons with, a share of what is read and so many for each item; what it
 * lists are statements with real quotes, so that later stages have something to ask about.
 */
export const OUTPUT_RATES = {
  readShare: 0.05,
  pair: 60,
  merge: 250,
  lesson: 300,
  sentence: 60,
} as const

export type Manner = 'quiet' | 'talkative'

/** About what a listed statement takes; decides how many make up the share of what was read. */
const CLAIM_TOKENS = 110
const CLAIMS_MAX = 40
const QUOTE_WORDS = 12
const QUOTE_WORDS_MIN = 5

/** What a script was asked since it was made. */
export interface Seen {
  /** Pairs, and those of two notes among them. */
  readonly pairs: number
  readonly pairsOfNotes: number
  /** Lines of transcripts, and tokens of those that are not only a stub. */
  readonly events: number
  readonly eventTokens: number
}

export interface AnsweringModel extends Model {
  readonly seen: () => Seen
}

/**
 * A script in place of a model: no judgement, right shape. It counts input as the product estimates
 * it, and as cached what the call has in common with an earlier one of its prompt. `isNote`: whether
 * a text stood in the memory before.
 */
export function answeringModel(manner: Manner, isNote: (text: string) => boolean): AnsweringModel {
  const prefixes = new Set<string>()
  let seen: Seen = { pairs: 0, pairsOfNotes: 0, events: 0, eventTokens: 0 }
  return {
    id: `script/${manner}`,
    host: null,
    seen: () => seen,
    answer: async (request) => {
      request.signal?.throwIfAborted()
      const { name, instructions, profile, data } = request
      seen = addedTo(seen, name, lines(data), isNote)
      const prefix = `${name}\n${profile}`
      const isCached = prefixes.has(prefix)
      prefixes.add(prefix)
      const before = tokensIn(instructions) + tokensIn(profile)
      return said(request, manner, {
        inputTokens: before + tokensIn(data),
        cachedInputTokens: isCached ? before : 0,
      })
    },
  }
}

const STUB = /\[text from outside, \d+ characters, not shown\]/g

function addedTo(
  seen: Seen,
  name: string,
  told: readonly MarkedLine[],
  isNote: (text: string) => boolean,
): Seen {
  if (name.startsWith('extract-')) {
    const shown = told.map(({ text }) => text.replace(STUB, '').trim())
    const tokens = shown.reduce((sum, text) => sum + tokensIn(text), 0)
    const { events, eventTokens } = seen
    return { ...seen, events: events + told.length, eventTokens: eventTokens + tokens }
  }
  if (!name.startsWith('relate-')) return seen
  const pairs = [...Map.groupBy(told, ({ n }) => n).values()]
  const ofNotes = pairs.filter((sides) => sides.every(({ text }) => isNote(text)))
  return {
    ...seen,
    pairs: seen.pairs + pairs.length,
    pairsOfNotes: seen.pairsOfNotes + ofNotes.length,
  }
}

function said(
  request: ModelRequest,
  manner: Manner,
  input: { readonly inputTokens: number; readonly cachedInputTokens: number },
): ModelAnswer {
  const prompt = request.name.replace(/-\d+$/, '')
  const text = JSON.stringify(ANSWERS[prompt]?.(request.data, manner) ?? {})
  const reckoned = manner === 'quiet' ? 0 : reckonedTokens(prompt, request.data)
  const outputTokens = Math.max(tokensIn(text), Math.round(reckoned))
  return { text, finish: 'stop', usage: { ...input, outputTokens } }
}

function reckonedTokens(prompt: string, data: string): number {
  switch (prompt) {
    case 'extract':
      return OUTPUT_RATES.readShare * tokensIn(data)
    case 'relate':
      return OUTPUT_RATES.pair * numbered(data, 'A').length
    case 'merge':
      return OUTPUT_RATES.merge
    case 'lesson':
      return OUTPUT_RATES.lesson
    case 'entail':
      return OUTPUT_RATES.sentence * numbered(data, 'sentence').length
    default:
      return 0
  }
}

type Answer = (data: string, manner: Manner) => unknown

const ANSWERS: Readonly<Record<string, Answer>> = {
  extract: (data, manner) => ({ claims: manner === 'quiet' ? [] : claimsFrom(data) }),
  changes: () => ({ changes: [] }),
  relate: (data) => ({
    pairs: numbered(data, 'A').map((pair) => ({
      pair,
      missingInA: [],
      missingInB: [],
      slotSame: false,
      bothCanHold: true,
      reason: 'they speak of different things',
      rel: 'none',
    })),
  }),
  merge: (data) => {
    const notes = lines(data)
    return {
      keeps: notes.map(({ n }) => ({ member: n, slots: [] })),
      text: notes.map(({ text }) => text).join(' '),
    }
  },
  lesson: () => ({
    when: 'The error is seen',
    do: 'Do what mended it before',
    because: 'it was seen before',
    notWhen: null,
    evidence: [1],
  }),
  entail: (data) => ({
    items: numbered(data, 'sentence').map((item) => ({ item, unsupported: [], supported: 'yes' })),
  }),
  probes: (data, manner) => ({ probes: manner === 'quiet' ? [] : probesFrom(data) }),
  answer: (data) => ({
    items: numbered(data, 'question').map((item) => ({ item, answer: null })),
  }),
}

/** Statements of users, in their own words, spread over what was read. */
function claimsFrom(data: string): readonly unknown[] {
  const wanted = Math.floor((OUTPUT_RATES.readShare * tokensIn(data)) / CLAIM_TOKENS)
  const said = lines(data).filter(
    ({ mark, text }) => mark.startsWith('user') && wordsOf(text).length >= QUOTE_WORDS_MIN,
  )
  const step = Math.max(1, Math.floor(said.length / Math.max(1, wanted)))
  return said
    .filter((_, n) => n % step === 0)
    .slice(0, Math.min(wanted, CLAIMS_MAX))
    .map(({ n, text }) => claimOf(n, quoteFrom(text)))
}

function claimOf(event: number, quote: string): unknown {
  return {
    evidence: [{ event, quote }],
    text: quote,
    kind: 'fact',
    subject: wordsOf(quote)[0] ?? quote,
    attribute: 'statement',
    value: null,
    formerValue: null,
    polarity: 'holds',
    modality: 'is',
    cue: null,
    from: null,
    until: null,
    dependsOn: [],
  }
}

function probesFrom(data: string): readonly unknown[] {
  return lines(data).map(({ n, text }) => ({
    unit: n,
    q: `How does note ${n} of the file end?`,
    gold: wordsOf(text).at(-1) ?? text,
    kind: 'exact',
  }))
}

interface MarkedLine {
  readonly n: number
  /** What the mark says after its number. */
  readonly mark: string
  readonly text: string
}

/** Lines with a mark, `⟨n|...⟩ text`. */
function lines(data: string): readonly MarkedLine[] {
  return [...data.matchAll(/^⟨(\d+)\|?([^⟩]*)⟩ (.*)$/gm)].map(
    ([, n = '', mark = '', text = '']) => ({ n: Number(n), mark, text }),
  )
}

/** Numbers of the lines whose mark begins with a word. */
function numbered(data: string, word: string): readonly number[] {
  return lines(data)
    .filter(({ mark }) => mark === word || mark.startsWith(`${word}|`))
    .map(({ n }) => n)
}

function wordsOf(text: string): readonly string[] {
  return text.split(' ').filter((word) => word !== '')
}

/** The first words, to the letter. */
function quoteFrom(text: string): string {
  const cut = new RegExp(`^\\S+(?: +\\S+){0,${QUOTE_WORDS - 1}}`).exec(text.trimStart())
  return cut?.[0] ?? text
}
