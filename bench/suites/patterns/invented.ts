import type { Change } from '../../../src/core/change.ts'
import { shareRows } from '../../harness/share-rows.ts'
import { type BenchSet, sampleOf } from '../../harness/suite.ts'
import { dreamOver } from './agent-transcript.ts'
import { type InventedCase, inventedCases } from './invented-cases.ts'
import { citedSessions, isFalselyRecurring, textOf, toldBy } from './lesson-checks.ts'

const SET = 'invented-patterns'

interface Learned {
  readonly given: InventedCase
  readonly told: readonly Change[]
}

/** The project's own small transcripts, of which it is known what recurs in them. */
export const invented: BenchSet = {
  name: SET,
  async run(context) {
    const learned: Learned[] = []
    for (const given of sampleOf(context, SET, inventedCases())) {
      const dreamt = await dreamOver(given.sessions, context.cases)
      learned.push({ given, told: toldBy(dreamt) })
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

function isFound({ given: { lesson, isStatement = false }, told }: Learned): boolean | null {
  if (lesson === null) return null
  const about = told.filter((change) => lesson.some((word) => textOf(change).includes(word)))
  const isCited = about.some((change) => citedSessions(change).length >= 2)
  if (isStatement) return about.length === 1 && isCited
  return isCited && about.some(({ kind }) => kind === 'insight')
}

/** A lesson where nothing recurs, or a count of sessions that are not cited. */
function isFalse({ given: { lesson }, told }: Learned): boolean | null {
  if (lesson !== null) return null
  return told.some((change) => change.kind === 'insight' || isFalselyRecurring(change))
}
