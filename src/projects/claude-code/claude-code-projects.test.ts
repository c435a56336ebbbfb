import { chmodSync, mkdirSync, renameSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ClaudeHome } from '../claude-home.test-support.ts'
import { type OpenProjects, type ProjectsWorld, projectsContract } from '../projects.contract.ts'
import type { AgentProjects } from '../projects.ts'
import { type ClaudeCodeOptions, claudeCodeProjects } from './claude-code-projects.ts'

const NOW = new Date('2026-11-23T12:00:00.000Z')

projectsContract({ name: 'Claude Code', open })

function open({ sessions, withNote }: ProjectsWorld): OpenProjects {
  const home = new ClaudeHome()
  for (const [name, count] of Object.entries(sessions)) {
    const folder = home.repository(name)
    for (let n = 0; n < count; n += 1) home.session(folder, { id: `${name}-${n}` })
    if (withNote.includes(name)) home.notes(folder, { 'deploys.md': '- On Fridays.\n' })
  }
  return {
    projects: projectsOf(home),
    path: (name) => home.path(name),
    close: () => home[Symbol.dispose](),
  }
}

function projectsOf(home: ClaudeHome, over: Partial<ClaudeCodeOptions> = {}): AgentProjects {
  return claudeCodeProjects({
    home: home.home,
    env: {},
    managedSettings: null,
    now: () => NOW,
    isRunning: (pid) => pid === 4242,
    ...over,
  })
}

let home: ClaudeHome
beforeEach(() => {
  home = new ClaudeHome()
})
afterEach(() => home[Symbol.dispose]())

const NOTE = {
  'MEMORY.md': '# Memory\n\n- [Deploys](deploys.md): when\n',
  'deploys.md': '- Fridays.\n',
}
const folders = async (projects: AgentProjects): Promise<readonly (string | null)[]> =>
  (await projects.list()).map(({ workingFolder }) => workingFolder)

describe('the notes of a repository', () => {
  it('are shared by its worktrees and by folders below it, with all their transcripts', async () => {
    const shop = home.repository('shop')
    const fix = home.worktree(shop, 'shop-fix')
    const memory = home.notes(shop, NOTE)
    const paths = [
      home.session(shop, { id: 'main', subAgents: ['a1'] }),
      home.session(join(shop, 'packages/api'), { id: 'below' }),
      home.session(fix, { id: 'tree' }),
    ]
    const projects = projectsOf(home)

    const [project, ...others] = await projects.list()

    expect(others).toEqual([])
    expect(project).toMatchObject({
      workingFolder: shop,
      memoryFolder: memory,
      notes: 2,
      indexLines: 3,
    })
    expect(project?.transcripts.map(({ path }) => path)).toEqual(
      [...paths, join(home.projectFolder(shop), 'main/subagents/agent-a1.jsonl')].toSorted(),
    )
    expect(await projects.at(fix)).toEqual(project)
    expect(await projects.at(join(fix, 'src'))).toEqual(project)
  })

  it('are not lent to a folder whose .git file merely points there', async () => {
    const shop = home.repository('shop')
    home.worktree(shop, 'shop-fix')
    const stranger = home.path('stranger')
    home.write(join(stranger, '.git'), `gitdir: ${join(shop, '.git/worktrees/shop-fix')}\n`)
    home.notes(shop, NOTE)

    expect(await projectsOf(home).at(stranger)).toMatchObject({ workingFolder: stranger, notes: 0 })
  })

  it('stay apart from those of its submodules', async () => {
    const shop = home.repository('shop')
    const module = join(shop, 'vendor/lib')
    home.write(join(module, '.git'), 'gitdir: ../../.git/modules/lib\n')
    mkdirSync(join(shop, '.git/modules/lib'), { recursive: true })
    home.notes(shop, NOTE)

    expect(await projectsOf(home).at(module)).toMatchObject({ workingFolder: module, notes: 0 })
  })

  it('stand where a bare repository is for its worktrees', async () => {
    const bare = home.path('shop.git')
    const tree = home.path('shop-tree')
    home.write(join(tree, '.git'), `gitdir: ${bare}/worktrees/shop-tree\n`)
    home.write(join(bare, 'worktrees/shop-tree/commondir'), '../..\n')
    home.write(join(bare, 'worktrees/shop-tree/gitdir'), `${tree}/.git\n`)
    home.notes(bare, NOTE)

    expect(await projectsOf(home).at(tree)).toMatchObject({ workingFolder: bare, notes: 2 })
  })

  it('that an older version kept for a worktree alone are a project of their own', async () => {
    const shop = home.repository('shop')
    const fix = home.worktree(shop, 'shop-fix')
    home.notes(shop, NOTE)
    home.notes(fix, { 'old.md': '- Old.\n' })
    home.session(fix, { id: 'tree' })

    const listed = await projectsOf(home).list()

    expect(
      listed.map(({ workingFolder, notes, transcripts }) => [
        workingFolder,
        notes,
        transcripts.length,
      ]),
    ).toEqual([
      [shop, 2, 1],
      [fix, 1, 0],
    ])
  })
})

