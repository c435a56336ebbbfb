import { ownSentences } from '../language/quoted.ts'
import type { Sentence } from '../language/sentences.ts'
import type { ReadEvent } from '../read-session.ts'

/** What a person says in an event in their own words; none in an event of anybody else. */
export function ownSentencesOf({ event, trust, isEcho, repeated }: ReadEvent): readonly Sentence[] {
  const isPersons = event.speaker === 'user' && event.voice === 'own'
  if (!isPersons || isEcho || !(trust === 'user' || trust === 'operator')) return []
  return ownSentences(event.text).filter(({ start }) => repeated?.has(start) !== true)
}
