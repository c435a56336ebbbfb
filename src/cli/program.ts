import { Command, Option } from 'commander'
import { addAuditCommands } from './audit/audit-commands.ts'
import type { Run } from './command-run.ts'
import { addApplyCommand } from './commands/apply.ts'
import { addConfigCommand } from './commands/config.ts'
import { addDiscardCommand } from './commands/discard.ts'
import { addDoctorCommand } from './commands/doctor.ts'
import { addDreamCommand } from './commands/dream.ts'
import { addEraseCommand } from './commands/erase.ts'
import { addKeyCommands } from './commands/key.ts'
import { addLogCommand } from './commands/log.ts'
import { addMemoryCommands } from './commands/memory.ts'
import { addRecordingCommands } from './commands/recording.ts'
import { addRejectCommand } from './commands/reject.ts'
import { addRevertCommand } from './commands/revert.ts'
import { addServeCommand } from './commands/serve.ts'
import { addSessionCommands } from './commands/session.ts'
import { addShowCommand } from './commands/show.ts'
import { addStatusCommand } from './commands/status.ts'
import { addVersionCommand } from './commands/version.ts'
import { addDreamsCommands } from './dreams/dreams-commands.ts'
import { EXIT_HELP } from './exit-code.ts'
import { examples } from './help-text.ts'
import { addConnectCommand } from './projects/connect.ts'
import { addReviewCommand } from './review/review.ts'
import { addHookCommands } from './sleep/hook-command.ts'
import { addStoreCommands } from './stores/store-commands.ts'
import type { OutputStream } from './terminal.ts'
import { addUpkeepCommands } from './upkeep/upkeep-commands.ts'

const HELP_COLUMNS = 80

/** The whole command tree. It parses and prints help; work goes to `run`. */
export function createProgram(run: Run, stdout: OutputStream): Command {
  const program = new Command('reverie')
    .description(
      'A night’s sleep for AI agents: tidies a memory and shows the words for each change.',
    )
    .addHelpText(
      'before',
      examples([
        ['reverie dream', 'plan for this project of Claude Code; writes nothing'],
        ['reverie dream ./memory --sessions ./sessions', 'or for a folder of notes'],
        ['reverie review drm_4f2a', 'decide change by change'],
        ['reverie apply drm_4f2a', 'write it'],
        ['reverie revert drm_4f2a', 'undo it, byte for byte'],
      ]),
    )
    .addHelpText(
      'after',
      `\n${EXIT_HELP}\n\nIds may be shortened as long as they are unique. Times are UTC.`,
    )
    .option('--json', 'print one JSON object on stdout (schemas/ has its shape)')
    .option('--no-input', 'never ask; fail where a person would have to decide')
    .addOption(
      new Option('--color <when>', 'colour the output; NO_COLOR and FORCE_COLOR are heeded')
        .choices(['auto', 'always', 'never'])
        .default('auto'),
    )
    .option('--verbose', 'show where an error came from')
  configure(program, stdout)
  for (const add of COMMANDS) add(program, run)
  return inherit(program)
}

const COMMANDS: readonly ((program: Command, run: Run) => void)[] = [
  addDreamCommand,
  addShowCommand,
  addReviewCommand,
  addApplyCommand,
  addRevertCommand,
  addDiscardCommand,
  addRejectCommand,
  addLogCommand,
  addAuditCommands,
  addDreamsCommands,
  addStatusCommand,
  addMemoryCommands,
  addStoreCommands,
  addSessionCommands,
  addRecordingCommands,
  addEraseCommand,
  addConnectCommand,
  addServeCommand,
  addKeyCommands,
  addUpkeepCommands,
  addDoctorCommand,
  addHookCommands,
  addConfigCommand,
  addVersionCommand,
]

function configure(command: Command, stdout: OutputStream): void {
  command
    .exitOverride()
    .configureHelp({ helpWidth: HELP_COLUMNS, showGlobalOptions: true })
    .configureOutput({
      writeOut: (text) => stdout.write(text),
      // Errors are told by `reportFailure`, in the same form as every other failure.
      writeErr: () => undefined,
      outputError: () => undefined,
      getOutHasColors: () => false,
    })
}

/** Commands made with `.command()` inherit the settings; this asserts it for nested ones. */
function inherit(program: Command): Command {
  for (const command of program.commands) {
    command.copyInheritedSettings(program)
    inherit(command)
  }
  return program
}
