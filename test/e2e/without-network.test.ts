import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '../..')
const IN_TURN = join(ROOT, 'test/support/commands-in-turn.ts')
const NO_NETWORK = join(ROOT, 'test/support/no-network.ts')

let base: string

beforeAll(() => {
  base = mkdtempSync(join(tmpdir(), 'reverie-offline-'))
})

afterAll(() => rmSync(base, { recursive: true, force: true }))

/** What somebody without a network does with the example of this repository. */
function flow(name: string): { commands: readonly (readonly string[])[]; home: string } {
  const [memory, sessions] = [join(base, name, 'memory'), join(base, name, 'sessions')]
  cpSync(join(ROOT, 'examples/shop'), join(base, name), { recursive: true })
  const commands = [
    ['session', 'add', sessions],
    ['dream', memory, '--sessions', sessions],
    ['apply', 'drm_'],
    ['status'],
    ['log'],
    ['memory', 'search', memory, 'deploy'],
    ['session', 'ls'],
    ['audit', 'verify'],
    ['verify', '--read-data'],
    ['backup', join(base, name, 'backup')],
    ['doctor'],
    ['config'],
    ['version'],
  ]
  return { commands, home: join(base, name, 'home') }
}

function run(
  before: readonly string[],
  { commands, home }: ReturnType<typeof flow>,
): {
  readonly commands: readonly unknown[]
  readonly codes: readonly number[]
  readonly stderr: string
} {
  const [command = '', ...args] = [...before, IN_TURN, JSON.stringify(commands)]
  const { stdout, stderr } = spawnSync(command, args, {
    cwd: base,
    env: { PATH: process.env.PATH, HOME: home, REVERIE_HOME: join(home, 'state'), NO_COLOR: '1' },
    encoding: 'utf8',
  })
  return { commands, codes: JSON.parse(stdout === '' ? '[]' : stdout), stderr }
}

const isTraced = spawnSync('strace', ['-V']).status === 0

describe('the whole command without a network', () => {
  test('does its work where every way to a socket throws', () => {
    const { commands, codes, stderr } = run(
      [process.execPath, '--import', NO_NETWORK],
      flow('forbidden'),
    )

    expect(codes, stderr).toEqual(commands.map(() => 0))
    expect(stderr).not.toContain('The network was asked for')
  })

  test.skipIf(!isTraced)('asks the system for no socket of a network (needs strace)', () => {
    const trace = join(base, 'trace')
    const strace = [
      'strace',
      '-f',
      '-qq',
      '-e',
      'trace=socket,connect,bind,sendto,sendmsg',
      '-o',
      trace,
    ]
    const { commands, codes, stderr } = run([...strace, process.execPath], flow('traced'))
    const calls = readFileSync(trace, 'utf8').split('\n')

    expect(codes, stderr).toEqual(commands.map(() => 0))
    expect(calls.filter((call) => /AF_INET|AF_NETLINK|connect\(/.test(call))).toEqual([])
  })
})
