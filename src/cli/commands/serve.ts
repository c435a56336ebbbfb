import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { ReverieError } from '../../core/errors.ts'
import type { ServerAtWork, ServerOptions } from '../../reverie.ts'
import type { ServeReport } from '../../wire/extensions/server-report.ts'
import { type CommandContext, type CommandResult, present, type Run } from '../command-run.ts'
import { examples } from '../help-text.ts'
import { labelled } from '../labelled.ts'
import { BLANK } from '../styled-line.ts'

interface ServeCommandOptions {
  readonly host: string
  readonly port?: string
  readonly behindProxy?: boolean
  readonly allowHost: readonly string[]
  readonly allowOrigin: readonly string[]
  readonly tlsCert?: string
  readonly tlsKey?: string
}

export function addServeCommand(program: Command, run: Run): void {
  program
    .command('serve')
    .description('Serve memory stores, sessions and dreams over HTTP, until Ctrl-C.')
    .option('--host <address>', 'where to listen; others reach it only with keys', '127.0.0.1')
    .option('--port <number>', 'default: the setting, 4983')
    .option('--behind-proxy', 'a proxy in front speaks TLS with the callers')
    .option('--allow-host <name>', 'a host name to answer to; may be repeated', collected, [])
    .option('--allow-origin <origin>', 'a web page that may call; may be repeated', collected, [])
    .option('--tls-cert <file>', 'certificate, PEM')
    .option('--tls-key <file>', 'its key, PEM')
    .addHelpText(
      'before',
      examples([
        ['reverie serve', 'on this machine alone, no key needed'],
        ['reverie key create --name laptop', 'from then on, keys are needed'],
        ['reverie serve --host 0.0.0.0 --behind-proxy', 'for others'],
      ]),
    )
    .action((options: ServeCommandOptions) =>
      run('serve', async (context) => {
        const { io, signal } = context
        const server = await io.openServer({ env: io.env, now: io.now, ...serverOptions(options) })
        // Told now: the command goes on for as long as it serves.
        present('serve', listening(server, context.out.width), context)
        await endOf(server, signal, io.onTerminate)
        return { ...listening(server, context.out.width), isPresented: true }
      }),
    )
}

function collected(value: string, before: readonly string[]): readonly string[] {
  return [...before, value]
}

function serverOptions(options: ServeCommandOptions): ServerOptions {
  const { host, port, behindProxy, allowHost, allowOrigin, tlsCert, tlsKey } = options
  if ((tlsCert === undefined) !== (tlsKey === undefined)) {
    throw new ReverieError('invalid_request_error', '--tls-cert and --tls-key need each other.', {
      next: 'Give both.',
    })
  }
  return {
    host,
    isBehindProxy: behindProxy === true,
    allowedHosts: allowHost,
    allowedOrigins: allowOrigin,
    ...(port === undefined ? {} : { port: portOf(port) }),
    ...(tlsCert === undefined || tlsKey === undefined
      ? {}
      : { tls: { cert: pemOf(tlsCert), key: pemOf(tlsKey) } }),
  }
}

function listening(server: ServerAtWork, width: number): CommandResult {
  const { address, isKeyNeeded, metricsAddress } = server
  const data: ServeReport = {
    address,
    key_needed: isKeyNeeded,
    metrics_address: metricsAddress,
  }
  const keys = isKeyNeeded
    ? 'needed: `reverie key ls` lists them'
    : 'none needed on this machine, until one is made'
  return {
    data,
    view: [
      ...labelled('Address', address, width),
      ...labelled('API page', `${address}/docs`, width),
      ...labelled('Keys', keys, width),
    ],
    after: [
      BLANK,
      ...labelled('SDK', `export ANTHROPIC_BASE_URL=${address}`, width),
      ...labelled('', `export ANTHROPIC_API_KEY=${isKeyNeeded ? 'rvk_…' : 'none'}`, width),
    ],
  }
}

/** Until a person, the system or the server itself ends it. */
async function endOf(
  server: ServerAtWork,
  signal: AbortSignal,
  onTerminate: CommandContext['io']['onTerminate'],
): Promise<void> {
  const asked = new Promise<void>((resolve) => {
    if (signal.aborted) resolve()
    signal.addEventListener('abort', () => resolve(), { once: true })
    onTerminate(() => resolve())
  })
  await Promise.race([asked, server.ended])
  await server.stop()
}

function portOf(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN
  if (port <= 65_535) return port
  throw new ReverieError('invalid_request_error', `--port "${text}" is no port.`, {
    next: 'Give a number from 0 to 65535; 0 takes any that is free.',
  })
}

function pemOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new ReverieError('invalid_request_error', `"${path}" cannot be read.`, {
      cause: error,
      next: 'Give the path of a PEM file.',
    })
  }
}
