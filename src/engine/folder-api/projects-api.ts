import type { DreamId } from '../../core/ids.ts'
import type { FolderAutoApply } from '../../core/schedule.ts'
import type {
  AgentProject,
  OtherDreamer,
  SettingsEdit,
  TranscriptFile,
} from '../../projects/projects.ts'
import type { DreamRequest } from '../operations/dreaming/dream-request.ts'
import type { ApplyOutcome, DreamOutcome } from './outcomes.ts'

export type { FolderAutoApply } from '../../core/schedule.ts'
export type {
  AgentProject,
  OtherDreamer,
  SettingsEdit,
  TranscriptFile,
} from '../../projects/projects.ts'

/** Projects of coding agents that are found on this machine. */
export interface ProjectOperations {
  list(): Promise<readonly AgentProject[]>
  /** One where no agent has worked has no notes and no transcripts. */
  at(workingFolder: string): Promise<AgentProject>
  /** All projects, with what becomes of their transcripts and who else tidies their memories. */
  survey(): Promise<readonly ProjectSurvey[]>
  /** Whoever else tidies this memory now; a plan is not applied beside them unless forced. */
  otherDreamers(memoryFolder: string): Promise<readonly OtherDreamer[]>
  planHook(command: string, isOn: boolean): Promise<SettingsEdit>
  writeHook(edit: SettingsEdit): Promise<void>
}

/** A project and what a person would have to know of it. */
export interface ProjectSurvey {
  readonly project: AgentProject
  /** In the order of `project.transcripts`. */
  readonly transcripts: readonly TranscriptSurvey[]
  readonly otherDreamers: readonly OtherDreamer[]
}

export interface TranscriptSurvey extends TranscriptFile {
  /** Whole days until the agent deletes it, 0 = at its next start; null = never. */
  readonly daysLeft: number | null
  /** All that it says is in the storage. */
  readonly isKept: boolean
}

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
