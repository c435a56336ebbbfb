import { createHash } from 'node:crypto'
import { closeSync, fchmodSync, fsyncSync, mkdirSync, openSync, readSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

const PART_BYTES = 1_048_576
const FILE_MODE = 0o600
const FOLDER_MODE = 0o700

export interface FileDigest {
  readonly bytes: number
  readonly sha256: string
}

/** Size and SHA-256 of a file, read part by part. */
export function digestOfFile(path: string): FileDigest {
  return readParts(path, () => undefined)
}

/** Copies a file to a new one, for its owner alone and on the disk when it returns. */
export function copyFile(from: string, to: string): FileDigest {
  mkdirSync(dirname(to), { recursive: true, mode: FOLDER_MODE })
  const target = openSync(to, 'wx', FILE_MODE)
  try {
    fchmodSync(target, FILE_MODE)
    const digest = readParts(from, (part) => writeAll(target, part))
    fsyncSync(target)
    return digest
  } finally {
    closeSync(target)
  }
}

/** Makes the names in a folder durable. */
export function syncFolder(path: string): void {
  const folder = openSync(path, 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}

function readParts(path: string, take: (part: Uint8Array) => void): FileDigest {
  const source = openSync(path, 'r')
  try {
    const hash = createHash('sha256')
    const buffer = Buffer.alloc(PART_BYTES)
    let bytes = 0
    for (;;) {
      const read = readSync(source, buffer)
      if (read === 0) return { bytes, sha256: hash.digest('hex') }
      const part = buffer.subarray(0, read)
      hash.update(part)
      take(part)
      bytes += read
    }
  } finally {
    closeSync(source)
  }
}

function writeAll(target: number, part: Uint8Array): void {
  for (let done = 0; done < part.length; ) done += writeSync(target, part, done)
}
