import { describe, expect, it } from 'vitest'
import { addressesIn, withoutAddresses } from './address.ts'

describe('withoutAddresses', () => {
  it.each([
    ['see https://docs.acme.io/x?y=1.', 'see <address>'],
    ['connect ECONNREFUSED 10.0.4.17:5433', 'connect ECONNREFUSED <address>'],
    ['open http://localhost:3000@evil.example/x', 'open <address>'],
    ['open http://localhost:3000/login?token=abc', 'open <address>'],
    ["push to 'git.acme.example:shop/web.git'", "push to '<address>'"],
    ['push to git@git.acme.com:shop/web.git failed', 'push to <address> failed'],
    ['could not resolve host: packages.acme.com', 'could not resolve host: <address>'],
    ['lookup api.shop.internal: no such host', 'lookup <address>: no such host'],
  ])('hides the address of %j', (text, expected) => {
    expect(withoutAddresses(text)).toBe(expected)
  })

  it.each([
    'connect ECONNREFUSED 127.0.0.1:5433',
    'connect ECONNREFUSED ::1:5433',
    'open http://localhost:3000/',
  ])('leaves the address of the machine itself in %j', (text) => {
    expect(withoutAddresses(text)).toBe(text)
  })

  it.each([
    'mix.exs',
    'App.Endpoint',
    'src/lib/money.test.ts',
    'Cannot find module socket.io',
    '.env.local',
    'version 4.18.2',
    'std::fmt',
  ])('takes %j for no address', (text) => {
    expect(addressesIn(text)).toEqual([])
  })
})
