/** What a memory keeps of its user under a key of one line. */
export type ProfileField =
  | 'employer'
  | 'role'
  | 'city'
  | 'time zone'
  | 'team'
  | 'manager'
  /** Several at once: "tools: Jira, Notion". */
  | 'tools'
  /** How to answer: "style: concise, bullets". */
  | 'style'
  /** "Food I like: Ramen": no key of its own, any line of likes and dislikes. */
  | 'taste'
  /** Any other key, told of in its own words: "My health is excellent". */
  | 'other'

/** A line of the form "role: Product Manager". */
export interface KeyedNote {
  readonly field: ProfileField
  /** As written, with the colon and the space behind it. */
  readonly key: string
  readonly value: string
}

const CURRENT = "(?:my |the user's |user |current |present |new |main |primary |preferred )*"
const KEYS: readonly { readonly field: ProfileField; readonly names: string }[] = [
  { field: 'employer', names: 'employer|company|workplace|works (?:at|for)|working (?:at|for)' },
  {
    field: 'role',
    names: 'role|(?:job )?title|job|position|occupation|profession|job role|works as',
  },
  {
    field: 'city',
    names: 'city|home ?town|location|home(?: city| base)?|residence|based in|lives in|living in',
  },
  { field: 'time zone', names: 'time ?-?zone|tz' },
  { field: 'team', names: 'team|squad|department' },
  { field: 'manager', names: 'manager|boss|supervisor|line manager|reports to' },
  {
    field: 'tools',
    names: 'tools?|tool ?set|tool ?stack|tooling|software|apps|(?:tech )?stack|technologies',
  },
  {
    field: 'style',
    names:
      '(?:communication|answer|answering|response|reply|writing|conversation)?[ -]?(?:style|tone|format|length|verbosity)s?|(?:answers|responses|replies)',
  },
]
const KNOWN = KEYS.map(({ field, names }) => ({
  field,
  pattern: new RegExp(`^${CURRENT}(?:${names})$`, 'i'),
}))
const LINE = /^(?<key>\p{L}[^:\n]{0,40}):\s+(?<value>\S[^\n]*)$/u
const VALUE_LENGTH_MAX = 80

/** Null for a note without a key. */
export function keyedNote(text: string): KeyedNote | null {
  const line = text.replaceAll('**', '').trim()
  const { key = '', value = '' } = LINE.exec(line)?.groups ?? {}
  if (value === '' || value.length > VALUE_LENGTH_MAX || /[.!?]\s+\p{Lu}/u.test(value)) return null
  const spelt = key.replaceAll('_', ' ').trim()
  const field = KNOWN.find(({ pattern }) => pattern.test(spelt))?.field ?? 'other'
  return { field, key: line.slice(0, -value.length), value }
}

/** The fields of which a user has several values at a time. */
export function isListed(field: ProfileField): boolean {
  return field === 'tools' || field === 'style'
}
