/** A change of value as a sentence words it; all parts verbatim. */
export interface NamedChange {
  readonly former: string | null
  readonly value: string | null
  /** The words that say what it is about; empty for "we switched from A to B". */
  readonly about: string
  /** The attribute where the wording fixes one: `name` for a renaming, `use` for a tool. */
  readonly attribute: string | null
}

const VERBS =
  'switched|moved|migrated|changed|went|converted|upgraded|downgraded|raised|lowered|increased|decreased|reduced|extended|shortened|bumped|cut|transitioned'
/** The comma of "45,000" ends nothing. */
const TERM = String.raw`(?:[^,;]|(?<=\d),(?=\d{3}))+?`
const SCOPE = String.raw`(?:\s+(?:in|for|on|as|across|at)\s+(?<scope>[^,;]+?))?`
const END = String.raw`(?=\s*(?:[.](?!\w)|,(?!\d{3})|[;!]|\s(?:because|since|so|last|yesterday|today|this|next|as of|in \d{4}|on \d)\b|$))`

const CHANGES: readonly { readonly pattern: RegExp; readonly attribute: string | null }[] = [
  {
    pattern: rx(
      String.raw`^(?<subject>.*?)\s*\b(?:${VERBS})(?<object>${TERM})?\s+from\s+(?<former>${TERM})\s+to\s+(?<value>${TERM})${SCOPE}${END}`,
    ),
    attribute: null,
  },
  {
    pattern: rx(
      String.raw`^(?<subject>.*?)\s*\brenamed\s+(?<former>${TERM})\s+(?:to|into|as)\s+(?<value>${TERM})${END}`,
    ),
    attribute: 'name',
  },
  {
    pattern: rx(
      String.raw`^(?<former>${TERM})\s+(?:has been|have been|was|were|is|are|got)\s+(?:now\s+)?renamed\s+(?:to\s+|into\s+)?(?<value>${TERM})${END}`,
    ),
    attribute: 'name',
  },
  {
    pattern: rx(
      String.raw`^(?<subject>.*?)\s*\b(?:replaced|swapped(?: out)?)\s+(?<former>${TERM})\s+(?:with|by|for)\s+(?<value>${TERM})${SCOPE}${END}`,
    ),
    attribute: 'use',
  },
  {
    pattern: rx(
      String.raw`^(?<former>${TERM})\s+(?:has been|have been|was|were|is|are|got)\s+(?:now\s+)?replaced\s+(?:by|with)\s+(?<value>${TERM})${SCOPE}${END}`,
    ),
    attribute: 'use',
  },
  {
    pattern: rx(
      String.raw`^(?:please\s+)?(?:always\s+)?(?<subject>(?:we|i)\s+)?(?:now\s+)?use\s+(?<value>${TERM})(?:\s+(?:for|as)\s+(?<scope>${TERM}))?,?\s+(?:instead of|rather than|,?\s*(?:and )?not)\s+(?<former>${TERM})(?:\s+for\s+(?<scope2>[^,;]+?))?${END}`,
    ),
    attribute: 'use',
  },
  {
    pattern: rx(
      String.raw`^(?:please\s+)?(?:always\s+)?(?<subject>(?:we|i)\s+)?(?:now\s+)?use\s+(?<value>${TERM})(?:\s+(?:for|as)\s+(?<scope>${TERM}))?,\s+(?:and )?not\s+(?<former>${TERM})${END}`,
    ),
    attribute: 'use',
  },
  {
    pattern: rx(
      String.raw`^(?<subject>${TERM})\s+(?:is|are)\s+not\s+(?<former>${TERM}),?\s+but\s+(?<value>${TERM})${END}`,
    ),
    attribute: null,
  },
]

const FORMER_TAIL = rx(
  String.raw`(?:,["”’]?\s*(?:and )?(?:not|no longer|instead of|rather than)|\s(?:instead of|rather than)|\((?:was|formerly|previously|not|no longer|instead of))\s+(?:anymore\s+)?(?:(?:in|on|at|by|with|from|for|to|the|a|an|port|version|after|every)\s+)*(?<former>[^,.;()]+(?:(?:\.|(?<=\d),(?=\d{3}))[^\s,;()]+)*)\)?`,
)
const NO_LONGER = rx(
  String.raw`^(?<subject>.+?)\s+(?:(?:is|are|am)\s+)?no longer\s+(?<former>[^,;]+?)${END}|^(?<subject2>.+?)\s+(?:do not|does not|don't|doesn't|isn't|is not|aren't|are not)\s+(?<former2>[^,;]+?)\s+any\s?more${END}`,
)

/** Reads "from A to B", "renamed A to B", "B instead of A", "not A but B"; null without one. */
export function readNamedChange(sentence: string): NamedChange | null {
  const text = sentence.replaceAll('’', "'").replace(/[.!]+$/, '')
  for (const { pattern, attribute } of CHANGES) {
    const groups = pattern.exec(text)?.groups
    if (groups === undefined) continue
    const { subject = '', object = '', scope = '', scope2 = '' } = groups
    return {
      former: bare(groups.former),
      value: bare(groups.value),
      about: [subject, object, scope, scope2].join(' ').trim(),
      attribute,
    }
  }
  return null
}

/** The value a sentence denies at its end: "..., not 5432", "... (was 5432)". */
export function deniedValue(sentence: string): string | null {
  return bare(FORMER_TAIL.exec(sentence.replaceAll('’', "'"))?.groups?.former)
}

/** What "no longer" takes back. */
export function endedStatement(
  sentence: string,
): { readonly subject: string; readonly former: string } | null {
  const groups = NO_LONGER.exec(sentence.replaceAll('’', "'").replace(/[.!]+$/, ''))?.groups
  const subject = groups?.subject ?? groups?.subject2
  const former = bare(groups?.former ?? groups?.former2)
  return subject === undefined || former === null ? null : { subject, former }
}

function bare(text: string | undefined): string | null {
  const value = (text ?? '')
    .trim()
    .replace(/^(?:the|a|an|our|port)\s+/i, '')
    .replace(/\s+(?:now|anymore|any more|yet)$/i, '')
    .replace(/^[`"'“*_]+|[`"'”*_.!]+$/g, '')
  return value === '' ? null : value
}

function rx(source: string): RegExp {
  return new RegExp(source, 'iu')
}
