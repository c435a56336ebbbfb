import { chmodSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { LIMITS } from '../config.ts'
import { ReverieError } from '../core/errors.ts'
import {
  answerFile,
  answerText,
  type CassetteManifest,
  MANIFEST_FILE,
  readAnswer,
  readManifest,
} from './cassette-file.ts'
import { type Model, type ModelAnswer, ModelError, type ModelRequest } from './model.ts'

export type { CassetteManifest }

/**
 * A model that answers from a folder of kept answers alone: an unknown request ends as `not_found`.
 * Throws `not_found_error` where there is no cassette and `invalid_request_error` where it is broken.
 */
export function openCassette(folder: string): Model {
  const { model: id } = manifestIn(folder) ?? absent(folder)
  return {
    id,
    host: null,
    answer: async (request) => {
      request.signal?.throwIfAborted()
      return keptAnswer(folder, id, request)
    },
  }
}

/**
 * The model, with each of its answers kept in the folder, which is made if it is missing and grows if
 * it is a cassette of the same model. Throws `conflict_error` if it is one of another model.
 */
export function recordInto(folder: string, model: Model, manifest: CassetteManifest): Model {
  const present = manifestIn(folder)
  if (manifest.model !== model.id || (present !== null && present.model !== model.id)) {
    const message = `The cassette in ${folder} is one of another model than "${model.id}".`
    throw new ReverieError('conflict_error', message, { next: 'Record into an empty folder.' })
  }
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (present === null) write(folder, MANIFEST_FILE, `${JSON.stringify(manifest, null, 2)}\n`)
  return {
    id: model.id,
    host: model.host,
    answer: async (request) => {
      const answer = await model.answer(request)
      write(folder, answerFile(request), answerText(request, answer))
      return answer
    },
  }
}

function keptAnswer(folder: string, id: string, request: ModelRequest): ModelAnswer {
  const name = answerFile(request)
  const text = readBounded(join(folder, name), LIMITS.cassetteAnswerBytesMax)
  if (text === null) {
    const message = `The cassette of "${id}" in ${folder} has no answer to this ${request.name}.`
    const next = `Record it again: the prompt or its input has changed (${name}).`
    throw new ModelError('not_found', message, { next })
  }
  const answer = readAnswer(text)
  if (answer !== null) return answer
  const message = `An answer of the cassette of "${id}" cannot be read: ${join(folder, name)}.`
  throw new ReverieError('invalid_request_error', message, { next: 'Delete and record it again.' })
}

function manifestIn(folder: string): CassetteManifest | null {
  const path = join(folder, MANIFEST_FILE)
  const text = readBounded(path, LIMITS.cassetteManifestBytesMax)
  if (text === null) return null
  const manifest = readManifest(text)
  if (manifest !== null) return manifest
  throw new ReverieError('invalid_request_error', `${path} is no manifest of a cassette.`, {
    next: 'Name a folder that holds a recording.',
  })
}

function absent(folder: string): never {
  throw new ReverieError('not_found_error', `There is no cassette in ${folder}.`, {
    next: `Name a folder with a ${MANIFEST_FILE}.`,
  })
}

/** Null = there is no such file. */
function readBounded(path: string, bytesMax: number): string | null {
  const bytes = statSync(path, { throwIfNoEntry: false })?.size
  if (bytes === undefined) return null
  if (bytes > bytesMax) {
    throw new ReverieError('request_too_large', `${path} is larger than ${bytesMax} bytes.`)
  }
  return readFileSync(path, 'utf8')
}

/** Whole or not at all, for its owner alone. */
function write(folder: string, name: string, text: string): void {
  const temporary = join(folder, `.${name}.${crypto.randomUUID()}`)
  writeFileSync(temporary, text, { mode: 0o600 })
  chmodSync(temporary, 0o600)
  renameSync(temporary, join(folder, name))
}
