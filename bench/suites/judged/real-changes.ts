import type { Change } from '../../../src/core/change.ts'
import type { DreamCase } from '../../harness/dream-cases.ts'
import { sampled } from '../../harness/shuffled.ts'
import type { BenchContext } from '../../harness/suite.ts'
import { readHistories } from '../retention/dated-history.ts'

/** A change that a dream over real transcripts proposes, and where these come from. */
export interface RealChange {
  readonly source: string
  readonly change: Change
}

const DRAWN = 50

/**
 * Fifty changes, drawn under the seed from all that dreams over real transcripts propose, each
 * source over an empty memory. What waits as held has not been proposed.
 */
export async function realChanges(context: BenchContext): Promise<readonly RealChange[]> {
  const found: RealChange[] = []
  for (const [source, given] of sourcesOf(context)) {
    const { changes } = await context.cases.dream(given)
    const proposed = changes.filter(({ status }) => status === 'applied')
    found.push(...proposed.map((change) => ({ source, change })))
  }
  return sampled(found, DRAWN, context.seed)
}

function sourcesOf(context: BenchContext): readonly (readonly [string, DreamCase])[] {
  const folders = ['claude-code', 'tau-airline']
    .filter((name) => context.data.has('sessions', name))
    .map((name) => [name, caseOf([{ path: context.data.path('sessions', name) }])] as const)
  const histories = readHistories(context).map(
    ({ id, sessions }) =>
      [`longmemeval ${id}`, caseOf(sessions.map(({ messages }) => messages))] as const,
  )
  return [...folders, ...histories]
}

function caseOf(transcripts: DreamCase['transcripts']): DreamCase {
  return { memory: {}, transcripts }
}
