import { describe, expect, it } from 'vitest'
import {
  cronTimes,
  dayStart,
  isTimeZone,
  minutesOf,
  nextWallTime,
  wallMinutes,
} from './zone-time.ts'

const BERLIN = 'Europe/Berlin'
const at = (iso: string): Date => new Date(iso)

/** The times of a cron over a stretch, looked for every ten minutes as a sleeper would. */
function fired(cron: string, zone: string, from: string, until: string): readonly string[] {
  const times = cronTimes(cron, zone)
  const found: string[] = []
  let done = Date.parse(from)
  for (let now = done; now <= Date.parse(until); now += 600_000) {
    const last = times.lastBy(new Date(now))
    if (last === null || last.getTime() <= done) continue
    done = last.getTime()
    found.push(last.toISOString())
  }
  return found
}

describe('cron in a time zone', () => {
  it('a time that the clock change skips comes once, right after it', () => {
    expect(fired('30 2 * * *', BERLIN, '2026-03-28T12:00:00Z', '2026-03-30T12:00:00Z')).toEqual([
      '2026-03-29T01:00:00.000Z',
      '2026-03-30T00:30:00.000Z',
    ])
  })

  it('a time that the clock change repeats comes once', () => {
    expect(fired('30 2 * * *', BERLIN, '2026-10-24T12:00:00Z', '2026-10-26T12:00:00Z')).toEqual([
      '2026-10-25T00:30:00.000Z',
      '2026-10-26T01:30:00.000Z',
    ])
  })

  it('several times of one day each come once on a day with a clock change', () => {
    const days = ['2026-10-24T22:00:00Z', '2026-10-25T22:59:00Z'] as const
    expect(fired('15 2,14 * * *', BERLIN, ...days)).toEqual([
      '2026-10-25T00:15:00.000Z',
      '2026-10-25T13:15:00.000Z',
    ])
  })

  it('leap days and times beyond 2038 are found', () => {
    const leap = cronTimes('0 3 29 2 *', 'UTC')
    expect(leap.nextAfter(at('2026-03-01T00:00:00Z'))?.toISOString()).toBe(
      '2028-02-29T03:00:00.000Z',
    )
    expect(leap.lastBy(at('2041-01-01T00:00:00Z'))?.toISOString()).toBe('2040-02-29T03:00:00.000Z')
  })

  it('the time itself counts as come, the one after it does not', () => {
    const daily = cronTimes('0 3 * * *', 'UTC')
    const three = at('2026-03-02T03:00:00.000Z')
    expect(daily.lastBy(three)).toEqual(three)
    expect(daily.lastBy(new Date(three.getTime() - 1))?.toISOString()).toBe(
      '2026-03-01T03:00:00.000Z',
    )
    expect(daily.nextAfter(three)?.toISOString()).toBe('2026-03-03T03:00:00.000Z')
  })
})

describe('days and clocks on the wall', () => {
  it('a day begins at midnight of its zone, or right after where there is none', () => {
    expect(dayStart(at('2026-03-29T12:00:00Z'), BERLIN).toISOString()).toBe(
      '2026-03-28T23:00:00.000Z',
    )
    // In Havana the clock goes from 0:00 to 1:00.
    expect(dayStart(at('2026-03-08T12:00:00Z'), 'America/Havana').toISOString()).toBe(
      '2026-03-08T05:00:00.000Z',
    )
    expect(dayStart(at('2026-11-01T12:00:00Z'), 'America/Havana').toISOString()).toBe(
      '2026-11-01T04:00:00.000Z',
    )
  })

  it('shows what the wall shows, half hours and midnight too', () => {
    expect(wallMinutes(at('2026-07-01T00:00:00Z'), 'Asia/Kolkata')).toBe(5 * 60 + 30)
    expect(wallMinutes(at('2026-07-01T22:00:00Z'), BERLIN)).toBe(0)
    expect(nextWallTime('02:30', BERLIN, at('2026-03-28T23:30:00Z')).toISOString()).toBe(
      '2026-03-29T01:00:00.000Z',
    )
  })

  it('knows zones and times of day from anything else', () => {
    expect(['UTC', BERLIN, 'America/New_York'].every(isTimeZone)).toBe(true)
    expect(['', 'Mars/Base', '+01:00', 'Europe/Berlin ', '../UTC'].some(isTimeZone)).toBe(false)
    expect(['00:00', '23:59'].map(minutesOf)).toEqual([0, 1_439])
    expect(['24:00', '7:00', '12:60', '12:00:00', ''].map(minutesOf)).toEqual(
      Array.from({ length: 5 }, () => null),
    )
  })
})