describe('folders of projects', () => {
  it('are known by the working folder in their transcripts, however long its path is', async () => {
    const deep = home.path('a'.repeat(120), 'b'.repeat(120))
    const twin = home.path('a'.repeat(120), `${'b'.repeat(120)}-twin`)
    const [one, other] = [deep, twin].map((folder, n) => {
      const cut = join(
        home.configFolder,
        'projects',
        `${home.projectFolder(folder).split('/').at(-1)?.slice(0, 200)}-h${n}`,
      )
      home.session(folder, { id: `long-${n}` }, cut)
      home.write(join(cut, 'memory/note.md'), '- A note.\n')
      return cut
    })
    const projects = projectsOf(home)

    expect(await folders(projects)).toEqual([deep, twin])
    expect(await projects.at(deep)).toMatchObject({ memoryFolder: join(one ?? '', 'memory') })
    expect(await projects.at(twin)).toMatchObject({ memoryFolder: join(other ?? '', 'memory') })
  })

  it('keep their working folder when the session moved on, and when the first row is huge', async () => {
    const shop = home.repository('shop')
    const path = home.session(shop, { id: 'moved' })
    const rows = [
      {
        type: 'user',
        uuid: 'x',
        sessionId: 'moved',
        cwd: '/elsewhere',
        message: { role: 'user', content: 'x'.repeat(9_000) },
      },
      {
        type: 'user',
        uuid: 'y',
        sessionId: 'moved',
        cwd: shop,
        message: { role: 'user', content: '"cwd":"/quoted"' },
      },
    ]
    writeFileSync(path, rows.map((row) => `${JSON.stringify(row)}\n`).join(''))

    expect(await folders(projectsOf(home))).toEqual([shop])
  })

  it('are one where somebody gave all of them a name', async () => {
    const shop = home.repository('shop')
    const named = join(home.configFolder, 'projects/mine')
    home.session(shop, { id: 'one' }, named)
    home.write(join(named, 'memory/note.md'), '- A note.\n')
    const env = { CLAUDE_CONFIG_DIR: home.configFolder, CLAUDE_CODE_PROJECT_DIR_NAME: 'mine' }

    expect(await projectsOf(home, { env }).at(home.path('anywhere'))).toMatchObject({
      name: 'mine',
      memoryFolder: join(named, 'memory'),
    })
    // Without a configured folder Claude Code passes over the name, and so does a way out of it.
    for (const other of [
      { CLAUDE_CODE_PROJECT_DIR_NAME: 'mine' },
      { ...env, CLAUDE_CODE_PROJECT_DIR_NAME: '../../mine' },
    ]) {
      expect((await projectsOf(home, { env: other }).at(home.path('anywhere'))).name).not.toMatch(
        /mine$/,
      )
    }
  })

  it('are looked for in CLAUDE_CONFIG_DIR', async () => {
    const shop = home.repository('shop')
    home.session(shop, { id: 'one' })
    renameSync(home.configFolder, home.path('elsewhere'))

    expect(await projectsOf(home).list()).toEqual([])
    expect(
      await folders(projectsOf(home, { env: { CLAUDE_CONFIG_DIR: home.path('elsewhere') } })),
    ).toEqual([shop])
  })
})

