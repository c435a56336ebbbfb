import { describe, expect, it } from 'vitest'
import { ReverieError } from '../../core/errors.ts'
import { aProject } from '../../projects/fixed-projects.test-support.ts'
import { runCli } from '../test-support/run-cli.test-support.ts'
import { hookCommand } from './hook-command.ts'

const flat = (text: string): string => text.replace(/\s+/g, ' ')
const NOTHING = { memoryFolder: null, notes: 0, indexLines: null } as const

describe('reverie dream without a memory', () => {
  it('dreams over that of the project here, with its transcripts, and says which', async () => {
    const { exitCode, stderr, reverie } = await runCli(['dream'])

    const [project] = await reverie.projects.list()
    expect(exitCode).toBe(0)
    expect(reverie.requests[0]).toMatchObject({
      memory: project?.memoryFolder,
      sessions: project?.transcripts.map(({ path }) => path),
    })
    expect(flat(stderr)).toContain(
      'Found 1 note, index 12 of 200 lines in ~/.claude/projects/-home-me-shop/memory',
    )
    expect(flat(stderr)).toContain(
      'Found 1 transcript, 2.0 kB, in ~/.claude/projects/-home-me-shop',
    )
  })

  it('reads other sessions where they are named', async () => {
    const { reverie } = await runCli(['dream', '--sessions', './logs'])

    expect(reverie.requests[0]).toMatchObject({ sessions: ['./logs'] })
  })

  it('tidies the notes alone where no transcript is left, and says so', async () => {
    const projects = [aProject({ transcripts: [] })]

    const { exitCode, stderr, reverie } = await runCli(['dream'], { world: { projects } })

    expect(exitCode).toBe(0)
    expect(reverie.requests[0]).toMatchObject({ sessions: [] })
    expect(flat(stderr)).toContain('There is no transcript in')
  })

  it('says how a memory begins where there are transcripts and no note', async () => {
    const projects = [aProject(NOTHING)]

    const { exitCode, stderr, reverie } = await runCli(['dream'], { world: { projects } })

    expect(exitCode).toBe(1)
    expect(reverie.requests).toEqual([])
    expect(flat(stderr)).toContain('Found 1 transcript of this project, but no note in ~/.claude')
    expect(flat(stderr)).toContain('mkdir -p /home/me/.claude/projects/-home-me-shop/memory')
  })

  it('says where it looked, and how to name a folder, where there is nothing', async () => {
    const { exitCode, stderr } = await runCli(['dream'], { world: { projects: [] } })

    expect(exitCode).toBe(1)
    expect(flat(stderr)).toContain('No agent has notes or transcripts of "~/shop"')
    expect(flat(stderr)).toContain('notes in ~/.claude/projects/-home-me-shop/memory')
    expect(flat(stderr)).toContain('`reverie dream ./memory --sessions ./logs`')
  })
})

describe('reverie dream --all-projects', () => {
  const shop = aProject()
  const blog = aProject({
    name: '-home-me-blog',
    workingFolder: '/home/me/blog',
    memoryFolder: '/home/me/.claude/projects/-home-me-blog/memory',
  })
  const projects = [blog, aProject({ name: 'none', ...NOTHING }), shop]

  it('plans for each memory once, with the transcripts of all that share it', async () => {
    const below = { path: '/home/me/two.jsonl', sizeBytes: 1, modifiedAt: '2026-11-20T10:00:00Z' }
    const sharing = aProject({ name: '-home-me-shop-api', transcripts: [below] })

    const { exitCode, stderr, reverie } = await runCli(['dream', '--all-projects'], {
      world: { projects: [...projects, sharing] },
    })

    expect(exitCode).toBe(0)
    expect(reverie.requests.map(({ memory, sessions }) => [memory, sessions.length])).toEqual([
      [blog.memoryFolder, 1],
      [shop.memoryFolder, 2],
    ])
    expect(flat(stderr)).toContain('1 project with transcripts but no note')
  })

  it('names every project whose transcripts go into one plan', async () => {
    const memory = shop.memoryFolder
    const sharing = aProject({ ...blog, memoryFolder: memory, transcriptFolders: ['/home/me/b'] })

    const { stdout, stderr } = await runCli(['dream', '--all-projects'], {
      world: { projects: [shop, sharing] },
    })

    expect(flat(stderr)).toContain('Projects ~/shop, ~/blog Found')
    expect(flat(stderr)).toContain(
      'Found 2 transcripts, 4.0 kB, in ~/.claude/projects/-home-me-shop, ~/b',
    )
    expect(stdout).toMatch(/^ {2}~\/shop\n {2}~\/blog {3}~\/\.claude\/projects/)
    expect(flat(stderr)).toContain('decide for /home/me/shop, /home/me/blog')
  })

  it('goes on where one fails, tells of it and exits 1', async () => {
    const world = {
      projects,
      onDream: async ({ memory }: { readonly memory: string }) => {
        if (memory !== blog.memoryFolder) return
        throw new ReverieError('permission_error', 'The folder is locked.', { next: 'Unlock it.' })
      },
    }

    const words = await runCli(['dream', '--all-projects'], { world })
    const json = await runCli(['dream', '--all-projects', '--json'], { world })

    expect(words.exitCode).toBe(1)
    expect(words.reverie.requests).toHaveLength(2)
    expect(flat(words.stdout)).toContain('Error The folder is locked. Next Unlock it.')
    const [first, second] = JSON.parse(json.stdout).data.projects
    expect(first).toMatchObject({ plan: null, error: { type: 'permission_error' } })
    expect(second).toMatchObject({ error: null, plan: { dream: { plan_status: 'waiting' } } })
  })

  it('exits 2 where changes wait and a script asks', async () => {
    const ran = await runCli(['dream', '--all-projects', '--detailed-exitcode'], {
      world: { projects },
    })

    expect(ran.exitCode).toBe(2)
  })

  it.each([['./memory'], ['--apply'], ['--sessions', './logs'], ['--into', './memory']])(
    'takes no %s',
    async (...more) => {
      const { exitCode, reverie } = await runCli(['dream', ...more, '--all-projects'])

      expect(exitCode).toBe(64)
      expect(reverie.requests).toEqual([])
    },
  )

  it('says that nobody has notes', async () => {
    const { exitCode, stderr } = await runCli(['dream', '--all-projects'], {
      world: { projects: [] },
    })

    expect(exitCode).toBe(1)
    expect(flat(stderr)).toContain('No project of an agent has notes: none was found.')
  })
})

