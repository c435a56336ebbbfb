import { type Change, type HeldReason, type Placed, plainWord } from '../core/change.ts'
import type { Evidence } from '../core/evidence.ts'
import { number, timestamp } from './amounts.ts'
import { blanks, type Line, line, padded, type Span, span, type Tone, wrap } from './styled-line.ts'

export interface ChangeViewOptions {
  readonly width: number
  /** The change's place in the plan, from 1. */
  readonly place: number
  /** Columns that the numbers of the whole plan need. */
  readonly placeColumns: number
  /** Everything in full, with ids; otherwise long texts and long lists end in "…". */
  readonly isFull: boolean
}

const WORD_COLUMNS = 8
const INDENT = 6
const TEXT_LINES_MAX = 4
const QUOTE_LINES_MAX = 3
const QUOTES_MAX = 3

/** One change for a person: what, where, before and after, why, and who said so in which words. */
export function changeView(change: Change, options: ChangeViewOptions): Line[] {
  const { width } = options
  const reason = wrap([span(change.reason, 'quiet')], { width, before: [blanks(INDENT)] })
  return [
    ...heading(change, options),
    ...(change.kind === 'redact' ? secretPlaces(change, width) : texts(change, options)),
    ...reason,
    ...(change.isWordedByModel
      ? wrap([span('worded by a model; the quotes are exact', 'noted')], {
          width,
          before: [blanks(INDENT)],
        })
      : []),
    ...(change.status === 'held' ? heldWhy(change, width) : []),
    ...evidenceView(change, options),
    ...(options.isFull ? identity(change, width) : []),
  ]
}

export const KIND_TONE: Readonly<Record<Change['kind'] | 'keep', Tone>> = {
  keep: 'plain',
  add: 'added',
  merge: 'merged',
  supersede: 'noted',
  conflict: 'warning',
  insight: 'learned',
  annotate: 'noted',
  redact: 'warning',
  remove: 'removed',
}

const HELD_WHY: Readonly<Record<HeldReason, string>> = {
  secret: 'it concerns a secret, so a person decides',
  untrusted_instruction: 'it is an instruction from a source that may not give any',
  untrusted_source: 'only words of strangers say so',
  new_address: 'it names an address or a command that only strangers named',
  unsafe_text: 'it has hidden characters or markup',
  person_wrote_it: 'a person wrote this, so a person decides',
  pinned: 'it is pinned',
  loss_bound: 'one dream would lose too much at once',
  probe_broken: 'a question that the memory answers today would go unanswered',
  index_full: 'the index file is full',
  too_large: 'the file would grow beyond its limit',
  memory_moved: 'the file was written to while the dream was under way',
  awaits_review: 'its schedule leaves it to a person',
}

/** Why a change was not let in, as the end of "held: …". */
export function heldWords(reason: HeldReason | null): string {
  return reason === null ? 'a person decides' : HELD_WHY[reason]
}

function heading(change: Change, { width, place, placeColumns }: ChangeViewOptions): Line[] {
  const paths = changedPaths(change)
  const before = line(
    blanks(2 + placeColumns - number(place).length),
    span(number(place), 'quiet'),
    blanks(2),
    ...padded(span(plainWord(change.kind), KIND_TONE[change.kind]), WORD_COLUMNS),
    blanks(2),
  )
  const where = paths.flatMap((path, index) => [
    ...(index === 0 ? [] : [span(' + ', 'quiet')]),
    span(path, 'strong'),
  ])
  const state = stateOf(change)
  return wrap([...where, ...(state === null ? [] : [span(`  ${state}`, 'warning')])], {
    width,
    before,
  })
}

/** States that say something beside the kind; a held change says why below. */
function stateOf({ status }: Change): string | null {
  return status === 'accepted' || status === 'rejected' || status === 'reverted'
    ? `(${status})`
    : null
}

/** Paths that a change speaks of, in reading order, once each. */
export function changedPaths(change: Change): readonly string[] {
  return [...new Set([...change.before, ...change.after].map(({ path }) => path))]
}

