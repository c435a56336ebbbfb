import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ClaudeHome } from '../../src/projects/claude-home.test-support.ts'
import type { DreamReport } from '../../src/wire/extensions/dream-report.ts'
import type { DoctorReport } from '../../src/wire/extensions/installation-report.ts'
import type {
  ConnectReport,
  DreamProjectsReport,
} from '../../src/wire/extensions/projects/project-report.ts'
import { CommandWorld, type Ran } from '../support/command-world.ts'

const DEPLOY = '- Deploys go out on Fridays.\n'
const SAID = ['Deploys go out on Thursdays now, no longer on Fridays.']

/**
 * The home of somebody with three projects: one with a worktree and a folder below, one whose notes
 * stand where its settings say, and one without a note.
 */
class Household implements Disposable {
  readonly claude: ClaudeHome = new ClaudeHome()
  readonly shop: string = this.claude.repository('shop')
  readonly fix: string = this.claude.worktree(this.shop, 'shop-fix')
  readonly blog: string = this.claude.repository('blog')
  readonly ideas: string = this.claude.path('ideas')
  readonly settings: string = join(this.claude.configFolder, 'settings.json')
  readonly #world = new CommandWorld('', [])

  constructor() {
    const { claude } = this
    claude.notes(this.shop, {
      'MEMORY.md': '- [Deploys](deploys.md): when\n',
      'deploys.md': `# Deploys\n\n${DEPLOY}`,
    })
    claude.session(this.shop, {
      id: 's-main',
      said: SAID,
      at: '2026-11-10T10:00:00Z',
      subAgents: ['a1'],
    })
    claude.session(this.fix, {
      id: 's-tree',
      said: ['The build takes long.'],
      at: '2026-11-15T10:00:00Z',
    })
    claude.write(
      claude.path('notes/blog/style.md'),
      '# Style\n\n- Posts are short.\n- Posts are short.\n',
    )
    claude.write(
      join(this.blog, '.claude/settings.json'),
      JSON.stringify({ autoMemoryDirectory: '~/notes/blog', cleanupPeriodDays: 60 }),
    )
    claude.session(this.blog, { id: 's-blog', at: '2026-11-19T10:00:00Z' })
    claude.session(this.ideas, { id: 's-ideas', at: '2026-11-19T10:00:00Z' })
  }

  run(argv: readonly string[], at: string = this.shop): Promise<Ran> {
    const env = { HOME: this.claude.home, REVERIE_HOME: this.claude.path('state') }
    return this.#world.run(argv, { env, at })
  }

  async json<T>(argv: readonly string[], at?: string): Promise<T> {
    return JSON.parse((await this.run([...argv, '--json'], at)).stdout).data
  }

  [Symbol.dispose](): void {
    this.#world[Symbol.dispose]()
    this.claude[Symbol.dispose]()
  }
}

let home: Household
beforeEach(() => {
  home = new Household()
})
afterEach(() => home[Symbol.dispose]())

const flat = (text: string): string => text.replace(/\s+/g, ' ')
const DEPLOYS = (): string =>
  readFileSync(join(home.claude.projectFolder(home.shop), 'memory/deploys.md'), 'utf8')

describe('a memory that is found', () => {
  it('is that of the repository, with the sessions of its worktrees, wherever one stands', async () => {
    const here = await home.run(['dream'])
    const below = await home.json<DreamReport>(['dream'], join(home.shop, 'src'))
    const tree = await home.json<DreamReport>(['dream'], home.fix)

    expect(here.exitCode).toBe(0)
    expect(flat(here.stderr)).toContain('Found 2 notes, index 1 of 200 lines')
    expect(flat(here.stderr)).toContain('Found 3 transcripts')
    expect(here.stdout).toContain('Deploys go out on Thursdays')
    expect(tree.dream.id).toBe(below.dream.id)
    expect(here.stdout).toContain(tree.dream.id)
    expect(DEPLOYS()).toContain(DEPLOY)
  })

  it('stands where settings of the project say', async () => {
    const { stdout, stderr } = await home.run(['dream'], home.blog)

    expect(flat(stderr)).toContain('Found 1 note in ~/notes/blog')
    expect(stdout).toContain('/style.md')
  })

  it('is missed in words that lead on', async () => {
    const begun = await home.run(['dream'], home.ideas)
    const nothing = await home.run(['dream'], home.claude.home)

    expect([begun.exitCode, nothing.exitCode]).toEqual([1, 1])
    expect(flat(begun.stderr)).toContain('Found 1 transcript of this project, but no note')
    expect(flat(nothing.stderr)).toContain('No agent has notes or transcripts of "~"')
  })
})

