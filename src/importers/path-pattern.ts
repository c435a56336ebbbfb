/** A glob split where its first wildcard stands: what to walk, and what to ask of each path. */
export interface PathPattern {
  /** Folder to walk, as given; empty = the working folder. */
  readonly base: string
  /** Takes a path relative to `base`, with `/` between the names. */
  readonly matches: (relativePath: string) => boolean
}

const WILDCARD = /[*?[{]/
const CHOICES_MAX = 256

/**
 * Null when the text holds no wildcard and names one path. `*` and `?` stay inside a name, `**`
 * crosses folders, `[a-z]` and `[!a-z]` are one character and `{a,b}` one of several texts.
 */
export function pathPattern(spec: string): PathPattern | null {
  if (!WILDCARD.test(spec)) return null
  const segments = spec.split('/')
  const first = segments.findIndex((segment) => WILDCARD.test(segment))
  const base = segments.slice(0, first).join('/')
  const globs = choices(segments.slice(first).join('/')).map((glob) =>
    glob.split('/').map(namePattern),
  )
  return {
    base: base === '' && spec.startsWith('/') ? '/' : base,
    matches: (relativePath) => {
      const names = relativePath.split('/')
      return globs.some((glob) => fits(glob, names, (name, pattern) => pattern(name)))
    },
  }
}

const ANY = Symbol('any number, also none')

type Pattern<Part> = readonly (Part | typeof ANY)[]

/**
 * Whether a pattern fits all the items. A failure only ever goes back to the last `ANY`, so that
 * the time is the product of the two lengths at most.
 */
function fits<Part, Item>(
  pattern: Pattern<Part>,
  items: readonly Item[],
  fitsOne: (item: Item, part: Part) => boolean,
): boolean {
  let at = 0
  let retry: { readonly at: number; item: number } | null = null
  for (let item = 0; item < items.length; ) {
    const part = pattern[at]
    const current = items[item]
    if (part === ANY) {
      retry = { at: at + 1, item }
      at += 1
    } else if (part !== undefined && current !== undefined && fitsOne(current, part)) {
      at += 1
      item += 1
    } else if (retry !== null) {
      retry.item += 1
      at = retry.at
      item = retry.item
    } else return false
  }
  return pattern.slice(at).every((part) => part === ANY)
}

type NamePattern = (name: string) => boolean
type CharPattern = (char: string) => boolean

function namePattern(glob: string): NamePattern | typeof ANY {
  if (glob === '**') return ANY
  const parts = [...glob.matchAll(/\*+|\[(!?)([^\]]+)\]|[\s\S]/gu)].map(charPattern)
  return (name) => fits(parts, [...name], (char, part) => part(char))
}

function charPattern([text, negation, set]: RegExpMatchArray): CharPattern | typeof ANY {
  if (text.startsWith('*')) return ANY
  if (text === '?') return () => true
  if (set === undefined) return (char) => char === text
  const members = [...set.matchAll(/([\s\S])-([\s\S])|[\s\S]/gu)]
  const isMember: CharPattern = (char) =>
    members.some(([one, from, to]) =>
      from !== undefined && to !== undefined ? from <= char && char <= to : char === one,
    )
  return negation === '!' ? (char) => !isMember(char) : isMember
}

/** The globs that `{a,b}` stands for, innermost braces first; too many = the text as it is. */
function choices(glob: string): readonly string[] {
  const braces = /\{([^{}]*)\}/.exec(glob)
  if (braces === null) return [glob]
  const before = glob.slice(0, braces.index)
  const after = glob.slice(braces.index + braces[0].length)
  const all = (braces[1] ?? '').split(',').flatMap((choice) => choices(before + choice + after))
  return all.length > CHOICES_MAX ? [glob] : all
}
