import { isWholeUnit } from '../../entries.ts'
import type { Decision, Entry } from '../../entry.ts'
import { isImported } from '../../judging/judged-entry.ts'
import type { UnwordedMerge } from '../findings.ts'
import { isEquivalence, unitOf } from '../judgement.ts'
import { byCompleteness, type StatementInputs, withoutParallels } from '../weigh-units.ts'
import { quotedStatement } from '../wording.ts'

/**
 * Clusters in which no member says everything: a model is asked for one text. Only notes as they
 * were imported take part, so that no text is ever made from one that was made before.
 */
export function unwordedMerges(
  inputs: StatementInputs,
  taken: ReadonlySet<string>,
): readonly UnwordedMerge[] {
  const mayTakePart = (entry: Entry): boolean =>
    isWholeUnit(entry) &&
    isImported(entry) &&
    !taken.has(entry.key) &&
    !inputs.isFrozen(unitOf(entry)) &&
    quotedStatement(unitOf(entry).text) === null
  const links = inputs.decisions.filter(
    (decision) => isOfOneMatter(decision) && mayTakePart(decision.a) && mayTakePart(decision.b),
  )
  if (!links.some(isOverlap)) return []
  const judged = (a: string, b: string): Decision =>
    inputs.judge(entryOf(inputs, a), entryOf(inputs, b))
  const clusters = inputs.link(
    withoutParallels(links).map(({ a, b, similarity }) => ({ a: a.key, b: b.key, similarity })),
    {
      sizeMax: inputs.clusterSizeMax,
      isEquivalent: (a, b) => isOfOneMatter(judged(a, b)),
      isVetoed: (a, b) => !isOfOneMatter(judged(a, b)) && judged(a, b).reasons.length > 0,
    },
  )
  return clusters.flatMap((keys): readonly UnwordedMerge[] => {
    const isNeeded = keys.some((a) => keys.some((b) => a < b && isOverlap(judged(a, b))))
    const members = keys.map((key) => unitOf(entryOf(inputs, key))).sort(byCompleteness)
    const [survivor, ...others] = members
    return isNeeded && survivor !== undefined ? [{ kind: 'unworded', survivor, others }] : []
  })
}

function entryOf({ entries }: StatementInputs, key: string): Entry {
  const entry = entries.get(key)
  if (entry === undefined) throw new Error(`No entry with the key ${key}.`)
  return entry
}

function isOfOneMatter(decision: Decision): boolean {
  return isEquivalence(decision.relation) || isOverlap(decision)
}

function isOverlap({ asked }: Decision): boolean {
  return asked === 'overlap'
}
