/** A glob split where its first wildcard stands: what to walk, and what to ask of each path. */
export interface PathPattern {
  /** Folder to walk, as given; empty = the working folder. */
  readonly base: string
  /** Takes a path relative to `base`, with `/` between the names. */
  readonly matches: (relativePath: string) => boolean
}

const WILDCARD = /[*?[{]/

/** Null when the text holds no wildcard and names one path. */
export function pathPattern(spec: string): PathPattern | null {
  if (!WILDCARD.test(spec)) return null
  const segments = spec.split('/')
  const first = segments.findIndex((segment) => WILDCARD.test(segment))
  const base = segments.slice(0, first).join('/')
  const expression = new RegExp(`^${globSource(segments.slice(first).join('/'))}$`, 'u')
  return {
    base: base === '' && spec.startsWith('/') ? '/' : base,
    matches: (relativePath) => expression.test(relativePath),
  }
}

/**
 * `*` and `?` stay inside a name, `**` crosses folders, `[a-z]` is one character and `{a,b}` one
 * of several texts. Neighbouring stars are one, so that no pattern takes exponential time.
 */
function globSource(glob: string): string {
  const token = /\*\*\/(?:\*\*\/)*|\*+|\?|\[(!?)([^\]/]+)\]|\{([^{}/]*)\}|[\s\S]/gu
  return glob.replace(token, (text, negation?: string, set?: string, choices?: string) => {
    if (text.startsWith('**/')) return '(?:[^/]+/)*'
    if (text.startsWith('**')) return '.*'
    if (text.startsWith('*')) return '[^/]*'
    if (text === '?') return '[^/]'
    if (set !== undefined)
      return `[${negation === '!' ? '^/' : ''}${set.replace(/[\\[\]^&~|]/g, '\\$&')}]`
    if (choices !== undefined) return `(?:${choices.split(',').map(globSource).join('|')})`
    return text.replace(/[\\^$.*+?()[\]{}|/]/u, '\\$&')
  })
}
