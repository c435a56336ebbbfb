import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, describe, expect, it } from 'vitest'
import { openServer } from '../../src/reverie.ts'
import { cliEntry } from '../support/cli-entry.ts'

const EXAMPLE = fileURLToPath(new URL('../../examples/support-team/', import.meta.url))
const LESSON =
  /`npm run` failed with “connect ECONNREFUSED 127\.0\.0\.1:5433” \(in 3 sessions of agent coder, .*`docker compose up -d db-test`: do that first\./

/** What only the billing agent and its people said, or their tools. */
const PRIVATE = [
  'Aydin',
  'divorce',
  'Kestrel',
  'KESTREL',
  'R-2026-1187',
  '1,940',
  '5550199',
  '12 percent',
  'invoice_lookup',
  'stays between us',
]
/** What a person said to the coder: theirs, however often. */
const OF_A_PERSON = ['5,000 rows', 'payment library', 'big shops']

type Json = { readonly [key: string]: unknown }

const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'reverie-support-'))
  folders.push(folder)
  return folder
}

interface Shown {
  readonly stdout: string
  /** All that the server tells but the sessions that were imported. */
  readonly told: string
  /** Those. */
  readonly sessions: string
  /** Of the QA agent, path -> text. */
  readonly memory: Readonly<Record<string, string>>
}

async function byServer(billing: string): Promise<Shown> {
  const { BILLING: _, REVERIE_KEY: __, ...env } = process.env
  const server = await openServer({
    home: aFolder(),
    env: { ...env, REVERIE_LOG_LEVEL: 'silent' },
    port: 0,
  })
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [`${EXAMPLE}by-server.ts`], {
      env: { ...env, NODE_NO_WARNINGS: '1', REVERIE_URL: server.address, BILLING: billing },
    })
    return { stdout, ...(await everythingAt(server.address)) }
  } finally {
    await server.stop()
  }
}

async function everythingAt(address: string): Promise<Omit<Shown, 'stdout'>> {
  const texts: string[] = []
  const look = async (path: string): Promise<Json> => {
    const response = await fetch(`${address}${path}`)
    const text = await response.text()
    if (!response.ok) throw new Error(`${path}: ${text}`)
    texts.push(text)
    return JSON.parse(text) as Json
  }
  const list = async (path: string): Promise<readonly Json[]> =>
    (await look(path)).data as readonly Json[]
  const imported = await list('/v1/sessions?limit=100')
  for (const { id } of imported) await list(`/v1/sessions/${id}/events?limit=1000`)
  const sessions = texts.splice(0).join('\n')
  const memory: Record<string, string> = {}
  for (const { id, name } of await list('/v1/memory_stores')) {
    for (const one of await list(`/v1/memory_stores/${id}/memories?view=full`)) {
      if (name === 'qa') memory[String(one.path)] = String(one.content)
    }
    await list(`/v1/memory_stores/${id}/memory_versions?view=full`)
    await look(`/v1/reverie/memory_stores/${id}/health`)
  }
  for (const { id, session_id: own } of await list('/v1/dreams')) {
    await look(`/v1/reverie/dreams/${id}/changes`)
    await list(`/v1/sessions/${own}/events?limit=1000`)
    for (const thread of await list(`/v1/sessions/${own}/threads`)) {
      await list(`/v1/sessions/${own}/threads/${thread.id}/events?limit=1000`)
    }
  }
  await list('/v1/reverie/collective_dreams')
  await list('/v1/reverie/audit?limit=100')
  texts.push(await (await fetch(`${address}/metrics`)).text())
  return { told: texts.join('\n'), sessions, memory }
}

function expectNothingOf(words: readonly string[], text: string): void {
  expect(text).not.toBe('')
  expect(words.filter((word) => text.includes(word))).toEqual([])
}

describe('three agents of one team, through the server', () => {
  it('the error of one becomes a lesson of another, with its name and its counts', async () => {
    const { stdout, told, sessions, memory } = await byServer('team:support')

    expect(stdout).toMatch(/Collective dream cdrm_\w+: completed\./)
    expect(stdout).toContain('came back in 3 independent sessions (agent coder)')
    expect(stdout).toContain('“docker compose up -d db-test”')
    expect(memory['/lessons.md']).toMatch(LESSON)
    for (const word of PRIVATE) expect(sessions, word).toContain(word)
    expectNothingOf(PRIVATE, told)
    expectNothingOf([...PRIVATE, ...OF_A_PERSON], stdout)
    expectNothingOf(OF_A_PERSON, told)
  })

  it('is told the same where the third keeps to itself, and nothing of it', async () => {
    const shared = await byServer('team:support')
    const apart = await byServer('private:lena')

    expect(apart.memory).toEqual(shared.memory)
    for (const word of PRIVATE) expect(apart.sessions, word).toContain(word)
    expectNothingOf(PRIVATE, apart.told)
    expectNothingOf(PRIVATE, apart.stdout)
  })
})

describe('three agents of one person, at the command line', () => {
  it('the plan has the same lesson and nothing of the billing agent', async () => {
    const [home, bin] = [aFolder(), aFolder()]
    const command = `#!/bin/sh\nexec "${process.execPath}" "${cliEntry()}" "$@"\n`
    writeFileSync(join(bin, 'reverie'), command, { mode: 0o755 })
    // Six processes compile the same.
    const cache = { NODE_COMPILE_CACHE: aFolder() }
    const settings = { REVERIE_HOME: home, NODE_NO_WARNINGS: '1', ...cache }

    const { stdout, stderr } = await promisify(execFile)('sh', [`${EXAMPLE}by-command.sh`], {
      env: { ...process.env, ...settings, PATH: `${bin}:${process.env.PATH}` },
    })

    expect(stdout).toMatch(/^ {2}Plan drm_\w+/m)
    expect(stdout.replaceAll(/\s+/g, ' ')).toMatch(LESSON)
    expectNothingOf([...PRIVATE, ...OF_A_PERSON], stdout)
    expectNothingOf([...PRIVATE, ...OF_A_PERSON], stderr)
  })
})

describe('examples/support-team', () => {
  it('names in its README every file that one can run', () => {
    const readme = readFileSync(`${EXAMPLE}README.md`, 'utf8')
    const scripts = readdirSync(EXAMPLE).filter((name) => /\.(?:ts|sh)$/.test(name))

    expect(scripts).toEqual(['by-command.sh', 'by-server.ts'])
    for (const script of scripts) expect(readme).toContain(script)
  })
})
