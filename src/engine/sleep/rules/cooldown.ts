import { LIMITS } from '../../../config.ts'

/**
 * The cooldown after a dream of which so many changes were accepted (0 to 1): doubled where next to
 * none were, halved where many were. Null = nobody decided on any: it stays. In ms.
 */
export function adaptedCooldown(cooldownMs: number, acceptedShare: number | null): number {
  if (acceptedShare === null) return cooldownMs
  if (acceptedShare < LIMITS.acceptedShareLow) {
    return Math.max(cooldownMs, Math.min(cooldownMs * 2, LIMITS.adaptedCooldownMsMax))
  }
  if (acceptedShare > LIMITS.acceptedShareHigh) {
    return Math.min(cooldownMs, Math.max(cooldownMs / 2, LIMITS.adaptedCooldownMsMin))
  }
  return cooldownMs
}
