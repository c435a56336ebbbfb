/** Words that join what others say and say nothing themselves. */
const CONNECTING: ReadonlySet<string> = new Set(
  'a an the and also as well both it its is are which that'.split(' '),
)
const WORD = /[\p{L}\p{N}_]+(?:['’]\p{L}+)?/gu
const WORD_SIGN = /[\p{L}\p{N}_]/u
/** Signs that make one word of what stands around them: `1.5`, `eu-west-1`, `a/b`. */
const JOINT = /[-.,:/@]/u

/**
 * Words of `text` that none of `members` has, in any form of the word, and that do not merely
 * connect: what somebody who put the members into other words has added.
 */
export function wordsBeyond(text: string, members: readonly string[]): readonly string[] {
  const known = new Set(members.flatMap((member) => formsOf(member)))
  return [...text.matchAll(WORD)]
    .map(([word]) => word)
    .filter((word) => !CONNECTING.has(word.toLowerCase()) && !known.has(bareForm(word)))
}

/** Whether `slot` stands in the text as a whole, whatever its case: 80 does not stand in 8080. */
export function standsIn(slot: string, text: string): boolean {
  const [wanted, lower] = [slot.toLowerCase(), text.toLowerCase()]
  if (wanted === '') return true
  for (let at = lower.indexOf(wanted); at >= 0; at = lower.indexOf(wanted, at + 1)) {
    const before = [lower[at - 1], lower[at - 2]] as const
    const after = [lower[at + wanted.length], lower[at + wanted.length + 1]] as const
    if (!goesOn(before) && !goesOn(after)) return true
  }
  return false
}

/** Whether a word goes on beyond an edge, told by the two signs there, nearest first. */
function goesOn([near, far]: readonly [string | undefined, string | undefined]): boolean {
  if (near === undefined) return false
  if (WORD_SIGN.test(near)) return true
  return JOINT.test(near) && far !== undefined && WORD_SIGN.test(far)
}

function formsOf(text: string): readonly string[] {
  return [...text.matchAll(WORD)].map(([word]) => bareForm(word))
}

/** Without the endings that a word takes in another sentence; too little left is no word. */
function bareForm(word: string): string {
  const lower = word.toLowerCase().replace(/['’]s$/u, '')
  if (/\p{N}/u.test(lower)) return lower
  const bare = lower.replace(/(?:ing|ed|es|s|e)$/u, '')
  return bare.length >= 3 ? bare : lower
}
