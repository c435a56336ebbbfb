import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AuditRow, linkedRow, placeOf } from './audit-chain.ts'
import { anchorText, readAnchor, verifyAuditChain } from './audit-check.ts'

const NUM_RUNS = Number(process.env.AUDIT_EDITS ?? 200)

function plainRow(n: number): AuditRow {
  const body = JSON.stringify({
    subject: `mem_${n}`,
    by: { type: 'user_actor', userId: 'user_ada' },
    details: { memory_store_id: 'memstore_1' },
  })
  return { id: `log_${n}`, type: 'memory.created', at: '2026-01-05T10:00:00.000Z', body }
}

/** `older` lines without a link, then `linked` ones with one. */
function chain(linked: number, older = 0): AuditRow[] {
  const rows = Array.from({ length: older }, (_, n) => plainRow(n))
  for (let n = older; n < older + linked; n += 1) {
    const previous = placeOf(rows.at(-1) ?? { body: null })?.link ?? null
    rows.push(linkedRow(plainRow(n), { sequence: n + 1, previous }))
  }
  return rows
}

const at = (rows: readonly AuditRow[], index: number): AuditRow => {
  const row = rows[index]
  if (row === undefined) throw new Error(`There is no line ${index}.`)
  return row
}

const brokenOf = (rows: readonly AuditRow[]): unknown => verifyAuditChain(rows).broken

const reworded = (row: AuditRow): AuditRow => ({
  ...row,
  body: (row.body ?? '').replace('user_ada', 'user_bob'),
})

const garbage: AuditRow = { ...plainRow(99), id: 'log_forged' }

