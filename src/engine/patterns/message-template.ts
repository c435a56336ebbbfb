import { ADDRESS_SOURCE, addressesIn, isLoopback } from './address.ts'

/** What a variable part of a message is; stands in a template as `<kind>`. */
export type SlotKind = 'address' | 'date' | 'duration' | 'branch' | 'name' | 'path' | 'id' | 'n'

export interface TemplateSlot {
  readonly kind: SlotKind
  readonly value: string
}

/** A message cut into fixed words and variable parts, in order. */
export type MessageParts = readonly (string | TemplateSlot)[]

/**
 * Cuts out what differs from one occurrence to the next: paths, ids, numbers, dates, durations,
 * quoted and branch names. `known` values (those of the error, when the text is its fix) become
 * slots of their own kind wherever they stand as a word.
 */
export function messageParts(text: string, known: readonly TemplateSlot[] = []): MessageParts {
  return cutKnown(text, known).flatMap((part) =>
    typeof part === 'string' ? cutSlots(part) : [part],
  )
}

/** The template as text: equal templates are the same message. */
export function templateText(parts: MessageParts): string {
  return parts.map((part) => (typeof part === 'string' ? part : `<${part.kind}>`)).join('')
}

export function slotsOf(parts: MessageParts): readonly TemplateSlot[] {
  return parts.filter((part) => typeof part !== 'string')
}

/**
 * Kinds whose value may be told when every occurrence agrees. The others name a machine, a person
 * or a moment and are always hidden, but for an address of the machine itself.
 */
const TELLABLE: ReadonlySet<SlotKind> = new Set([
  'name',
  'path',
  'branch',
  'n',
  'duration',
  'address',
])
/** Kinds of which a single occurrence does not show that they belong to the message. */
const ONLY_TOGETHER: ReadonlySet<SlotKind> = new Set(['branch', 'n', 'duration', 'address'])
const TOLD_VALUE_CHARS_MAX = 60

/**
 * The text of several occurrences of one template: a slot shows its value where all agree on a
 * plain one, else its placeholder.
 */
export function commonText(occurrences: readonly MessageParts[]): string {
  const [first = []] = occurrences
  return first
    .map((part, index) => {
      if (typeof part === 'string') return part
      return isAgreed(part, index, occurrences) ? part.value : placeholder(part)
    })
    .join('')
}

/**
 * What stands for a slot in words for people: `got "1099"` of a message differs by its number, not
 * by a name.
 */
export function placeholder({ kind, value }: TemplateSlot): string {
  return kind === 'n' || /^\W?-?\d+(?:[.,]\d+)*\W?$/.test(value) ? '<number>' : `<${kind}>`
}

/** True when a name or path is another one in another occurrence. */
export function hasDifferingNames(occurrences: readonly MessageParts[]): boolean {
  const [first = []] = occurrences
  return first.some(
    (part, index) =>
      typeof part !== 'string' &&
      (part.kind === 'name' || part.kind === 'path') &&
      !occurrences.every((other) => valueAt(other, index) === part.value),
  )
}

