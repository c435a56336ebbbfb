import type { DreamId } from '../core/ids.ts'
import type { AgentProject, OtherDreamer, SettingsEdit } from '../projects/projects.ts'
import type { ApplyOutcome, DreamOutcome, DreamRequest } from './api.ts'

export type {
  AgentProject,
  OtherDreamer,
  SettingsEdit,
  TranscriptFile,
} from '../projects/projects.ts'

/** Projects of coding agents that are found on this machine. */
export interface ProjectOperations {
  list(): Promise<readonly AgentProject[]>
  /** Null = the folder belongs to none that is known. */
  at(workingFolder: string): Promise<AgentProject | null>
  /** Whoever else tidies this memory now; a plan is not applied beside them unless forced. */
  otherDreamers(memoryFolder: string): Promise<readonly OtherDreamer[]>
  planHook(command: string, isOn: boolean): Promise<SettingsEdit>
  writeHook(edit: SettingsEdit): Promise<void>
}

/** What an unattended dream may write by itself; `safe`: exact duplicates and index repair. */
export type FolderAutoApply = 'off' | 'safe' | 'trusted'

/** A dream in an idle gap: of one memory, at most when it is due. */
export interface DueRequest
  extends Omit<DreamRequest, 'sessions' | 'since' | 'cassette' | 'instructions'> {
  /** Files, folders or globs of transcripts. */
  readonly sessions: readonly string[]
  readonly autoApply: FolderAutoApply
}

/** Whether a memory was dreamt over, and by which rule. */
export interface DueOutcome {
  readonly outcome: 'ran' | 'waited'
  /** A word for programs, as schedules of the server have it: `pressure`, `cooldown`, `not_idle`. */
  readonly rule: string
  /** A sentence or two for people, with the figures that decided. */
  readonly reason: string
  /** When looking again can say something else, ISO 8601. */
  readonly nextLookAt: string
  /** Null = none was due. */
  readonly dream: DreamOutcome | null
  /** Null = nothing was written. One `revert` of the dream takes all of it back. */
  readonly applied: ApplyOutcome | null
  /** An earlier plan that nobody had looked at and that gave way. */
  readonly replaced: DreamId | null
}
