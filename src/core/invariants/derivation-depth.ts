import { collapsed } from '../text/unit-text.ts'
import type { DreamFacts, Violation } from './dream-facts.ts'
import { effective, unitsBefore, writtenTexts } from './fact-views.ts'

const SENTENCE_END = /(?<=[.!?;])\s+/u
const SEPARATOR = /^[\s.!?;,–—-]+/u

/**
 * 9. ∀ text t that a merge writes: t is one member's text, or nothing but whole sentences of its
 * members. Members are its units and the quotes of its evidence, never a text between.
 */
export function derivationDepth(facts: DreamFacts): readonly Violation[] {
  const units = new Map<string, string>(unitsBefore(facts).map(({ id, text }) => [id, text]))
  return effective(facts)
    .filter(({ kind }) => kind === 'merge')
    .flatMap((change) => {
      const members = [
        ...change.units.map((id) => units.get(id) ?? ''),
        ...change.evidence.map(({ quote }) => quote),
      ].map(collapsed)
      const texts = [...writtenTexts(change), ...change.after.map(({ text }) => collapsed(text))]
      return [...new Set(texts)]
        .filter((text) => !isComposedOf(text, members))
        .map(() => ({
          invariant: 9 as const,
          subject: change.id,
          message: 'The merge writes words that no member has.',
        }))
    })
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