/** True when the value may be told where all occurrences agree on it. */
export function isTellable({ kind, value }: TemplateSlot): boolean {
  return (
    TELLABLE.has(kind) &&
    // A personal or temporary place says nothing to the next reader.
    !/^["'`“]?(?:[/~\\]|[A-Za-z]:\\)/.test(value) &&
    value.length <= TOLD_VALUE_CHARS_MAX &&
    addressesIn(value).every(isLoopback)
  )
}

function isAgreed(slot: TemplateSlot, index: number, all: readonly MessageParts[]): boolean {
  return (
    isTellable(slot) &&
    (!ONLY_TOGETHER.has(slot.kind) || all.length > 1) &&
    all.every((other) => valueAt(other, index) === slot.value)
  )
}

function valueAt(parts: MessageParts, index: number): string | null {
  const part = parts[index]
  return part === undefined || typeof part === 'string' ? null : part.value
}

const LABELLED = 'branch|tag|ref|revision|remote|container|process|task|job|pod'
const NOT_A_NAME =
  'has|have|is|are|was|of|for|to|in|on|at|and|or|not|no|name|names|does|did|do|cannot|could|can|must|with|that|from|by|already|exists|failed|exited|which|you|it|this|the|a|an|named|called|id|ids|can’t'

const SLOT = new RegExp(
  [
    new RegExp(`(?<address>${ADDRESS_SOURCE})`),
    /(?<uuid>\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b)/,
    /(?<date>\b\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:\.\d+)?Z?)?|\b\d\d:\d\d:\d\d(?:\.\d+)?)/,
    /(?<duration>\b\d+(?:\.\d+)?\s?(?:ms|s|sec|seconds?|minutes?|min|m|hours?|h)\b)/,
    /(?<name>"[^"\n]{1,160}"|`[^`\n]{1,160}`|“[^”\n]{1,160}”|(?<!\w)'[^'\n]{1,160}'(?!\w))/,
    new RegExp(
      `(?<branch>\\b(?:${LABELLED})\\s+(?!(?:${NOT_A_NAME})\\b)[\\w][\\w./-]*[\\w](?=[\\s:,.]|$))`,
    ),
    /(?<path>(?<![\w<])(?:~|\.{1,2}|[A-Za-z]:)?[/\\][\w@.+-]+(?:[/\\][\w@.+-]+)*[/\\]?|\b[\w@.+-]+(?:\/[\w@.+-]+)+\/?|\b[\w-]+(?:\.[\w-]+)*\.(?:exs?|heex|[cm]?[jt]sx?|json[cl]?|ya?ml|toml|py|rb|go|rs|java|kt|cs|cpp|[ch]|md|css|html?|sql|sh|lock|db|txt|log|env|xml)\b)(?::\d+)*/,
    /(?<id>\b0x[0-9a-f]+\b|\b(?=[a-z]*\d)[0-9a-f]{7,64}\b|\b(?=[\w-]*[A-Za-z])(?=(?:[\w-]*\d){3})[\w]+(?:-[\w]+)*\b)/,
    /(?<n>(?<![\w<]|\w-)\d[\d,]*(?:\.\d+)*(?:[KMGT]i?B|B|k|%)?(?!\w))/,
  ]
    .map((part) => part.source)
    .join('|'),
  'g',
)

/** Numbers after these words say which error it is. */
const TELLING_NUMBER = /\b(?:port|code|status|errno|http|exit|signal|error)[ :=#]*$/i
/** Words of letters and digits that are public names, not somebody's id. */
const PUBLIC_WORD =
  /^(?:(?:sha|base|utf|int|uint|float|aes|ed|es|md)-?\d+\w*|x86\S*|arm64|amd64|(?:TS|E|F|W|C|CS|SC|RUF|ORA-|PGRST|SQLSTATE|ERR_?|HTTP)\d+)$/i

function slotOf(match: RegExpExecArray, text: string): TemplateSlot | null {
  const group = Object.entries(match.groups ?? {}).find(([, value]) => value !== undefined)
  if (group === undefined) return null
  const [name, value = ''] = group
  if (name === 'branch') return { kind: name, value: value.replace(/^\S+\s+/, '') }
  if (name === 'n' && TELLING_NUMBER.test(text.slice(0, match.index))) return null
  if (name === 'id' && PUBLIC_WORD.test(value)) return null
  if (name === 'path' && !isPath(value)) return null
  const kind = name === 'uuid' ? 'id' : (name as SlotKind)
  return { kind, value: match[0] }
}

/** `and/or` and `get/2` are words; `js/app.js`, `a/b/c`, `origin/fix-1` and `./a` are places. */
function isPath(text: string): boolean {
  if (/\/\d+$/.test(text) && !/^[./~]/.test(text)) return false
  return /^[./~\\A-Z]/.test(text) || /[.\d-]/.test(text) || text.split('/').length > 2
}

function cutSlots(text: string): MessageParts {
  const parts: (string | TemplateSlot)[] = []
  let rest = 0
  for (const match of text.matchAll(SLOT)) {
    const slot = slotOf(match, text)
    if (slot === null) continue
    const start = match.index + match[0].length - slot.value.length
    parts.push(text.slice(rest, start), slot)
    rest = start + slot.value.length
  }
  return [...parts, text.slice(rest)]
}

function cutKnown(text: string, known: readonly TemplateSlot[]): MessageParts {
  for (const slot of known) {
    const value = slot.value.replace(/^["'`“](.*)["'`”]$/, '$1')
    const at = value.length < 3 ? -1 : wordIndex(text, value)
    if (at === -1) continue
    return [
      ...cutKnown(text.slice(0, at), known),
      { kind: slot.kind, value },
      ...cutKnown(text.slice(at + value.length), known),
    ]
  }
  return [text]
}

/** True when the word stands in the text on its own, not inside a longer one. */
export function containsWord(text: string, word: string): boolean {
  return wordIndex(text, word) !== -1
}

function wordIndex(text: string, word: string): number {
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) {
    const isWhole =
      !/[\w/.-]/.test(text[at - 1] ?? ' ') && !/[\w/-]/.test(text[at + word.length] ?? ' ')
    if (isWhole) return at
  }
  return -1
}