describe('what cannot be read', () => {
  it('is left out: locked folders, pipes, loops of links, broken rows and settings', async () => {
    const shop = home.repository('shop')
    home.session(shop, { id: 'good' })
    const project = home.projectFolder(shop)
    const projects = join(home.configFolder, 'projects')
    symlinkSync('loop', join(projects, 'loop'))
    symlinkSync(project, join(projects, 'z-same-again'))
    symlinkSync('/nowhere', join(project, 'gone.jsonl'))
    symlinkSync('good.jsonl', join(project, 'same.jsonl'))
    mkdirSync(join(project, 'folder.jsonl'))
    mkdirSync(join(projects, 'locked'))
    home.write(join(projects, 'torn/torn.jsonl'), '{"type":"user","cwd":"/un\\')
    home.write(join(home.configFolder, 'settings.json'), '{ not json')
    home.write(join(project, 'good/tool-results/big.jsonl'), '{}\n')
    chmodSync(join(projects, 'locked'), 0)

    const listed = await projectsOf(home).list()

    expect(listed.map(({ name }) => name)).toEqual([
      home.projectFolder(shop).split('/').at(-1),
      'torn',
    ])
    expect(listed[0]?.transcripts.map(({ path }) => path)).toEqual([join(project, 'good.jsonl')])
    expect(listed[1]).toMatchObject({ workingFolder: null })
  })

  it('is nothing at all where there is no Claude Code', async () => {
    renameSync(home.configFolder, home.path('gone'))

    expect(await projectsOf(home).list()).toEqual([])
    await expect(projectsOf(home).planHook('reverie hook session-end', true)).rejects.toMatchObject(
      {
        type: 'not_found_error',
      },
    )
  })
})

describe('settings', () => {
  const setting = (path: string, value: object): string => home.write(path, JSON.stringify(value))
  const shopWith = (...names: readonly string[]): string => {
    const shop = home.repository('shop')
    home.session(shop, { id: 'one' })
    for (const name of names) home.write(home.path(name, 'note.md'), '- A note.\n')
    return shop
  }
  const memoryOf = async (
    over: Partial<ClaudeCodeOptions> = {},
  ): Promise<string | null | undefined> => (await projectsOf(home, over).list())[0]?.memoryFolder

  it('name another memory: local before project before user, the organisation before all', async () => {
    const shop = shopWith('by-user', 'by-project', 'by-local', 'by-managed')
    setting(join(home.configFolder, 'settings.json'), { autoMemoryDirectory: '~/by-user' })
    expect(await memoryOf()).toBe(home.path('by-user'))
    setting(join(shop, '.claude/settings.json'), { autoMemoryDirectory: home.path('by-project') })
    expect(await memoryOf()).toBe(home.path('by-project'))
    setting(join(shop, '.claude/settings.local.json'), { autoMemoryDirectory: '~/by-local' })
    expect(await memoryOf()).toBe(home.path('by-local'))
    const managedSettings = setting(home.path('managed.json'), {
      autoMemoryDirectory: '~/by-managed',
    })
    expect(await memoryOf({ managedSettings })).toBe(home.path('by-managed'))
  })

  it('name no memory by a relative path or a value of another kind', async () => {
    const shop = shopWith('shop/notes')
    const own = home.notes(shop, NOTE)
    for (const autoMemoryDirectory of ['./notes', 'notes', 7, null]) {
      setting(join(shop, '.claude/settings.json'), { autoMemoryDirectory, cleanupPeriodDays: 7 })
      expect(await memoryOf()).toBe(own)
    }
    expect((await projectsOf(home).list())[0]?.keepsDays).toBe(7)
  })

  it('leave the own memory where only that holds notes', async () => {
    const shop = shopWith()
    const own = home.notes(shop, NOTE)
    setting(join(home.configFolder, 'settings.json'), { autoMemoryDirectory: '~/not-there' })

    expect(await memoryOf()).toBe(own)
  })

  it('of a folder where Claude Code never worked name no memory', async () => {
    const clone = home.repository('clone')
    home.write(home.path('private/secret.md'), '- A secret.\n')
    setting(join(clone, '.claude/settings.json'), { autoMemoryDirectory: home.path('private') })

    expect(await projectsOf(home).at(clone)).toMatchObject({ memoryFolder: null })
  })

  it('say how long transcripts are kept, 30 days unless they do', async () => {
    shopWith()
    expect((await projectsOf(home).list())[0]?.keepsDays).toBe(30)
    setting(join(home.configFolder, 'settings.json'), { cleanupPeriodDays: 90 })
    expect((await projectsOf(home).list())[0]?.keepsDays).toBe(90)
  })
})

