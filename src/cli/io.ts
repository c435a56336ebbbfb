import type { Reverie, ReverieOptions } from '../reverie.ts'
import type { Environment, OutputStream } from './terminal.ts'

/** Where keys come from. */
export interface InputStream extends AsyncIterable<string | Uint8Array> {
  readonly isTTY?: boolean
  setRawMode?(isRaw: boolean): unknown
}

export type Open = (options: ReverieOptions) => Promise<Reverie>

/** Everything the command line touches outside itself. */
export interface CliIo {
  readonly stdout: OutputStream
  readonly stderr: OutputStream
  readonly stdin: InputStream
  readonly env: Environment
  readonly now: () => Date
  readonly open: Open
  /** Calls back on the first Ctrl-C; a second one ends the process. Returns how to stop listening. */
  readonly onInterrupt: (listener: () => void) => () => void
  readonly peakMemoryBytes: () => number
}

export function processIo(open: Open): CliIo {
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
    open,
    onInterrupt(listener) {
      process.once('SIGINT', listener)
      return () => process.removeListener('SIGINT', listener)
    },
    peakMemoryBytes: () => process.resourceUsage().maxRSS * 1024,
  }
}
