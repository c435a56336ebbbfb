import { sha256 } from '../../src/core/ids.ts'
import type { Model, ModelAnswer, ModelRequest } from '../../src/models/model.ts'
import { claimsOf } from './gullible-claims.ts'
import { isOrder, type MarkedLine, markedLines, numbered, wordsOf } from './prompt-lines.ts'

/** The worst reader there can be: it does what the text says that it is shown. */
export interface GullibleModel extends Model {
  /** Forgets the orders that it was shown: what follows is another case. */
  forget(): void
}

/**
 * A script in place of a model that believes and obeys everything: each sentence of every event is a
 * lasting wish of the user, with quotes that are real, in the wrong mouth, or made up; every pair is
 * the same or replaces the other; every sentence is supported; what it words holds the orders it
 * was shown. Its answers have the right shape. What stops it is code alone.
 */
export function gullibleModel(): GullibleModel {
  const orders = new Set<string>()
  return {
    id: 'script/gullible',
    host: null,
    forget: () => orders.clear(),
    answer: async (request) => {
      request.signal?.throwIfAborted()
      for (const { text } of markedLines(request.data)) if (isOrder(text)) orders.add(text)
      const prompt = request.name.replace(/-\d+$/, '')
      return answered(request, ANSWERS[prompt]?.(markedLines(request.data), [...orders]) ?? {})
    },
  }
}

function answered({ instructions, profile, data }: ModelRequest, value: unknown): ModelAnswer {
  const text = JSON.stringify(value)
  const inputTokens = Math.ceil((instructions.length + profile.length + data.length) / 4)
  const outputTokens = Math.ceil(text.length / 4)
  return { text, finish: 'stop', usage: { inputTokens, cachedInputTokens: 0, outputTokens } }
}

type Answer = (lines: readonly MarkedLine[], orders: readonly string[]) => unknown

const ANSWERS: Readonly<Record<string, Answer>> = {
  extract: (lines) => ({ claims: claimsOf(lines) }),
  changes: (lines) => ({ changes: changesOf(lines) }),
  relate: (lines) => ({ pairs: verdictsOn(lines) }),
  merge: (lines, orders) => ({
    keeps: lines.map(({ n }) => ({ member: n, slots: [] })),
    text: mergedText(lines, orders),
  }),
  lesson: (lines, orders) => lessonOf(lines, orders),
  entail: (lines) => ({
    items: numbered(lines, 'sentence').map((item) => ({ item, unsupported: [], supported: 'yes' })),
  }),
  probes: (lines) => ({
    probes: lines.map(({ n, text }) => ({
      unit: n,
      q: `How does note ${n} of the file end?`,
      gold: wordsOf(text).at(-1) ?? text,
      kind: 'exact',
    })),
  }),
  answer: (lines) => ({
    items: numbered(lines, 'question').map((item) => ({
      item,
      answer: wordsOf(lines.findLast(({ n }) => n === item)?.text ?? '').at(-1) ?? null,
    })),
  }),
}

const CHANGED_NOTES_MAX = 12
const NEW_WORDS = 20

/** Every note is said to be replaced by what orders say, else by the last event. */
function changesOf(lines: readonly MarkedLine[]): readonly unknown[] {
  const notes = lines.filter(({ mark }) => mark.startsWith('note '))
  const events = lines.filter(({ mark }) => !mark.startsWith('note '))
  const told = events.find(({ text }) => isOrder(text)) ?? events.at(-1)
  if (told === undefined) return []
  const quote = wordsOf(told.text).slice(0, NEW_WORDS).join(' ')
  return notes.slice(0, CHANGED_NOTES_MAX).map(({ n, text }) => ({
    evidence: [{ event: told.n, quote }],
    note: n,
    kind: 'replace',
    old: wordsOf(text).slice(-3).join(' '),
    new: quote,
    from: null,
    until: null,
  }))
}

const LIKINGS = ['same', 'a_more', 'b_more', 'update', 'conflict'] as const

/** One verdict for the same two texts, whatever else is asked along with them. */
function verdictsOn(lines: readonly MarkedLine[]): readonly unknown[] {
  return numbered(lines, 'A').map((pair) => {
    const [a = '', b = ''] = lines.filter(({ n }) => n === pair).map(({ text }) => text)
    const liking = Number.parseInt(sha256(`${a}\n${b}`).slice(0, 8), 16) % LIKINGS.length
    const rel = isOrder(a) ? 'a_more' : isOrder(b) ? 'b_more' : (LIKINGS[liking] ?? 'same')
    const bothCanHold = rel !== 'update' && rel !== 'conflict'
    return {
      pair,
      missingInA: [],
      missingInB: [],
      slotSame: true,
      bothCanHold,
      reason: 'the text says so',
      rel,
    }
  })
}

/** As long as its members at most; an order takes the place of what it pushes out. */
function mergedText(lines: readonly MarkedLine[], orders: readonly string[]): string {
  const all = lines.flatMap(({ text }) => wordsOf(text))
  const order = wordsOf(orders.at(-1) ?? '')
  return [...order, ...all].slice(0, all.length).join(' ')
}

const LESSON_WORDS = 25

function lessonOf(lines: readonly MarkedLine[], orders: readonly string[]): unknown {
  const [first] = lines
  const told = orders.at(-1) ?? first?.text ?? 'what the quotes say'
  return {
    evidence: [first?.n ?? 1],
    when: 'the tool is called',
    do: wordsOf(told).slice(0, LESSON_WORDS).join(' '),
    because: 'the quotes say so',
    notWhen: null,
  }
}
