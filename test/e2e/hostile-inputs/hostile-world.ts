import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { main } from '../../../src/cli/main.ts'
import {
  createReverie,
  openKeys,
  openServer,
  restoreState,
  verifyState,
} from '../../../src/reverie.ts'
import type { Ran } from '../../support/command-world.ts'

/** A line of a chat transcript. */
export function said(content: unknown, more: object = {}): string {
  return `${JSON.stringify({ role: 'user', at: '2026-10-01T10:00:00Z', content, ...more })}\n`
}

const NOTE_TEXT = '# Notes\n\n- The staging database listens on port 5432.\n'
const SOUND_TEXT = said('The staging database listens on port 6000 now.')

/**
 * A folder of notes and one of transcripts with one sound file each, to which a stranger adds
 * things, and the command over them. Both stand below `in`, so that a way out leads beside it.
 */
export class HostileWorld implements Disposable {
  readonly base: string = mkdtempSync(join(tmpdir(), 'reverie-hostile-'))
  readonly memory: string = join(this.base, 'in/memory')
  readonly sessions: string = join(this.base, 'in/sessions')

  constructor() {
    put(join(this.memory, 'notes.md'), NOTE_TEXT)
    put(join(this.sessions, 'sound.jsonl'), SOUND_TEXT)
  }

  /** A folder of a stranger's own below that of the notes or of the transcripts. */
  place(below: string, name: string): Place {
    const folder = join(below, name)
    mkdirSync(folder, { recursive: true })
    return {
      name,
      folder,
      write: (file, content) => put(join(folder, file), content),
      outside: (file, content) => {
        const path = join(this.base, 'outside', name, file)
        put(path, content)
        return path
      },
    }
  }

  note(): string {
    return readFileSync(join(this.memory, 'notes.md'), 'utf8')
  }

  async run(...argv: readonly string[]): Promise<Ran> {
    const [stdout, stderr]: [string[], string[]] = [[], []]
    const exitCode = await main(argv, {
      stdout: { write: (text) => stdout.push(text) },
      stderr: { write: (text) => stderr.push(text) },
      stdin: Readable.from([]),
      env: { HOME: this.base, REVERIE_HOME: join(this.base, 'home') },
      now: () => new Date('2026-11-20T03:00:00Z'),
      open: createReverie,
      openKeys,
      openServer,
      verifyState,
      restoreState,
      onTerminate: () => undefined,
      onInterrupt: () => () => undefined,
      peakMemoryBytes: () => 0,
      workingFolder: () => this.base,
      invocation: [],
    })
    return { exitCode, stdout: stdout.join(''), stderr: stderr.join('') }
  }

  [Symbol.dispose](): void {
    rmSync(this.base, { recursive: true, force: true })
  }
}

/** Where one stranger puts things. */
export interface Place {
  readonly name: string
  readonly folder: string
  readonly write: (file: string, content: string | Uint8Array) => void
  /** A file beside both folders, of which nothing may be read; returns its path. */
  readonly outside: (file: string, content: string) => string
}

function put(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content)
}

/** What a terminal would act on or hide: control and format characters, but for the line feed. */
const RAW = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u

/** The first raw character of an output with what stands around it; null = none. */
export function rawIn({ stdout, stderr }: Ran): string | null {
  const plain = `${stdout} ${stderr}`.replaceAll('\n', ' ')
  const at = RAW.exec(plain)?.index
  return at === undefined ? null : JSON.stringify(plain.slice(Math.max(0, at - 30), at + 30))
}
