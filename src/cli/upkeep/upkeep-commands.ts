import type { Command } from 'commander'
import type { Run } from '../command-run.ts'
import { addBackupCommand } from './backup.ts'
import { addPurgeCommand } from './purge.ts'
import { addRestoreCommand } from './restore.ts'
import { addVerifyCommand } from './verify.ts'

/** What keeps a state folder in order. */
export function addUpkeepCommands(program: Command, run: Run): void {
  addVerifyCommand(program, run)
  addBackupCommand(program, run)
  addRestoreCommand(program, run)
  addPurgeCommand(program, run)
}
