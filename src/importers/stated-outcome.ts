import type { SessionOutcome } from '../core/session.ts'
import { asText, type JsonObject } from './json-value.ts'

/** A reward is a share of what could be reached; from here on it counts as success. */
const REWARD_OF_SUCCESS = 0.5

/**
 * What a source states of how a session ended: `reward` (a number) or `success` (true or false), and
 * `task`, the name of what was to be done. Null = it states none.
 */
export function statedOutcome({ reward, success, task }: JsonObject): SessionOutcome | null {
  const of = asText(task)
  if (typeof reward === 'number' && Number.isFinite(reward)) {
    return { isSuccess: reward >= REWARD_OF_SUCCESS, source: 'reward', task: of }
  }
  if (typeof success !== 'boolean') return null
  return { isSuccess: success, source: 'success', task: of }
}
