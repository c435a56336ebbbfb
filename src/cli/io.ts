import { resolve } from 'node:path'
import type {
  FolderOperations,
  OpenKeys,
  Restored,
  RestoreOptions,
  ReverieOptions,
  ServerAtWork,
  ServerOptions,
  Verification,
  VerifyOptions,
} from '../reverie.ts'
import type { Environment, OutputStream } from './terminal.ts'

/** Where keys come from. */
export interface InputStream extends AsyncIterable<string | Uint8Array> {
  readonly isTTY?: boolean
  setRawMode?(isRaw: boolean): unknown
}

/** The ways into the product, each loaded when it is taken. */
export interface Doors {
  readonly open: (options: ReverieOptions) => Promise<FolderOperations>
  readonly openKeys: (options: ReverieOptions) => Promise<OpenKeys>
  readonly openServer: (options: ServerOptions) => Promise<ServerAtWork>
  readonly verifyState: (options: VerifyOptions) => Promise<Verification>
  readonly restoreState: (options: RestoreOptions) => Promise<Restored>
}

/** Everything the command line touches outside itself. */
export interface CliIo extends Doors {
  readonly stdout: OutputStream
  readonly stderr: OutputStream
  readonly stdin: InputStream
  readonly env: Environment
  readonly now: () => Date
  /** Calls back on the first Ctrl-C; a second one ends the process. Returns how to stop listening. */
  readonly onInterrupt: (listener: () => void) => () => void
  /** Calls back when the system asks the process to end. */
  readonly onTerminate: (listener: () => void) => void
  readonly peakMemoryBytes: () => number
  /** Absolute; throws where the folder is gone. */
  readonly workingFolder: () => string
  /** How this program is started again: the words that come before those of a command. */
  readonly invocation: readonly string[]
}

export function processIo(doors: Doors): CliIo {
  for (const stream of [process.stdout, process.stderr]) {
    // A reader that went away (`reverie show … | head`) is not a failure of ours.
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit(0)
      throw error
    })
  }
  return {
    stdout: process.stdout,
    stderr: process.stderr,
    stdin: process.stdin,
    env: process.env,
    now: () => new Date(),
    ...doors,
    onInterrupt(listener) {
      process.once('SIGINT', listener)
      return () => process.removeListener('SIGINT', listener)
    },
    onTerminate: (listener) => {
      process.once('SIGTERM', listener)
    },
    peakMemoryBytes: () => process.resourceUsage().maxRSS * 1024,
    workingFolder: () => process.cwd(),
    invocation: [process.execPath, resolve(process.argv[1] ?? '')],
  }
}
