import { type Command, CommanderError } from 'commander'
import type { FolderOperations } from '../reverie.ts'
import { type CommandContext, type GlobalOptions, present, type Run } from './command-run.ts'
import { EXIT, type ExitCode } from './exit-code.ts'
import { failureOf, Interrupted, interruption, reportFailure, withTexts } from './failure.ts'
import { type CliIo, type Doors, processIo } from './io.ts'
import { hideKeys } from './models/hide-keys.ts'
import { createProgram } from './program.ts'
import { shellWord } from './projects/shell-word.ts'
import { spareMemory } from './runtime/spare-memory.ts'
import { createTerminal } from './terminal.ts'

/** Loaded on first use, so that `--help` and wrong usage answer at once. */
const DOORS: Doors = {
  open: async (options) => {
    spareMemory()
    return (await import('../reverie.ts')).createReverie(options)
  },
  openKeys: async (options) => (await import('../reverie.ts')).openKeys(options),
  openServer: async (options) => (await import('../reverie.ts')).openServer(options),
  verifyState: async (options) => (await import('../reverie.ts')).verifyState(options),
  restoreState: async (options) => (await import('../reverie.ts')).restoreState(options),
}

/**
 * Runs one command line (without `node` and the script) and returns the exit code; never throws
 * for what a person did. `io` replaces the process's streams, clock and facade.
 */
export async function main(argv: readonly string[], io: CliIo = processIo(DOORS)): Promise<number> {
  const interrupt = new AbortController()
  let exitCode: ExitCode = EXIT.ok

  const run: Run = async (name, action) => {
    const options = program.opts<GlobalOptions>()
    const stopListening = io.onInterrupt(() => interrupt.abort())
    const facade = lazily(() => io.open({ env: io.env, now: io.now }))
    const context: CommandContext = {
      io,
      options,
      out: createTerminal(io.stdout, io.env, options.color),
      talk: createTerminal(io.stderr, io.env, options.color),
      signal: interrupt.signal,
      reverie: facade.get,
    }
    try {
      exitCode = present(name, await action(context), context)
    } finally {
      stopListening()
      await facade.close()
    }
  }

  const program = createProgram(run, io.stdout)
  try {
    await parse(program, argv)
    return exitCode
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return EXIT.ok
    const commandLine = ['reverie', ...argv.map(shellWord)].join(' ')
    const wasInterrupted = interrupt.signal.aborted || error instanceof Interrupted
    const failure = wasInterrupted ? interruption(commandLine) : failureOf(error, commandLine)
    return reportFailure(
      withTexts(failure, (text) => hideKeys(text, io.env)),
      failureSettings(argv, program, io),
    )
  }
}

async function parse(program: Command, argv: readonly string[]): Promise<void> {
  if (argv.length === 0) program.outputHelp()
  else await program.parseAsync(argv, { from: 'user' })
}

/** A command line that does not parse has no options yet, so `--json` is looked up as typed. */
function failureSettings(
  argv: readonly string[],
  program: Command,
  io: CliIo,
): Parameters<typeof reportFailure>[1] {
  const { color } = program.opts<GlobalOptions>()
  return {
    out: createTerminal(io.stdout, io.env, color),
    talk: createTerminal(io.stderr, io.env, color),
    json: argv.includes('--json'),
    verbose: argv.includes('--verbose'),
  }
}

function lazily(open: () => Promise<FolderOperations>): {
  readonly get: () => Promise<FolderOperations>
  readonly close: () => Promise<void>
} {
  let opened: Promise<FolderOperations> | null = null
  return {
    get() {
      opened ??= open()
      return opened
    },
    async close() {
      if (opened === null) return
      // A facade that did not open has said so to the command already.
      const reverie = await opened.catch(() => null)
      await reverie?.close()
    },
  }
}

// Run as a script while developing; the package runs it through bin/reverie.js.
if (import.meta.main) process.exitCode = await main(process.argv.slice(2))
