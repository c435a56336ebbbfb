import {
  chmodSync,
  lstatSync,
  mkdirSync,
  opendirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { LIMITS } from '../config.ts'
import { ReverieError } from '../core/errors.ts'
import {
  answerFileOf,
  answerText,
  type CassetteManifest,
  MANIFEST_FILE,
  namedIn,
  readAnswer,
  readManifest,
  readVerdict,
  verdictFileOf,
  verdictText,
} from './cassette-file.ts'
import type { Cassette, RecordedAnswer, RecordedVerdict } from './model.ts'

/**
 * All that a folder holds as a cassette; null = there is none. Only files that are named as ours are
 * looked at. Throws `invalid_request_error` for what is no cassette, `request_too_large` beyond the
 * limits.
 */
export function readCassette(folder: string): Cassette | null {
  const manifest = manifestIn(folder)
  if (manifest === null) return null
  const answers: RecordedAnswer[] = []
  const verdicts: RecordedVerdict[] = []
  let bytes = 0
  for (const name of namesIn(folder)) {
    const text = readBounded(join(folder, name), LIMITS.cassetteAnswerBytesMax) ?? ''
    bytes += Buffer.byteLength(text)
    if (bytes > LIMITS.cassetteBytesMax) {
      throw tooLarge(`The cassette in ${folder}`, `${LIMITS.cassetteBytesMax} bytes`)
    }
    const { kind, digest } = namedIn(name) ?? unreadable(folder, name)
    if (kind === 'answer') {
      answers.push({ digest, ...(readAnswer(text) ?? unreadable(folder, name)) })
    } else verdicts.push({ digest, ...(readVerdict(text) ?? unreadable(folder, name)) })
  }
  return { model: manifest.model, made: manifest.made, answers, verdicts }
}

/**
 * Adds to the cassette of a folder, which is made if it is missing; what stands there stays. Throws
 * `conflict_error` if it is one of another model. `at` is when, as ISO 8601.
 */
export function writeCassette(folder: string, cassette: Cassette, at: string): void {
  const { model, made, answers, verdicts } = cassette
  const present = manifestIn(folder)
  assertModel(folder, present?.model ?? model, model)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  for (const { digest, request, answer } of answers) {
    write(folder, answerFileOf(digest), answerText(request, answer))
  }
  for (const verdict of verdicts) write(folder, verdictFileOf(verdict.digest), verdictText(verdict))
  // Last: a folder without it is no cassette yet.
  if (present !== null) return
  const manifest: CassetteManifest = {
    format: 'reverie/cassette/1',
    made,
    model,
    model_family: null,
    recorded_at: at,
    note: '',
  }
  write(folder, MANIFEST_FILE, `${JSON.stringify(manifest, null, 2)}\n`)
}

/** Throws `conflict_error` where a cassette is not the model's. */
export function assertModel(folder: string, present: string, model: string): void {
  if (present === model) return
  const message = `The cassette in ${folder} is one of another model than "${model}".`
  throw new ReverieError('conflict_error', message, { next: 'Record into an empty folder.' })
}

/** Null = no cassette stands there. Throws `invalid_request_error` for a manifest of another format. */
export function manifestIn(folder: string): CassetteManifest | null {
  const path = join(folder, MANIFEST_FILE)
  const text = readBounded(path, LIMITS.cassetteManifestBytesMax)
  if (text === null) return null
  const manifest = readManifest(text)
  if (manifest !== null) return manifest
  throw new ReverieError('invalid_request_error', `${path} is no manifest of a cassette.`, {
    next: 'Name a folder that holds a recording.',
  })
}

/** Names of answers and verdicts, sorted. */
function namesIn(folder: string): readonly string[] {
  const names: string[] = []
  const entries = opendirSync(folder)
  try {
    for (let entry = entries.readSync(); entry !== null; entry = entries.readSync()) {
      if (namedIn(entry.name) === null) continue
      names.push(entry.name)
      if (names.length > LIMITS.cassetteFilesMax) {
        throw tooLarge(`The cassette in ${folder}`, `${LIMITS.cassetteFilesMax} answers`)
      }
    }
  } finally {
    entries.closeSync()
  }
  return names.sort()
}

function unreadable(folder: string, name: string): never {
  const message = `An answer of the cassette cannot be read: ${join(folder, name)}.`
  throw new ReverieError('invalid_request_error', message, { next: 'Delete and record it again.' })
}

function tooLarge(what: string, max: string): ReverieError {
  return new ReverieError('request_too_large', `${what} is larger than ${max}.`)
}

/** Null = there is no such file. A link is refused: it may lead anywhere. */
export function readBounded(path: string, bytesMax: number): string | null {
  const found = lstatSync(path, { throwIfNoEntry: false })
  if (found === undefined) return null
  if (!found.isFile()) {
    throw new ReverieError('invalid_request_error', `${path} is no plain file.`, {
      next: 'Put the file itself there.',
    })
  }
  if (found.size > bytesMax) throw tooLarge(path, `${bytesMax} bytes`)
  return readFileSync(path, 'utf8')
}

/** Whole or not at all, for its owner alone. */
export function write(folder: string, name: string, text: string): void {
  const temporary = join(folder, `.${name}.${crypto.randomUUID()}`)
  writeFileSync(temporary, text, { mode: 0o600 })
  chmodSync(temporary, 0o600)
  renameSync(temporary, join(folder, name))
}
