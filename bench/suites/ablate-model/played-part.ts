import { cpSync } from 'node:fs'
import { isEffective } from '../../../src/core/change.ts'
import type { Model } from '../../../src/models/model.ts'
import { type Verdict, verdictOn } from '../../../test/scenarios/expectations.ts'
import { textsBelow } from '../../../test/scenarios/play-scenario.ts'
import type { Part } from '../../../test/scenarios/scenario.ts'
import { FolderWorld } from '../../../test/support/folder-world.ts'
import type { ModelAblation } from './model-ablations.ts'

/** What one dream over one part of a scenario did. */
export interface PlayedPart extends Verdict {
  /** Changes that take effect. */
  readonly changes: number
  readonly tokens: number
}

/** Plays a part once with some rules exchanged. `model` null = rules alone. */
export async function playedPart(
  part: Part,
  rules: ModelAblation['rules'],
  model: Model | null,
): Promise<PlayedPart> {
  const models = model === null ? {} : { models: { small: model, large: model } }
  await using world = await FolderWorld.open(textsBelow(part.memory), { env: {}, rules, ...models })
  cpSync(part.sessions, world.sessions, { recursive: true })
  const before = world.files()
  const { dream, changes } = await world.dream()
  if (changes.some(({ status }) => status === 'proposed')) await world.reverie.apply(dream.id)
  const usage = dream.plan?.report.usage
  return {
    ...verdictOn(part.expected, { changes, before, after: world.files() }),
    changes: changes.filter(isEffective).length,
    tokens: (usage?.inputTokens ?? 0) + (usage?.outputTokens ?? 0),
  }
}
