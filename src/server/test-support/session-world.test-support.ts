import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Anthropic from '@anthropic-ai/sdk'
import { serve } from '@hono/node-server'
import { onTestFinished } from 'vitest'
import { DEFAULT_WORKSPACE, type IdPrefixes, type NewId } from '../../core/ids.ts'
import { chatImporter } from '../../importers/chat.ts'
import { claudeCodeImporter } from '../../importers/claude-code.ts'
import { localTranscripts } from '../../importers/local-transcripts.ts'
import { secretRedactor } from '../../importers/redact.ts'
import { sourceLines } from '../../importers/source-lines.ts'
import { openEphemeralStorage } from '../../storage/ephemeral/ephemeral-storage.ts'
import type { Storage } from '../../storage/storage.ts'
import { createApp } from '../app.ts'
import { createBell } from '../bell.ts'
import type { Bell, ServerPorts } from '../context.ts'
import { agentRoutes } from '../routes/agents.ts'
import { environmentRoutes } from '../routes/environments.ts'
import { importRoutes } from '../routes/imports.ts'
import { sessionEventRoutes } from '../routes/session-events.ts'
import { sessionResourceRoutes } from '../routes/session-resources.ts'
import { sessionRoutes } from '../routes/sessions.ts'
import { threadRoutes } from '../routes/threads.ts'
import { testPorts } from './ports.test-support.ts'

/** A server of sessions on a port of its own, with the official client. */
export interface SessionWorld {
  readonly url: string
  readonly sdk: Anthropic
  readonly storage: Storage
  /** Listeners that wait for news now. */
  listening(): number
  /** Files of uploads that are being read. */
  spooled(): number
  /** An agent and an environment to make sessions of. */
  ground(): Promise<{ readonly agent: string; readonly environment_id: string }>
  /** Body of an import and its answer. */
  upload(body: string, query?: string, type?: string): Promise<Uploaded>
}

export interface Uploaded {
  readonly status: number
  readonly body: {
    readonly sessions: readonly { readonly id: string; readonly new_events: number }[]
    readonly new_events: number
    readonly lines: number
    readonly read: number
    readonly skipped: Readonly<Record<string, number>>
    readonly bad_lines: readonly { readonly line: number; readonly reason: string }[]
    readonly redacted: Readonly<Record<string, number>>
    readonly error?: { readonly type: string }
  }
}

const ROUTES = [
  agentRoutes,
  environmentRoutes,
  importRoutes,
  sessionRoutes,
  sessionEventRoutes,
  sessionResourceRoutes,
  threadRoutes,
]

export async function openSessionWorld(given: Partial<ServerPorts> = {}): Promise<SessionWorld> {
  const storage = given.storage ?? (await openEphemeralStorage({ workspaceId: DEFAULT_WORKSPACE }))
  const spoolFolder = mkdtempSync(join(tmpdir(), 'reverie-uploads-'))
  const redact = secretRedactor()
  const { bell, listening } = countedBell()
  const transcripts = localTranscripts(redact, [claudeCodeImporter, chatImporter])
  const imports = { transcripts, linesOf: sourceLines, spoolFolder }
  const own = { storage, redact, bell, imports, newId: countedIds(), now: tickingClock() }
  const app = createApp(testPorts({ ...own, ...given }), { routes: ROUTES })
  const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 })
  await new Promise((ready) => server.once('listening', ready))
  onTestFinished(() => {
    if ('closeAllConnections' in server) server.closeAllConnections()
    server.close()
    rmSync(spoolFolder, { recursive: true, force: true })
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const sdk = new Anthropic({ apiKey: 'none', baseURL: url, maxRetries: 0 })
  return {
    url,
    sdk,
    storage,
    listening,
    spooled: () => readdirSync(spoolFolder).length,
    ground: async () => ({
      agent: (await sdk.beta.agents.create({ name: 'Helper', model: 'claude-opus-5' })).id,
      environment_id: (await sdk.beta.environments.create({ name: 'Lab' })).id,
    }),
    upload: async (body, query = '', type = 'application/x-ndjson') => {
      const reply = await app.request(`${url}/v1/reverie/sessions/import${query}`, {
        method: 'POST',
        headers: { 'content-type': type, host: new URL(url).host },
        body,
      })
      return { status: reply.status, body: (await reply.json()) as Uploaded['body'] }
    },
  }
}

/** A message of a user. */
export function says(text: string): Said {
  return { type: 'user.message', content: [{ type: 'text', text }] }
}

type Said = Anthropic.Beta.Sessions.BetaManagedAgentsUserMessageEventParams

/** What a test relies on being there. */
export function present<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error('This should be there.')
  return value
}

/** Lines of JSON. */
export function jsonLines(rows: readonly unknown[]): string {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join('')
}

/** Everything that a list of the client holds. */
export async function all<T>(list: AsyncIterable<T>): Promise<readonly T[]> {
  const items: T[] = []
  for await (const item of list) items.push(item)
  return items
}

function countedBell(): { readonly bell: Bell; readonly listening: () => number } {
  const { ring, listen } = createBell()
  let count = 0
  const bell: Bell = {
    ring,
    listen(name, heard) {
      count += 1
      const stop = listen(name, heard)
      return () => {
        count -= 1
        stop()
      }
    },
  }
  return { bell, listening: () => count }
}

function tickingClock(): () => Date {
  let at = Date.parse('2026-11-22T10:00:00.000Z')
  return () => {
    at += 1_000
    return new Date(at)
  }
}

function countedIds(): NewId {
  let count = 0
  return <P extends keyof IdPrefixes>(prefix: P) => {
    count += 1
    return `${prefix}_${String(count).padStart(8, '0')}` as IdPrefixes[P]
  }
}
