/** What the official client can ask for, measured at the client itself. */

/** A method of `client.beta` and the request that it makes. */
export interface SdkMethod {
  /** As it is called, without `client.beta.`: `dreams.create`. */
  readonly name: string
  /** Null = it makes no request of its own, or not with these arguments. */
  readonly route: { readonly method: string; readonly path: string } | null
}

type Call = (...values: readonly unknown[]) => unknown

/** Makes a client that sends its requests to `fetch`. */
export type MakeClient = (fetch: (url: unknown, init?: RequestInit) => Promise<Response>) => {
  readonly beta: object
}

/** Helpers that ask again and again, or wrap another method: they have no route of their own. */
const HELPERS = new Set([
  'environments.work.poller',
  'environments.work.worker',
  'messages.parse',
  'messages.stream',
  'messages.thread',
  'messages.toolRunner',
  'sessions.events.toolRunner',
  'webhooks.parseUnverified',
  'webhooks.unwrap',
])

/** Every public method of a client's `beta`, in the client's own order. */
export async function sdkMethods(make: MakeClient): Promise<readonly SdkMethod[]> {
  const asked: { method: string; path: string }[] = []
  const client = make(async (url, init) => {
    const { pathname, protocol } = new URL(String(url))
    // Before an upload the client tries out what its `fetch` can do.
    if (protocol === 'data:') return new Response()
    asked.push({ method: init?.method ?? 'GET', path: decodeURIComponent(pathname) })
    return Response.json({ type: 'error', error: { type: 'not_found_error' } }, { status: 404 })
  })
  const methods: SdkMethod[] = []
  for (const { name, resource, call } of callsOf(client.beta, '')) {
    asked.length = 0
    if (!HELPERS.has(name)) await attempt(() => call.apply(resource, argumentsOf(call)))
    methods.push({ name, route: asked[0] ?? null })
  }
  return methods
}

function callsOf(
  resource: object,
  above: string,
): readonly { readonly name: string; readonly resource: object; readonly call: Call }[] {
  const own = Object.getOwnPropertyNames(Object.getPrototypeOf(resource)).flatMap((key) => {
    const call: unknown = Reflect.get(resource, key)
    const isPublic = key !== 'constructor' && !key.startsWith('_') && typeof call === 'function'
    return isPublic ? [{ name: `${above}${key}`, resource, call: call as Call }] : []
  })
  const below = Object.entries(resource).flatMap(([key, value]: [string, unknown]) =>
    isResource(key, value) ? callsOf(value, `${above}${key}.`) : [],
  )
  return [...own, ...below]
}

function isResource(key: string, value: unknown): value is object {
  return key !== '_client' && typeof value === 'object' && value !== null && '_client' in value
}

/** Ids as `{name}` and an object that has every id, by the names of the method's parameters. */
function argumentsOf(call: Call): unknown[] {
  const [, list = ''] = /^[^(]*\(([^)]*)\)/.exec(String(call)) ?? []
  const names = list.split(',').map((part) => part.split('=')[0]?.trim() ?? '')
  return names
    .filter((name) => name !== '' && name !== 'options')
    .map((name) => (/^(?:params|body)$/.test(name) ? everyId : `{${snakeCase(name)}}`))
}

const everyId = new Proxy<Record<string, unknown>>(
  {},
  {
    get: (_target, key) =>
      typeof key === 'string' && (key.endsWith('_id') || key === 'version')
        ? `{${key}}`
        : undefined,
  },
)

function snakeCase(name: string): string {
  return name.replaceAll(/([a-z])([A-Z])/g, '$1_$2').toLowerCase()
}

/** The answer is always an error; what counts is what was asked. */
async function attempt(work: () => unknown): Promise<string> {
  try {
    await work()
    return 'answered'
  } catch (error) {
    return String(error)
  }
}
