export interface TextRule {
  readonly rule: string
  readonly pattern: RegExp
  /** `code`: without comments and strings; `text`: as it stands. */
  readonly in: 'code' | 'text'
  readonly applies: (path: string) => boolean
  readonly next: string
}

const isTypeScript = (path: string): boolean => path.endsWith('.ts')
const isProductCode = (path: string): boolean =>
  path.startsWith('src/') && isTypeScript(path) && !path.endsWith('.test.ts')
const isPure = (path: string): boolean =>
  isProductCode(path) && /^src\/(?:core|engine)\//.test(path)
// Sample data speaks as its people do.
const isOurProse = (path: string): boolean =>
  /\.(?:ts|js|md|sh)$|^\.ci\//.test(path) && !path.startsWith('examples/')

/** Texts that stand nowhere. Letters in brackets keep this table from finding itself. */
export const FORBIDDEN_TEXT: readonly TextRule[] = [
  {
    rule: 'default export',
    pattern: /^export default\b/m,
    in: 'code',
    applies: (path) => isTypeScript(path) && path !== 'vitest.config.ts',
    next: 'export it by name',
  },
  {
    rule: 'left-over mark',
    pattern: /\b(?:TOD[O]|FIXM[E]|XX[X])\b/,
    in: 'text',
    applies: isOurProse,
    next: 'do it, or open an issue and remove the line',
  },
  {
    rule: 'switched-off or focused test',
    pattern: /\b(?:it|test|describe)\.(?:only|skip|todo)\b/,
    in: 'code',
    applies: isTypeScript,
    next: 'run it, or delete it',
  },
  {
    rule: 'escape from the type checker',
    pattern: /\bas any\b/,
    in: 'code',
    applies: isTypeScript,
    next: 'give the value its type, or narrow it from unknown',
  },
  {
    rule: 'escape from the type checker',
    pattern: /@ts-(?:ignor[e]|nochec[k])/,
    in: 'text',
    applies: isTypeScript,
    next: 'mend the type',
  },
  {
    rule: 'swallowed error',
    pattern: /\bcatch\s*(?:\([^)]*\))?\s*\{\s*\}|\.catch\(\s*\(\w*\)\s*=>\s*(?:\{\s*\}|undefined)/,
    in: 'code',
    applies: isTypeScript,
    next: 'handle it, add context, or let it pass through (docs/adr/0013)',
  },
  {
    rule: 'clock, randomness or process in a pure layer',
    pattern:
      /\bDate\.now\(|\bnew Date\(\s*\)|\bMath\.random\(|\brandomUUID\b|\brandomBytes\b|\bperformance\.now\(|\bprocess\.|\bset(?:Timeout|Interval)\(/,
    in: 'code',
    applies: isPure,
    next: 'take now, newId or the value as an argument',
  },
  {
    rule: 'network outside its one file',
    pattern: /\bfetch\(|\bWebSocket\b/,
    in: 'code',
    applies: (path) => isProductCode(path) && path !== 'src/models/bounded-fetch.ts',
    next: 'only bounded-fetch.ts opens a socket (SECURITY.md)',
  },
  {
    rule: 'console in src',
    pattern: /\bconsole\./,
    in: 'code',
    applies: (path) => path.startsWith('src/') && isTypeScript(path),
    next: 'return the value; only the CLI writes, through its output',
  },
  {
    rule: 'path of one machine',
    pattern: /(?:^|[^\w.])\/(?:wor[k]|roo[t])\/[a-z]/m,
    in: 'text',
    applies: () => true,
    next: 'use a path relative to the repository, or a temporary folder',
  },
  {
    rule: 'host of a package registry',
    pattern: /\bregistry\.[a-z]|\bnpmj[s]\b/,
    in: 'text',
    applies: () => true,
    next: 'leave it to the settings of npm',
  },
]
