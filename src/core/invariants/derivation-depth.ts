import type { Change } from '../change.ts'
import { collapsed } from '../text/unit-text.ts'
import { standsIn, wordsBeyond } from '../text/worded-from.ts'
import type { Unit } from '../unit.ts'
import type { DreamFacts, Violation } from './dream-facts.ts'
import { effective, unitsBefore, writtenTexts } from './fact-views.ts'

const SENTENCE_END = /(?<=[.!?;])\s+/u
const SEPARATOR = /^[\s.!?;,–—-]+/u

/**
 * 9. ∀ text t that a merge writes: t is one member's text, or nothing but whole sentences of its
 * members. Members are its units and the quotes of its evidence, never a text between. Where a model
 * worded t, every member is a note that no dream and no person wrote, t has no word that none of
 * them has, and all of their slots.
 */
export function derivationDepth(facts: DreamFacts): readonly Violation[] {
  const units = new Map<string, Unit>(unitsBefore(facts).map((unit) => [unit.id, unit]))
  return effective(facts)
    .filter(({ kind }) => kind === 'merge')
    .flatMap((change) => {
      const members = change.units.flatMap((id) => units.get(id) ?? [])
      const texts = [...writtenTexts(change), ...change.after.map(({ text }) => collapsed(text))]
      const isDerived = change.isWordedByModel
        ? (text: string): boolean => isWordedFrom(text, members, facts)
        : (text: string): boolean => isComposedOf(text, textsOf(change, members))
      return [...new Set(texts)]
        .filter((text) => !isDerived(text))
        .map(() => ({
          invariant: 9 as const,
          subject: change.id,
          message: 'The merge writes words that no member has.',
        }))
    })
}

function textsOf({ evidence }: Change, members: readonly Unit[]): readonly string[] {
  return [...members.map(({ text }) => text), ...evidence.map(({ quote }) => quote)].map(collapsed)
}

function isWordedFrom(text: string, members: readonly Unit[], { slotsOf }: DreamFacts): boolean {
  const texts = members.map((member) => collapsed(member.text))
  return (
    members.length > 1 &&
    members.every(({ origin }) => origin === 'imported') &&
    wordsBeyond(text, texts).length === 0 &&
    texts.flatMap((member) => slotsOf(member)).every((slot) => standsIn(slot, text)) &&
    slotsOf(text).every((slot) => texts.some((member) => standsIn(slot, member)))
  )
}

function isComposedOf(text: string, members: readonly string[]): boolean {
  if (members.includes(text)) return true
  const sentences = members.flatMap((member) => member.split(SENTENCE_END)).map(bare)
  const longestFirst = [...new Set(sentences)]
    .filter((sentence) => sentence !== '')
    .sort((a, b) => b.length - a.length)
  let rest = text
  while (rest !== '') {
    const sentence = longestFirst.find((candidate) => startsWithWhole(rest, candidate))
    if (sentence === undefined) return false
    rest = rest.slice(sentence.length).replace(SEPARATOR, '')
  }
  return true
}

function bare(sentence: string): string {
  return sentence.replace(/[.!?;\s]+$/u, '')
}

function startsWithWhole(text: string, sentence: string): boolean {
  const rest = text.slice(sentence.length)
  return text.startsWith(sentence) && (rest === '' || /^(?:[.!?;,]|\s+[–—-]\s)/u.test(rest))
}
