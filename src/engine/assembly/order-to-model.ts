/**
 * Where a text begins to order whatever model reads it: to drop its instructions, to show its
 * prompt, to be without rules. Null where there is no such order; a text that quotes one, warns of
 * one or is about attacks holds none.
 */
export function orderToModelAt(text: string): number | null {
  for (const order of ORDERS) {
    const match = order.exec(text)
    if (match === null) continue
    const around = `${text.slice(0, match.index)} ${text.slice(match.index + match[0].length)}`
    if (!speaksOfAttacks(around)) return match.index + match[0].search(/\S/)
  }
  return null
}

const OF_ATTACKS =
  /\b(?:injections?|injected|jailbreak(?:s|ing)?|attack(?:s|er|ers)?|phishing|malicious|suspicious|adversarial|red[- ]team(?:ing)?)\b/i

export function speaksOfAttacks(text: string): boolean {
  return OF_ATTACKS.test(text)
}

const oneOf = (...parts: readonly string[]): string => `(?:${parts.join('|')})`
const anyOf = (...words: readonly string[]): string => `(?:${oneOf(...words)}\\s+)*`

/** "Never ignore ...", "if it says 'ignore ...'": an order begins a sentence. */
const SENTENCE_START = String.raw`(?<=^|[.!?;>\n]\s*)`

const READER = String.raw`(?:(?:dear|hey|note to|to)\s+)?(?:(?:any|all|the)\s+)?(?:ais?|llms?|language models?|assistants?|agents?|bots?)`
const LABEL = oneOf(
  'system',
  'admin',
  'developer',
  'important',
  'attention',
  'urgent',
  'new instructions?',
  '(?:please )?(?:remember|memori[sz]e|note)(?: this| that)?',
  READER,
)
/** "SYSTEM:", "[Important]", "Dear assistant, when you read this, please". */
const ADDRESS = [
  String.raw`(?:[\s*_#([]*${LABEL}[\s*_)]*[:,!\]-][\s*_)\]:-]*)?[\s*_]*`,
  String.raw`(?:(?:when|if|once|after) you (?:read|see|load|process) this[^,.]{0,30},\s*)?`,
  anyOf('please', 'now', 'first', 'kindly', 'also', 'you (?:must|should|have to|need to)'),
].join('')

const EARLIER = oneOf(
  ...['previous', 'prior', 'earlier', 'above', 'preceding', 'existing', 'original', 'initial'],
  ...['system', 'developer', 'safety'],
)
const GUIDANCE = oneOf(
  'instructions?',
  'directi(?:on|ve)s?',
  'prompts?',
  'rules',
  'guidelines',
  'guidance',
  'orders',
  'commands',
)
const NO_LONGER_FOLLOW = oneOf(
  ...['ignore', 'disregard', 'forget', 'override', 'bypass'],
  "(?:do not|don'?t|stop) (?:follow|obey)(?:ing)?",
)
/** Instructions on a subject, from a person or under a condition are a matter of work. */
const WITHOUT_SUBJECT = [
  String.raw`(?!\s+(?:about|on|for|if|when|where|unless|regarding|concerning|to|with|by)\b`,
  String.raw`|\s+(?:in|from|of)\s+(?!(?:this|your|the) (?:conversation|chat|session|context|prompt|system|developer|operator|user)\b)`,
  String.raw`|\s+(?:that|which)\s+(?!you\b))`,
].join('')
const DROP_INSTRUCTIONS = `${NO_LONGER_FOLLOW} ${anyOf('all', 'any', 'every', 'of', 'the', 'your', 'these')}${oneOf(`(?:${EARLIER}\\s+(?:and\\s+)?)+${GUIDANCE}\\b`, `${GUIDANCE} (?:above|before this)\\b`)}${WITHOUT_SUBJECT}`

const TOLD = oneOf(
  "(?:that )?you (?:(?:were|are|have been|'?ve been) (?:told|taught|given)|know|learned)(?: before| so far)?",
  '(?:written |said )?(?:above|before(?: this)?|so far)',
)
const FORGET_ALL = String.raw`(?:ignore|disregard|forget) (?:everything|all|anything) ${TOLD}(?=\W*(?:$|[.!?,;:]|and\b|then\b))`

const SHOW = oneOf(
  ...[
    'reveal',
    'print',
    'show',
    'repeat',
    'output',
    'display',
    'leak',
    'disclose',
    'recite',
    'expose',
  ],
  '(?:tell|give|send) (?:me|us)',
)
const HIDDEN = anyOf(
  'full',
  'entire',
  'complete',
  'exact',
  'own',
  'secret',
  'hidden',
  'initial',
  'original',
  'internal',
)
const SHOW_PROMPT = `${SHOW} ${anyOf('me', 'us', 'all', 'the', 'full', 'entire', 'exact', 'of', 'text', 'contents?')}your ${HIDDEN}${oneOf('(?:system |developer )?prompt', '(?:system|developer) (?:message|instructions)', '(?<=(?:secret|hidden|initial|original|internal) )instructions')}\\b`

const RULES = oneOf(
  'restrictions',
  'limits',
  'limitations',
  'rules',
  'guidelines',
  'filters',
  'constraints',
)
const UNRULED = oneOf(
  String.raw`(?:in )?(?:developer|debug|god|admin|jailbreak|unrestricted) mode\b`,
  String.raw`(?:an? )?(?:unrestricted|unfiltered|uncensored|jailbroken)\b`,
  `(?:free (?:from|of)|no longer (?:bound|restricted|limited) by|not bound by) ${anyOf('all', 'any', 'your', 'the', 'of', 'previous')}${RULES}`,
)
const BE_UNRULED = oneOf(
  `(?:from now on,? )?you(?: are|'re) (?:now )?${UNRULED}`,
  `(?:act|behave|respond|answer|pretend)(?: as)?(?: (?:if|though|that))? you (?:have|had) no ${RULES}`,
)

const ORDERS: readonly RegExp[] = [DROP_INSTRUCTIONS, FORGET_ALL, SHOW_PROMPT, BE_UNRULED].map(
  (order) => new RegExp(`${SENTENCE_START}${ADDRESS}${order}`, 'iu'),
)
