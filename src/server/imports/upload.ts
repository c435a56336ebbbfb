import { createReadStream } from 'node:fs'
import { mkdir, open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { LIMITS } from '../../config.ts'
import { ReverieError } from '../../core/errors.ts'
import type { ImportSource } from '../../importers/importer.ts'
import type { ServerPorts } from '../context.ts'
import type { ImportPorts } from './import-ports.ts'

/** As much as the importers look at to tell a format. */
const HEAD_BYTES = 65_536

/** The body of an upload, of which the beginning is known. */
export interface Upload {
  /** The first bytes as text. */
  readonly head: string
  readonly chunks: AsyncIterable<Uint8Array>
}

/** Reads the beginning of a body. */
export async function openUpload(body: AsyncIterable<Uint8Array> | null): Promise<Upload> {
  const rest = (body ?? noBytes())[Symbol.asyncIterator]()
  const begun: Uint8Array[] = []
  let bytes = 0
  while (bytes < HEAD_BYTES) {
    const { value, done } = await rest.next()
    if (done === true) break
    begun.push(value)
    bytes += value.length
  }
  const head = new TextDecoder().decode(Buffer.concat(begun).subarray(0, HEAD_BYTES))
  return { head, chunks: joined(begun, rest) }
}

async function* joined(
  begun: readonly Uint8Array[],
  rest: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  try {
    yield* begun
    for (;;) {
      const { value, done } = await rest.next()
      if (done === true) return
      yield value
    }
  } finally {
    await rest.return?.()
  }
}

async function* noBytes(): AsyncGenerator<Uint8Array> {
  yield* []
}

/** An upload that is read once, as it comes in. */
export function passing(upload: Upload, path: string): ImportSource {
  return { path, sizeBytes: 0, open: () => upload.chunks }
}

/** The whole upload as text; throws `request_too_large` beyond the limit of a JSON document. */
export async function wholeText(upload: Upload): Promise<string> {
  const parts: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of upload.chunks) {
    bytes += chunk.length
    if (bytes > LIMITS.jsonSourceBytesMax) throw tooLarge(LIMITS.jsonSourceBytesMax)
    parts.push(chunk)
  }
  return new TextDecoder().decode(Buffer.concat(parts))
}

/** Gives `work` the upload as a file that can be read more than once; it is gone afterwards. */
export async function spooled<T>(
  upload: Upload,
  path: string,
  { spoolFolder, newId }: Pick<ImportPorts, 'spoolFolder'> & Pick<ServerPorts, 'newId'>,
  work: (source: ImportSource) => Promise<T>,
): Promise<T> {
  await mkdir(spoolFolder, { recursive: true, mode: 0o700 })
  const file = join(spoolFolder, `upload-${newId('req')}`)
  try {
    const sizeBytes = await written(upload, file)
    return await work({ path, sizeBytes, open: () => createReadStream(file) })
  } finally {
    await rm(file, { force: true })
  }
}

async function written(upload: Upload, file: string): Promise<number> {
  const handle = await open(file, 'wx', 0o600)
  try {
    let bytes = 0
    for await (const chunk of upload.chunks) {
      bytes += chunk.length
      if (bytes > LIMITS.sourceBytesMax) throw tooLarge(LIMITS.sourceBytesMax)
      await handle.write(chunk)
    }
    return bytes
  } finally {
    await handle.close()
  }
}

function tooLarge(max: number): ReverieError {
  return new ReverieError('request_too_large', `The upload is larger than ${max} bytes.`, {
    next: 'Send it in parts; JSON lines may be larger than one JSON document.',
  })
}
