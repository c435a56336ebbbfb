import { mkdirSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { DREAMING_VARIABLE } from '../../src/cli/sleep/session-end.ts'
import { CommandWorld } from '../support/command-world.ts'

const DAY = 86_400_000
const OLD = 'The staging database listens on port 5432.'
const NEW = 'The staging database listens on port 6000 now, not on port 5432.'

/** So many units that a dream is due at once. */
function fill(world: CommandWorld): void {
  const lines = Array.from({ length: 60 }, (_, n) => `- Box ${n} holds item ${n * 97}.\n`)
  writeFileSync(world.path('memory/boxes.md'), lines.join(''))
}

describe('reverie dream --if-due', () => {
  it('says in one line why it waits, and ends well', async () => {
    using world = new CommandWorld(OLD, [NEW])

    const ran = await world.dream(['--if-due', '--detailed-exitcode'])

    expect(ran.exitCode).toBe(0)
    expect(ran.stdout).toMatch(/^ {2}Not due: low_pressure\. The pressure is 0\.\d+ of 1/)
  })

  it('says why it ran and what waits; 2 only where that was asked for', async () => {
    using world = new CommandWorld(OLD, [NEW])
    fill(world)

    const ran = await world.dream(['--if-due', '--detailed-exitcode', '--json'])
    world.later(DAY)
    const again = await world.dream(['--if-due'])

    expect(ran.exitCode).toBe(2)
    const [told] = JSON.parse(ran.stdout).data.dreams
    expect(told).toMatchObject({ outcome: 'ran', rule: 'pressure', waiting: 1, applied: 0 })
    expect(again.exitCode).toBe(0)
    expect(again.stdout).toMatch(/^ {2}Not due: nothing_new\. No new session event/)
  })

  it('writes by itself what a level lets through: that of the setting, or the one typed', async () => {
    for (const [more, env] of [
      [[], { REVERIE_AUTO_APPLY: 'trusted' }],
      [['--auto-apply', 'trusted'], {}],
    ] as const) {
      using world = new CommandWorld(OLD, [NEW])
      fill(world)

      const ran = await world.dream(['--if-due', ...more], { env })

      expect(ran).toMatchObject({ exitCode: 0 })
      expect(ran.stdout).toContain('1 change written')
      expect(ran.stderr).toContain('reverie revert drm_')
    }
  })

  it('begins each entry with time and memory where a hook has started it', async () => {
    using world = new CommandWorld(OLD, [NEW])
    fill(world)
    const env = { [DREAMING_VARIABLE]: '1' }
    const at = world.path('')

    const ran = await world.dream(['--if-due'], { env })
    world.later(DAY)
    const waited = await world.dream(['--if-due'], { env })
    const failed = await world.run(['dream', '--if-due'], { env, at })

    const memory = world.path('memory')
    expect(ran.stdout).toMatch(`2026-11-20T03:00:00.000Z ${memory}\n  Dreamt: pressure.`)
    expect(waited.stdout).toMatch(`2026-11-21T03:00:00.000Z ${memory}\n  Not due: nothing_new.`)
    expect(failed.stderr).toMatch(`2026-11-21T03:00:00.000Z ${at}\nError  `)
  })

  it('says once how many changes wait where all of them do', async () => {
    using world = new CommandWorld(OLD, [NEW])
    fill(world)

    const { stdout } = await world.dream(['--if-due'])

    expect(stdout).toMatch(/^ {2}drm_\S+: 1 change for you to decide\.$/m)
  })

  it.each([
    [['--if-due', '--apply'], '--if-due does not go with --apply'],
    [['--if-due', '--since', '7d'], '--if-due does not go with --since'],
    [['--if-due', '--all-projects'], 'is of one memory'],
    [['--auto-apply', 'safe'], '--auto-apply is for dreams that nobody sees'],
  ])('refuses %j', async (more, why) => {
    using world = new CommandWorld(OLD, [NEW])

    const ran = await world.dream(more)

    expect(ran.exitCode).toBe(64)
    expect(ran.stderr.replaceAll(/\s+/g, ' ')).toContain(why)
  })

  it('looks after every project, one line each', async () => {
    using world = new CommandWorld(OLD, [NEW])
    for (const name of ['-home-shop', '-home-desk']) {
      mkdirSync(world.path(`.claude/projects/${name}/memory`), { recursive: true })
      writeFileSync(world.path(`.claude/projects/${name}/memory/MEMORY.md`), `- ${OLD}\n`)
    }

    const ran = await world.run(['dream', '--all-projects', '--if-due'])

    expect(ran.exitCode).toBe(0)
    expect(ran.stdout.match(/Not due .*:/g)).toHaveLength(2)
  })
})
