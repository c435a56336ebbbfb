import { z } from 'zod'
import { digestOf } from '../core/ids.ts'
import type { ModelAnswer, ModelRequest } from './model.ts'

export const MANIFEST_FILE = 'cassette.json'

/** What a folder of kept answers says of itself. */
export interface CassetteManifest {
  readonly format: 'reverie/cassette/1'
  /** Who answered: a provider, a model whose answers came as files, or a script. */
  readonly made: 'file relay' | 'provider' | 'script'
  /** Id of the model that answered; the cassette answers under it. */
  readonly model: string
  readonly model_family: string | null
  readonly recorded_at: string
  readonly note: string
}

const manifestSchema: z.ZodType<CassetteManifest> = z.object({
  format: z.literal('reverie/cassette/1'),
  made: z.enum(['file relay', 'provider', 'script']),
  model: z.string().min(1),
  model_family: z.string().nullable(),
  recorded_at: z.string(),
  note: z.string(),
})

const count = z.int().min(0).nullable()
const answerSchema = z.object({
  request: z.string(),
  text: z.string(),
  finish: z.enum(['stop', 'length', 'refused', 'other']),
  usage: z.object({ inputTokens: count, cachedInputTokens: count, outputTokens: count }),
})

/** Null = no manifest of a cassette. */
export function readManifest(text: string): CassetteManifest | null {
  return parsedBy(manifestSchema, text)
}

/** Null = no kept answer. */
export function readAnswer(text: string): ModelAnswer | null {
  const kept = parsedBy(answerSchema, text)
  return kept === null ? null : { text: kept.text, finish: kept.finish, usage: kept.usage }
}

export function answerText(request: ModelRequest, { text, finish, usage }: ModelAnswer): string {
  return `${JSON.stringify({ request: request.name, text, finish, usage }, null, 2)}\n`
}

/** Under what an answer is kept; the name stands for the instructions, whose version it holds. */
export function answerFile({ name, profile, data, schema }: ModelRequest): string {
  return `${digestOf([name, profile, data, schema])}.json`
}

function parsedBy<T>(schema: z.ZodType<T>, text: string): T | null {
  try {
    return schema.safeParse(JSON.parse(text)).data ?? null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}
