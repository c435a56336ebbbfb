import { createRoute, z } from '@hono/zod-openapi'
import { describe, expect, it } from 'vitest'
import { LIMITS } from '../config.ts'
import { notFound, ReverieError } from '../core/errors.ts'
import { type AppOptions, createApp } from './app.ts'
import { failureBody } from './failure-body.ts'
import type { LogFields, ServerLog } from './log.ts'
import { failures, json, jsonBody, type WireApp } from './routing.ts'
import { testPorts } from './test-support/ports.test-support.ts'

const ECHO = createRoute({
  method: 'post',
  path: '/v1/echo/{id}',
  request: {
    params: z.object({ id: z.string() }),
    body: jsonBody(
      z.strictObject({
        name: z.string().optional(),
        deep: z.unknown().optional(),
        inputs: z
          .array(z.union([z.strictObject({ a: z.string() }), z.strictObject({ b: z.number() })]))
          .optional(),
        model: z.union([z.string(), z.strictObject({ speed: z.literal('slow') })]).optional(),
      }),
    ),
  },
  responses: { 200: json(z.unknown(), 'What came.'), ...failures },
})

function routes(app: WireApp): void {
  app.openapi(ECHO, (c) =>
    c.json({ ...c.req.valid('json'), id: c.req.param('id') } as unknown, 200),
  )
  app.get('/v1/fault', () => {
    throw new Error('the secret text of a memory')
  })
  app.get('/v1/conflict', () => {
    throw new ReverieError('memory_path_conflict_error', 'Taken.', {
      next: 'Choose another path.',
      details: { conflicting_path: '/a' },
    })
  })
}

function appWith(options: AppOptions = {}): WireApp {
  return createApp(testPorts(), { routes: [routes], ...options })
}

function post(
  body: string | Uint8Array<ArrayBuffer> | ReadableStream,
  headers: Record<string, string> = {},
): RequestInit {
  return { method: 'POST', body, headers }
}

const asJson = { 'content-type': 'application/json' }

async function told(response: Response): Promise<{
  readonly type: string
  readonly message: string
  readonly id: string
  readonly error: Record<string, unknown>
}> {
  const body = (await response.json()) as {
    readonly type: string
    readonly error: { readonly type: string; readonly message: string }
    readonly request_id: string
  }
  expect(body.type).toBe('error')
  return { ...body.error, id: body.request_id, error: body.error }
}

describe('every answer', () => {
  it('has a request id of its own, failures in the body too', async () => {
    const app = appWith()
    const one = await app.request('/v1/echo/x', post('{}', asJson))
    const other = await app.request('/v1/nothing')
    expect(one.headers.get('request-id')).toMatch(/^req_/)
    expect(other.headers.get('request-id')).toBe((await told(other)).id)
    expect(other.headers.get('request-id')).not.toBe(one.headers.get('request-id'))
  })

  it('leaves one line that holds the pattern of the route and no content', async () => {
    const lines: LogFields[] = []
    const app = appWith({ log: keeping(lines) })
    await app.request('/v1/echo/secret-id?q=secret', post('{"name":"secret"}', asJson))
    expect(lines).toMatchObject([
      { method: 'POST', route: '/v1/echo/:id', status: 200, workspace: 'wrkspc_default' },
    ])
    expect(JSON.stringify(lines)).not.toContain('secret')
  })
})

describe('a failure', () => {
  it('of an unknown route or method is 404 and points to what there is', async () => {
    for (const [path, method] of [
      ['/v1/nothing', 'GET'],
      ['/v1/echo/x', 'PUT'],
      ['/', 'GET'],
    ]) {
      const response = await appWith().request(path ?? '', { method: method ?? '' })
      expect(response.status).toBe(404)
      expect(await told(response)).toMatchObject({
        type: 'not_found_error',
        message: expect.stringContaining('docs/compatibility.md'),
      })
    }
  })

  it('that a retry cannot mend says so, with its details beside the message', async () => {
    const response = await appWith().request('/v1/conflict')
    expect(response.status).toBe(409)
    expect(response.headers.get('x-should-retry')).toBe('false')
    expect(await told(response)).toMatchObject({
      message: 'Taken. Choose another path.',
      error: { conflicting_path: '/a' },
    })
  })

  it('of the server tells nobody what it was about, and the log where it was', async () => {
    const lines: LogFields[] = []
    const response = await appWith({ log: keeping(lines) }).request('/v1/fault')
    const text = await response.clone().text()
    expect(response.status).toBe(500)
    expect(await told(response)).toMatchObject({ type: 'api_error' })
    expect(text).not.toContain('secret')
    expect(JSON.stringify(lines)).toContain('app.test.ts')
    expect(JSON.stringify(lines)).not.toContain('secret')
  })
})

