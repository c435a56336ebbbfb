import type { Evidence } from '../../../src/core/evidence.ts'
import { type CurrentEntry, citedMessage, type Dreamt } from '../../harness/dream-cases.ts'
import { holdsToken } from '../../harness/holds-words.ts'
import { overlapWords } from '../../harness/word-overlap.ts'
import type { ChatQuestion, ChatSession, Turn } from './chat.ts'

/** What a dream made of one question. */
export interface ScoredQuestion {
  readonly kind: ChatQuestion['kind']
  /** Update: an entry with the new words, from the new turn, and none from the old turn alone. */
  readonly isUpdated: boolean
  /** Update: an entry from the old turn alone. */
  readonly isStale: boolean
  /** Contradiction: one open conflict cites both sides. */
  readonly isSurfaced: boolean
  /** Abstention: an entry about it says what its turns do not. */
  readonly isInvented: boolean
}

const NOTHING = { isUpdated: false, isStale: false, isSurfaced: false, isInvented: false }
/** Content words that an entry shares with a question that it is about. */
const ABOUT_MIN = 2
const CONTENT_LENGTH_MIN = 4

/** One question about a chat that was dreamt over as these sessions. */
export function scoreQuestion(
  question: ChatQuestion,
  sessions: readonly ChatSession[],
  { current, changes }: Dreamt,
): ScoredQuestion {
  const { kind } = question
  const turnsOf = (evidence: readonly Evidence[]): ReadonlySet<number> =>
    new Set(citedTurns(evidence, sessions).map(({ id }) => id))
  switch (question.kind) {
    case 'knowledge_update': {
      const { oldTurns, newTurns, tokens } = question
      const cites = ({ evidence }: CurrentEntry, turns: readonly number[]): boolean =>
        turns.some((id) => turnsOf(evidence).has(id))
      const isStale = current.some((entry) => cites(entry, oldTurns) && !cites(entry, newTurns))
      const isHeld = current.some(
        (entry) => cites(entry, newTurns) && tokens.every((token) => holdsToken(entry.text, token)),
      )
      return { ...NOTHING, kind, isStale, isUpdated: isHeld && !isStale }
    }
    case 'contradiction': {
      const isSurfaced = changes.some((change) => {
        const isOpen = change.status !== 'rejected' && change.status !== 'reverted'
        const cited = turnsOf(change.evidence)
        const met = question.sides.filter((side) => side.some((id) => cited.has(id)))
        return change.kind === 'conflict' && isOpen && met.length >= 2
      })
      return { ...NOTHING, kind, isSurfaced }
    }
    case 'abstention': {
      const asked = contentWords(question.question)
      const isInvented = current.some(({ text, evidence, unit }) => {
        const words = contentWords(text)
        const isAbout = words.intersection(asked).size >= ABOUT_MIN
        if (!isAbout || evidence.length === 0 || unit.kind === 'index-line') return false
        const said = citedTurns(evidence, sessions).map((turn) => turn.text)
        return !words.isSubsetOf(overlapWords(said.join(' ')))
      })
      return { ...NOTHING, kind, isInvented }
    }
  }
}

function citedTurns(
  evidence: readonly Evidence[],
  sessions: readonly ChatSession[],
): readonly Turn[] {
  return evidence.flatMap((one) => {
    const place = citedMessage(one)
    const turn = place === null ? undefined : sessions[place.transcript]?.turns[place.message]
    return turn ?? []
  })
}

function contentWords(text: string): ReadonlySet<string> {
  const isContent = (word: string): boolean => word.length >= CONTENT_LENGTH_MIN || /\d/.test(word)
  return new Set([...overlapWords(text)].filter(isContent))
}
