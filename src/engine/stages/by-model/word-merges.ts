import type { Finding, MergeFinding, UnwordedMerge } from '../../assembly/findings.ts'
import { wordingFault } from '../../assembly/merging/worded-merge.ts'
import type { DreamPorts } from '../../dream-ports.ts'
import { mergePrompt } from '../../prompts/merge.ts'
import type { DreamInputs } from '../snapshot.ts'

/**
 * Has a model word the merges in which no note says everything. A text that does not pass every
 * check, or does not come, leaves the notes as they are; so does any other finding about one of
 * them.
 */
export async function wordMerges(
  findings: readonly Finding[],
  inputs: DreamInputs,
  ports: DreamPorts,
): Promise<readonly Finding[]> {
  const { asker, rules } = ports
  if (asker === null) return findings
  const settled = findings.filter((finding) => finding.kind !== 'unworded')
  const touched = new Set(settled.flatMap(unitsIn))
  const pinned = new Set(inputs.snapshot.pinnedUnits)
  const isFree = (id: string): boolean => !touched.has(id) && !pinned.has(id)
  const unworded = findings
    .filter((finding) => finding.kind === 'unworded')
    .filter((merge) => membersOf(merge).every(({ id }) => isFree(id)))
  if (unworded.length === 0) return settled
  const answers = await asker.ask(
    mergePrompt,
    unworded.map((merge) => ({ members: membersOf(merge).map(({ text }) => text) })),
  )
  const worded = unworded.flatMap((merge, n): readonly MergeFinding[] => {
    const answer = answers[n]
    if (answer?.kind !== 'answered') return []
    const { survivor, others } = merge
    const text = answer.output.text.trim()
    if (wordingFault(text, survivor, others, rules.guard) !== null) return []
    const reasons = ['these notes say the same, each with a detail of its own']
    return [{ kind: 'merge', survivor, place: survivor, others, reasons, text }]
  })
  return [...settled, ...worded]
}

function membersOf({ survivor, others }: UnwordedMerge): readonly UnwordedMerge['survivor'][] {
  return [survivor, ...others]
}

/** Ids of the units that a finding is about. */
function unitsIn(finding: Finding): readonly string[] {
  switch (finding.kind) {
    case 'merge':
    case 'unworded':
      return [finding.survivor, ...finding.others].map(({ id }) => id)
    case 'supersede':
      return [...finding.outdated, ...(finding.current === null ? [] : [finding.current])].map(
        ({ id }) => id,
      )
    case 'conflict':
      return finding.sides.flatMap(({ source }) => (source.kind === 'unit' ? [source.unit.id] : []))
    case 'annotate':
    case 'redact':
    case 'remove':
      return [finding.unit.id]
    default:
      return []
  }
}
