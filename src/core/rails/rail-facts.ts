import type { Audience } from '../audience.ts'
import type { Change, HeldReason, NewMemory } from '../change.ts'
import type { EventEvidence, Evidence, EvidenceSources } from '../evidence.ts'
import type { UnitId } from '../ids.ts'
import type { StoreContent } from '../store-content.ts'
import { collapsed } from '../text/unit-text.ts'
import { highestTrust, lowestTrust, type Trust } from '../trust.ts'
import type { Unit } from '../unit.ts'

/** What a rail does with a change that it does not let through. */
export type RailVerdict =
  | { readonly act: 'drop'; readonly why: string }
  | { readonly act: 'hold'; readonly why: HeldReason }

/** Judges one change; null = it may pass. */
export type Rail = (change: Change, facts: RailFacts) => RailVerdict | null

/** What the labelled session knows of the words that evidence quotes. */
export interface Said {
  readonly trust: Trust
  /** True of a user's own words: typed by a person, not quoted, pasted or forwarded. */
  readonly isOwn: boolean
}

export interface RailLimits {
  readonly changesMax: number
  /** Of one text that is new to the store. */
  readonly textBytesMax: number
  readonly lossUnitsMin: number
  /** Share of the input units, 0..1. */
  readonly lossShareMax: number
}

/** How the engine reads sentences; the rails bring no language of their own but orders. */
export interface RailLanguage {
  /** Numbers, dates, names, urls, denials, conditions, as written. */
  readonly slotsOf: (text: string) => readonly string[]
  /** What a text is about: stems of its words without the small ones. */
  readonly stemsOf: (text: string) => ReadonlySet<string>
  /** Where a text begins to order the model that reads it; null = nowhere. */
  readonly orderToModelAt: (text: string) => number | null
}

export interface RailInputs {
  readonly content: StoreContent
  /** Who may read the store. */
  readonly audience: Audience
  readonly pinned: ReadonlySet<string>
  readonly sources: EvidenceSources
  /** Undefined = nobody but the evidence itself knows any more. */
  readonly said: (item: EventEvidence) => Said | undefined
  /** How memories may begin; `indexPath` is judged apart. */
  readonly beginnings: readonly (Omit<NewMemory, 'indexPath'> & { readonly path: string })[]
  /** Memories that take in nothing. */
  readonly isClosed: (path: string) => boolean
  /** What changes make of the store; throws `conflict_error` where they cannot be written. */
  readonly apply: (changes: readonly Change[]) => unknown
  readonly limits: RailLimits
  readonly language: RailLanguage
}

/** Everything that changes are judged against. */
export interface RailFacts extends RailInputs {
  readonly units: ReadonlyMap<UnitId, Unit>
  /** Texts of the units, on one line each. */
  readonly texts: ReadonlySet<string>
}

export function railFacts(inputs: RailInputs): RailFacts {
  const units = [...inputs.content.memories.values()].flatMap((memory) => memory.units)
  return {
    ...inputs,
    units: new Map(units.map((unit) => [unit.id, unit])),
    texts: new Set(units.map(({ text }) => collapsed(text))),
  }
}

/** True of text whose words only strangers stand behind. */
export function isTainted({ trust }: { readonly trust: Trust }): boolean {
  return trust === 'external'
}

/**
 * Who stands behind the words that evidence quotes: never better than it says of itself, than the
 * session says of the event, or than the unit is that the words stand in.
 */
export function trustOf(item: Evidence, facts: RailFacts): Trust {
  switch (item.kind) {
    case 'event':
      return lowestTrust([item.trust, facts.said(item)?.trust ?? item.trust])
    case 'memory':
      return lowestTrust([item.trust, noteTrust(item.memoryPath, item.quote, facts)])
    case 'shared':
      return lowestTrust([item.trust, 'tool'])
  }
}

/** Of a unit that has the words; text beside the units is a note. */
function noteTrust(path: string, quote: string, { content }: RailFacts): Trust {
  const units = content.memories.get(path)?.units ?? []
  const holding = units.filter(({ text }) => text.includes(quote))
  return holding.length === 0 ? 'note' : highestTrust(holding.map(({ trust }) => trust))
}

/** True of a user's own words, as the session has them. */
export function isOwnWord(item: Evidence, facts: RailFacts): boolean {
  if (item.kind !== 'event' || item.speaker !== 'user') return false
  const trust = trustOf(item, facts)
  return (facts.said(item)?.isOwn ?? true) && (trust === 'user' || trust === 'operator')
}

/** Words of a note that no stranger brought in. */
export function isSoundNote(item: Evidence, facts: RailFacts): boolean {
  return item.kind === 'memory' && !isTainted({ trust: trustOf(item, facts) })
}

/** Units whose text a change takes away. */
export function displaced(change: Change, facts: RailFacts): readonly Unit[] {
  return change.edits.flatMap((edit) =>
    edit.op === 'replace' || edit.op === 'delete' ? (facts.units.get(edit.unitId) ?? []) : [],
  )
}

/** The texts that a change writes as whole units, on one line each. */
export function written({ edits }: Change): readonly string[] {
  return edits.flatMap((edit) =>
    edit.op === 'replace' || edit.op === 'append' ? [collapsed(edit.text)] : [],
  )
}

/** Stands in the place of an order that has other lines below it: a remark of our own. */
export const ORDER_STOOD_HERE = 'An order to the model stood here'

/** Those of them that no unit of the store has, byte for byte. */
export function newlyWritten(change: Change, { texts }: RailFacts): readonly string[] {
  const isRemark = (text: string): boolean => change.kind === 'remove' && text === ORDER_STOOD_HERE
  return written(change).filter((text) => !texts.has(text) && !isRemark(text))
}