function texts(change: Change, options: ChangeViewOptions): Line[] {
  const bothStay = change.kind === 'conflict' && change.after.length === 0
  // Of equal texts at one path as many stay as there are afterwards.
  const removed = without(change.before, change.after)
  const added = without(change.after, change.before)
  const kept = without(change.before, removed)
  const showsPath = changedPaths(change).length > 1
  const side = (sign: string, tone: Tone, placed: readonly Placed[]): Line[] =>
    placed.flatMap(({ path, text }) =>
      wrap([span(text, tone), ...(showsPath ? [span(`  ${path}`, 'quiet')] : [])], {
        width: options.width,
        before: line(blanks(INDENT), span(sign, tone), blanks(1)),
        ...(options.isFull ? {} : { linesMax: TEXT_LINES_MAX }),
      }),
    )
  if (bothStay) return side('!', 'warning', change.before)
  return [
    ...side('=', 'plain', kept),
    ...side('-', 'removed', removed),
    ...side('+', 'added', added),
  ]
}

/** What is left when each of the others takes one equal text at its path away. */
function without(placed: readonly Placed[], others: readonly Placed[]): readonly Placed[] {
  const rest = [...placed]
  for (const other of others) {
    const index = rest.findIndex(({ path, text }) => path === other.path && text === other.text)
    if (index >= 0) rest.splice(index, 1)
  }
  return rest
}

/** A secret is never shown, not even in part: only where it stands. */
function secretPlaces(change: Change, width: number): Line[] {
  const places = change.evidence.map(({ source }) => `${source.path}:${source.line}`)
  const where = places.length > 0 ? places : changedPaths(change)
  return wrap([span(`stands in ${where.join(', ')}; its text is not shown`)], {
    width,
    before: [blanks(INDENT)],
  })
}

function heldWhy(change: Change, width: number): Line[] {
  return wrap([span(`held: ${heldWords(change.heldReason)}`, 'warning')], {
    width,
    before: [blanks(INDENT)],
  })
}

function evidenceView(change: Change, options: ChangeViewOptions): Line[] {
  if (change.kind === 'redact') return []
  const shown = options.isFull ? change.evidence : change.evidence.slice(0, QUOTES_MAX)
  const rest = change.evidence.length - shown.length
  return [
    ...shown.flatMap((evidence) => quoteView(evidence, options)),
    ...(rest > 0 ? [line(blanks(INDENT), span(`and ${number(rest)} more quoted`, 'quiet'))] : []),
  ]
}

function quoteView(evidence: Evidence, { width, isFull }: ChangeViewOptions): Line[] {
  return [
    ...wrap([span(`“${evidence.quote}”`)], {
      width,
      before: [blanks(INDENT)],
      ...(isFull ? {} : { linesMax: QUOTE_LINES_MAX }),
    }),
    ...wrap([span(sourceWords(evidence), 'quiet')], { width, before: [blanks(INDENT + 2)] }),
  ]
}

/** Who said it, when and where: `user priya · 2026-11-02 14:03 · sessions/a.jsonl:118`. */
export function sourceWords(evidence: Evidence): string {
  return [speakerOf(evidence), timestamp(evidence.at), place(evidence)].join(' · ')
}

function speakerOf(evidence: Evidence): string {
  if (evidence.kind === 'memory') return 'note'
  if (evidence.kind === 'shared') return evidence.agentId ?? 'another agent'
  const name = evidence.speaker === 'user' ? evidence.userId : evidence.agentId
  return name === null ? evidence.speaker : `${evidence.speaker} ${name}`
}

function place({ kind, source }: Evidence): string {
  if (kind === 'shared') return 'told as a pattern'
  return `${source.path}:${source.line}`
}

function identity(change: Change, width: number): Line[] {
  const facts: Span = span(
    `${change.id} · ${change.status} · trust ${change.trust} · ${change.audience}`,
    'quiet',
  )
  return wrap([facts], { width, before: [blanks(INDENT)] })
}
