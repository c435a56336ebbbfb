import type { Change, Disposition } from '../core/change.ts'
import { ReverieError } from '../core/errors.ts'
import type { EvidenceSources } from '../core/evidence.ts'
import { sha256 } from '../core/ids.ts'
import { checkInvariants } from '../core/invariants/check-invariants.ts'
import type { InputDigests } from '../core/invariants/dream-facts.ts'
import { isIndexPath } from '../core/memory-path.ts'
import { collapsed } from '../core/text/unit-text.ts'
import { limitsOf } from './dream-limits.ts'
import type { DreamPorts } from './dream-ports.ts'
import { slotsOf } from './language/slots-of.ts'
import { planEffect } from './rendering/plan-effect.ts'
import type { DreamInputs } from './stages/snapshot.ts'

export interface PlanToCheck {
  readonly inputs: DreamInputs
  readonly changes: readonly Change[]
  readonly dispositions: readonly Disposition[]
  readonly sources: EvidenceSources
}

/** Violations named in the error; the count says how many there are. */
const NAMED_MAX = 3

/**
 * Asserts the invariants in production (design, section 1): throws `api_error` before anything is
 * committed, naming numbers and subjects, never the text of a memory.
 */
export async function assertInvariants(plan: PlanToCheck, ports: DreamPorts): Promise<void> {
  const { inputs, changes, dispositions, sources } = plan
  const { delta, units } = planEffect(inputs.content, changes)
  const violations = checkInvariants({
    snapshot: inputs.snapshot,
    before: inputs.content,
    changes,
    dispositions,
    delta,
    after: units,
    sources,
    audienceOf: () => inputs.store.audience,
    inputsBefore: new Map(inputs.snapshot.memories.map(({ path, sha256: hash }) => [path, hash])),
    inputsAfter: await digestsNow(inputs, ports),
    limits: limitsOf(inputs.store),
    isIndex: isIndexPath,
    isSecret: await secretTest(changes, ports),
    slotsOf,
  })
  const [first] = violations
  if (first === undefined) return
  const named = violations
    .slice(0, NAMED_MAX)
    .map(({ invariant, subject, message }) => `${invariant} (${subject}): ${message}`)
  throw new ReverieError(
    'api_error',
    `The plan would break ${violations.length} rule(s) and was dropped. ${named.join(' ')}`,
    { next: 'Nothing was changed. Please report this with the ids above.' },
  )
}

async function digestsNow(inputs: DreamInputs, ports: DreamPorts): Promise<InputDigests> {
  const digests = new Map<string, string>()
  for (const { path, versionId } of inputs.snapshot.memories) {
    const version = await ports.storage.memories.versions.get(versionId)
    digests.set(path, sha256(version?.content ?? ''))
  }
  return digests
}

/** The scanner is asynchronous, the check is not: every text that could matter is asked before. */
async function secretTest(
  changes: readonly Change[],
  ports: DreamPorts,
): Promise<(text: string) => boolean> {
  const secret = new Set<string>()
  const texts = changes.flatMap((change) => [
    change.reason,
    ...change.before.map(({ text }) => text),
    ...change.after.map(({ text }) => text),
    ...change.edits.flatMap((edit) => (edit.op === 'delete' ? [] : [edit.text])),
    ...change.evidence.map(({ quote }) => quote),
    ...change.ledger.map(({ text }) => text),
  ])
  for (const text of new Set([...texts, ...texts.map(collapsed)])) {
    if ((await ports.secrets.mask(text)) !== text) secret.add(text)
  }
  return (text) => secret.has(text)
}
