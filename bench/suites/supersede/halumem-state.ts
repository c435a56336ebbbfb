import type { DreamCases } from '../../harness/dream-cases.ts'
import { holdsToken } from '../../harness/holds-words.ts'
import { bulletFile, isTold, leftWithEvidence, nearestTo } from './entry-checks.ts'
import type { ScoredEntry } from './halumem-rows.ts'

/** Fields of a person that an event changed. */
export interface StateItem {
  readonly id: string
  readonly kind: 'state'
  readonly operation: string
  /** `YYYY-MM-DD`. */
  readonly date: string
  /** Field -> the value before and the value after. */
  readonly changed: Readonly<Record<string, readonly [StateValue, StateValue]>>
  readonly evidence: string
}

type StateValue = string | number | boolean | null

export async function scoreState(
  item: StateItem,
  cases: DreamCases,
): Promise<readonly ScoredEntry[]> {
  const fields = Object.entries(item.changed)
    .filter(([, [before, after]]) => before !== after && isStated(before) && isStated(after))
    .map(([field, [before, after]]) => {
      const name = field.replaceAll('_', ' ')
      return { note: `${name}: ${before}`, said: `My ${name} is ${after}.`, value: String(after) }
    })
  const notes = fields.map(({ note }) => note)
  const { current, ledger } = await cases.dream({
    memory: { 'user.md': bulletFile(notes) },
    transcripts: [
      [
        {
          role: 'user',
          content: [item.evidence, ...fields.map(({ said }) => said)].join(' '),
          at: `${item.date}T09:00:00Z`,
        },
      ],
    ],
  })
  const kind = `state ${item.operation}`
  return fields.flatMap(({ note, said, value }): readonly ScoredEntry[] => {
    const isStale = current.some(({ text }) => text === note)
    const isSaid = current.some((entry) => isTold(entry) && holdsToken(entry.text, value))
    const isNearest = nearestTo(said, notes) === note
    return [
      { part: 'new', isSo: isSaid && !isStale, isSoByNearest: isNearest, kind },
      { part: 'old', isSo: isStale, isSoByNearest: !isNearest, kind },
      ...(isStale
        ? []
        : [
            {
              part: 'gone',
              isSo: leftWithEvidence(note, ledger),
              isSoByNearest: false,
              kind,
            } as const,
          ]),
    ]
  })
}

function isStated(value: StateValue): boolean {
  return value !== null && value !== ''
}
