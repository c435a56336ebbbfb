import { describe, expect, it } from 'vitest'
import { LOCAL_AUDIENCE } from '../../core/audience.ts'
import type { Change, ChangeStatus } from '../../core/change.ts'
import { derivedId } from '../../core/ids.ts'
import { withinHeldLimit } from './within-held-limit.ts'

function change(name: string, set: string, status: ChangeStatus, isOfNote = false): Change {
  const unitId = derivedId('unit', name)
  return {
    id: derivedId('chg', name),
    kind: isOfNote ? 'supersede' : 'add',
    changeSet: derivedId('cset', set),
    reason: 'Somebody said so.',
    before: [],
    after: [{ path: '/a.md', text: name }],
    edits: isOfNote
      ? [{ op: 'replace', unitId, text: name }]
      : [{ op: 'append', path: '/a.md', text: name, create: null }],
    units: isOfNote ? [unitId] : [],
    evidence: [],
    trust: 'external',
    audience: LOCAL_AUDIENCE,
    status,
    heldReason: status === 'held' ? 'untrusted_source' : null,
    ledger: [],
    pattern: null,
    isWordedByModel: false,
  }
}

const texts = (changes: readonly Change[]): readonly string[] =>
  changes.flatMap(({ after }) => after.map(({ text }) => text))

describe('withinHeldLimit', () => {
  it('keeps the first held additions in whole sets, and counts the rest', () => {
    const changes = [
      change('a', '1', 'held'),
      change('b', '2', 'held'),
      change('c', '2', 'held'),
      change('d', '3', 'held'),
    ]

    const { changes: kept, leftOut } = withinHeldLimit(changes, 2)

    expect(texts(kept)).toEqual(['a', 'd'])
    expect(leftOut).toBe(2)
  })

  it('leaves out nothing that is let in, that touches a note, or that stands with either', () => {
    const changes = [
      change('a', '1', 'proposed'),
      change('b', '2', 'held', true),
      change('c', '3', 'held'),
      change('d', '3', 'held', true),
    ]

    expect(withinHeldLimit(changes, 0)).toEqual({ changes, leftOut: 0 })
  })
})
