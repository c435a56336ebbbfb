import { createReadStream } from 'node:fs'
import { LIMITS } from '../../config.ts'
import { isReverieError, ReverieError } from '../../core/errors.ts'
import type { InputStream } from '../io.ts'

/**
 * The text of a file, or of stdin where none is named (`-`). Throws `invalid_request_error` for what is
 * no UTF-8 text or where nobody would give any, `request_too_large`, `not_found_error`.
 */
export async function givenText(file: string | undefined, stdin: InputStream): Promise<string> {
  const isStdin = file === undefined || file === '-'
  if (isStdin && stdin.isTTY === true) {
    throw new ReverieError('invalid_request_error', 'No text is given.', {
      next: 'Name a file with --file, or send the text: echo "- A note." | reverie memory put …',
    })
  }
  const name = isStdin ? 'stdin' : file
  try {
    return decoded(await bytesOf(isStdin ? stdin : createReadStream(file), name), name)
  } catch (error) {
    if (isReverieError(error) || !(error instanceof Error && 'syscall' in error)) throw error
    throw new ReverieError('not_found_error', `The file "${name}" cannot be read.`, {
      cause: error,
      next: 'Check the path and its permissions.',
    })
  }
}

async function bytesOf(
  stream: AsyncIterable<string | Uint8Array>,
  name: string,
): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of stream) {
    const part = typeof chunk === 'string' ? Buffer.from(chunk) : chunk
    bytes += part.length
    if (bytes > LIMITS.folderFileBytesMax) {
      throw new ReverieError(
        'request_too_large',
        `${name} is larger than ${LIMITS.folderFileBytesMax} bytes.`,
        { next: 'Split it over several memories.' },
      )
    }
    parts.push(part)
  }
  return Buffer.concat(parts)
}

function decoded(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch (error) {
    throw new ReverieError('invalid_request_error', `${name} is not UTF-8 text.`, {
      cause: error,
      next: 'Save it as UTF-8, and try again.',
    })
  }
}
