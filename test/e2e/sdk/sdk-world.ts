import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Anthropic from '@anthropic-ai/sdk'
import AnthropicMidOf2026 from 'anthropic-sdk-0-117'
import AnthropicLastOf0 from 'anthropic-sdk-0-137'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { openServer, type ServerAtWork } from '../../../src/reverie.ts'
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
  /** A world of its own, in which dreams stay pending. */
  readonly withoutDreams: (env?: Environment) => Promise<WorldWithoutDreams>
}

export interface WorldWithoutDreams extends SdkWorld {
  /** Another server over the same state folder runs what is pending and what comes. */
  readonly letDreamsRun: () => Promise<void>
}

type Environment = Readonly<Record<string, string>>

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
          const closing: (() => Promise<void>)[] = []
          try {
            await check(worldAt(server().address, { version, Client, closing }))
          } finally {
            for (const close of closing.reverse()) await close()
          }
        })
      }
    })
  }
}

interface Making {
  readonly version: string
  readonly Client: ClientClass
  /** What a check opens, to be closed behind it. */
  readonly closing: (() => Promise<void>)[]
}

function worldAt(address: string, making: Making): SdkWorld {
  const { version, Client } = making
  const clientWith: SdkWorld['clientWith'] = (options) =>
    new Client({ baseURL: address, apiKey: 'none-is-needed', maxRetries: 0, ...options })
  const withoutDreams: SdkWorld['withoutDreams'] = (env = {}) => worldWithoutDreams(env, making)
  return { client: clientWith({}), clientWith, address, version, withoutDreams }
}

async function worldWithoutDreams(env: Environment, making: Making): Promise<WorldWithoutDreams> {
  const home = mkdtempSync(join(tmpdir(), 'reverie-server-'))
  making.closing.push(async () => rmSync(home, { recursive: true, force: true }))
  const open = async (more: Environment): Promise<ServerAtWork> => {
    const server = await serverOver(home, { ...env, ...more })
    making.closing.push(() => server.stop())
    return server
  }
  const { address } = await open({ REVERIE_DREAMS_AT_ONCE: '0' })
  const letDreamsRun = async (): Promise<void> => void (await open({}))
  return { ...worldAt(address, making), letDreamsRun }
}

function serverOver(home: string, env: Environment): Promise<ServerAtWork> {
  return openServer({
    home,
    env: { ...process.env, REVERIE_LOG_LEVEL: 'silent', ...env },
    port: 0,
  })
}

/** Works on the state folder before the server starts. */
type Prepare = (home: string) => Promise<void>

/** A server of its own on a free port, over a state folder of its own, for one test file. */
export function serverForTests(
  env: Readonly<Record<string, string>> = {},
  prepare: Prepare = async () => undefined,
): () => ServerAtWork {
  const home = mkdtempSync(join(tmpdir(), 'reverie-server-'))
  let server: ServerAtWork | null = null
  beforeAll(async () => {
    await prepare(home)
    server = await serverOver(home, env)
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