describe('all projects', () => {
  it('get a plan each, and one whose memory cannot be dreamt over stops no other', async () => {
    // A memory in the state folder is refused.
    home.claude.write(home.claude.path('state/notes/note.md'), '- A note.\n')
    home.claude.write(
      join(home.ideas, '.claude/settings.json'),
      JSON.stringify({ autoMemoryDirectory: '~/state/notes' }),
    )

    const { projects } = await home.json<DreamProjectsReport>(['dream', '--all-projects'])

    const outcome = Object.fromEntries(
      projects.map(({ working_folder, plan, error }) => [
        working_folder,
        plan?.dream.plan_status ?? error?.type,
      ]),
    )
    expect(outcome).toEqual({
      [home.shop]: 'waiting',
      [home.blog]: 'waiting',
      [home.ideas]: 'invalid_request_error',
    })
  })
})

describe('doctor', () => {
  it('tells of each transcript when it goes and whether it is kept here', async () => {
    const before = await home.json<DoctorReport>(['doctor'])
    await home.run(['dream'])
    const after = await home.json<DoctorReport>(['doctor'])

    const told = (report: DoctorReport): unknown =>
      report.projects.map(({ working_folder, notes, transcripts }) => [
        working_folder,
        notes,
        ...transcripts.map(({ days_left, is_kept }) => [days_left, is_kept]),
      ])
    const [blog, ideas] = [
      [home.blog, 1, [59, false]],
      [home.ideas, 0, [29, false]],
    ]
    expect(told(before)).toEqual([
      blog,
      ideas,
      [home.shop, 2, [25, false], [20, false], [20, false]],
    ])
    expect(told(after)).toEqual([blog, ideas, [home.shop, 2, [25, true], [20, true], [20, true]]])
  })

  it('calls each memory by its project', async () => {
    await home.run(['dream', '--all-projects'])

    const { checks } = await home.json<DoctorReport>(['doctor'])

    const memories = checks.filter(({ found }) => found.startsWith(home.claude.home))
    expect(memories.map(({ name }) => name).toSorted()).toEqual([
      'Memory blog',
      'Memory shop',
      'State folder',
    ])
  })

  it('no longer counts as kept what has grown since', async () => {
    await home.run(['dream'])
    const { projects } = await home.json<DoctorReport>(['doctor'])
    expect(projects[2]?.transcripts.every(({ is_kept }) => is_kept)).toBe(true)

    const at = '2026-11-15T10:00:00Z'
    const tree = { id: 's-tree', said: ['The build takes long.', 'Too long.'], at }
    const touched = { ...tree, said: ['The build takes long.'], modifiedAt: '2026-11-16T10:00:00Z' }
    for (const more of [tree, touched]) {
      home.claude.session(home.fix, more)
      const grown = await home.json<DoctorReport>(['doctor'])
      const kept = grown.projects[2]?.transcripts.map(({ is_kept }) => is_kept)
      expect(kept).toEqual([false, true, true])
    }
  })
})

describe('another program that tidies the same folder', () => {
  const planned = async (): Promise<string> => (await home.json<DreamReport>(['dream'])).dream.id

  it('is told with the plan, and apply refuses until it is off or a person insists', async () => {
    home.claude.write(home.settings, '{"autoDreamEnabled":true}')
    const { exitCode, stderr } = await home.run(['dream'])
    const id = await planned()

    const refused = await home.run(['apply', id])
    const { checks } = await home.json<DoctorReport>(['doctor'])
    const atOnce = await home.run(['dream', '--apply'])

    expect(exitCode).toBe(0)
    expect(flat(stderr)).toContain('Claude Code (auto dream) tidies this memory too')
    expect([refused.exitCode, atOnce.exitCode]).toEqual([5, 5])
    expect(flat(refused.stderr)).toContain(`reverie apply ${id} --force`)
    expect(checks.some(({ found }) => found.endsWith('(auto dream) tidies it too'))).toBe(true)
    expect(DEPLOYS()).toContain(DEPLOY)
    expect((await home.run(['apply', id, '--force'])).exitCode).toBe(0)
    expect(DEPLOYS()).toContain('Thursdays')
    expect((await home.run(['revert', id])).exitCode).toBe(0)
    expect(DEPLOYS()).toContain(DEPLOY)
  })

  it('is nobody where a lock file is only left behind', async () => {
    const id = await planned()
    const memory = join(home.claude.projectFolder(home.shop), 'memory')
    // No process has so high a number.
    home.claude.write(join(memory, '.consolidate-lock'), '4194305999')

    expect((await home.run(['apply', id])).exitCode).toBe(0)
  })
})

