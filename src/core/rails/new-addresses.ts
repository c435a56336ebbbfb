import { collapsed } from '../text/unit-text.ts'
import { isAtLeast } from '../trust.ts'
import { type Address, addressesIn } from './addresses.ts'
import { isOwnWord, isTainted, newlyWritten, type Rail, type RailFacts } from './rail-facts.ts'

/**
 * Rail 7, no new place for data to go: a host, an address, an account, a credential or a dangerous
 * command in a new text must stand in a user's own words or in a sound note of the store. What only
 * tools, the agent or strangers named waits for a person.
 */
export const knownAddresses: Rail = (change, facts) => {
  const named = newlyWritten(change, facts).flatMap(addressesIn)
  if (named.length === 0) return null
  const words = change.evidence.flatMap((item) => (isOwnWord(item, facts) ? [item.quote] : []))
  const isKnown = (address: Address): boolean =>
    words.some((word) => names(word, address)) || standsInStore(address, facts)
  return named.every(isKnown) ? null : { act: 'hold', why: 'new_address' }
}

function standsInStore(address: Address, facts: RailFacts): boolean {
  return [...facts.units.values()].some(
    (unit) => !isTainted(unit) && isAtLeast(unit.trust, 'note') && names(unit.text, address),
  )
}

function names(text: string, { kind, value }: Address): boolean {
  if (kind === 'command') return plain(text).includes(plain(value))
  return addressesIn(text).some((one) => one.kind === kind && one.value === value)
}

function plain(text: string): string {
  return collapsed(text)
    .toLowerCase()
    .replace(/["'`“”]/gu, '')
    .replace(/[\s.,;:]+/gu, ' ')
    .trim()
}
