import { LIMITS } from '../config.ts'
import { ReverieError } from '../core/errors.ts'

/** What a person names as model. */
export type ModelName =
  | { readonly kind: 'anthropic' | 'openai' | 'ollama'; readonly name: string }
  /** `url` null = the address comes from the settings. */
  | { readonly kind: 'openai-compatible'; readonly name: string; readonly url: string | null }
  | { readonly kind: 'cassette'; readonly folder: string }

const PROVIDERS = ['anthropic', 'openai', 'ollama', 'openai-compatible'] as const

const NEXT =
  'Write anthropic/<name>, openai/<name>, ollama/<name>, openai-compatible/<name>, an address ' +
  'http(s)://host[:port]/path[#name], or cassette:<folder>.'

/**
 * Reads `provider/name`, an address of an OpenAI-compatible server or `cassette:<folder>`; names may
 * hold slashes and colons. Throws `invalid_request_error`, without repeating what may hold a key.
 */
export function parseModelName(text: string): ModelName {
  const written = text.trim()
  if (written.startsWith('cassette:')) {
    const folder = written.slice('cassette:'.length)
    if (folder === '') throw invalid('"cassette:" names no folder.')
    return { kind: 'cassette', folder }
  }
  if (written.length > LIMITS.modelNameCharsMax) {
    throw invalid(`The name of a model is longer than ${LIMITS.modelNameCharsMax} characters.`)
  }
  if (/^[a-z]+:\/\//i.test(written)) return parseAddress(written)
  const [, provider, name = ''] = /^([^/]*)\/(.+)$/.exec(written) ?? []
  const kind = PROVIDERS.find((known) => known === provider)
  if (kind === undefined) throw invalid('The name of the model begins with no known provider.')
  if (!isName(name)) throw invalid(`The name after "${kind}/" holds spaces or control characters.`)
  return kind === 'openai-compatible' ? { kind, name, url: null } : { kind, name }
}

/**
 * A base address as it is used: without the slashes at its end. Throws `invalid_request_error` for
 * anything but http(s), and for a user, password or query in it.
 */
export function baseAddress(text: string): string {
  const url = URL.parse(text)
  if (url === null || !/^https?:$/.test(url.protocol) || url.hostname === '') {
    throw invalid('The address of the model is no http or https address.')
  }
  if (`${url.username}${url.password}${url.search}` !== '') {
    throw new ReverieError(
      'invalid_request_error',
      'The address of the model has a user, a password or a query in it.',
      { next: 'Leave them out and put the key into REVERIE_MODEL_KEY.' },
    )
  }
  url.hash = ''
  return url.href.replace(/\/+$/, '')
}

function parseAddress(written: string): ModelName {
  const name = nameInAddress(URL.parse(written)?.hash.slice(1) ?? '')
  return { kind: 'openai-compatible', name, url: baseAddress(written) }
}

function nameInAddress(hash: string): string {
  if (hash === '') return 'default'
  const name = decoded(hash)
  if (!isName(name)) throw invalid('The name after "#" holds spaces or control characters.')
  return name
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch (error) {
    if (error instanceof URIError) return text
    throw error
  }
}

function isName(name: string): boolean {
  return /^[^\s\p{C}]+$/u.test(name)
}

function invalid(message: string): ReverieError {
  return new ReverieError('invalid_request_error', message, { next: NEXT })
}
