import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Anthropic from '@anthropic-ai/sdk'
import AnthropicMidOf2026 from 'anthropic-sdk-0-117'
import AnthropicLastOf0 from 'anthropic-sdk-0-137'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { openServer, type RunningServer } from '../../../src/reverie.ts'
import { REQUIREMENTS } from '../requirements.ts'

type Client = Anthropic
type ClientClass = typeof Anthropic

/** Official clients as they are: one that sends `x-api-key`, one of each line, the newest. */
const CLIENTS: readonly (readonly [version: string, make: ClientClass])[] = [
  ['0.117.1', AnthropicMidOf2026 as unknown as ClientClass],
  ['0.137.0', AnthropicLastOf0 as unknown as ClientClass],
  ['1.12.0', Anthropic],
]

export interface SdkWorld {
  readonly client: Client
  readonly address: string
  readonly version: string
  /** Another client of the same version. */
  readonly clientWith: (options: ConstructorParameters<ClientClass>[0]) => Client
}

type Check = (world: SdkWorld) => Promise<void>

const checks: (readonly [id: string, check: Check])[] = []

/** One requirement as a test through each of the official clients. */
export function requirement(id: string, check: Check): void {
  checks.push([id, check])
}

/** Runs the requirements of a file against a server of its own; call it last. */
export function onEveryClient(
  env: Readonly<Record<string, string>> = {},
  prepare: Prepare = async () => undefined,
): void {
  const server = serverForTests(env, prepare)
  for (const [version, Client] of CLIENTS) {
    describe(`@anthropic-ai/sdk ${version}`, () => {
      for (const [id, check] of checks) {
        const says = REQUIREMENTS.find((requirement) => requirement.id === id)?.says
        it(`${id}: ${says}`, async () => {
          const { address } = server()
          const clientWith: SdkWorld['clientWith'] = (options) =>
            new Client({ baseURL: address, apiKey: 'none-is-needed', maxRetries: 0, ...options })
          await check({ client: clientWith({}), clientWith, address, version })
        })
      }
    })
  }
}

/** Works on the state folder before the server starts. */
type Prepare = (home: string) => Promise<void>

/** A server of its own on a free port, over a state folder of its own, for one test file. */
export function serverForTests(
  env: Readonly<Record<string, string>> = {},
  prepare: Prepare = async () => undefined,
): () => RunningServer {
  const home = mkdtempSync(join(tmpdir(), 'reverie-server-'))
  let server: RunningServer | null = null
  beforeAll(async () => {
    await prepare(home)
    server = await openServer({
      home,
      env: { ...process.env, REVERIE_LOG_LEVEL: 'silent', ...env },
      port: 0,
    })
  })
  afterAll(async () => {
    await server?.stop()
    rmSync(home, { recursive: true, force: true })
  })
  return () => {
    if (server === null) throw new Error('The server has not started.')
    return server
  }
}
