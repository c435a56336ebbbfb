import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { main } from '../../src/cli/main.ts'
import type { Model } from '../../src/models/model.ts'
import {
  createReverie,
  openKeys,
  openServer,
  restoreState,
  verifyState,
} from '../../src/reverie.ts'

export interface Ran {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

export interface RunSettings {
  /** The host's own models: asked without a name on the command line. */
  readonly models?: { readonly small: Model; readonly large: Model }
  readonly env?: Readonly<Record<string, string>>
  /** Told each text on stderr as it is printed. */
  readonly onStderr?: (text: string) => void
  /** The folder that the command is run in. */
  readonly at?: string
  /** Given what a Ctrl-C would call. */
  readonly onListen?: (interrupt: () => void) => void
}

/** The whole command over a folder of notes, a transcript and a state folder of its own. */
export class CommandWorld implements Disposable {
  readonly base: string = mkdtempSync(join(tmpdir(), 'reverie-command-'))

  #nowMs = Date.parse('2026-11-20T03:00:00Z')

  constructor(note: string, said: readonly string[]) {
    for (const folder of ['memory', 'sessions']) mkdirSync(join(this.base, folder))
    writeFileSync(join(this.base, 'memory/notes.md'), `# Notes\n\n${note}\n`)
    const lines = said.map((content) => ({ role: 'user', at: '2026-10-01T10:00:00Z', content }))
    const rows = lines.map((line) => `${JSON.stringify(line)}\n`)
    writeFileSync(join(this.base, 'sessions/monday.jsonl'), rows.join(''))
  }

  /** Below the world's folder. */
  path(name: string): string {
    return join(this.base, name)
  }

  /** The clock stands still otherwise. */
  later(ms: number): void {
    this.#nowMs += ms
  }

  dream(more: readonly string[] = [], settings: RunSettings = {}): Promise<Ran> {
    const { memory, sessions } = { memory: this.path('memory'), sessions: this.path('sessions') }
    return this.run(['dream', memory, '--sessions', sessions, ...more], settings)
  }

  async run(argv: readonly string[], settings: RunSettings = {}): Promise<Ran> {
    const { models, env = {}, onStderr, onListen, at } = settings
    const [stdout, stderr]: [string[], string[]] = [[], []]
    const exitCode = await main(argv, {
      stdout: { write: (text) => stdout.push(text) },
      stderr: {
        write: (text) => {
          stderr.push(text)
          onStderr?.(text)
        },
      },
      stdin: Readable.from([]),
      env: { HOME: this.base, REVERIE_HOME: this.path('home'), ...env },
      now: () => new Date(this.#nowMs),
      open: (options) => createReverie({ ...options, ...(models === undefined ? {} : { models }) }),
      openKeys,
      openServer,
      verifyState,
      restoreState,
      onTerminate: () => undefined,
      onInterrupt: (listener) => {
        onListen?.(listener)
        return () => undefined
      },
      peakMemoryBytes: () => 0,
      workingFolder: () => at ?? process.cwd(),
      invocation: ['node', 'reverie'],
    })
    return { exitCode, stdout: stdout.join(''), stderr: stderr.join('') }
  }

  [Symbol.dispose](): void {
    rmSync(this.base, { recursive: true })
  }
}
