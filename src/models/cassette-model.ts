import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { LIMITS } from '../config.ts'
import { ReverieError } from '../core/errors.ts'
import {
  answerFile,
  answerText,
  type CassetteManifest,
  MANIFEST_FILE,
  readAnswer,
} from './cassette-file.ts'
import { assertModel, manifestIn, readBounded, write } from './cassette-folder.ts'
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
  assertModel(folder, manifest.model, model.id)
  assertModel(folder, present?.model ?? model.id, model.id)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (present === null) write(folder, MANIFEST_FILE, `${JSON.stringify(manifest, null, 2)}\n`)
  return {
    id: model.id,
    host: model.host,
    answer: async (request) => {
      const answer = await model.answer(request)
      write(folder, answerFile(request), answerText(request.name, answer))
      return answer
    },
  }
}

function keptAnswer(folder: string, id: string, request: ModelRequest): ModelAnswer {
  const name = answerFile(request)
  const text = readBounded(join(folder, name), LIMITS.cassetteAnswerBytesMax)
  if (text === null) {
    const message = `The cassette of "${id}" in ${folder} has no answer to this ${request.name}.`
    const next = `Record it again: the prompt, its input or the budget has changed (${name}).`
    throw new ModelError('not_found', message, { next })
  }
  const kept = readAnswer(text)
  if (kept !== null) return kept.answer
  const message = `An answer of the cassette of "${id}" cannot be read: ${join(folder, name)}.`
  throw new ReverieError('invalid_request_error', message, { next: 'Delete and record it again.' })
}

function absent(folder: string): never {
  throw new ReverieError('not_found_error', `There is no cassette in ${folder}.`, {
    next: `Name a folder with a ${MANIFEST_FILE}.`,
  })
}
