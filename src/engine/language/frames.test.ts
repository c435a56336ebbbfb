import { describe, expect, it } from 'vitest'
import { readStatement } from './frames.ts'

function read(sentence: string, context: readonly string[] = []): Record<string, unknown> {
  const { slot, value, formerValue } = readStatement(sentence, { at: null, context })
  return {
    subject: slot?.subject ?? null,
    attribute: slot?.attribute ?? null,
    isFunctional: slot?.isFunctional ?? null,
    value,
    formerValue,
  }
}

describe('readStatement', () => {
  it.each([
    ['Staging port: 5433', 'stage', 'port', '5433'],
    [
      'The staging database listens on port 5433 and needs the VPN.',
      'databas stage',
      'port',
      '5433',
    ],
    ['The port is 5433 in staging', 'stage', 'port', '5433'],
    ['The owner of the search service is Mira now.', 'search servic', 'owner', 'Mira'],
    ['The search service is now owned by Mira.', 'search servic', 'owner', 'Mira'],
    ['Mara owns the billing service', 'bill servic', 'owner', 'Mara'],
    [
      'The return window for electric grinders is 21 days.',
      'electr grinder return',
      'window',
      '21 days',
    ],
    ['The new checkout goes live on 2026-11-17.', 'checkout new', 'date', '2026-11-17'],
    ['Gift cards expire after 3 years.', 'card gift', 'lifetime', '3 years'],
    ['The storefront repo uses npm as its package manager.', 'storefront', 'package-manag', 'npm'],
    ['The production cluster runs in eu-central-1.', 'cluster product', 'locat', 'eu-central-1'],
    ['My time zone is Europe/Lisbon.', '', 'time-zon', 'Europe/Lisbon'],
    ['The deadline moved to 2026-12-01.', '', 'deadlin', '2026-12-01'],
    ['The default branch is `trunk`.', 'default', 'branch', 'trunk'],
  ])('reads the property in "%s"', (sentence, subject, attribute, value) => {
    expect(read(sentence)).toMatchObject({ subject, attribute, value, isFunctional: true })
  })

  it.each([
    ['we switched from npm to pnpm in the storefront repo', 'npm', 'pnpm'],
    ['We renamed the orders service to fulfilment.', 'orders service', 'fulfilment'],
    ['Use Vitest instead of Jest for unit tests.', 'Jest', 'Vitest'],
    ['Use the Berlin time zone for order timestamps, not UTC.', 'UTC', 'Berlin time zone'],
    ['The return window is 14 days, not 30.', '30', '14 days'],
    ['The cluster runs in eu-central-1 now, no longer in eu-west-1.', 'eu-west-1', 'eu-central-1'],
    ['Jenkins was replaced by GitHub Actions.', 'Jenkins', 'GitHub Actions'],
    ['The capital is not Bonn but Berlin.', 'Bonn', 'Berlin'],
    ['We no longer use Jenkins', 'Jenkins', null],
  ])('reads old and new value in "%s"', (sentence, formerValue, value) => {
    expect(read(sentence)).toMatchObject({ formerValue, value })
  })

  it('takes the subject of a bare property from the heading above it', () => {
    expect(read('Port: 5432', ['Infrastructure', 'Borealis'])).toMatchObject({ subject: 'boreali' })
  })

  it('gives values as they stand in the sentence', () => {
    const sentence = 'The **default carrier** is `DHL Express` since March.'

    expect(sentence).toContain(readStatement(sentence, { at: null, context: [] }).value)
  })

  it.each([
    'It is 5433 now.',
    'The port is 5432. The host is db1.',
    'Der Port ist 5432 und nicht 5433.',
    'Thanks for the help!',
  ])('finds no slot in "%s"', (sentence) => {
    expect(read(sentence)).toMatchObject({ subject: null, value: null })
  })

  it.each([
    ['Is the port 5433?', 'question'],
    ['We might switch to pnpm.', 'hypothesis'],
    ['We plan to switch to pnpm.', 'plan'],
    ['Jonas says the port is 5433.', 'quotation'],
    ['Never deploy on Fridays.', 'must'],
    ['Guests may order without an account.', 'may'],
    ['The port is 5433.', 'is'],
  ])('takes "%s" as %s', (sentence, modality) => {
    expect(readStatement(sentence, { at: null, context: [] }).modality).toBe(modality)
  })
})
