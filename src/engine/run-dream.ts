import type { Dream, Plan } from '../core/dream.ts'
import type { Lease } from '../storage/storage.ts'
import { limitsOf } from './dream-limits.ts'
import type { DreamPorts, StageName } from './dream-ports.ts'
import { assemble } from './stages/assemble.ts'
import { commit } from './stages/commit.ts'
import { decidePairs } from './stages/decide-pairs.ts'
import { gate } from './stages/gate.ts'
import { promoteLessons } from './stages/promote-lessons.ts'
import { readSessions } from './stages/read-sessions.ts'
import { render } from './stages/render.ts'
import { loadSnapshot } from './stages/snapshot.ts'
import { verify } from './stages/verify.ts'

/**
 * The whole dream. A deterministic function of its pinned snapshot and of recorded step results:
 * killed anywhere and run again, it gives the same plan. It writes nothing but that plan.
 */
export async function runDream(dream: Dream, lease: Lease, ports: DreamPorts): Promise<Plan> {
  const enter = async (stage: StageName): Promise<void> => {
    ports.signal?.throwIfAborted()
    await ports.keepAlive()
    ports.onProgress({ stage, done: 0, of: 1 })
  }

  await enter('snapshot')
  const inputs = await loadSnapshot(dream.snapshot, ports.storage)
  const limits = limitsOf(inputs.store)

  await enter('reduce') // and label and extract, session by session
  const reading = await readSessions(inputs, ports)

  await enter('index') // and pair and decide
  const judged = await decidePairs(inputs, reading.claims, ports)

  await enter('assemble')
  const findings = await assemble(inputs, reading, judged, ports)

  await enter('patterns')
  const lessons = promoteLessons(inputs, reading, ports.rules.lessons)

  await enter('render')
  const drafted = render(inputs, findings, lessons, limits)

  await enter('verify')
  const verified = await verify(inputs, drafted.changes, reading.sources, ports.secrets, limits)

  await enter('gate')
  const gated = gate(inputs, verified.changes, limits, ports.rules)

  await enter('commit')
  return commit(
    { dream, lease, inputs, reading, judged, findings, drafted, verified, gated },
    ports,
  )
}
