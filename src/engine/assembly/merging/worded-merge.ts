import { asUnitText } from '../../../core/text/unit-text.ts'
import { standsIn, wordsBeyond } from '../../../core/text/worded-from.ts'
import type { Unit } from '../../../core/unit.ts'
import { keyOf } from '../../language/compare/alignment.ts'
import { orderVeto } from '../../language/guard/guard.ts'
import { slotsOf } from '../../language/slots-of.ts'
import { contentStems, contentTokens, tokenize } from '../../language/tokens.ts'
import type { Rules } from '../../rules.ts'
import { orderToModelAt } from '../order-to-model.ts'
import { isSound } from '../sound-text.ts'

/** Of a member's telling words so many must stand in the text; the rest are other words for it. */
const KEPT_SHARE = 0.75
const LENGTH_SHARE_MAX = 1.2
const NOT_ON_ONE_LINE = /[\p{Cc}\p{Zl}\p{Zp}]/u
/** Signs that nobody sees, and what stands for half a character. */
const UNSEEN = /[\p{Cf}\p{Co}\p{Cs}\ufffd]/gu

/**
 * Why a text may not stand for its members, whoever wrote it; null = it says what they say, all of
 * it, and nothing else. `survivor` gives the place, and with it the headings that the text stands
 * below.
 */
export function wordingFault(
  text: string,
  survivor: Unit,
  others: readonly Unit[],
  guard: Rules['guard'],
): string | null {
  const members = [survivor, ...others]
  const texts = members.map((member) => member.text)
  if (text === '' || NOT_ON_ONE_LINE.test(text) || asUnitText(text) !== text) {
    return 'not one line of plain text'
  }
  if ((text.match(UNSEEN) ?? []).some((sign) => !texts.some((member) => member.includes(sign)))) {
    return 'not one line of plain text'
  }
  if (orderToModelAt(text) !== null) return 'an order to the model'
  if (wordsBeyond(text, texts).length > 0) return 'a word that no member has'
  if (!slotsOf(text).every((slot) => texts.some((member) => standsIn(slot, member)))) {
    return 'a detail that no member has'
  }
  if (!texts.flatMap(slotsOf).every((slot) => standsIn(slot, text))) return 'a detail is missing'
  if (!texts.every((member) => keepsWordsOf(member, text))) return 'words of a member are missing'
  if (!isSound(text, texts.join('\n'))) return 'it says something twice'
  if (text.length > lengthMax(texts)) return 'too long'
  const side = { text, context: survivor.context, audience: survivor.audience }
  const objects = (member: Unit): boolean => {
    const order = orderVeto(side, member)
    return guard(side, member).some(
      (reason) => reason !== order || !tellsInOrder(text, member.text),
    )
  }
  return members.some(objects) ? 'the guard objects' : null
}

/** All that a member tells, in its order, begun anywhere: "On the report ...; doctors want ...". */
function tellsInOrder(text: string, member: string): boolean {
  const [said, wanted] = [text, member].map((one) => contentTokens(one).map(keyOf))
  if (said === undefined || wanted === undefined) return false
  return said.some((_, start) => {
    let at = 0
    for (const word of [...said.slice(start), ...said.slice(0, start)]) {
      if (word === wanted[at]) at += 1
    }
    return at === wanted.length
  })
}

function keepsWordsOf(member: string, text: string): boolean {
  const [own, said] = [contentStems(member), contentStems(text)]
  return own.intersection(said).size >= KEPT_SHARE * own.size
}

/** A little more than the longest member, and room for what it lacks. */
function lengthMax(texts: readonly string[]): number {
  const longest = texts.reduce((best, text) => (text.length > best.length ? text : best), '')
  const known = new Set(tokenize(longest).map(keyOf))
  const lacked = new Map(
    texts
      .flatMap((text) => tokenize(text))
      .filter((token) => !known.has(keyOf(token)))
      .map((token) => [keyOf(token), token.text.length + 1]),
  )
  const room = [...lacked.values()].reduce((sum, length) => sum + length, 0)
  return LENGTH_SHARE_MAX * longest.length + room
}
