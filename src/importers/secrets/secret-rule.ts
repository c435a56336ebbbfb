import { holdsOneOf, type LookedUpWords } from './looked-up-words.ts'
import { isFingerprint, isPassword, isPlaceholder, isRandom, isValue } from './secret-likeness.ts'

/** A shape of a secret: the group `secret` of the pattern, or all of it, where `accepts` agrees. */
export interface SecretRule {
  readonly kind: string
  /** Global, with bounded repetitions only: texts come from strangers. */
  readonly pattern: RegExp
  readonly accepts: (secret: string) => boolean
  /**
   * False where a text cannot hold a match: most rules ask for words that few texts have, and to
   * look for one costs a tenth of trying a pattern. Absent = always tried.
   */
  readonly mayBeIn?: (text: LookedUpWords) => boolean
}

const always = (): boolean => true
const isIssued = (text: string): boolean => isRandom(text) && !isPlaceholder(bodyOf(text))
const holdsUrlWithUser = (text: LookedUpWords): boolean => text.has('://') && text.has('@')
const isKey = (text: string): boolean => isRandom(bodyOf(text)) && !isPlaceholder(bodyOf(text))

/** A value with its optional quotes, as code, JSON, YAML and shells write it. */
const QUOTE = String.raw`(?:\\?["'\x60])?`
const VALUE = String.raw`(?<secret>[^\s"'\x60\\,;<>]{4,400})`
const ASSIGN = String.raw`${QUOTE}\s{0,3}(?::=|=>|==?|:)\s{0,3}${QUOTE}`
/** No letter or digit before: a token starts here. */
const START = '(?<![A-Za-z0-9])'

function assignment(names: string): RegExp {
  return new RegExp(`(?:${names})${ASSIGN}${VALUE}`, 'gi')
}

/** With the quotes told, so that the value may hold what ends a bare one. */
function quotedAssignment(names: string): RegExp {
  const assign = String.raw`${QUOTE}\s{0,3}(?::=|=>|==?|:)\s{0,3}\\?(["'\x60])`
  return new RegExp(String.raw`(?:${names})${assign}(?<secret>[^\s"'\x60\\]{6,200})\\?\1`, 'gi')
}

/**
 * Tokens of issuers' prefixes, from the sign behind the prefix on: it is looked at only where what
 * follows is long enough, since trying dozens of prefixes at each word is what costs. The match
 * has the prefix as a group.
 */
function prefixed(prefixes: string, body: string): RegExp {
  const behind = String.raw`(?<=${START}(?<prefix>${prefixes})[_-])`
  return new RegExp(`[_-](?=${body}{20})${behind}${body}{20,512}(?![A-Za-z0-9])`, 'g')
}

function token(shape: string): RegExp {
  return new RegExp(`${START}(?:${shape})(?![A-Za-z0-9])`, 'g')
}

const PASSWORD_NAMES = 'pass(?:word|wd|phrase|_?code)?|(?<![a-z])pwd?'

/** Prefixes of issuers' tokens whose random part has letters and digits alone, and the others. */
const PLAIN_PREFIXES =
  'shp(?:at|ca|pa|ss)|npm|hf|gsk|lin_api|lin_oauth|ntn|sbp|r8|pul|sgp|api_org|vc[piark]|rubygems|shippo_live|CLOJARS|duffel_live|NRAK|NRJS|tfp|fo1|pat|oy2|ico|xai|pplx|cio|rdme|ion|lip|pnu|gr|EZ[AT]K'
const PREFIXES =
  'figd|dckr_pat|dckr_oat|glc|glsa|pscale_(?:tkn|oauth|pw)|PMAK|sntry[su]|nvapi|fio-u|tskey-[a-z]{2,8}|ops|tk-us|xkeysib|xsmtpsib|HRKU|FLW(?:SECK|PUBK)[A-Z_]{0,6}'

/**
 * Shapes that the preset lacks or reads more narrowly. The shapes of tokens are those their
 * issuers publish; a random part is asked for, so that `sk-xxxx` in a manual stays.
 */
