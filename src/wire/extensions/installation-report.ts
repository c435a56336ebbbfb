import { z } from 'zod'
import { type ProjectReport, projectReportSchema } from './projects/project-report.ts'

export interface DoctorReport {
  readonly checks: readonly {
    readonly name: string
    readonly is_ok: boolean
    readonly found: string
    readonly next: string | null
  }[]
  /** Projects of agents on this machine. */
  readonly projects: readonly ProjectReport[]
}

export interface ConfigReport {
  readonly options: readonly {
    readonly name: string
    readonly env: string
    readonly value: string
    /** `environment` = its variable is set; else `default`. */
    readonly origin: string
    readonly meaning: string
  }[]
}

export interface VersionReport {
  readonly version: string
  readonly node: string
  readonly platform: string
}

/** What `--json` prints when a command fails; the same words go to stderr for people. */
export interface ErrorReport {
  /** A wire error type, `usage_error` for a command line, `interrupted` for Ctrl-C. */
  readonly type: string
  readonly message: string
  readonly next: string | null
  readonly exit_code: number
}

export const doctorReportSchema: z.ZodType<DoctorReport> = z.strictObject({
  checks: z.array(
    z.strictObject({
      name: z.string(),
      is_ok: z.boolean(),
      found: z.string(),
      next: z.string().nullable(),
    }),
  ),
  projects: z.array(projectReportSchema),
})

export const configReportSchema: z.ZodType<ConfigReport> = z.strictObject({
  options: z.array(
    z.strictObject({
      name: z.string(),
      env: z.string(),
      value: z.string(),
      origin: z.enum(['environment', 'default']),
      meaning: z.string(),
    }),
  ),
})

export const versionReportSchema: z.ZodType<VersionReport> = z.strictObject({
  version: z.string(),
  node: z.string(),
  platform: z.string(),
})

export const errorReportSchema: z.ZodType<ErrorReport> = z.strictObject({
  type: z.string(),
  message: z.string(),
  next: z.string().nullable(),
  exit_code: z.int().min(1).max(130),
})

export function doctorReport(
  checks: readonly {
    readonly name: string
    readonly isOk: boolean
    readonly found: string
    readonly next: string | null
  }[],
  projects: readonly ProjectReport[],
): DoctorReport {
  return {
    checks: checks.map(({ name, isOk, found, next }) => ({ name, is_ok: isOk, found, next })),
    projects,
  }
}

export function errorReport(error: {
  readonly type: string
  readonly message: string
  readonly next: string | null
  readonly exitCode: number
}): ErrorReport {
  const { exitCode, ...same } = error
  return { ...same, exit_code: exitCode }
}
