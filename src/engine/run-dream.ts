import type { Dream, Plan } from '../core/dream.ts'
import type { Lease } from '../storage/storage.ts'
import { limitsOf } from './dream-limits.ts'
import type { DreamPorts, StageName } from './dream-ports.ts'
import { assemble } from './stages/assemble.ts'
import { askAboutPairs } from './stages/by-model/ask-pairs.ts'
import { checkEntailment } from './stages/by-model/check-entailment.ts'
import { cutUnsupported } from './stages/by-model/cut-unsupported.ts'
import { probeByModel } from './stages/by-model/probe-by-model.ts'
import { readByModel } from './stages/by-model/read-by-model.ts'
import { wordLessons } from './stages/by-model/word-lessons.ts'
import { wordMerges } from './stages/by-model/word-merges.ts'
import { withCitedTexts } from './stages/cited-events.ts'
import { commit } from './stages/commit.ts'
import { decidePairs } from './stages/decide-pairs.ts'
import { gate } from './stages/gate.ts'
import { promoteLessons } from './stages/promote-lessons.ts'
import { readContributions } from './stages/read-contributions.ts'
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
    await ports.breathe?.()
    ports.signal?.throwIfAborted()
    await ports.keepAlive()
    ports.onProgress({ stage, done: 0, of: 1 })
  }

  await enter('snapshot')
  const inputs = await loadSnapshot(dream.snapshot, ports.storage)
  const limits = limitsOf(inputs.store)

  await enter('reduce') // and label and extract, session by session
  const told = await readSessions(inputs, ports)
  const contributed = await readContributions(inputs, told, ports)
  const reading = await readByModel(inputs, told, ports)

  await enter('index') // and pair and decide
  const decided = await decidePairs(inputs, reading.claims, ports)
  const judged = await askAboutPairs(inputs, reading, decided, ports)

  await enter('assemble')
  const found = await assemble(inputs, reading, judged, ports)
  const worded = await wordMerges(found, inputs, ports)
  const findings = await cutUnsupported(worded, ports)

  await enter('patterns')
  const recurring = promoteLessons(inputs, reading, contributed, ports.rules.lessons)
  const lessons = await wordLessons(recurring.lessons, ports)

  await enter('render')
  const drafted = render(inputs, findings, lessons, limits)

  await enter('verify')
  const sources = await withCitedTexts(recurring.sources, drafted.changes, ports.storage)
  const sound = await verify(inputs, drafted.changes, sources, ports, limits)
  const verified = await checkEntailment(inputs, sound, ports)

  await enter('gate')
  const passed = gate(inputs, verified.changes, limits, ports.rules)
  const gated = await probeByModel(inputs, passed, ports)

  await enter('commit')
  const made = { reading, judged, findings, recurring, sources, drafted, verified, gated }
  return commit({ dream, lease, inputs, ...made }, ports)
}
