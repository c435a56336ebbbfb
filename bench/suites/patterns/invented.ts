import type { Change } from '../../../src/core/change.ts'
import { shareRows } from '../../harness/share-rows.ts'
import { type BenchSet, sampleOf } from '../../harness/suite.ts'
import { dreamOver } from './agent-transcript.ts'
import { type InventedCase, inventedCases } from './invented-cases.ts'
import {
  citedSessions,
  claimsRecurrence,
  isFalselyRecurring,
  textOf,
  toldBy,
} from './lesson-checks.ts'

const SET = 'invented-patterns'

interface Learned {
  readonly given: InventedCase
  readonly claims: readonly Change[]
}

/** The project's own small transcripts, of which it is known what recurs in them. */
export const invented: BenchSet = {
  name: SET,
  async run(context) {
    const learned: Learned[] = []
    for (const given of sampleOf(context, SET, inventedCases())) {
      const dreamt = await dreamOver(given.sessions, context.cases)
      learned.push({ given, claims: toldBy(dreamt).filter(claimsRecurrence) })
    }
    const place = { suite: 'patterns', set: SET }
    const kindOf = ({ given }: Learned): readonly string[] => [given.kind]
    return [
      ...shareRows(place, learned, { metric: 'found', hit: isFound, target: '>= 0.75' }, kindOf),
      ...shareRows(
        place,
        learned,
        { metric: 'false_recurring', hit: isFalse, target: '<= 0' },
        kindOf,
      ),
    ]
  },
}

function isFound({ given: { lesson }, claims }: Learned): boolean | null {
  if (lesson === null) return null
  return claims.some(
    (claim) =>
      claim.kind === 'insight' &&
      lesson.some((word) => textOf(claim).includes(word)) &&
      citedSessions(claim).length >= 2,
  )
}

/** A lesson where nothing recurs, or a count of sessions that are not cited. */
function isFalse({ given: { lesson }, claims }: Learned): boolean | null {
  if (lesson !== null) return null
  return claims.some((claim) => claim.kind === 'insight' || isFalselyRecurring(claim))
}
