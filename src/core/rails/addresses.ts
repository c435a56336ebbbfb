/** Where data could go or money, and what a reader could be made to run. */
export interface Address {
  readonly kind: 'host' | 'mail' | 'account' | 'credential' | 'command'
  /** As it is compared: lower case, without what disguises it. */
  readonly value: string
}

const LABEL = '[\\p{L}\\p{N}](?:[\\p{L}\\p{N}_-]{0,62})'
/** Ends of names that are hardly ever ends of files, methods or packages. */
const SURE_ENDS =
  'com|net|org|edu|gov|mil|biz|info|xyz|top|site|online|club|shop|icu|click|onion|example|invalid|ru|cn|tk|ml|ga|cf|gq|pw|su'
/** Those that are, in names of three parts or before a path. */
const OTHER_ENDS =
  'io|dev|app|ai|co|cloud|tech|store|live|link|page|me|tv|cc|ws|to|ly|gg|de|eu|uk|fr|nl|ch|at|us|ca|au|jp|kr|br|es|it|pl|se|no|dk|fi|be|cz|in|ir|ua'
const URL_LIKE =
  /\b(?:[a-z][a-z0-9+.-]{1,20}|h[tx]{2}ps?):\/\/(?:[^\s/@]{1,200}@)?(\[[0-9a-f:.]{2,45}\]|[^\s/?#"'<>)\]`,;”“]{1,255})/giu
const WWW = /(?<![\p{L}\p{N}.@-])www\.([^\s/?#"'<>)\]`,;”“]{1,255})/giu
const MAIL = /([\p{L}\p{N}._%+-]{1,64})@((?:[\p{L}\p{N}-]{1,63}\.){1,8}[\p{L}]{2,24})/giu
const SURE_HOST = new RegExp(
  `(?<![\\p{L}\\p{N}_/.@-])(?:${LABEL}\\.){1,8}(?:${SURE_ENDS}|xn--[a-z0-9]+)(?![\\p{L}\\p{N}_-]|\\.[\\p{L}\\p{N}])`,
  'giu',
)
const OTHER_HOST = new RegExp(
  `(?<![\\p{L}\\p{N}_/.@-])(?:(?:${LABEL}\\.){2,8}(?:${OTHER_ENDS})(?![\\p{L}\\p{N}_-]|\\.[\\p{L}\\p{N}])|${LABEL}\\.(?:${OTHER_ENDS})(?=/))`,
  'giu',
)
const IPV4 = /(?<![\p{N}.])(\d{1,3}(?:\.\d{1,3}){3})(?![\p{N}.])/gu

/** IBAN, card and wallet; a long number of any group. */
const ACCOUNTS: readonly RegExp[] = [
  /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b/g,
  /(?<![\p{L}\p{N}.-])\d(?:[ -]?\d){11,18}(?![\p{L}\p{N}])/gu,
  /\b0x[0-9a-f]{40}\b/gi,
  /\b(?:bc1[a-z0-9]{20,70}|[13][1-9A-HJ-NP-Za-km-z]{25,34})\b/g,
  /(?<![\p{L}\p{N}])\+\d(?:[ ()-]{0,2}\d){7,14}(?!\d)/gu,
]
const CREDENTIAL =
  /\b(?:pass(?:word|code|phrase|wd)?|pwd|pin|api[-_ ]?key|access[-_ ]?key|token|secret|credentials?|log[- ]?in)\b[^\n.]{0,20}?(?:\bis\b|\bare\b|=|:)\s{0,3}["'`“]?([^\s"'`”,;]{3,200})/giu

/** What fetches, installs, erases, opens up or runs what it is given. */
const COMMANDS: readonly RegExp[] = [
  /\b(?:curl|wget|iwr|invoke-webrequest|invoke-expression|iex|certutil|bitsadmin|mshta|scp|sftp|rsync|ssh|telnet|ncat|netcat|socat)\s+\S[^\n`”]{0,200}/giu,
  /\b(?:nc|dig|nslookup)\s+-?\S*\s*\S[^\n`”]{0,200}/giu,
  /\b(?:npm|pnpm|yarn|bun)\s+(?:i|install|add|exec|dlx|create)\s+(?!-)[^\s`”][^\n`”]{0,120}/giu,
  /\b(?:npx|bunx|uvx|pipx)\s+[^\s`”][^\n`”]{0,120}/giu,
  /\b(?:pip3?|uv pip|conda|gem|cargo|go|brew|apt(?:-get)?|yum|dnf|apk|choco|winget)\s+(?:install|add|get|run)\s+[^\s`”][^\n`”]{0,120}/giu,
  /\b(?:sudo|doas|chmod|chown|setfacl|visudo|crontab|systemctl|launchctl|schtasks|reg add)\s+\S[^\n`”]{0,200}/giu,
  /\brm\s+-[a-z-]{0,40}\s+\S[^\n`”]{0,200}/giu,
  /\b(?:mkfs\S*|dd\s+if=|shutdown|format\s+c:)\s*\S[^\n`”]{0,200}/giu,
  /\b(?:ba|z|da|k|c|fi)?sh\s+-c\s+\S[^\n`”]{0,200}/giu,
  /\b(?:python3?|node|perl|ruby|php|deno|powershell(?:\.exe)?|pwsh|cmd(?:\.exe)?)\s+(?:-e|-c|-enc\S*|--eval|-command|\/c)\s+\S[^\n`”]{0,200}/giu,
  /\|\s*(?:sudo\s+)?(?:ba|z|da|k)?sh\b|\|\s*(?:python3?|node|perl|ruby|iex)\b/giu,
  /\b(?:eval|exec|base64\s+(?:-d|--decode))\b\s*[("'$`]\S?[^\n”]{0,120}/giu,
  /\bgit\s+(?:remote\s+(?:add|set-url)|clone|submodule\s+add|config\s+--global|push\s+(?:--force|-f)\b)\s*[^\n`”]{0,200}/giu,
  /\bdrop\s+(?:table|database|schema)\s+\S[^\n`”]{0,100}/giu,
]

/** Every address that a text names; those of the machine itself and of private networks are none. */
export function addressesIn(raw: string): readonly Address[] {
  const text = undisguised(raw)
  const found: Address[] = []
  const note = (kind: Address['kind'], value: string): void => {
    found.push({ kind, value: value.trim().toLowerCase() })
  }
  for (const [, name = '', host = ''] of text.matchAll(MAIL)) note('mail', `${name}@${host}`)
  for (const host of hostsIn(text)) note('host', host)
  for (const pattern of ACCOUNTS) for (const [it] of text.matchAll(pattern)) note('account', it)
  for (const [, value = ''] of text.matchAll(CREDENTIAL)) note('credential', value)
  for (const pattern of COMMANDS) for (const [it] of text.matchAll(pattern)) note('command', it)
  return found
}

function hostsIn(text: string): readonly string[] {
  const withoutMails = text.replace(MAIL, ' ')
  const hosts = [
    ...[...withoutMails.matchAll(URL_LIKE)].map(([, host = '']) => host),
    ...[...withoutMails.matchAll(WWW)].map(([, host = '']) => host),
    ...[...withoutMails.matchAll(SURE_HOST)].map(([host]) => host),
    ...[...withoutMails.matchAll(OTHER_HOST)].map(([host]) => host),
    ...[...withoutMails.matchAll(IPV4)].map(([, host = '']) => host),
  ]
  return [...new Set(hosts.map(bareHost))].filter((host) => host !== '' && !isOwnMachine(host))
}

function bareHost(host: string): string {
  return host
    .toLowerCase()
    .replace(/:\d{1,5}$/u, '')
    .replace(/[.:!?…]+$/u, '')
    .replace(/^www\./u, '')
}

/** "evil[.]example", "hxxps://", "evil dot com": read as they are meant. */
function undisguised(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/\s?[[({]\s?(?:\.|dot)\s?[\])}]\s?/giu, '.')
    .replace(/\s?[[({]\s?(?:@|at)\s?[\])}]\s?/giu, '@')
    .replace(/(?<=[\p{L}\p{N}]) dot (?=[\p{L}]{2,10}\b)/giu, '.')
    .replace(/(?<=[\p{L}\p{N}])[。．｡](?=[\p{L}\p{N}])/gu, '.')
    .replace(/\bhxxp(?=s?:)/giu, 'http')
}

const PRIVATE =
  /^(?:localhost|(?:[\w-]+\.)*localhost|\[::1\]|127\.\d+\.\d+\.\d+|0\.0\.0\.0|10\.\d+\.\d+\.\d+|192\.168\.\d+\.\d+|172\.(?:1[6-9]|2\d|3[01])\.\d+\.\d+)$/u

function isOwnMachine(host: string): boolean {
  return PRIVATE.test(host) || isVersion(host)
}

/** `1.2.3.4` is an address; what no address can be is a version. */
function isVersion(host: string): boolean {
  return /^\d+(?:\.\d+){3}$/u.test(host) && host.split('.').some((part) => Number(part) > 255)
}
