import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SessionId } from '../../../src/core/ids.ts'
import { createReverie, type ErasureSubject, type Reverie } from '../../../src/reverie.ts'
import { scriptedModel } from '../../../src/testing/scripted-model.ts'
import { AT, type Canary, canaryAt, careful, noteOf, saidOf, type Way } from './canaries.ts'
import { LogCatcher } from './log-catcher.ts'

/** One installation into which canaries come over the product's own ways. */
export class CanaryWorld implements AsyncDisposable {
  readonly base: string
  readonly reverie: Reverie
  readonly canaries: readonly Canary[]
  readonly #sessions = new Map<number, SessionId>()
  readonly #log: LogCatcher

  private constructor(
    reverie: Reverie,
    base: string,
    canaries: readonly Canary[],
    log: LogCatcher,
  ) {
    this.#log = log
    this.reverie = reverie
    this.base = base
    this.canaries = canaries
  }

  static async open(first: number, count: number): Promise<CanaryWorld> {
    const base = mkdtempSync(join(tmpdir(), 'reverie-canaries-'))
    const answers = scriptedModel(careful)
    const log = new LogCatcher()
    const reverie = await createReverie({
      home: join(base, 'home'),
      env: { REVERIE_LOG_LEVEL: 'debug' },
      models: { small: answers, large: answers },
      now: () => new Date('2026-11-20T03:00:00Z'),
    })
    const canaries = Array.from({ length: count }, (_, n) => canaryAt(first + n))
    const world = new CanaryWorld(reverie, base, canaries, log)
    await world.#dreamOverFolders()
    await world.#dreamOnTheServer()
    return world
  }

  subjectOf({ way, n, word }: Canary): ErasureSubject {
    if (way === 'quote') return { kind: 'quote', text: word }
    if (way === 'user' || way === 'shared-session') return { kind: 'user', userId: userOf(n) }
    const sessionId = this.#sessions.get(n)
    if (sessionId === undefined) throw new Error(`Canary ${n} was never planted.`)
    return { kind: 'session', sessionId }
  }

  /** Files below the base that hold a word, as they are on the disk. */
  filesWith(word: string): readonly string[] {
    return readdirSync(this.base, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => readFileSync(path, 'latin1').toLowerCase().includes(word))
      .filter((path) => !path.includes('/transcripts/'))
  }

  /** Every line of every memory that holds a word now: what a trace has to find. */
  async linesWith(word: string): Promise<readonly string[]> {
    const lines: string[] = []
    for (const { id } of (await this.reverie.status()).stores.map(({ store }) => store)) {
      for (const { path, content } of await this.reverie.memories.list(`store:${id}`)) {
        for (const [n, line] of content.split('\n').entries()) {
          if (line.includes(word)) lines.push(`${id} ${path}:${n + 1}`)
        }
      }
    }
    return lines.sort()
  }

