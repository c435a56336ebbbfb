import { describe, expect, it } from 'vitest'
import type { Change } from '../../core/change.ts'
import { derivedId } from '../../core/ids.ts'
import { aChange, inputsOf } from '../stages/dream-inputs.test-support.ts'
import { withinLimit } from './within-limit.ts'

const INPUTS = inputsOf({ '/notes.md': '- The owner is Jonas.\n' })

function inSet(set: string, name: string, more: Partial<Change> = {}): Change {
  return aChange(INPUTS, name, [], { changeSet: derivedId('cset', set), ...more })
}

const [A, B1, B2, C] = [inSet('a', 'a'), inSet('b', 'b1'), inSet('b', 'b2'), inSet('c', 'c')]

describe('withinLimit', () => {
  it('leaves a plan that fits as it is', () => {
    const changes = [A, B1, B2]

    expect(withinLimit(changes, 3)).toEqual({ changes, waiting: [] })
  })

  it('takes the first ones in the order in which they are read', () => {
    expect(withinLimit([A, B1, B2, C], 3)).toEqual({ changes: [A, B1, B2], waiting: [C] })
  })

  it('never splits changes that depend on each other', () => {
    expect(withinLimit([A, B1, C, B2], 2)).toEqual({ changes: [A, C], waiting: [B1, B2] })
  })

  it('lets what is held wait first', () => {
    const held = inSet('h', 'h', { status: 'held', heldReason: 'index_full' })

    expect(withinLimit([held, A, C], 2)).toEqual({ changes: [A, C], waiting: [held] })
  })
})
