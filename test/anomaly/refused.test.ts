import { chmodSync, chownSync, lstatSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { CommandWorld, type Ran } from '../support/command-world.ts'
import { filesBelow } from '../support/folder-world.ts'

/** Nobody's number, of user and group. */
const NOBODY = 65_534
const isRoot = process.getuid?.() === 0

let world: CommandWorld

beforeEach(() => {
  world = new CommandWorld('- The staging database listens on port 5432.', [
    'The staging database listens on port 6000 now.',
  ])
  giveTo(world.base, NOBODY)
})

afterEach(() => {
  chmodSync(world.path('memory'), 0o755)
  world[Symbol.dispose]()
})

/** Root may do everything, so for a while it is nobody. */
async function asNobody<T>(work: () => Promise<T>): Promise<T> {
  if (!isRoot) return work()
  process.setegid?.(NOBODY)
  process.seteuid?.(NOBODY)
  try {
    return await work()
  } finally {
    process.seteuid?.(0)
    process.setegid?.(0)
  }
}

function giveTo(path: string, id: number): void {
  if (!isRoot) return
  chownSync(path, id, id)
  if (!lstatSync(path).isDirectory()) return
  for (const name of readdirSync(path)) giveTo(join(path, name), id)
}

/** A plan that waits; its id. */
async function planned(): Promise<string> {
  const { exitCode, stdout, stderr } = await asNobody(() => world.dream(['--json']))
  expect(exitCode, stderr).toBe(0)
  const { data } = JSON.parse(stdout) as { readonly data: { readonly dream: { id: string } } }
  return data.dream.id
}

const run = (...argv: readonly string[]): Promise<Ran> => asNobody(() => world.run(argv))

/** As one line, without what the terminal broke. */
function said({ stderr }: Ran): string {
  return stderr.replaceAll(/\s+/g, ' ')
}

describe('a memory folder', () => {
  test('that is read-only can be dreamt over, and says at apply what is missing', async () => {
    chmodSync(world.path('memory'), 0o555)
    const before = filesBelow(world.path('memory'))
    const id = await planned()

    const refused = await run('apply', id)

    expect(refused.exitCode).toBe(4)
    expect(said(refused)).toContain(
      'Cannot read or write "/notes.md": permission is missing. Next Give yourself the permission to write there, then type the command again.',
    )
    expect(filesBelow(world.path('memory'))).toEqual(before)
    chmodSync(world.path('memory'), 0o755)
    expect((await run('apply', id)).exitCode).toBe(0)
    expect(filesBelow(world.path('memory'))).not.toEqual(before)
  })

  test('with a read-only file is left as it is', async () => {
    const id = await planned()
    chmodSync(world.path('memory/notes.md'), 0o444)

    const refused = await run('apply', id)

    expect(refused.exitCode).toBe(4)
    expect(said(refused)).toContain('/notes.md is a read-only file. Next Make it writable')
    expect(Object.keys(filesBelow(world.path('memory')))).toEqual(['notes.md'])
  })
})

describe('a state folder', () => {
  test.each([
    ['read-only', (): void => chmodSync(world.path('home'), 0o500)],
    ['with a read-only database', (): void => chmodSync(world.path('home/reverie.db'), 0o400)],
    ['of somebody else', (): void => giveTo(world.path('home'), 0)],
  ])('that is %s is named by every command', async (name, refuse) => {
    await planned()
    if (name.includes('somebody') && !isRoot) return
    refuse()

    for (const argv of [['status'], ['log'], ['doctor']]) {
      const refused = await run(...argv)

      expect([argv, refused.exitCode, said(refused)]).toEqual([
        argv,
        4,
        expect.stringContaining(
          `Cannot read or write "${world.path('home')}/reverie.db": permission is missing.`,
        ),
      ])
    }
    chmodSync(world.path('home'), 0o700)
  })
})
