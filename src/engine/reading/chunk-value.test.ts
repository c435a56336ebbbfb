import { describe, expect, it } from 'vitest'
import { byValue } from './chunk-value.ts'
import type { Chunk } from './chunks.ts'
import { aChunk, aRead, fromTool } from './reading.test-support.ts'

const COMMON = ['We ship shoes.', 'We ship hats.', 'We ship bags.', 'We ship belts.']
const NOTES = [...COMMON, 'The ledger service runs in Oslo.']

const CORRECTION = aChunk(aRead('No, that is wrong, it ships by train.'))
const ERROR = aChunk(fromTool('Bash', 'Exit code 1', true))
const KNOWN = aChunk(aRead('The ledger is slow today.'))
const NEW = aChunk(aRead('Cats purr softly.'))
const REST = aChunk(aRead('We ship.'))

describe('byValue', () => {
  it.each<[string, readonly Chunk[]]>([
    ['as they come', [CORRECTION, KNOWN, NEW, REST]],
    ['the other way round', [REST, NEW, KNOWN, CORRECTION]],
  ])(
    'reads corrections, then what notes name, then what is new, then the rest: %s',
    (_how, chunks) => {
      expect(byValue(chunks, NOTES)).toEqual([CORRECTION, KNOWN, NEW, REST])
    },
  )

  it('reads errors with the first', () => {
    expect(byValue([KNOWN, ERROR], NOTES)).toEqual([ERROR, KNOWN])
  })

  it('does not count what the agent says, nor what is repeated for its context', () => {
    const agent = aChunk(aRead('No, that is wrong.', { speaker: 'agent', type: 'agent.message' }))
    const repeated: Chunk = {
      ...CORRECTION,
      parts: [...CORRECTION.parts.map((part) => ({ ...part, isOverlap: true })), ...REST.parts],
    }

    expect(byValue([agent, repeated, KNOWN], NOTES)[0]).toEqual(KNOWN)
  })

  it('leaves equals in their order', () => {
    const again = aChunk(aRead('We ship!'))

    expect(byValue([again, REST], NOTES)).toEqual([again, REST])
    expect(byValue([REST, again], NOTES)).toEqual([REST, again])
  })
})
