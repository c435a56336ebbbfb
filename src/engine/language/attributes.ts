import { stemmer } from 'stemmer'
import { words } from './lexicon.ts'

/** Nouns of which a thing has one at a time: two values of the same one compete. */
const FUNCTIONAL_NOUNS = words(`
  port version owner deadline status location employer role region budget host hostname url branch
  default window carrier time-zone price limit timeout threshold address name title manager lead
  schedule size capacity rate retention interval frequency currency license licence theme editor
  endpoint domain birthday quota cost salary rent contact supervisor approver reviewer maintainer
  cutoff cut-off ttl tier provider vendor font locale maintainer channel bucket cluster registry
  nickname pronouns headquarters launch release-date due-date start-date end-date date duration
  threshold minimum maximum fee allowance runtime password-length tutor doctor dentist school job
  position shell go-live linter formatter bundler email hotline package-manager test-runner standup
`)

/** Two words that are one attribute. */
const COMPOUND_NOUNS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'time zone': 'time-zone',
    'package manager': 'package-manager',
    'test runner': 'test-runner',
    'job title': 'role',
    'current role': 'role',
    position: 'role',
    city: 'location',
    'home city': 'location',
    'current city': 'location',
    timezone: 'time-zone',
    'cut off': 'cut-off',
    'due date': 'deadline',
    'release date': 'release-date',
    'launch date': 'release-date',
    'start date': 'start-date',
    'end date': 'end-date',
    'on call': 'on-call',
    'base url': 'url',
    'host name': 'hostname',
  }),
)

export interface VerbFrame {
  /** Between the subject and the value, at a word boundary. */
  readonly pattern: RegExp
  readonly attribute: string
  readonly isFunctional: boolean
  /** True where the value comes first: "Mara owns the billing service". */
  readonly isInverse?: boolean
}

/** Verbs and what they say of their subject; the first that fits wins. */
export const VERB_FRAMES: readonly VerbFrame[] = [
  frame(
    '(?:runs?|listens?|is|are|lives?|is running|is listening|sits?|serves?) on port',
    'port',
    true,
  ),
  frame(
    String.raw`(?:runs?|listens?|is listening|is running) (?:on|at) (?=\d{2,5}\b)`,
    'port',
    true,
  ),
  frame('(?:is|are) (?:owned|run|maintained|managed) by', 'owner', true),
  frame('belongs? to', 'owner', true),
  { ...frame('(?:owns?|maintains?)', 'owner', true), isInverse: true },
  frame(
    '(?:lives?|resides?|is based|are based|is located|are located|is hosted|runs?|sits?|moved|relocated) in',
    'location',
    true,
  ),
  frame('(?:is|are) hosted (?:on|at|by)', 'host', true),
  frame('(?:works? (?:at|for)|joined|is employed (?:at|by))', 'employer', true),
  frame('(?:works? as|got promoted to|was promoted to)', 'role', true),
  frame('reports? to', 'manager', true),
  frame('(?:was|were) born in', 'birthplace', true),
  frame('defaults? to', 'default', true),
  frame('(?:is|are|was|were) (?:called|named)', 'name', true),
  frame(
    '(?:goes? live|launch(?:es)?|ships|is due|are due|expires?|ends?|starts?|begins?|is scheduled|is planned) (?:on|for|by)',
    'date',
    true,
  ),
  frame('(?:starts?|begins?|opens?) (?:at|from|in)', 'start', true),
  frame('(?:ends?|closes?) at', 'end', true),
  frame('(?:expires?|times? out|lapses?|ends?) (?:after|in)', 'lifetime', true),
  frame('(?:is|are) (?:limited|capped) (?:to|at)', 'limit', true),
  frame('costs?', 'price', true),
  frame('runs? every', 'interval', true),
  frame(String.raw`(?:lasts?|takes?) (?=\d)`, 'duration', true),
  frame('prefers?', 'prefer', false),
  frame(
    '(?:uses?|runs? on|depends? on|relies on|requires?|supports?|ships? with|deploys? to)',
    'use',
    false,
  ),
]

/** The stem of an attribute noun or compound; null for any other word. */
export function functionalAttribute(noun: string): string | null {
  const lower = noun.toLowerCase()
  const known = COMPOUND_NOUNS.get(lower) ?? lower
  const singular = known.replace(/s$/, '')
  if (FUNCTIONAL_NOUNS.has(known)) return stemmer(known)
  return FUNCTIONAL_NOUNS.has(singular) ? stemmer(singular) : null
}

function frame(pattern: string, attribute: string, isFunctional: boolean): VerbFrame {
  return {
    pattern: new RegExp(
      String.raw`\s(?:always |usually )?(?:${pattern})(?:(?<=\s)|\s+)(?=\S)`,
      'i',
    ),
    attribute: functionalAttribute(attribute) ?? attribute,
    isFunctional,
  }
}