  async #dreamOverFolders(): Promise<void> {
    const server: readonly Way[] = ['user', 'shared-session', 'updated-store']
    const own = this.canaries.filter(({ way }) => !server.includes(way))
    for (const group of groupsOf(own, 30)) await this.#dreamOver(group)
  }

  async #dreamOver(group: readonly Canary[]): Promise<void> {
    const name = `memory-${group[0]?.n}`
    const folder = join(this.base, name)
    mkdirSync(folder)
    writeFileSync(
      join(folder, 'notes.md'),
      `# Notes\n\n- Everything begins.\n${group.map(noteOf).join('')}`,
    )
    for (const unit of (await this.reverie.memories.get(folder, '/notes.md').catch(() => null))
      ?.units ?? []) {
      if (unit.text.includes('pinned')) await this.reverie.memories.setPinned(folder, unit.id, true)
    }
    const byModel = group.filter(({ way }) => way === 'by-model')
    const byRules = group.filter(({ way }) => way !== 'by-model')
    for (const [mode, part] of [
      ['none', byRules],
      [undefined, byModel],
    ] as const) {
      if (part.length === 0) continue
      const sessions = part.map((canary) => this.#transcript(canary))
      const model = mode === undefined ? {} : { model: mode }
      const cassette =
        mode === undefined ? { cassette: join(this.base, `cassette-${group[0]?.n}`) } : {}
      const { dream } = await this.reverie.dream({
        memory: folder,
        sessions,
        ...model,
        ...cassette,
      })
      if (dream.planStatus === 'waiting') await this.reverie.apply(dream.id)
    }
    // A second dream sees what the first one wrote.
    const { dream } = await this.reverie.dream({ memory: folder, sessions: [], model: 'none' })
    if (dream.planStatus === 'waiting') await this.reverie.apply(dream.id)
    for (const session of await this.reverie.sessions.list()) {
      const found = group.find(({ n }) => session.sourcePath.endsWith(`/canary-${n}.jsonl`))
      if (found !== undefined) this.#sessions.set(found.n, session.id)
    }
  }

  #transcript(canary: Canary): string {
    const folder = join(this.base, 'transcripts')
    mkdirSync(folder, { recursive: true })
    const path = join(folder, `canary-${canary.n}.jsonl`)
    const rows = saidOf(canary).map((line) => JSON.stringify({ role: 'user', at: AT, ...line }))
    writeFileSync(path, `${rows.join('\n')}\n`)
    return path
  }

  async #dreamOnTheServer(): Promise<void> {
    const { stores, memories, sessions, dreams } = this.reverie.workspace()
    const first = await stores.create({ name: 'first' })
    await memories.create(first.id, {
      path: '/notes.md',
      content: '# Notes\n\n- Everything begins.\n',
    })
    const server = await this.reverie.serve({ port: 0 })
    for (const canary of this.canaries) {
      const { way, n, word } = canary
      const at = AT
      const [{ content = '' } = {}] = saidOf(canary)
      const said = [{ speaker: 'user', text: content, at } as const]
      if (way === 'user') {
        const sessionIds = [await this.#overHttp(server.address, { n, word, content })]
        const dream = await dreams.create({ storeId: first.id, sessionIds })
        await dreams.finished(dream.id)
      }
      if (way === 'updated-store') {
        const { sessionIds } = await sessions.add([{ title: 'Printers', events: said }])
        for (const id of sessionIds) this.#sessions.set(n, id)
        const dream = await dreams.create({
          storeId: first.id,
          sessionIds,
          outputBehavior: 'update_existing',
        })
        await dreams.finished(dream.id)
      }
      if (way === 'shared-session') await this.#shared(canary, content)
    }
  }

  /** A session of one user as a client makes it, with keys under which the replies are kept. */
  async #overHttp(
    address: string,
    { n, word, content }: { readonly n: number; readonly word: string; readonly content: string },
  ): Promise<SessionId> {
    const post = async (path: string, body: object): Promise<string> => {
      const headers = { 'content-type': 'application/json', 'idempotency-key': `${path} ${n}` }
      const init = { method: 'POST', headers, body: JSON.stringify(body) }
      const answer = await fetch(`${address}${path}`, init)
      const told = (await answer.json()) as { readonly id?: string }
      if (!answer.ok) throw new Error(`${path}: ${JSON.stringify(told)}`)
      return told.id ?? ''
    }
    const agent = await post('/v1/agents', { name: 'desk', model: 'embedded' })
    const environment_id = await post('/v1/environments', { name: `desk ${n}` })
    const metadata = { user_id: userOf(n) }
    const session = { agent, environment_id, title: `On ${word}`, metadata }
    const id = await post('/v1/sessions', session)
    const text = [{ type: 'text', text: content }]
    await post(`/v1/sessions/${id}/events`, { events: [{ type: 'user.message', content: text }] })
    // Unknown fields are refused, and told in the log.
    await post('/v1/sessions', { ...session, [word]: word }).catch(() => null)
    return id as SessionId
  }

  /** Two users in one session of the server; the agent repeats what one of them said. */
  async #shared({ n }: Canary, content: string): Promise<void> {
    const rows = [
      { role: 'user', user: userOf(n), at: AT, content },
      { role: 'assistant', at: AT, content: `I see: ${content}` },
      { role: 'user', user: 'somebody-else', at: AT, content: `I am here too, on day ${n}.` },
    ]
    const path = join(this.base, 'transcripts', `shared-${n}.jsonl`)
    writeFileSync(path, rows.map((row) => `${JSON.stringify(row)}\n`).join(''))
    await this.reverie.workspace().sessions.add([path])
  }

  /** What the server wrote into its log, all levels. */
  get log(): string {
    return this.#log.text
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.reverie.close()
    this.#log[Symbol.dispose]()
    rmSync(this.base, { recursive: true, force: true })
  }
}

function userOf(n: number): string {
  return `visitor-${n}`
}

function groupsOf<T>(list: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, n) =>
    list.slice(n * size, (n + 1) * size),
  )
}
