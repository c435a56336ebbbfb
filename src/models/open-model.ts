import { ReverieError } from '../core/errors.ts'
import { anthropicModel, compatibleModel, openaiModel } from './ai-sdk-providers.ts'
import { openCassette } from './cassette-model.ts'
import type { Model } from './model.ts'
import { baseAddress, parseModelName } from './model-name.ts'
import { Patience } from './patience.ts'
import { patientModel } from './patient-model.ts'

export interface ModelSettings {
  /** Base address of openai-compatible and ollama models; null = none was set. */
  readonly url: string | null
  /** Key for that address, or for the one in a model's name. */
  readonly key: string | null
  readonly anthropicKey: string | null
  readonly openaiKey: string | null
  /** Limit of one call, in ms. */
  readonly timeoutMs: number
}

const ANTHROPIC = 'https://api.anthropic.com/v1'
const OPENAI = 'https://api.openai.com/v1'
const OLLAMA = 'http://127.0.0.1:11434/v1'

/**
 * Opens what a person named as model; nothing is sent before the first question. Models opened with
 * one `patiences` share the patience with their provider. Throws `invalid_request_error` for a name or
 * address that cannot be, `authentication_error` for a missing key, `not_found_error` for a missing
 * cassette.
 */
export function openModel(
  text: string,
  settings: ModelSettings,
  patiences: Map<string, Patience> = new Map(),
): Model {
  const parsed = parseModelName(text)
  if (parsed.kind === 'cassette') return openCassette(parsed.folder)
  const model = MAKERS[parsed.kind](parsed.name, settings, 'url' in parsed ? parsed.url : null)
  const patience = patiences.get(model.host ?? '') ?? new Patience()
  patiences.set(model.host ?? '', patience)
  return patientModel(model, patience)
}

type Maker = (name: string, settings: ModelSettings, url: string | null) => Model

const MAKERS: Readonly<Record<'anthropic' | 'openai' | 'ollama' | 'openai-compatible', Maker>> = {
  anthropic: (name, { anthropicKey, timeoutMs }) => {
    const keyVariable = 'ANTHROPIC_API_KEY'
    const key = keyFrom(anthropicKey, keyVariable)
    const id = `anthropic/${name}`
    return anthropicModel({ id, name, url: ANTHROPIC, key, keyVariable, timeoutMs })
  },
  openai: (name, { openaiKey, timeoutMs }) => {
    const keyVariable = 'OPENAI_API_KEY'
    const key = keyFrom(openaiKey, keyVariable)
    const id = `openai/${name}`
    return openaiModel({ id, name, url: OPENAI, key, keyVariable, timeoutMs })
  },
  ollama: (name, settings) => {
    const url = baseAddress(settings.url ?? OLLAMA)
    const key = settings.url === null ? null : settings.key
    return compatible(`ollama/${name}`, name, url, { ...settings, key })
  },
  'openai-compatible': (name, settings, own) => {
    const url = own ?? settings.url
    if (url === null) {
      const message = `There is no address for the model "openai-compatible/${name}".`
      const next = 'Set REVERIE_MODEL_URL, or name the model by its address.'
      throw new ReverieError('invalid_request_error', message, { next })
    }
    const base = baseAddress(url)
    const id = `openai-compatible/${name}@${new URL(base).host}`
    return compatible(id, name, base, { ...settings, key: keyFor(base, settings) })
  },
}

function compatible(id: string, name: string, url: string, settings: ModelSettings): Model {
  const keyVariable = 'REVERIE_MODEL_KEY'
  const key = settings.key === null ? null : keyFrom(settings.key, keyVariable)
  return compatibleModel({ id, name, url, key, keyVariable, timeoutMs: settings.timeoutMs })
}

/** A key that was set together with an address goes to that address alone. */
function keyFor(base: string, { url, key }: ModelSettings): string | null {
  return url === null || new URL(baseAddress(url)).origin === new URL(base).origin ? key : null
}

/** A key as it goes into a header; throws `authentication_error` where there is none. */
function keyFrom(given: string | null, variable: string): string {
  const key = given?.trim() ?? ''
  if (key === '') {
    throw new ReverieError('authentication_error', `${variable} is not set.`, {
      next: `Set ${variable} to your key, or choose another model.`,
    })
  }
  if (/^[\x21-\x7e]+$/.test(key)) return key
  throw new ReverieError('authentication_error', `${variable} holds no key that can be sent.`, {
    next: `Set ${variable} to the key alone, without spaces or other characters.`,
  })
}
