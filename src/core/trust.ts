/**
 * Who stands behind a statement, best first (design, section 3). Order is by authority and is
 * compared before recency: a lower tier never overwrites a higher one.
 */
export const TRUST_TIERS = ['operator', 'user', 'tool', 'note', 'assistant', 'external'] as const

export type Trust = (typeof TRUST_TIERS)[number]

export function isTrust(value: unknown): value is Trust {
  return TRUST_TIERS.some((tier) => tier === value)
}

/** 0 is the highest authority. */
export function trustRank(trust: Trust): number {
  return TRUST_TIERS.indexOf(trust)
}

export function isAtLeast(trust: Trust, floor: Trust): boolean {
  return trustRank(trust) <= trustRank(floor)
}

export function lowestTrust(tiers: readonly Trust[]): Trust {
  return tiers.reduce((low, tier) => (trustRank(tier) > trustRank(low) ? tier : low), 'operator')
}

export function highestTrust(tiers: readonly Trust[]): Trust {
  return tiers.reduce((high, tier) => (isAtLeast(tier, high) ? tier : high), 'external')
}
