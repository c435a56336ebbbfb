import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cliEntry } from './cli-entry.ts'

/** A server in a process of its own. */
export interface ServerProcess {
  readonly address: string
  /** Ends it at once, as a loss of power would. */
  kill(): Promise<void>
}

/** Starts `reverie serve` over a state folder; resolves when it listens. */
export async function serverProcess(
  home: string,
  env: Readonly<Record<string, string>> = {},
): Promise<ServerProcess> {
  const child = spawn(process.execPath, [cliEntry(), 'serve', '--port', '0'], {
    env: {
      PATH: process.env.PATH,
      HOME: home,
      REVERIE_HOME: home,
      REVERIE_LOG_LEVEL: 'silent',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const address = await addressOf(child)
  return {
    address,
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return
      const gone = once(child, 'exit')
      child.kill('SIGKILL')
      await gone
    },
  }
}

function addressOf(child: ChildProcess): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  let out = ''
  const read = (chunk: Buffer): void => {
    out += chunk.toString('utf8')
    const [address] = /http:\/\/127\.0\.0\.1:\d+(?=\s)/.exec(out) ?? []
    if (address !== undefined) resolve(address)
  }
  child.stdout?.on('data', read)
  child.stderr?.on('data', read)
  child.once('exit', (code) => reject(new Error(`The server ended with ${code}: ${out}`)))
  return promise
}