describe('verifyAuditChain', () => {
  it('finds nothing in lines as they were appended, and says where the chain ends', () => {
    const rows = chain(4)
    const { sequence, link } = placeOf(at(rows, 3)) ?? {}

    expect(verifyAuditChain(rows)).toEqual({
      lines: 4,
      unlinked: 0,
      broken: null,
      head: { sequence, link },
    })
    expect(verifyAuditChain([])).toEqual({ lines: 0, unlinked: 0, broken: null, head: null })
  })

  it('begins at the first linked line and only counts older ones', () => {
    const rows = chain(3, 2)

    expect(verifyAuditChain(rows)).toMatchObject({ lines: 5, unlinked: 2, broken: null })
    expect(brokenOf([at(rows, 0), garbage, ...rows.slice(1)])).toEqual({
      index: 2,
      fault: 'inserted',
    })
    expect(brokenOf(rows.slice(1))).toEqual({ index: 1, fault: 'deleted' })
    expect(brokenOf([...rows.slice(0, 2), ...rows.slice(3)])).toEqual({
      index: 2,
      fault: 'deleted',
    })
  })

  it.each<readonly [string, (rows: AuditRow[]) => AuditRow[], number, string]>([
    ['a reworded body', (rows) => rows.with(2, reworded(at(rows, 2))), 2, 'edited'],
    ['another type', (rows) => rows.with(0, { ...at(rows, 0), type: 'x' }), 0, 'edited'],
    ['another time', (rows) => rows.with(4, { ...at(rows, 4), at: null }), 4, 'edited'],
    ['a body without its link', (rows) => rows.with(0, plainRow(0)), 0, 'edited'],
    ['a body that is no JSON', (rows) => rows.with(0, { ...at(rows, 0), body: '{' }), 0, 'edited'],
    ['a body that is a list', (rows) => rows.with(3, { ...at(rows, 3), body: '[]' }), 3, 'edited'],
    [
      'the same value in other bytes',
      (rows) => rows.with(1, { ...at(rows, 1), body: `${at(rows, 1).body} ` }),
      1,
      'edited',
    ],
    [
      'a chain of another form',
      (rows) => rows.with(0, { ...at(rows, 0), body: '{"chain":{"sequence":1}}' }),
      0,
      'edited',
    ],
    [
      'a line that was reworded and linked anew',
      (rows) => {
        const place = { sequence: 2, previous: placeOf(at(rows, 0))?.link ?? null }
        return rows.with(1, linkedRow(reworded(plainRow(1)), place))
      },
      1,
      'edited',
    ],
    [
      'a line that was made to follow nothing',
      (rows) => rows.with(2, linkedRow(plainRow(2), { sequence: 3, previous: null })),
      2,
      'edited',
    ],
    ['a line taken out', (rows) => rows.toSpliced(1, 1), 1, 'deleted'],
    ['the first lines taken out', (rows) => rows.slice(2), 0, 'deleted'],
    ['a line put in', (rows) => rows.toSpliced(3, 0, garbage), 3, 'inserted'],
    ['a line put before all', (rows) => [garbage, ...rows], 0, 'inserted'],
    ['a copy behind its original', (rows) => rows.toSpliced(4, 0, at(rows, 1)), 4, 'inserted'],
    ['a copy beside its original', (rows) => rows.toSpliced(2, 0, at(rows, 1)), 2, 'inserted'],
    ['a copy before its original', (rows) => rows.toSpliced(1, 0, at(rows, 3)), 1, 'inserted'],
    [
      'a forged line with the right link',
      (rows) => {
        const previous = placeOf(at(rows, 1))?.link ?? null
        return rows.toSpliced(2, 0, linkedRow(garbage, { sequence: 3, previous }))
      },
      2,
      'inserted',
    ],
    [
      'two neighbours swapped',
      (rows) => rows.with(2, at(rows, 3)).with(3, at(rows, 2)),
      2,
      'moved',
    ],
    ['a line moved to the end', (rows) => [...rows.toSpliced(1, 1), at(rows, 1)], 1, 'moved'],
    ['the last line moved to the front', (rows) => [at(rows, 4), ...rows.slice(0, 4)], 0, 'moved'],
  ])('finds %s', (_what, edit, index, fault) => {
    expect(brokenOf(edit(chain(5)))).toEqual({ index, fault })
  })

  it('finds a cut tail with an anchor alone', () => {
    const rows = chain(5)
    const kept = placeOf(at(rows, 4))
    const anchor = { link: kept?.link ?? '', sequence: null }
    const cut = rows.slice(0, 3)

    expect(brokenOf(cut)).toBeNull()
    expect(verifyAuditChain(cut, anchor).broken).toEqual({ index: 3, fault: 'cut' })
    expect(verifyAuditChain([], anchor).broken).toEqual({ index: 0, fault: 'cut' })
    expect(verifyAuditChain([...rows, ...[]], anchor).broken).toBeNull()
    const grown = linkedRow(garbage, { sequence: 6, previous: anchor.link })
    expect(verifyAuditChain([...rows, grown], anchor).broken).toBeNull()
  })

  it('finds with an anchor that the whole chain was made anew', () => {
    const rows = chain(5)
    const { link = '', sequence = 0 } = placeOf(at(rows, 2)) ?? {}
    const anew = chain(5).slice(0, 0)
    for (const [n, row] of chain(5).entries()) {
      const previous = placeOf(anew.at(-1) ?? { body: null })?.link ?? null
      const told = n === 1 ? reworded(plainRow(n)) : { ...plainRow(n), type: row.type }
      anew.push(linkedRow(told, { sequence: n + 1, previous }))
    }

    expect(brokenOf(anew)).toBeNull()
    expect(verifyAuditChain(anew, { link, sequence }).broken).toEqual({ index: 2, fault: 'cut' })
    expect(verifyAuditChain(rows, { link, sequence: 4 }).broken).toEqual({ index: 3, fault: 'cut' })
  })

  it('takes an anchor as it was printed, or the link alone, and nothing else', () => {
    const head = { sequence: 12, link: 'a'.repeat(64) }

    expect(readAnchor(anchorText(head))).toEqual(head)
    expect(readAnchor(head.link)).toEqual({ link: head.link, sequence: null })
    for (const text of ['', 'head', `x:${head.link}`, head.link.toUpperCase()]) {
      expect(() => readAnchor(text)).toThrow('no link')
    }
  })

  it('tells every change of one byte, at the line that holds it', () => {
    fc.assert(
      fc.property(fc.nat(6), fc.nat(), fc.string({ minLength: 1 }), (index, place, text) => {
        const rows = chain(7)
        const body = at(rows, index).body ?? ''
        const start = place % body.length
        const edited = body.slice(0, start) + text + body.slice(start + text.length)
        fc.pre(edited !== body)

        const found = brokenOf(rows.with(index, { ...at(rows, index), body: edited }))

        expect(found).toMatchObject({ index })
      }),
      { numRuns: NUM_RUNS },
    )
  })
})
