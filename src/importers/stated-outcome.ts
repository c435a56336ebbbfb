import { outcomeOfEnd, type SessionOutcome } from '../core/session.ts'
import { asText, type JsonObject } from './json-value.ts'

/**
 * What a source states of how a session ended: `reward` (a number), `success` (true or false) or
 * `outcome` (`success` or `failure`), and `task`, the name of what was to be done. Null = none.
 */
export function statedOutcome({
  reward,
  success,
  outcome,
  task,
}: JsonObject): SessionOutcome | null {
  const named = outcome === 'success' ? true : outcome === 'failure' ? false : null
  return outcomeOfEnd({
    reward: typeof reward === 'number' && Number.isFinite(reward) ? reward : null,
    isSuccess: typeof success === 'boolean' ? success : named,
    task: asText(task),
  })
}
