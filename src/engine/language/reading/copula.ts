import { isBe, isVerb, wordOf } from './function-words.ts'
import type { Sense } from './senses.ts'

/** "is called X" is no more than "is X". */
const NAMING = /^(?:called|named)$/

const TO = /^(?:to|of|for|in|on|with)$/

/** Where the only verb is a form of "be", its place; else -1. */
export function copulaAt(senses: readonly Sense[]): number {
  const verbs = senses.flatMap((sense, at) =>
    isVerb(sense) && !NAMING.test(wordOf(sense)) ? [at] : [],
  )
  const [only] = verbs
  return verbs.length === 1 && only !== undefined && isBe(senses[only]) ? only : -1
}

/**
 * The roles around a copula. Of "the owner of billing is Mara" and "Mara is the owner of billing"
 * one side names a relation and the thing it is to; the other side fills it, as the subject of a
 * verb does.
 */
export function aroundCopula(
  senses: readonly Sense[],
  roles: readonly string[],
  copula: number,
): readonly string[] {
  // "is allergic to nuts" has an object, as a verb has.
  const right = senses[copula + 1]
  if (right !== undefined && right.words.length > 1 && TO.test(right.words.at(-1)?.norm ?? ''))
    return roles
  const isNounRight = roles.some(
    (role, at) => at > copula && role === 'object' && isNoun(senses[at]),
  )
  if (!isNounRight) return roles
  const isLeftRelation = namesRelation(senses, roles, 0, copula)
  const isRightRelation =
    isName(senses.slice(0, copula)) || namesRelation(senses, roles, copula + 1, roles.length)
  return roles.map((role, at) => {
    const isRelation = isRightRelation && !isLeftRelation ? at > copula : at < copula
    if (isRelation) return role === 'subject' || role === 'of' ? 'object' : role
    return role === 'object' ? 'subject' : role
  })
}

/** "Mara is who owns it", "the rack is where they are kept". */
export function isCleft(senses: readonly Sense[]): boolean {
  return senses.some(
    (sense, at) => /^(?:what|where|how|who|when)$/.test(wordOf(sense)) && isBe(senses[at - 1]),
  )
}

function namesRelation(
  senses: readonly Sense[],
  roles: readonly string[],
  from: number,
  to: number,
): boolean {
  const isPossessive = senses.slice(from, to).some(({ words: [word] }) => word?.isPossessive)
  return isPossessive || roles.slice(from, to).includes('of')
}

function isName(senses: readonly Sense[]): boolean {
  return senses.every(({ kind, pos, isEmpty }) => isEmpty || kind === 'name' || pos === 'PROPN')
}

function isNoun(sense: Sense | undefined): boolean {
  return sense !== undefined && (/^(?:NOUN|PROPN|NUM)$/.test(sense.pos) || sense.kind !== 'word')
}
