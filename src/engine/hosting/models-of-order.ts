import type { Dream, Thinking } from '../../core/dream.ts'
import { isReverieError, ReverieError } from '../../core/errors.ts'
import { type ChosenModels, chooseModels, type ModelRequest } from '../operations/choose-models.ts'
import { EMBEDDED, type HostingDeps } from './hosting-deps.ts'

type ModelDeps = Pick<HostingDeps, 'models' | 'meaningOf'>

/**
 * Who would be asked for a model of the wire; null = rules alone. Throws `invalid_request_error`
 * for one that means nothing here or cannot be used.
 */
export async function thinkingOf(model: string, deps: ModelDeps): Promise<Thinking | null> {
  const meaning = deps.meaningOf(model)
  if (meaning === null) throw unmapped(model)
  try {
    return (await chosenAs(meaning, null, deps))?.thinking ?? null
  } catch (error) {
    if (!isReverieError(error)) throw error
    throw new ReverieError(
      'invalid_request_error',
      `The model "${model}" stands for "${meaning}", which cannot be used: ${error.message}`,
      { cause: error, next: error.next ?? 'Change what it stands for in REVERIE_MODELS.' },
    )
  }
}

/**
 * The models that a dream was pinned to, open. Where the settings give its model another meaning by
 * now, those of then are asked all the same.
 */
export async function modelsOf(dream: Dream, deps: ModelDeps): Promise<ChosenModels | null> {
  const { thinking } = dream.snapshot
  if (thinking === null) return null
  const meaning = deps.meaningOf(dream.hosted?.model ?? '')
  const present = meaning === null ? null : await chosenAs(meaning, thinking, deps)
  const isSame = present?.small.id === thinking.small && present.large.id === thinking.large
  const chosen = isSame ? present : await chosenAs(thinking.large, thinking, deps)
  return chosen === null ? null : { ...chosen, thinking }
}

async function chosenAs(
  meaning: string,
  pinned: Thinking | null,
  { models }: ModelDeps,
): Promise<ChosenModels | null> {
  const isOwn = models.own?.large.id === meaning
  const request: ModelRequest = {
    ...(isOwn ? {} : { model: meaning === EMBEDDED ? 'none' : meaning }),
    ...(pinned === null || isOwn || meaning !== pinned.large ? {} : { smallModel: pinned.small }),
    ...(pinned === null ? {} : { budget: pinned.budget }),
  }
  const { chosen } = await chooseModels(meaning === EMBEDDED ? { model: 'none' } : request, {
    models,
  })
  return chosen
}

/** Throws `invalid_request_error` for a model of the wire that means nothing here. */
export function assertMeant(model: string, meaningOf: HostingDeps['meaningOf']): void {
  if (meaningOf(model) === null) throw unmapped(model)
}

function unmapped(model: string): ReverieError {
  return new ReverieError(
    'invalid_request_error',
    `The model "${model}" means nothing to this server.`,
    { next: 'Say what it stands for in the setting REVERIE_MODELS: `<id>=<provider>/<name>`.' },
  )
}
