import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createdAt, createdWithin, flag, instant, pageFields, wholeNumber } from './page.ts'

const page = z.object(pageFields())

describe('a query of a list', () => {
  it('reads any whole number within its bounds, and nothing else', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1_000, max: 1_000 }), (limit) => {
        const isWithin = limit >= 1 && limit <= 100
        const read = page.safeParse({ limit: String(limit) })
        expect(read.success).toBe(isWithin)
        if (read.success) expect(read.data.limit).toBe(limit)
      }),
    )
    for (const limit of ['', ' ', '5 ', '5.0', '0x5', '1e1', 'NaN', '+5', ['5', '6']]) {
      expect(page.safeParse({ limit }).success).toBe(false)
    }
  })

  it('without anything is the first page of 20', () => {
    expect(page.parse({})).toEqual({ limit: 20 })
    expect(page.parse({ page: '' }).page).toBeUndefined()
  })

  it('an absent number stays absent', () => {
    expect(wholeNumber(z.int().optional()).parse(undefined)).toBeUndefined()
  })
})

describe('a flag', () => {
  it('is true or false and nothing else; absent is false', () => {
    expect([flag.parse('true'), flag.parse('false'), flag.parse(undefined)]).toEqual([
      true,
      false,
      false,
    ])
    for (const text of ['', '1', '0', 'yes', 'True', 'TRUE', ' true']) {
      expect(flag.safeParse(text).success).toBe(false)
    }
  })
})

describe('a time', () => {
  const years = { min: new Date('1970-01-02'), max: new Date('9998-01-01'), noInvalidDate: true }

  it('in any offset is the same instant in UTC', () => {
    fc.assert(
      fc.property(fc.date(years), fc.integer({ min: -14 * 60, max: 14 * 60 }), (date, minutes) => {
        const local = new Date(date.getTime() + minutes * 60_000).toISOString().slice(0, -1)
        const ahead = Math.abs(minutes)
        const [hours, rest] = [Math.floor(ahead / 60), ahead % 60].map((part) =>
          String(part).padStart(2, '0'),
        )
        const offset = `${minutes < 0 ? '-' : '+'}${hours}:${rest}`
        expect(instant.parse(`${local}${offset}`)).toBe(date.toISOString())
      }),
    )
  })

  it('that is none, or names no offset, is refused', () => {
    for (const text of ['', 'now', '2026-11-22', '2026-11-22T10:00:00', '2026-02-30T10:00:00Z']) {
      expect(instant.safeParse(text).success).toBe(false)
    }
  })

  it('bounds are told apart, and none is undefined', () => {
    const fields = z.object(createdAt('gt', 'gte', 'lt', 'lte'))
    const query = fields.parse({
      'created_at[gt]': '2026-01-01T00:00:00Z',
      'created_at[lte]': '2026-02-01T00:00:00Z',
    })
    expect(createdWithin(query)).toEqual({
      gt: '2026-01-01T00:00:00.000Z',
      lte: '2026-02-01T00:00:00.000Z',
    })
    expect(createdWithin(fields.parse({}))).toBeUndefined()
  })
})
