import { z } from 'zod'
import {
  type ModelAnswer,
  type ModelRequest,
  type RecordedAnswer,
  type RecordedVerdict,
  requestDigest,
} from './model.ts'

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
  request: z.string().max(100),
  text: z.string(),
  finish: z.enum(['stop', 'length', 'refused', 'other']),
  usage: z.object({ inputTokens: count, cachedInputTokens: count, outputTokens: count }),
})

const verdictSchema = z.object({ request: z.string().max(100), verdict: z.unknown().optional() })

/** Null = no manifest of a cassette. */
export function readManifest(text: string): CassetteManifest | null {
  return parsedBy(manifestSchema, text)
}

/** Null = no kept answer. */
export function readAnswer(text: string): Omit<RecordedAnswer, 'digest'> | null {
  const kept = parsedBy(answerSchema, text)
  if (kept === null) return null
  const { request, finish, usage } = kept
  return { request, answer: { text: kept.text, finish, usage } }
}

export function answerText(request: string, { text, finish, usage }: ModelAnswer): string {
  return `${JSON.stringify({ request, text, finish, usage }, null, 2)}\n`
}

export function answerFile(request: ModelRequest): string {
  return answerFileOf(requestDigest(request))
}

export function answerFileOf(digest: string): string {
  return `${digest}.json`
}

/** Null = no kept verdict. */
export function readVerdict(text: string): Omit<RecordedVerdict, 'digest'> | null {
  const kept = parsedBy(verdictSchema, text)
  return kept === null ? null : { request: kept.request, verdict: kept.verdict }
}

export function verdictText({ request, verdict }: RecordedVerdict): string {
  return `${JSON.stringify({ request, verdict }, null, 2)}\n`
}

export function verdictFileOf(digest: string): string {
  return `verdict-${digest}.json`
}

/** What a name in a folder says it is; null = nothing of ours. */
export function namedIn(
  name: string,
): { readonly kind: 'answer' | 'verdict'; readonly digest: string } | null {
  const [, prefix, digest] = /^(verdict-)?([\da-f]{64})\.json$/.exec(name) ?? []
  if (digest === undefined) return null
  return { kind: prefix === undefined ? 'answer' : 'verdict', digest }
}

function parsedBy<T>(schema: z.ZodType<T>, text: string): T | null {
  try {
    return schema.safeParse(JSON.parse(text)).data ?? null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}
