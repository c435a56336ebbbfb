import { creator as preset } from '@secretlint/secretlint-rule-preset-recommend'
import { isPlaceholder } from './secret-likeness.ts'
import type { Secret } from './secrets-by-rule.ts'

type Rule = (typeof preset.rules)[number]
type RuleContext = Parameters<Rule['create']>[0]
type Checks = ReturnType<Rule['create']>
type SourceCode = Parameters<NonNullable<Checks['file']>>[0]

/**
 * Left out: `gcp` reads files by name; `filter-comments` lets a text switch its own check off;
 * the other two report whole URLs, where ours take out the password alone.
 */
const LEFT_OUT: ReadonlySet<string> = new Set([
  '@secretlint/secretlint-rule-gcp',
  '@secretlint/secretlint-rule-filter-comments',
  '@secretlint/secretlint-rule-basicauth',
  '@secretlint/secretlint-rule-database-connection-string',
])

const KINDS: Readonly<Record<string, string>> = {
  aws: 'aws-secret-key',
  privatekey: 'private-key',
  github: 'github-token',
  gitlab: 'gitlab-token',
  slack: 'slack-token',
}

/**
 * What every text must hold for a rule of the preset to find anything in it, so that the other
 * texts cost one search.
 */
const HINT =
  /secret|PRIVATE KEY|npm_|_authToken|x-oauth|xox[a-z]-|xapp-|hooks\.slack|SG\.|shp[a-z]{2,3}_|gh[a-z]_|github_pat|glpat-|gl(?:c|sa)_|sk-|gsk_|hf_|lin_api|ntn_|ops_|hv[sbr]\.|vc[a-z]_|dapi|dckr_pat|figd_|AKIA/i

const SAMPLE_CHARS = 24

interface PresetRule {
  readonly kind: string
  readonly check: Checks
}

/**
 * Runs the rules of secretlint's recommended preset. They are called without secretlint's core:
 * it keeps performance marks of every run and searches them all, so that time grows with the
 * square of the number of texts.
 */
export class SecretPreset {
  readonly #rules: readonly PresetRule[]
  #found: Secret[] = []

  constructor() {
    this.#rules = preset.rules
      .filter((rule) => !LEFT_OUT.has(rule.meta.id))
      .map((rule) => {
        const kind = kindOf(rule.meta.id)
        return { kind, check: rule.create(this.#context(kind), {}) }
      })
  }

  /** Synchronous underneath: the rules that are left do no I/O, so runs never interleave. */
  find(text: string): readonly Secret[] {
    if (!HINT.test(text)) return []
    this.#found = []
    const source = sourceCode(text)
    for (const { check } of this.#rules) check.file?.(source)
    return this.#found.filter(({ start, end }) => !isSample(text.slice(start, end)))
  }

  #context(kind: string): RuleContext {
    return {
      sharedOptions: {},
      // Only the place of a finding is used: its message would quote the secret.
      createTranslator: () => (messageId, data) => ({
        message: '',
        messageId: String(messageId),
        data,
      }),
      report: ({ range }) => {
        this.#found.push({ kind, start: range[0], end: range[1] })
      },
      ignore: () => undefined,
    }
  }
}

/** The preset judges by shape alone: `ghp_xxxx…` of a manual has the shape. */
function isSample(secret: string): boolean {
  return isPlaceholder(secret.slice(-SAMPLE_CHARS))
}

function kindOf(ruleId: string): string {
  const name = ruleId.slice(ruleId.indexOf('rule-') + 'rule-'.length)
  return KINDS[name] ?? `${name}-key`
}

/** The text as a file without a name; the rules ask for nothing but its content. */
function sourceCode(content: string): SourceCode {
  const start = { line: 1, column: 0 }
  return {
    hasBOM: false,
    content,
    filePath: undefined,
    physicalFilePath: undefined,
    contentType: 'text',
    ext: '',
    getFilePath: () => undefined,
    getPhysicalFilePath: () => undefined,
    locationToRange: () => [0, content.length],
    rangeToLocation: () => ({ start, end: start }),
    positionToIndex: () => 0,
    indexToPosition: () => start,
  }
}