describe('reverie doctor', () => {
  it('lists projects with notes, index, sessions and days, without the name in the home', async () => {
    const { stdout } = await runCli(['doctor'])

    expect(flat(stdout)).toContain(
      '~/shop 1 note, index 12 of 200 lines 1 session, 1 kept here, Claude Code deletes the first in 27 days',
    )
    expect(stdout).not.toContain('/home/me/shop')
  })

  it('tells whether the hook is there, and whether it leads to this program', async () => {
    const hookOf = async (settings: string | null): Promise<unknown> => {
      const { stdout } = await runCli(['doctor', '--json'], { world: { settings } })
      const checks: { readonly name: string }[] = JSON.parse(stdout).data.checks
      return checks.find(({ name }) => name === 'Hook of Claude Code')
    }

    const ours = '/usr/bin/node /opt/reverie/bin/reverie.js hook session-end\n'
    expect(await hookOf(null)).toMatchObject({ is_ok: true, found: 'not connected' })
    expect(await hookOf(ours)).toMatchObject({ is_ok: true, found: 'connected' })
    expect(await hookOf('/gone/reverie hook session-end\n')).toMatchObject({ is_ok: false })
  })

  it('tells of each transcript, and of whoever else tidies', async () => {
    const otherDreamers = [
      { name: 'Claude Code', why: 'on in /home/me/.claude/s.json', next: 'Off.' },
    ]
    const world = { otherDreamers }

    const { stdout } = await runCli(['doctor', '--json'], { world })
    const words = await runCli(['doctor'], { world })

    expect(JSON.parse(stdout).data.projects[0]).toMatchObject({
      index_lines: 12,
      index_lines_max: 200,
      transcripts: [{ days_left: 27, is_kept: true }],
      other_dreamers: otherDreamers,
    })
    expect(flat(words.stdout)).toContain('! Claude Code: on in ~/.claude/s.json')
  })
})

describe('reverie connect claude-code', () => {
  const argv = ['connect', 'claude-code']
  const COMMAND = '/usr/bin/node /opt/reverie/bin/reverie.js hook session-end'

  it('shows the edit, asks, and makes it on a yes', async () => {
    const yes = await runCli(argv, { isTty: true, keys: ['y'], env: { NO_COLOR: '1' } })
    const no = await runCli(argv, { isTty: true, keys: ['n'], env: { NO_COLOR: '1' } })

    expect(yes.stderr).toContain(`+${COMMAND}`)
    expect(yes.stdout).toContain('Connected.')
    expect(no.stdout).toContain('Nothing was changed.')
    const [made, left] = [yes, no].map(({ reverie }) => reverie.projects.planHook('x', false))
    expect(await made).toMatchObject({ before: `${COMMAND}\n` })
    expect(await left).toMatchObject({ before: null })
  })

  it('needs a yes where nobody can be asked', async () => {
    for (const more of [[], ['--json'], ['--no-input']]) {
      const { exitCode, stderr } = await runCli([...argv, ...more])
      expect(exitCode).toBe(64)
      expect(flat(stderr)).toContain('then give `--yes`')
    }
  })

  it('prints without a change, and takes out what it made', async () => {
    const printed = await runCli([...argv, '--print', '--json'])
    const undone = await runCli([...argv, '--undo', '--yes'], {
      world: { settings: `${COMMAND}\n` },
    })

    expect(JSON.parse(printed.stdout).data).toMatchObject({ command: COMMAND, is_written: false })
    expect(await printed.reverie.projects.planHook('x', true)).toMatchObject({ before: null })
    expect(undone.stdout).toContain('Disconnected.')
  })

  it('says so where there is nothing to change', async () => {
    const again = await runCli([...argv, '--yes'], { world: { settings: `${COMMAND}\n` } })
    const undo = await runCli([...argv, '--undo'])

    expect(again.stdout).toContain('It is connected already.')
    expect(undo.stdout).toContain('no hook of reverie')
  })

  it('refuses an agent that it does not know', async () => {
    expect((await runCli(['connect', 'emacs'])).exitCode).toBe(64)
  })
})

describe('the command of a hook', () => {
  it('is this program by its whole path, quoted where a shell would split it', () => {
    const { text, warning } = hookCommand(['/opt/node 24/bin/node', "/home/me/it's/bin/reverie.js"])

    expect(text).toBe(`'/opt/node 24/bin/node' '/home/me/it'\\''s/bin/reverie.js' hook session-end`)
    expect(warning).toBeNull()
  })

  it('warns where npx would empty its cache', () => {
    const script = '/home/me/.npm/_npx/1a2b/node_modules/reverie/bin/reverie.js'

    expect(hookCommand(['/usr/bin/node', script]).warning).toContain('Install reverie for good')
  })
})
