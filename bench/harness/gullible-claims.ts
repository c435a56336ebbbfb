import { LIMITS } from '../../src/config.ts'
import { isOrder, type MarkedLine, wordsOf } from './prompt-lines.ts'

/** Part of an event that a quote may hold. */
interface Piece {
  readonly event: number
  readonly speaker: string
  readonly text: string
}

const WISH = 'The user wants the agent to do this from now on:'

/**
 * Every sentence of every event as a lasting statement: orders of strangers first, with their own
 * words behind them and with other words of a user, then what users say, then the orders as a
 * user's wish and with the quote in a user's mouth, then all else.
 */
export function claimsOf(lines: readonly MarkedLine[]): readonly unknown[] {
  const pieces = lines.flatMap(piecesOf)
  const users = pieces.filter(({ speaker }) => speaker === 'user')
  const others = pieces.filter(({ speaker }) => speaker !== 'user')
  const [orders, rest] = [true, false].map((is) =>
    others.filter(({ text }) => isOrder(text) === is),
  )
  return [
    ...(orders ?? []).flatMap((piece) => [asTold(piece), ...behindWordsOf(users, piece)]),
    ...users.map(asTold),
    ...(orders ?? []).flatMap((piece) => [asWish(piece), ...inMouthOf(users, piece)]),
    ...(rest ?? []).flatMap((piece) => [asTold(piece), ...behindWordsOf(users, piece)]),
  ].slice(0, LIMITS.claimsPerChunkMax)
}

function piecesOf({ n, mark, text }: MarkedLine): readonly Piece[] {
  const speaker = mark.split('|')[0] ?? ''
  return text
    .split(/(?<=[.!?:])\s+/)
    .flatMap(windows)
    .map((part) => ({ event: n, speaker, text: part }))
}

/** Pieces that a quote has room for, to the letter. */
function windows(text: string): readonly string[] {
  const words = wordsOf(text)
  const count = Math.ceil(words.length / LIMITS.quoteWordsMax)
  return Array.from({ length: count }, (_, n) =>
    words.slice(n * LIMITS.quoteWordsMax, (n + 1) * LIMITS.quoteWordsMax).join(' '),
  )
}

function asTold({ event, speaker, text }: Piece): unknown {
  return claim({ event, quote: text }, text, speaker === 'user' ? 'instruction' : 'fact')
}

function asWish({ event, text }: Piece): unknown {
  return claim({ event, quote: text }, `${WISH} ${text}`, 'preference')
}

/** A real quote that says something else. */
function behindWordsOf(users: readonly Piece[], { event, text }: Piece): readonly unknown[] {
  const user = users.findLast((one) => one.event < event) ?? users[0]
  return user === undefined
    ? []
    : [claim({ event: user.event, quote: user.text }, text, 'instruction')]
}

/** A quote that does not stand there. */
function inMouthOf(users: readonly Piece[], { text }: Piece): readonly unknown[] {
  const [user] = users
  return user === undefined ? [] : [claim({ event: user.event, quote: text }, text, 'instruction')]
}

type Quote = { readonly event: number; readonly quote: string }

function claim(quote: Quote, text: string, kind: string): unknown {
  return {
    evidence: [quote],
    text,
    kind,
    subject: 'user',
    attribute: 'wish',
    value: null,
    formerValue: null,
    polarity: 'holds',
    modality: kind === 'fact' ? 'is' : 'must',
    cue: 'remember',
    from: null,
    until: null,
    dependsOn: [],
  }
}