describe('a body', () => {
  it('without a content type is JSON', async () => {
    const bytes = new TextEncoder().encode('{"name":"a"}')
    const response = await appWith().request('/v1/echo/x', post(bytes))
    expect(await response.json()).toEqual({ name: 'a', id: 'x' })
  })

  it.each([
    ['malformed', '{"name":', asJson],
    ['of another type', 'name=a', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['missing', '', asJson],
    ['compressed', '{}', { ...asJson, 'content-encoding': 'gzip' }],
    ['not UTF-8', new Uint8Array([0x22, 0xff, 0x22]), asJson],
    ['nested too deep', `{"deep":${'['.repeat(10_000)}${']'.repeat(10_000)}}`, asJson],
    ['of another shape', '[1]', asJson],
  ])('that is %s is refused with 400', async (_name, body, headers) => {
    const response = await appWith().request('/v1/echo/x', post(body, headers))
    expect(response.status).toBe(400)
    expect(await told(response)).toMatchObject({ type: 'invalid_request_error' })
  })

  it('names the fields that are wrong, in the branch that was meant', async () => {
    const response = await appWith().request('/v1/echo/x', post('{"inputs":[{"b":"1"}]}', asJson))
    expect((await told(response)).message).toContain('inputs.0.b')
  })

  it('names the field within an object where a text would do as well', async () => {
    const response = await appWith().request(
      '/v1/echo/x',
      post('{"model":{"speed":"fast"}}', asJson),
    )
    expect((await told(response)).message).toContain('model.speed')
  })

  it('tells a caller of the wire nothing of a command line where an id is not known', () => {
    expect(failureBody(notFound('dream', 'drm_x'), 'req_1').error.message).toBe(
      'There is no dream "drm_x".',
    )
  })

  it('with an unknown key is refused, and a long name is not told whole', async () => {
    const body = JSON.stringify({ ['k'.repeat(5_000)]: 1 })
    const response = await appWith().request('/v1/echo/x', post(body, asJson))
    expect(response.status).toBe(400)
    expect((await told(response)).message.length).toBeLessThan(2 * LIMITS.valueCharsToldMax)
  })

  it('may have 1 MiB and no byte more, with and without its length told', async () => {
    const empty = '{"name":""}'.length
    const bytes = (size: number): string => `{"name":"${'a'.repeat(size - empty)}"}`
    const { requestBytesMax: max } = LIMITS
    const statuses = []
    for (const size of [max, max + 1]) {
      const whole = await appWith().request('/v1/echo/x', post(bytes(size), asJson))
      const stream = new Blob([bytes(size)]).stream()
      const request = { ...post(stream, asJson), duplex: 'half' as const }
      statuses.push([whole.status, (await appWith().request('/v1/echo/x', request)).status])
    }
    expect(statuses).toEqual([
      [200, 200],
      [413, 413],
    ])
  })
})

function keeping(lines: LogFields[]): ServerLog {
  const keep = (fields: LogFields): void => {
    lines.push(fields)
  }
  return { info: keep, warn: keep, error: keep }
}

describe('a field that is called `__proto__`', () => {
  it.each([
    '{"__proto__":{"polluted":1}}',
    '{"deep":{"__proto__":{"polluted":1}}}',
    '{"deep":[{"a":{"\\u005f_proto__":"x"}}]}',
    '{"deep":{"__pr\\u006fto__":null}}',
    '{"name":"a","__proto__":null,"deep":{"constructor":{"prototype":{"polluted":1}}}}',
  ])('is refused, not dropped: %s', async (body) => {
    const response = await appWith().request('/v1/echo/1', post(body, asJson))
    expect(response.status).toBe(400)
    expect(await told(response)).toMatchObject({ type: 'invalid_request_error' })
    expect({}).not.toHaveProperty('polluted')
  })

  it('may stand in a text', async () => {
    const name = 'never set "__proto__": it is \\u005f_proto__'
    const response = await appWith().request(
      '/v1/echo/1',
      post(JSON.stringify({ name, deep: { constructor: 'a', prototype: 'b' } }), asJson),
    )
    expect(await response.json()).toMatchObject({ name, deep: { constructor: 'a' } })
  })
})
