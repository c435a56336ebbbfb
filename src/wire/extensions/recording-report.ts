import { z } from 'zod'

/** Result of `recording export` and `recording import`: one part for each model. */
export interface RecordingReport {
  readonly parts: readonly {
    readonly folder: string
    readonly model: string
    readonly answers: number
    /** Of these, answers that stood there already. */
    readonly known: number
  }[]
}

const count = z.int().min(0)

export const recordingReportSchema: z.ZodType<RecordingReport> = z.strictObject({
  parts: z.array(
    z.strictObject({ folder: z.string(), model: z.string(), answers: count, known: count }),
  ),
})

export function recordingReport({ parts }: RecordingReport): RecordingReport {
  return {
    parts: parts.map(({ folder, model, answers, known }) => ({ folder, model, answers, known })),
  }
}
