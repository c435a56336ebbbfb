import { type Attribute, worded } from './attributes.ts'
import type { Draw } from './draw.ts'
import type { ExpectedUpdate, Said } from './world.ts'

/** The ways in which something said bears on a note; only some of them outdate it. */
export const PLANTED_UPDATES = [
  'marked',
  'plain',
  'temporary',
  'planned',
  'out of order',
  'other thing',
] as const

export type PlantedUpdate = (typeof PLANTED_UPDATES)[number]

interface UpdatedFact {
  readonly thing: string
  readonly attribute: Attribute
  readonly value: string
  readonly text: string
}

interface Planted {
  readonly said: readonly Said[]
  readonly expected: ExpectedUpdate
  readonly dependant: string | null
}

const EARLIER = '2025-02-03T09:00:00Z'
const LATER = '2025-11-17T09:00:00Z'

/** What people say of a noted fact, and what should become of the note. */
export function plantedUpdate(how: PlantedUpdate, fact: UpdatedFact, draw: Draw): Planted {
  const { thing, attribute, value, text } = fact
  const next = another(attribute, [value], draw)
  const plain = (of: string): string => worded(attribute.says[0], thing, of)
  const expected = { how, note: text, thing, dependant: null }
  const replaced = { ...expected, isReplaced: true, value: next }
  const kept = { ...expected, isReplaced: false, value }
  const now = (statement: string): readonly Said[] => [{ text: statement, at: null }]
  switch (how) {
    case 'marked': {
      const dependant = dependantOf(fact)
      const said = now(worded(attribute.changed, thing, next))
      return { said, expected: { ...replaced, dependant }, dependant }
    }
    case 'plain':
      return { said: now(plain(next)), expected: replaced, dependant: null }
    case 'temporary': {
      const said = now(worded(attribute.temporary, thing, next))
      return { said, expected: kept, dependant: null }
    }
    case 'planned': {
      const said = now(worded(attribute.planned, thing, next))
      return { said, expected: kept, dependant: null }
    }
    case 'out of order': {
      const older = another(attribute, [value, next], draw)
      const said = [
        { text: plain(next), at: LATER },
        { text: plain(older), at: EARLIER },
      ]
      return { said, expected: replaced, dependant: null }
    }
    case 'other thing': {
      const said = now(worded(attribute.says[0], `${thing} of the Oslo office`, next))
      return { said, expected: kept, dependant: null }
    }
  }
}

/** A note that was true because of the value. */
function dependantOf({ thing, attribute, value }: UpdatedFact): string | null {
  return attribute.name === 'port'
    ? `The firewall of the ${thing} lets port ${value} through.`
    : null
}

function another(attribute: Attribute, taken: readonly string[], draw: Draw): string {
  const value = attribute.value(draw)
  return taken.includes(value) ? another(attribute, taken, draw) : value
}