describe('hooks', () => {
  const offIn = async (managedSettings: string | null = null): Promise<string | null> =>
    (await projectsOf(home, { managedSettings }).planHook('reverie hook session-end', true))
      .hooksOffIn

  it('are known to be switched off, by the user or the organisation, and in which file', async () => {
    expect(await offIn()).toBeNull()
    const user = home.write(join(home.configFolder, 'settings.json'), '{"disableAllHooks":true}')
    expect(await offIn()).toBe(user)
    const managed = home.write(home.path('managed.json'), '{"disableAllHooks":true}')
    expect(await offIn(managed)).toBe(managed)
  })
})

describe('auto dream', () => {
  const shopMemory = (): string => {
    const shop = home.repository('shop')
    home.session(shop, { id: 'one' })
    return home.notes(shop, NOTE)
  }
  const lock = (memory: string, body: string, minutesAgo: number): void => {
    const path = home.write(join(memory, '.consolidate-lock'), body)
    const time = new Date(NOW.getTime() - minutesAgo * 60_000)
    utimesSync(path, time, time)
  }

  it('is on where settings say so for the memory of Claude Code, and for no other folder', async () => {
    const memory = shopMemory()
    const path = join(home.configFolder, 'settings.json')
    home.write(path, '{"autoDreamEnabled":true}')

    const [dreamer, ...others] = await projectsOf(home).otherDreamers(memory)

    expect(others).toEqual([])
    expect(dreamer?.why).toContain(path)
    expect(await projectsOf(home).otherDreamers(home.path('shop'))).toEqual([])
  })

  it('is off where the project says so, or where there is no memory to tidy', async () => {
    const memory = shopMemory()
    home.write(join(home.configFolder, 'settings.json'), '{"autoDreamEnabled":true}')
    const local = home.path('shop/.claude/settings.local.json')
    for (const text of ['{"autoDreamEnabled":false}', '{"autoMemoryEnabled":false}']) {
      home.write(local, text)
      expect(await projectsOf(home).otherDreamers(memory)).toEqual([])
    }
  })

  it('counts for a memory that settings name, too', async () => {
    shopMemory()
    home.write(home.path('chosen/note.md'), '- A note.\n')
    home.write(
      home.path('shop/.claude/settings.json'),
      JSON.stringify({ autoMemoryDirectory: home.path('chosen'), autoDreamEnabled: true }),
    )

    expect(await projectsOf(home).otherDreamers(home.path('chosen'))).toHaveLength(1)
  })

  it.each([
    ['a living process and a fresh file', '4242', 5, 1],
    ['a living process, left for more than an hour', '4242', 61, 0],
    ['a process that has ended', '4243', 5, 0],
    ['no process', '', 5, 0],
    ['something else', 'pid 4242', 5, 0],
  ])('is at work by its lock of %s', async (_what, body, minutesAgo, dreamers) => {
    const memory = shopMemory()
    lock(memory, body, minutesAgo)

    expect(await projectsOf(home).otherDreamers(memory)).toHaveLength(dreamers)
  })
})
