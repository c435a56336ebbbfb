import { z } from 'zod'
import type { DreamWithChanges } from '../../../core/dream.ts'
import { type DreamReport, dreamReport, dreamReportSchema } from '../dream-report.ts'

/** Plans of the memories of all projects: `data` of `reverie/v1/dream-projects`. */
export interface DreamProjectsReport {
  readonly projects: readonly {
    readonly name: string
    readonly working_folder: string | null
    readonly memory: string
    readonly memory_store_id: string | null
    /** Null = it failed. */
    readonly plan: DreamReport | null
    readonly error: {
      readonly type: string
      readonly message: string
      readonly next: string | null
    } | null
  }[]
}

/** Projects of agents as `doctor` lists them. */
export interface ProjectReport {
  readonly name: string
  readonly working_folder: string | null
  /** Null = there is no note. */
  readonly memory: string | null
  readonly notes: number
  readonly index_lines: number | null
  readonly index_lines_max: number
  /** Days after which the agent deletes a transcript; null = never. */
  readonly keeps_days: number | null
  readonly transcripts: readonly {
    readonly path: string
    readonly size_bytes: number
    readonly modified_at: string
    readonly days_left: number | null
    /** All that it says is in the state folder. */
    readonly is_kept: boolean
  }[]
  readonly other_dreamers: readonly {
    readonly name: string
    readonly why: string
    readonly next: string
  }[]
}

/** An edit of an agent's settings: `data` of `reverie/v1/connect`. */
export interface ConnectReport {
  readonly agent: string
  readonly path: string
  /** What the hook runs. */
  readonly command: string
  /** Unified diff; empty = nothing to change. */
  readonly patch: string
  readonly is_written: boolean
}

export const dreamProjectsReportSchema: z.ZodType<DreamProjectsReport> = z.strictObject({
  projects: z.array(
    z.strictObject({
      name: z.string(),
      working_folder: z.string().nullable(),
      memory: z.string(),
      memory_store_id: z.string().nullable(),
      plan: dreamReportSchema.nullable(),
      error: z
        .strictObject({ type: z.string(), message: z.string(), next: z.string().nullable() })
        .nullable(),
    }),
  ),
})

export const projectReportSchema: z.ZodType<ProjectReport> = z.strictObject({
  name: z.string(),
  working_folder: z.string().nullable(),
  memory: z.string().nullable(),
  notes: z.int().min(0),
  index_lines: z.int().min(0).nullable(),
  index_lines_max: z.int().min(0),
  keeps_days: z.number().min(0).nullable(),
  transcripts: z.array(
    z.strictObject({
      path: z.string(),
      size_bytes: z.int().min(0),
      modified_at: z.string(),
      days_left: z.int().min(0).nullable(),
      is_kept: z.boolean(),
    }),
  ),
  other_dreamers: z.array(z.strictObject({ name: z.string(), why: z.string(), next: z.string() })),
})

export const connectReportSchema: z.ZodType<ConnectReport> = z.strictObject({
  agent: z.string(),
  path: z.string(),
  command: z.string(),
  patch: z.string(),
  is_written: z.boolean(),
})

/** A memory of a project with what came of its dream: one of the two is null. */
export interface DreamtProject<Outcome extends DreamWithChanges = DreamWithChanges> {
  readonly project: { readonly name: string; readonly workingFolder: string | null }
  readonly memory: string
  readonly outcome: Outcome | null
  readonly failure: {
    readonly type: string
    readonly message: string
    readonly next: string | null
  } | null
}

/** Throws as `dreamReport`. */
export function dreamProjectsReport(dreamt: readonly DreamtProject[]): DreamProjectsReport {
  return {
    projects: dreamt.map(({ project, memory, outcome, failure }) => ({
      name: project.name,
      working_folder: project.workingFolder,
      memory,
      memory_store_id: outcome?.dream.storeId ?? null,
      plan: outcome === null ? null : dreamReport(outcome),
      error:
        failure === null
          ? null
          : { type: failure.type, message: failure.message, next: failure.next },
    })),
  }
}

interface SurveyedProject {
  readonly project: {
    readonly name: string
    readonly workingFolder: string | null
    readonly memoryFolder: string | null
    readonly notes: number
    readonly indexLines: number | null
    readonly keepsDays: number | null
  }
  readonly transcripts: readonly {
    readonly path: string
    readonly sizeBytes: number
    readonly modifiedAt: string
    readonly daysLeft: number | null
    readonly isKept: boolean
  }[]
  readonly otherDreamers: readonly {
    readonly name: string
    readonly why: string
    readonly next: string
  }[]
}

export function projectReport(
  { project, transcripts, otherDreamers }: SurveyedProject,
  indexLinesMax: number,
): ProjectReport {
  return {
    name: project.name,
    working_folder: project.workingFolder,
    memory: project.memoryFolder,
    notes: project.notes,
    index_lines: project.indexLines,
    index_lines_max: indexLinesMax,
    keeps_days: project.keepsDays,
    transcripts: transcripts.map((file) => ({
      path: file.path,
      size_bytes: file.sizeBytes,
      modified_at: file.modifiedAt,
      days_left: file.daysLeft,
      is_kept: file.isKept,
    })),
    other_dreamers: otherDreamers.map(({ name, why, next }) => ({ name, why, next })),
  }
}
