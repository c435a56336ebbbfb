import { describe, expect, it } from 'vitest'
import { LOCAL_AUDIENCE } from '../../core/audience.ts'
import type { Evidence } from '../../core/evidence.ts'
import type { Trust } from '../../core/trust.ts'
import { inputsOf, quoteOf, unitIn } from '../stages/dream-inputs.test-support.ts'
import { type ChangeDraft, changeOf } from './change-draft.ts'

const INPUTS = inputsOf({ '/notes.md': '- The port is 1.\n- The owner is Jonas.\n' })
const PORT = unitIn(INPUTS, 'The port')
const OWNER = unitIn(INPUTS, 'The owner')

function quoting(trust: Trust, quote = 'The port is 2 now.'): Evidence {
  return { ...quoteOf(PORT), quote, trust }
}

function draft(more: Partial<ChangeDraft> = {}): ChangeDraft {
  return {
    kind: 'supersede',
    reason: 'A later statement says so.',
    before: [{ path: '/notes.md', text: PORT.text }],
    after: [{ path: '/notes.md', text: 'The port is 2.' }],
    edits: [{ op: 'replace', unitId: PORT.id, text: 'The port is 2.' }],
    evidence: [quoting('user')],
    audience: LOCAL_AUDIENCE,
    heldReason: null,
    ...more,
  }
}

describe('changeOf', () => {
  it.each<readonly [string, Partial<ChangeDraft>]>([
    ['reason', { reason: 'Said differently.' }],
    ['status', { heldReason: 'person_wrote_it' }],
    ['trust', { trust: 'note' }],
    ['order of its evidence', { evidence: [quoting('user', 'b'), quoting('user', 'a')] }],
  ])('has an id that does not depend on the %s', (what, more) => {
    const base =
      what === 'order of its evidence'
        ? draft({ evidence: [quoting('user', 'a'), quoting('user', 'b')] })
        : draft()

    expect(changeOf(draft(more)).id).toBe(changeOf(base).id)
  })

  it.each<readonly [string, Partial<ChangeDraft>]>([
    ['kind', { kind: 'merge' }],
    ['text before', { before: [{ path: '/notes.md', text: OWNER.text }] }],
    ['place before', { before: [{ path: '/other.md', text: PORT.text }] }],
    ['text after', { after: [{ path: '/notes.md', text: 'The port is 3.' }] }],
    ['quotes', { evidence: [quoting('user', 'It is two now.')] }],
    ['number of texts before', { before: [] }],
  ])('has another id with another %s', (_, more) => {
    expect(changeOf(draft(more)).id).not.toBe(changeOf(draft()).id)
  })

  it('knows a conflict by its two statements, in either order and wherever they stand', () => {
    const sides = [
      { path: '/a.md', text: 'The port is 1.' },
      { path: '/b.md', text: 'The port\nis 2.' },
    ]
    const conflict = draft({ kind: 'conflict', before: sides, after: sides })
    const written = draft({
      kind: 'conflict',
      before: [],
      after: [
        { path: '/c.md', text: 'The port is 2.' },
        { path: '/a.md', text: 'The port is 1.' },
      ],
      evidence: [quoting('tool', 'else')],
    })

    expect(changeOf(written).id).toBe(changeOf(conflict).id)
  })

  it('has the best trust of its evidence, unless the draft says which one counts', () => {
    const evidence = [quoting('note'), quoting('user'), quoting('external')]

    expect(changeOf(draft({ evidence })).trust).toBe('user')
    expect(changeOf(draft({ evidence, trust: 'external' })).trust).toBe('external')
    expect(changeOf(draft({ evidence: [] })).trust).toBe('external')
  })

  it('is proposed, or held with a reason', () => {
    expect(changeOf(draft())).toMatchObject({ status: 'proposed', heldReason: null })
    expect(changeOf(draft({ heldReason: 'secret' }))).toMatchObject({
      status: 'held',
      heldReason: 'secret',
    })
  })
})
