import { describe, expect, it } from 'vitest'
import { parseSince } from './since.ts'

const NOW = new Date('2026-11-23T06:00:00Z')

describe('--since', () => {
  it.each([
    ['24h', '2026-11-22T06:00:00.000Z'],
    ['7d', '2026-11-16T06:00:00.000Z'],
    ['2w', '2026-11-09T06:00:00.000Z'],
    ['2026-11-02', '2026-11-02T00:00:00.000Z'],
    ['2026-11-02T10:30', '2026-11-02T10:30:00.000Z'],
    ['2026-11-02T10:30:00+02:00', '2026-11-02T08:30:00.000Z'],
  ])('reads %s', (given, time) => {
    expect(parseSince(given, NOW)).toBe(time)
  })

  it.each(['', '7', '7y', '-7d', 'yesterday', '2026-02-30', '2026-13-01', '1e3d'])(
    'refuses "%s" and says how to write it',
    (given) => {
      expect(() => parseSince(given, NOW)).toThrow(
        expect.objectContaining({
          type: 'invalid_request_error',
          next: expect.stringContaining('7d'),
        }),
      )
    },
  )
})
