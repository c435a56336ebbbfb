import type { Unit } from '../../core/unit.ts'
import { annotateDependants } from '../assembly/dependants/annotate-dependants.ts'
import { needsTold } from '../assembly/dependants/dependencies.ts'
import type { Finding } from '../assembly/findings.ts'
import { findInjectedOrders } from '../assembly/injected-orders.ts'
import { untrustedFindings } from '../assembly/untrusted-instructions.ts'
import { findDeadIndexLines, findExpired, findSecrets } from '../assembly/upkeep.ts'
import { weighStatements } from '../assembly/weigh-statements.ts'
import { DREAM_LIMITS } from '../dream-limits.ts'
import type { DreamPorts } from '../dream-ports.ts'
import { steeringOf } from '../instructions.ts'
import { contentStems } from '../language/tokens.ts'
import type { Judged } from './decide-pairs.ts'
import type { Reading } from './read-sessions.ts'
import type { DreamInputs } from './snapshot.ts'

/**
 * Stage `assemble`: what is the same, outdated, disputed, new, doubtful, secret or leads nowhere.
 */
export async function assemble(
  inputs: DreamInputs,
  reading: Reading,
  judged: Judged,
  ports: DreamPorts,
): Promise<readonly Finding[]> {
  const secrets = await findSecrets(inputs.units, ports.secrets)
  const isKept = frozenBy(
    inputs,
    secrets.map(({ unit }) => unit),
  )
  const injected = findInjectedOrders(inputs.content).filter(({ unit }) => !isKept(unit))
  const ordering = new Set(injected.map(({ unit }) => unit.id))
  const isFrozen = (unit: Unit): boolean => isKept(unit) || ordering.has(unit.id)
  const statements = weighStatements({
    claims: reading.claims,
    decisions: judged.decisions,
    judge: judged.judge,
    entries: judged.entries,
    isFrozen,
    clusterSizeMax: DREAM_LIMITS.clusterSizeMax,
    link: ports.rules.link,
    affinity: affinityOver(inputs),
    hints: reading.hints,
  })
  const replaced = statements.filter((finding) => finding.kind === 'supersede')
  const leaving = new Set(statements.flatMap(leavingUnits).map(({ id }) => id))
  const told = [...reading.earlier, ...reading.sightings]
  const isTaken = (unit: Unit): boolean => isFrozen(unit) || leaving.has(unit.id)
  return [
    ...statements,
    ...annotateDependants(inputs.units, replaced, isTaken, needsTold(told)),
    ...findExpired(inputs.units, inputs.snapshot.asOf, isTaken),
    ...untrustedFindings(reading.untrusted, inputs.store.audience, inputs.snapshot.asOf),
    ...secrets,
    ...injected,
    ...findDeadIndexLines(inputs.content).filter(({ unit }) => !isFrozen(unit)),
  ]
}

/** Words that a text shares with a memory's name, description, headings and index line. */
function affinityOver(inputs: DreamInputs): (text: string, unit: Unit) => number {
  const about = new Map([...inputs.headers].map(([path, header]) => [path, contentStems(header)]))
  return (text, { path }) => {
    const header = about.get(path) ?? new Set<string>()
    return [...contentStems(text)].filter((stem) => header.has(stem)).length
  }
}

/** Pinned, kept or ignored by instruction, operator text, or carrying a secret. */
function frozenBy(inputs: DreamInputs, withSecret: readonly Unit[]): (unit: Unit) => boolean {
  const steering = steeringOf(inputs.snapshot.instructions)
  const secret = new Set(withSecret.map(({ id }) => id))
  return (unit) =>
    unit.isPinned ||
    unit.trust === 'operator' ||
    secret.has(unit.id) ||
    steering.keeps(unit.path, unit.text) ||
    steering.ignores(unit.path, unit.text)
}

/** Units that the finding takes away or rewrites; a remark on them would be lost. */
function leavingUnits(finding: Finding): readonly Unit[] {
  if (finding.kind === 'merge') {
    const { survivor, place, others } = finding
    return place === survivor ? others : [survivor, ...others]
  }
  return finding.kind === 'supersede' ? finding.outdated : []
}
