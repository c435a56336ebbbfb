import { z } from 'zod'
import { type Dream, isTerminal } from '../../core/dream.ts'
import { ReverieError } from '../../core/errors.ts'
import type { DreamId } from '../../core/ids.ts'
import type { Cassette, RecordedAnswer, RecordedVerdict } from '../../models/model.ts'
import type { FolderOperations, Recording } from '../api.ts'
import { answerKey } from '../asking/call.ts'
import type { Used } from '../asking/create-asker.ts'
import { keptOf, keptText } from '../asking/kept-answers.ts'
import { keptVerdict, verdictKey, verdictText } from '../asking/kept-verdicts.ts'
import { RECORDED_IN } from '../erasure/erasures.ts'
import { answerPrompt } from '../prompts/answer.ts'
import { entailPrompt } from '../prompts/entail.ts'
import { relatePrompt } from '../prompts/relate.ts'
import type { ChosenModels } from './choose-models.ts'
import type { Deps } from './deps.ts'
import { findDream } from './inspect.ts'
import { partsBelow, placesOf } from './recording-places.ts'

/** Who paid for an answer that came out of a cassette: nobody here; behind it stands who answered. */
const FROM_CASSETTE = 'cassette:'
/** A mixture is as good as its weakest part. */
const WEAKEST_FIRST: readonly Cassette['made'][] = ['script', 'file relay', 'provider']

const item = z.object({
  model: z.string(),
  request: z.string(),
  digest: z.string().regex(/^[\da-f]{64}$/),
})
const USED = z.object({
  small: z.object({ id: z.string(), isAsked: z.boolean() }),
  large: z.object({ id: z.string(), isAsked: z.boolean() }),
  answers: z.array(item),
  verdicts: z.array(item),
})

const usedKey = (dreamId: DreamId): string => `used:${dreamId}`

/** Answers of models as folders: out of a dream that ended, and into the state folder. */
export function recordingsOf(deps: Deps): FolderOperations['recordings'] {
  return {
    export: async (dreamId, folder) =>
      exportRecording(await findDream(dreamId, deps), folder, deps),
    import: (folder) => importRecording(folder, deps),
  }
}

/** Keeps with a dream what it took from models, so that it can be exported at any time. */
export async function keepUsed(
  dreamId: DreamId,
  used: Used,
  { small, large }: Pick<ChosenModels, 'small' | 'large'>,
  { storage }: Pick<Deps, 'storage'>,
): Promise<void> {
  const [smallPart, largePart] = [small, large].map(({ id, host }) => ({
    id,
    isAsked: host !== null,
  }))
  const row = { small: smallPart, large: largePart, ...used }
  await storage.steps.put(usedKey(dreamId), JSON.stringify(row))
}

/**
 * Writes every answer that a dream used into a folder. Throws `invalid_request_error` where no model
 * took part, `conflict_error` for a dream that has not ended or a cassette of another model.
 */
export async function exportRecording(
  dream: Dream,
  folder: string,
  deps: Pick<Deps, 'storage' | 'models' | 'now'>,
): Promise<Recording> {
  const row = await deps.storage.steps.get(usedKey(dream.id))
  if (row === null) throw nothingUsed(dream)
  const used = USED.parse(JSON.parse(row))
  const at = deps.now().toISOString()
  // Whoever erases words later is told that this folder may hold them.
  await deps.storage.steps.put(`${RECORDED_IN}${folder}`, '1')
  const parts: Recording['parts'][number][] = []
  let verdictsLeft = 0
  for (const { folder: place, model, isAsked } of placesOf(folder, used)) {
    const cassette = await cassetteOf(model, isAsked, used, deps)
    const present = deps.models.cassettes.read(place)
    const left = present === null ? [] : missingIn(present, cassette.verdicts)
    const whole = left.length === 0 ? cassette : { ...cassette, verdicts: [] }
    if (whole.answers.length + whole.verdicts.length === 0) continue
    deps.models.cassettes.write(place, whole, at)
    verdictsLeft += left.length
    const there = new Set(present?.answers.map(({ digest }) => digest))
    const known = whole.answers.filter(({ digest }) => there.has(digest)).length
    parts.push({ folder: place, model, answers: whole.answers.length, known })
  }
  return { parts, warnings: verdictsLeft === 0 ? [] : [gapWarning(verdictsLeft)] }
}

/**
 * Puts the answers of a folder, or of its parts, where a dream of the same model finds them. Throws
 * `not_found_error` where there is no cassette, `invalid_request_error` for one that cannot be read.
 */