export const SECRET_RULES: readonly SecretRule[] = [
  {
    kind: 'private-key',
    pattern:
      /-----BEGIN (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----(?:[^-]|-(?!----)){24,20000}(?:-----END (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----)?/g,
    mayBeIn: holdsOneOf('private key'),
    accepts: (text) => /[A-Za-z0-9+/]{32}/.test(text.slice(text.indexOf('KEY') + 3)),
  },
  {
    kind: 'aws-access-key',
    pattern: token('(?:AKIA|ASIA|ABIA|ACCA|A3T[A-Z0-9])[A-Z0-9]{16}'),
    accepts: (text) => !text.endsWith('EXAMPLE'),
  },
  {
    kind: 'aws-secret-key',
    // A secret key has no shape of its own; it is one beside an access key id or its name.
    pattern:
      /(?:(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}|aws.{0,20}(?:secret|key))[\s\S]{0,200}?(?<![A-Za-z0-9/+=])(?<secret>[A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])/gi,
    mayBeIn: holdsOneOf('aws', 'akia', 'asia', 'abia', 'acca'),
    accepts: (text) => isRandom(text) && /[A-Z]/.test(text) && /[a-z]/.test(text),
  },
  {
    kind: 'github-token',
    pattern: token('gh[pousr]_[A-Za-z0-9]{20,255}|github_pat_[A-Za-z0-9_]{22,255}'),
    accepts: isKey,
  },
  { kind: 'gitlab-token', pattern: token('gl[a-z]{2,6}-[A-Za-z0-9_-]{20,128}'), accepts: isKey },
  {
    kind: 'slack-token',
    pattern: token(
      'xox[a-z]-[A-Za-z0-9-]{10,250}|xapp-[A-Za-z0-9-]{10,250}|xoxe\\.xox[bp]-[A-Za-z0-9-]{10,250}',
    ),
    accepts: (text) => isRandom(text),
  },
  {
    kind: 'webhook-url',
    pattern:
      /https:\/\/(?:hooks\.slack\.com\/(?:services|workflows)|discord(?:app)?\.com\/api\/webhooks)\/(?<secret>[A-Za-z0-9/_-]{20,200})/g,
    accepts: isRandom,
  },
  {
    kind: 'jwt',
    pattern: token(
      'eyJ[A-Za-z0-9_-]{10,4000}\\.eyJ[A-Za-z0-9_-]{10,8000}\\.[A-Za-z0-9_-]{10,2000}',
    ),
    accepts: always,
  },
  {
    kind: 'google-api-key',
    pattern: token('AIza[A-Za-z0-9_-]{35}|ya29\\.[A-Za-z0-9_-]{20,400}'),
    accepts: isRandom,
  },
  {
    kind: 'stripe-key',
    pattern: token('(?:sk|rk)_(?:live|test|prod)_[A-Za-z0-9]{10,247}|whsec_[A-Za-z0-9+/]{24,64}'),
    mayBeIn: holdsOneOf('sk_', 'rk_', 'whsec_'),
    accepts: isKey,
  },
  {
    kind: 'api-key',
    // OpenAI, Anthropic, DeepSeek and everybody who took over their shape.
    pattern: token('sk-(?:[a-z0-9]{2,12}-){0,3}[A-Za-z0-9_-]{20,250}'),
    accepts: isKey,
  },
  {
    kind: 'api-key',
    pattern: token(
      [
        'SG\\.[A-Za-z0-9_-]{16,64}\\.[A-Za-z0-9_-]{16,64}',
        'key-[0-9a-f]{32}',
        'do[opr]_v1_[a-f0-9]{64}',
        'dp\\.(?:pt|st|ct|sa|scim|audit)\\.(?:[a-z0-9_-]{2,35}\\.)?[A-Za-z0-9]{40,44}',
        'secret_[A-Za-z0-9]{43}',
        'hv[sbr]\\.[A-Za-z0-9_-]{20,300}',
        'pypi-AgE[A-Za-z0-9_-]{20,250}',
        'AT(?:ATT|CTT)3x[A-Za-z0-9_=-]{20,250}',
        'sq0(?:csp|atp|idp)-[A-Za-z0-9_-]{20,50}',
        'AGE-SECRET-KEY-1[A-Z0-9]{50,70}',
        'dapi[a-f0-9]{32}(?:-\\d)?',
        'AKCp[A-Za-z0-9]{60,80}',
        'LTAI[A-Za-z0-9]{16,24}',
        'EAA[A-Za-z0-9]{60,300}',
        'SK[0-9a-f]{32}',
        '\\d{8,10}:AA[A-Za-z0-9_-]{33}',
        'fm[12]r?_[A-Za-z0-9+/=_-]{40,600}',
      ].join('|'),
    ),
    accepts: isIssued,
  },
  {
    kind: 'api-key',
    pattern: prefixed(PLAIN_PREFIXES, '[A-Za-z0-9]'),
    accepts: isIssued,
  },
  {
    kind: 'api-key',
    pattern: prefixed(PREFIXES, '[A-Za-z0-9_=-]'),
    accepts: isIssued,
  },
  {
    kind: 'url-credentials',
    pattern:
      /(?<![A-Za-z0-9+.-])[a-z][a-z0-9+.-]{1,20}:\/\/[^\s/:@"'`<>]{0,100}:(?<secret>[^\s/"'`<>]{1,200})@(?=[\w[])/gi,
    mayBeIn: holdsUrlWithUser,
    accepts: (text) => isValue(text) && text.length >= 3,
  },
  {
    kind: 'url-credentials',
    pattern:
      /(?<![A-Za-z0-9+.-])[a-z][a-z0-9+.-]{1,20}:\/\/(?<secret>[A-Za-z0-9_-]{20,250})@(?=[\w[])/gi,
    mayBeIn: holdsUrlWithUser,
    accepts: (text) => isRandom(text),
  },
  {
    kind: 'auth-header',
    pattern: new RegExp(
      String.raw`authorization${QUOTE}\s{0,3}[:=,]\s{0,3}${QUOTE}(?:(?:bearer|basic|token|apikey|bot)\s{1,3})?(?<secret>[A-Za-z0-9+/=_.~:-]{8,4000})`,
      'gi',
    ),
    mayBeIn: holdsOneOf('authorization'),
    accepts: (text) => isValue(text) && isPassword(text),
  },
  {
    kind: 'auth-header',
    mayBeIn: holdsOneOf('bearer', 'basic'),
    pattern: /\b(?:bearer|basic)\s{1,3}(?<secret>[A-Za-z0-9+/=_.~-]{16,4000})/gi,
    accepts: (text) => isRandom(text) && isValue(text) && !isFingerprint(text),
  },
  {
    kind: 'password',
    mayBeIn: holdsOneOf('-u'),
    pattern: /(?<![\w-])(?:-u|--user)[ =]["']?[\w.@-]{1,64}:(?<secret>[^\s"']{4,200})/g,
    accepts: (text) => isValue(text) && isPassword(text) && /[A-Za-z]/.test(text),
  },
  {
    kind: 'password',
    pattern: assignment(PASSWORD_NAMES),
    mayBeIn: holdsOneOf('pass', 'pw'),
    accepts: (text) => isValue(text) && isPassword(text) && !isFingerprint(text),
  },
  {
    kind: 'password',
    pattern: quotedAssignment(PASSWORD_NAMES),
    mayBeIn: holdsOneOf('pass', 'pw'),
    accepts: (text) => isValue(text) && isPassword(text) && !isFingerprint(text),
  },
  {
    kind: 'secret',
    // Named a secret, so that plain hex counts too.
    pattern: assignment(
      '(?:api|access|secret|private|account|signing|encryption|auth|master|shared)[-_ ]?(?:key|secret)|(?:client|app|consumer|webhook|jwt|session|cookie)[-_ ]?secret|(?:access|auth|refresh|bearer|bot|id|personal[-_]access)[-_ ]?token|_authtoken|credentials?',
    ),
    mayBeIn: holdsOneOf('key', 'secret', 'token', 'credential'),
    accepts: (text) => isValue(text) && isRandom(text),
  },
  {
    kind: 'secret',
    pattern: assignment('secret|token'),
    mayBeIn: holdsOneOf('secret', 'token'),
    accepts: (text) => isValue(text) && isRandom(text) && !isFingerprint(text),
  },
]

/** A token without its issuer's prefix: only what is left can look random. */
function bodyOf(text: string): string {
  return text.replace(/^(?:[A-Za-z0-9]{1,12}[-_.]){1,3}(?=.{16})/, '')
}
