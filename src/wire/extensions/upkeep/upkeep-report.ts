import { z } from 'zod'

const count = z.int().min(0)

/** Result of `verify`. */
export interface VerifyReport {
  /** True: every row was read. */
  readonly read_data: boolean
  readonly is_whole: boolean
  /** What was looked at, by kind. */
  readonly checked: Readonly<Record<string, number>>
  readonly damages: readonly { readonly where: string; readonly what: string }[]
}

export const verifyReportSchema: z.ZodType<VerifyReport> = z.strictObject({
  read_data: z.boolean(),
  is_whole: z.boolean(),
  checked: z.record(z.string(), count),
  damages: z.array(z.strictObject({ where: z.string(), what: z.string() })),
})

/** Result of `backup`. */
export interface BackupReport {
  readonly folder: string
  readonly taken_at: string
  readonly files: readonly {
    readonly name: string
    readonly bytes: number
    readonly sha256: string
  }[]
  /** Not in it: the person's own files. */
  readonly memory_folders: readonly string[]
}

export const backupReportSchema: z.ZodType<BackupReport> = z.strictObject({
  folder: z.string(),
  taken_at: z.string(),
  files: z.array(z.strictObject({ name: z.string(), bytes: count, sha256: z.string() })),
  memory_folders: z.array(z.string()),
})

/** Result of `restore`. */
export interface RestoreReport {
  readonly home: string
  readonly taken_at: string
  readonly files: number
  /** Where the old state folder went; null = there was none. */
  readonly moved_to: string | null
  readonly memory_folders: readonly string[]
}

export const restoreReportSchema: z.ZodType<RestoreReport> = z.strictObject({
  home: z.string(),
  taken_at: z.string(),
  files: count,
  moved_to: z.string().nullable(),
  memory_folders: z.array(z.string()),
})

/** Result of `purge`. */
export interface PurgeReport {
  readonly is_done: boolean
  readonly events: number
  readonly sessions: readonly { readonly session_id: string; readonly why: string }[]
}

export const purgeReportSchema: z.ZodType<PurgeReport> = z.strictObject({
  is_done: z.boolean(),
  events: count,
  sessions: z.array(z.strictObject({ session_id: z.string(), why: z.string() })),
})

export function verifyReport(
  readData: boolean,
  { checked, damages }: Pick<VerifyReport, 'checked' | 'damages'>,
): VerifyReport {
  return {
    read_data: readData,
    is_whole: damages.length === 0,
    checked,
    damages: damages.map(({ where, what }) => ({ where, what })),
  }
}

export function backupReport(made: {
  readonly folder: string
  readonly takenAt: string
  readonly files: BackupReport['files']
  readonly memoryFolders: readonly string[]
}): BackupReport {
  return {
    folder: made.folder,
    taken_at: made.takenAt,
    files: made.files.map(({ name, bytes, sha256 }) => ({ name, bytes, sha256 })),
    memory_folders: made.memoryFolders,
  }
}

export function restoreReport(restored: {
  readonly home: string
  readonly takenAt: string
  readonly files: number
  readonly movedTo: string | null
  readonly memoryFolders: readonly string[]
}): RestoreReport {
  const { home, takenAt, files, movedTo, memoryFolders } = restored
  return { home, taken_at: takenAt, files, moved_to: movedTo, memory_folders: memoryFolders }
}

export function purgeReport(purged: {
  readonly sessions: readonly { readonly id: string; readonly why: string }[]
  readonly events: number
  readonly isDone: boolean
}): PurgeReport {
  return {
    is_done: purged.isDone,
    events: purged.events,
    sessions: purged.sessions.map(({ id, why }) => ({ session_id: id, why })),
  }
}
