import { DEFAULT_WORKSPACE } from '../../core/ids.ts'
import type { ServerAtWork } from '../../reverie.ts'
import type { ServerPorts } from '../../server/context.ts'
import { keyRingOf } from '../../server/keys/key-ring.ts'
import { testPorts } from '../../server/test-support/ports.test-support.ts'
import { main } from '../main.ts'
import type { Environment } from '../terminal.ts'
import { type FakeReverie, type FakeWorld, fakeReverie } from './fake-reverie.test-support.ts'
import { FAKE_RESTORED, FAKE_VERIFICATION } from './fake-upkeep.test-support.ts'

export interface RunOptions {
  readonly world?: Partial<FakeWorld>
  readonly env?: Environment
  readonly isTty?: boolean
  readonly columns?: number
  /** Keys as a terminal would send them, one chunk each. */
  readonly keys?: readonly string[]
  /** Milliseconds by which the clock goes on at each look. */
  readonly tickMs?: number
  /** Told each text as it is printed. */
  readonly onStderr?: (text: string) => void
  /** What keys are kept in; default: one with a single key. */
  readonly ports?: ServerPorts
}

export interface RunResult {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
  readonly reverie: FakeReverie
  /** Raw mode as it was switched. */
  readonly rawModes: readonly boolean[]
}

/** Runs a command line against the fake facade and keeps what it printed. */
export async function runCli(
  argv: readonly string[],
  options: RunOptions = {},
): Promise<RunResult> {
  const { isTty = false, columns, keys = [], env = {}, tickMs = 0, onStderr } = options
  const ports = options.ports ?? (await portsWithKey())
  const size = columns === undefined ? {} : { columns }
  const stdout: string[] = []
  const stderr: string[] = []
  const rawModes: boolean[] = []
  const reverie = fakeReverie(options.world)
  const failure = options.world?.failure ?? null
  let nowMs = Date.parse('2026-11-23T06:00:00Z')
  const exitCode = await main(argv, {
    stdout: { write: (text) => stdout.push(text), isTTY: isTty, ...size },
    stderr: {
      write: (text) => {
        stderr.push(text)
        onStderr?.(text)
      },
      isTTY: isTty,
      ...size,
    },
    stdin: {
      isTTY: isTty,
      setRawMode: (isRaw) => rawModes.push(isRaw),
      async *[Symbol.asyncIterator]() {
        yield* keys
      },
    },
    env: { HOME: '/home/me', ...env },
    now: () => {
      nowMs += tickMs
      return new Date(nowMs)
    },
    open: async () => reverie,
    openKeys: async () => {
      if (failure !== null) throw failure
      return { keys: keyRingOf(ports), close: async () => undefined }
    },
    openServer: async () => {
      if (failure !== null) throw failure
      return fakeServer()
    },
    verifyState: async () => {
      if (failure !== null) throw failure
      return FAKE_VERIFICATION
    },
    restoreState: async () => {
      if (failure !== null) throw failure
      return FAKE_RESTORED
    },
    onTerminate: () => undefined,
    onInterrupt: (listener) => {
      interrupts.add(listener)
      return () => interrupts.delete(listener)
    },
    peakMemoryBytes: () => 118_000_000,
    workingFolder: () => '/home/me/shop',
    invocation: ['/usr/bin/node', '/opt/reverie/bin/reverie.js'],
  })
  return {
    exitCode,
    stdout: stdout.join(''),
    stderr: stderr.join(''),
    reverie,
    rawModes,
  }
}

/** It has ended as soon as it is open. */
function fakeServer(): ServerAtWork {
  return {
    address: 'http://127.0.0.1:4983',
    port: 4983,
    isKeyNeeded: false,
    metricsAddress: 'http://127.0.0.1:4983/metrics',
    ended: Promise.resolve(),
    stop: async () => undefined,
  }
}

/** With one key, whose id begins as every id of a key does. */
async function portsWithKey(): Promise<ServerPorts> {
  const ports = testPorts()
  const draft = { workspaceId: DEFAULT_WORKSPACE, name: 'laptop', expiresAt: null }
  const by = { type: 'user_actor', userId: 'command-line' } as const
  await keyRingOf(ports).create({ ...draft, scopes: ['read'] }, by)
  return ports
}

const interrupts = new Set<() => void>()

/** What the person does while a command runs. */
export function pressControlC(): void {
  for (const listener of interrupts) listener()
}