describe('connect claude-code', () => {
  it('edits the settings and takes the edit out to the byte, alone and beside other hooks', async () => {
    const texts = [
      null,
      '{\n    "model": "opus",\n    "hooks": {\n        "SessionEnd": [{"hooks": []}]\n    }\n}',
    ]
    for (const text of texts) {
      if (text !== null) home.claude.write(home.settings, text)
      const on = await home.run(['connect', 'claude-code', '--yes'])
      const written = readFileSync(home.settings, 'utf8')
      const again = await home.run(['connect', 'claude-code', '--yes'])
      const doctored = await home.json<DoctorReport>(['doctor'])
      const off = await home.run(['connect', 'claude-code', '--undo', '--yes'])

      expect([on.exitCode, again.exitCode, off.exitCode]).toEqual([0, 0, 0])
      expect(written).toContain('node reverie hook session-end')
      expect(again.stdout).toContain('connected already')
      expect(doctored.checks).toContainEqual(expect.objectContaining({ found: 'connected' }))
      expect(existsSync(home.settings) ? readFileSync(home.settings, 'utf8') : null).toBe(text)
    }
    expect(readdirSync(home.claude.configFolder).toSorted()).toEqual(['projects', 'settings.json'])
  })

  it('prints the hook for adding it by hand where the settings are no JSON', async () => {
    home.claude.write(home.settings, '{"a":1,}')

    const refused = await home.run(['connect', 'claude-code', '--yes'])
    const printed = await home.run(['connect', 'claude-code', '--print'])
    const { command } = await home.json<ConnectReport>(['connect', 'claude-code', '--print'])

    expect(refused.exitCode).toBe(64)
    expect(flat(refused.stderr)).toContain('`reverie connect claude-code --print` shows it')
    expect(printed.exitCode).toBe(0)
    expect(printed.stdout).toContain('"SessionEnd"')
    expect(JSON.stringify(JSON.parse(printed.stdout))).toContain(command)
    expect(command).toBe('node reverie hook session-end')
    expect(flat(printed.stderr)).toContain('is not as Claude Code writes it')
    expect(readFileSync(home.settings, 'utf8')).toBe('{"a":1,}')
  })

  it('is not well where settings keep every hook from running', async () => {
    home.claude.write(home.settings, '{"disableAllHooks":true}')

    const on = await home.run(['connect', 'claude-code', '--yes'])
    const again = await home.run(['connect', 'claude-code', '--yes'])
    const { checks } = await home.json<DoctorReport>(['doctor'])

    for (const { stderr } of [on, again]) expect(stderr).toContain('disableAllHooks is true in')
    expect(checks).toContainEqual({
      name: 'Hook of Claude Code',
      is_ok: false,
      found: `connected, but hooks are disabled in ${home.settings}`,
      next: expect.stringContaining('disableAllHooks'),
    })
  })
})

const TRANSCRIPTS = new URL('../../../shared/data/sessions/claude-code/', import.meta.url).pathname
const isThere = existsSync(TRANSCRIPTS)

describe.skipIf(!isThere)(
  `real transcripts${isThere ? '' : ' (not here: no ../shared/data)'}`,
  () => {
    it('of a project and its worktree are found and told with their lessons', async () => {
      const { claude, shop, fix } = home
      const names = readdirSync(TRANSCRIPTS).filter((name) => /^[0-9a-f-]{36}\.jsonl$/.test(name))
      for (const [n, name] of names.entries()) {
        const folder = n % 2 === 0 ? shop : fix
        const rows = readFileSync(join(TRANSCRIPTS, name), 'utf8')
        const moved = rows.replaceAll(/"cwd":"[^"]*"/g, `"cwd":${JSON.stringify(folder)}`)
        claude.write(join(claude.projectFolder(folder), name), moved)
      }

      const { dream, changes } = await home.json<DreamReport>(['dream'], fix)

      expect(names.length).toBeGreaterThanOrEqual(3)
      expect(dream.read.sessions).toBe(names.length + 2)
      expect(changes.some(({ kind }) => kind === 'insight')).toBe(true)
    })
  },
)
