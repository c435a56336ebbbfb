import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Anthropic from '@anthropic-ai/sdk'
import { VERSION } from '@anthropic-ai/sdk/version'
import AnthropicMidOf2026 from 'anthropic-sdk-0-117'
import AnthropicLastOf0 from 'anthropic-sdk-0-137'
import { describe, expect, it } from 'vitest'
import { compatibilityPage, withoutStanding } from '../scripts/compatibility-page.ts'
import { type SdkMethod, sdkMethods } from '../scripts/sdk-methods.ts'
import { createApp } from '../src/server/app.ts'
import { testPorts } from '../src/server/test-support/ports.test-support.ts'
import { ANSWERED, NOT_ANSWERED, standingOf } from '../src/wire/compatibility.ts'
import { ROOT } from './architecture/source-tree.ts'

const OPTIONS = { apiKey: 'none', baseURL: 'http://127.0.0.1', maxRetries: 0 }
const CLIENTS = [
  ['1.12.0', () => sdkMethods((fetch) => new Anthropic({ ...OPTIONS, fetch }))],
  ['0.137.0', () => sdkMethods((fetch) => new AnthropicLastOf0({ ...OPTIONS, fetch }))],
  ['0.117.1', () => sdkMethods((fetch) => new AnthropicMidOf2026({ ...OPTIONS, fetch }))],
] as const

const newest = CLIENTS[0][1]

/** The route of a method as the OpenAPI document names it: ids are told apart by place alone. */
function routeOf({ route }: SdkMethod): string | null {
  return route === null
    ? null
    : `${route.method.toLowerCase()} ${route.path.replaceAll(/\{\w+\}/g, '{}')}`
}

function routesOfServer(): ReadonlySet<string> {
  const document = createApp(testPorts()).getOpenAPI31Document({
    openapi: '3.1.0',
    info: { title: 'Reverie', version: '0' },
  })
  const routes = Object.entries(document.paths ?? {}).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method} ${path.replaceAll(/\{\w+\}/g, '{}')}`),
  )
  return new Set(routes)
}

describe('docs/compatibility.md', () => {
  it('is what the data and the client say', async () => {
    const page = readFileSync(join(ROOT, 'docs/compatibility.md'), 'utf8')
    expect(page).toBe(compatibilityPage(VERSION, await newest()))
  })

  it('speaks first of sessions as records', () => {
    const [, first] = readFileSync(join(ROOT, 'docs/compatibility.md'), 'utf8').split('\n\n')
    expect(first).toMatch(/^\*\*Sessions are records\.\*\*/)
  })

  it.each(CLIENTS)('says of every method of %s where it stands', async (_version, methods) => {
    const found = await methods()
    expect(found.length).toBeGreaterThan(100)
    expect(withoutStanding(found)).toEqual([])
  })

  it('speaks of no method or branch that the client does not have', async () => {
    const names = (await newest()).map(({ name }) => name)
    expect(Object.keys(ANSWERED).filter((name) => !names.includes(name))).toEqual([])
    const branches = Object.keys(NOT_ANSWERED)
    expect(branches.filter((start) => !names.some((name) => name.startsWith(start)))).toEqual([])
  })

  it('calls answered what the server has a route for', async () => {
    const routes = routesOfServer()
    const answered = (await newest()).filter(({ name }) => standingOf(name)?.support !== '404')
    const missing = answered.filter((method) => {
      const route = routeOf(method)
      return route !== null && !routes.has(route)
    })
    expect(missing.map(({ name }) => name)).toEqual([])
  })

  it('calls absent what the server answers with 404', async () => {
    const app = createApp(testPorts())
    const absent = (await newest()).filter(({ name }) => standingOf(name)?.support === '404')
    for (const { name, route } of absent) {
      if (route === null) continue
      const response = await app.request(`http://127.0.0.1${encodeURI(route.path)}`, {
        method: route.method,
        headers: { host: '127.0.0.1' },
      })
      expect([name, response.status]).toEqual([name, 404])
    }
  })
})