export async function importRecording(
  folder: string,
  { storage, models }: Pick<Deps, 'storage' | 'models'>,
): Promise<Recording> {
  const places = [folder, ...partsBelow(folder)]
  const parts: Recording['parts'][number][] = []
  const news: (readonly [key: string, row: string])[] = []
  for (const place of places) {
    const cassette = models.cassettes.read(place)
    if (cassette === null) continue
    const rows = cassette.answers.map(({ digest, answer }) => {
      const key = answerKey(cassette.model, digest)
      return [key, keptText(`${FROM_CASSETTE}${cassette.made}`, answer)] as const
    })
    const known = await storage.steps.getAll(rows.map(([key]) => key))
    for (const row of rows) news.push(row)
    for (const row of verdictRows(cassette.verdicts, place)) news.push(row)
    parts.push({ folder: place, model: cassette.model, answers: rows.length, known: known.size })
  }
  if (parts.length === 0) {
    throw new ReverieError('not_found_error', `There is no cassette in ${folder}.`, {
      next: 'Name a folder that `reverie recording export` or `--record` wrote.',
    })
  }
  await storage.steps.putAll(news)
  return { parts, warnings: [] }
}

/** What a cassette says of single items has to stand before a dream makes its questions. */
export async function keepVerdicts(
  folders: readonly string[],
  { storage, models }: Pick<Deps, 'storage' | 'models'>,
): Promise<void> {
  for (const folder of new Set(folders)) {
    const verdicts = models.cassettes.read(folder)?.verdicts ?? []
    await storage.steps.putAll(verdictRows(verdicts, folder))
  }
}

async function cassetteOf(
  model: string,
  isAsked: boolean,
  used: z.infer<typeof USED>,
  { storage }: Pick<Deps, 'storage'>,
): Promise<Cassette> {
  const isOwn = (one: { readonly model: string }): boolean => one.model === model
  const [answers, verdicts] = [used.answers.filter(isOwn), used.verdicts.filter(isOwn)]
  const makers = new Set<string>()
  const recorded: RecordedAnswer[] = []
  for (const { digest, request } of answers) {
    const key = answerKey(model, digest)
    const { dreamId, ...answer } = keptOf(key, (await storage.steps.get(key)) ?? '')
    makers.add(dreamId.startsWith(FROM_CASSETTE) ? dreamId.slice(FROM_CASSETTE.length) : 'asked')
    recorded.push({ digest, request, answer })
  }
  const rows = await storage.steps.getAll(verdicts.map(({ digest }) => verdictKey(digest)))
  return {
    model,
    made: WEAKEST_FIRST.find((made) => makers.has(made)) ?? (isAsked ? 'provider' : 'script'),
    answers: recorded,
    verdicts: verdicts.map(({ digest, request }) => ({
      digest,
      request,
      verdict: keptVerdict(rows.get(verdictKey(digest)) ?? '{}'),
    })),
  }
}

/** Verdicts that a grown cassette cannot take: dreams before would make other questions with them. */
function missingIn(
  present: Cassette,
  verdicts: readonly RecordedVerdict[],
): readonly RecordedVerdict[] {
  const there = new Set(present.verdicts.map(({ digest }) => digest))
  return verdicts.filter(({ digest }) => !there.has(digest))
}

function gapWarning(count: number): string {
  return `The recording is not whole by itself: ${count} verdicts of earlier dreams did not go into a folder that holds other answers. Export into an empty folder, or replay the dreams in their order.`
}

/** By prompt, whether a value is a verdict on one item of it. */
const IS_VERDICT: Readonly<Record<string, (verdict: unknown) => boolean>> = {
  relate: (verdict) => relatePrompt.schema.safeParse({ pairs: [verdict] }).success,
  entail: (verdict) => entailPrompt.schema.safeParse({ items: [verdict] }).success,
  answer: (verdict) => answerPrompt.schema.safeParse({ items: [verdict] }).success,
}

/** Text that somebody may have written by hand: what is no verdict is refused. */
function verdictRows(
  verdicts: readonly RecordedVerdict[],
  folder: string,
): readonly (readonly [key: string, row: string])[] {
  return verdicts.map(({ digest, request, verdict }) => {
    const isVerdict = IS_VERDICT[request.replace(/-\d+$/, '')]
    if (isVerdict !== undefined && (verdict === undefined || isVerdict(verdict))) {
      return [verdictKey(digest), verdictText(verdict)]
    }
    throw new ReverieError(
      'invalid_request_error',
      `A verdict of the cassette in ${folder} is none: verdict-${digest}.json.`,
      { next: 'Delete and record it again.' },
    )
  })
}

function nothingUsed(dream: Dream): ReverieError {
  if (dream.snapshot.thinking === null) {
    return new ReverieError('invalid_request_error', `No model took part in ${dream.id}.`, {
      next: 'Name a dream that was made with `--model`.',
    })
  }
  if (!isTerminal(dream.status)) {
    return new ReverieError('conflict_error', `${dream.id} has not ended.`, {
      next: 'Wait for its end, and export then.',
    })
  }
  return new ReverieError('not_found_error', `${dream.id} has no list of the answers it used.`, {
    next: 'Dream it again with `--record`: answers that are kept are not paid for again.',
  })
}
