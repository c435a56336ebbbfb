import { join } from 'node:path'
import { isReverieError, ReverieError } from '../../core/errors.ts'
import { sha256 } from '../../core/ids.ts'
import type { FileWrite } from '../memory-folder.ts'
import { errorCode, refusedAccess } from '../system-errors.ts'
import type { FileContent, FileOperations } from './file-operations.ts'
import { segmentsOf } from './folder-path.ts'
import { decodedLosslessly } from './folder-reading.ts'
import { type HeldPlace, holdPlace, makePlace, newFileMode } from './held-place.ts'
import { isReadOnly, readOnlyFile } from './read-only.ts'

/** One file of a batch with both its contents; null = the file does not exist. */
export interface BatchFile {
  readonly path: string
  readonly before: string | null
  readonly after: string | null
  readonly mode: number
}

/** Writes that land together. */
export interface Batch {
  readonly id: string
  /** Real path of the memory folder. */
  readonly root: string
  readonly files: readonly BatchFile[]
}

export type Side = 'before' | 'after'
export type FileState = Side | 'other'

/**
 * The batch of some writes. Writes nothing; throws `memory_precondition_failed_error` that names
 * every file that has moved on, and `permission_error` for a read-only one.
 */
export async function planBatch(
  files: FileOperations,
  root: string,
  id: string,
  writes: readonly FileWrite[],
): Promise<Batch> {
  refuseTwice(writes)
  const planned: BatchFile[] = []
  const moved: string[] = []
  for (const { path, expectedSha256, content } of writes) {
    if (content?.isWellFormed() === false) throw notText(path)
    const place = await placeOf(files, root, path)
    await using _closing = place
    const current = place === null ? null : await contentAt(files, place, path)
    const before = current === null ? null : decodedLosslessly(current.bytes)
    if (current !== null && before === null) throw notText(path)
    if ((before === null ? null : sha256(before)) !== expectedSha256) moved.push(path)
    const mode = current?.mode ?? (await newFileMode(files, place))
    if (before !== content && current !== null && isReadOnly(mode)) throw readOnlyFile(path)
    if (before !== content) planned.push({ path, before, after: content, mode })
  }
  if (moved.length > 0) throw movedOn(moved)
  return { id, root, files: planned }
}

/** Brings every file to one side, deletions last. Throws where a file is on neither side. */
export async function moveBatch(files: FileOperations, batch: Batch, to: Side): Promise<void> {
  const isDeletion = (file: BatchFile): boolean => file[to] === null
  const order = [
    ...batch.files.filter((file) => !isDeletion(file)),
    ...batch.files.filter(isDeletion),
  ]
  for (const file of order) {
    try {
      await moveFile(files, batch, file, to)
    } catch (error) {
      throw refusedAccess(error, file.path)
    }
  }
}

/** On which side each file of a batch is now. */
export async function batchStates(
  files: FileOperations,
  batch: Batch,
): Promise<ReadonlyMap<BatchFile, FileState>> {
  const states = new Map<BatchFile, FileState>()
  for (const file of batch.files) states.set(file, await stateOf(files, batch, file))
  return states
}

/** Takes away the temporary files that a crash left. */
export async function removeTemporary(files: FileOperations, batch: Batch): Promise<void> {
  for (const file of batch.files) {
    const place = await placeOrNull(files, batch.root, file.path)
    await using _closing = place
    if (place !== null) await files.removeFile(temporaryPath(place, batch, file))
  }
}

async function moveFile(
  files: FileOperations,
  batch: Batch,
  file: BatchFile,
  to: Side,
): Promise<void> {
  const content = file[to]
  const names = segmentsOf(file.path).slice(0, -1)
  const place =
    content === null
      ? await holdPlace(files, batch.root, names)
      : await makePlace(files, batch.root, names)
  if (place === null) return
  await using _closing = place
  const target = join(place.path, nameOf(file.path))
  const temporary = temporaryPath(place, batch, file)
  const look = async (): Promise<FileState> =>
    stateBy(await contentAt(files, place, file.path), file)
  const found = await look()
  if (found === 'other') throw movedOn([file.path])
  if (found !== to) {
    if (content !== null) {
      await files.removeFile(temporary)
      await files.createFile(temporary, Buffer.from(content, 'utf8'), file.mode)
    }
    const expected = file[found]
    const isReplaced = await files.replaceFile(
      content === null ? null : temporary,
      target,
      expected === null ? null : Buffer.from(expected, 'utf8'),
    )
    if (!isReplaced) {
      await files.removeFile(temporary)
      throw movedOn([file.path])
    }
  }
  // Also where it was there already: whoever renamed it may have been killed before this.
  await place.sync()
}

async function stateOf(files: FileOperations, batch: Batch, file: BatchFile): Promise<FileState> {
  try {
    const place = await placeOf(files, batch.root, file.path)
    await using _closing = place
    return stateBy(place === null ? null : await contentAt(files, place, file.path), file)
  } catch (error) {
    if (isReverieError(error, 'permission_error')) return 'other'
    throw error
  }
}

function stateBy(current: FileContent | null, file: BatchFile): FileState {
  const isOn = (content: string | null): boolean =>
    current === null || content === null
      ? current === null && content === null
      : Buffer.compare(current.bytes, Buffer.from(content, 'utf8')) === 0
  if (isOn(file.after)) return 'after'
  return isOn(file.before) ? 'before' : 'other'
}

function placeOf(files: FileOperations, root: string, path: string): Promise<HeldPlace | null> {
  return holdPlace(files, root, segmentsOf(path).slice(0, -1))
}

/** Null also where the way has become a link: nothing of ours is behind it. */
async function placeOrNull(
  files: FileOperations,
  root: string,
  path: string,
): Promise<HeldPlace | null> {
  try {
    return await placeOf(files, root, path)
  } catch (error) {
    if (isReverieError(error, 'permission_error')) return null
    throw error
  }
}

async function contentAt(
  files: FileOperations,
  place: HeldPlace,
  path: string,
): Promise<FileContent | null> {
  try {
    return await files.readFile(join(place.path, nameOf(path)))
  } catch (error) {
    if (!['ELOOP', 'EISDIR'].includes(errorCode(error))) throw refusedAccess(error, path)
    throw new ReverieError('permission_error', `${path} is not a regular file.`, { cause: error })
  }
}

/** Of a fixed name, so that recovery finds it; hidden, so that no reader takes it for a memory. */
function temporaryPath(place: HeldPlace, batch: Batch, file: BatchFile): string {
  const name = sha256(JSON.stringify([batch.id, file.path])).slice(0, 16)
  return join(place.path, `.reverie-${name}.tmp`)
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

function refuseTwice(writes: readonly FileWrite[]): void {
  const paths = writes.map(({ path }) => path)
  const twice = paths.find((path, index) => paths.indexOf(path) !== index)
  if (twice === undefined) return
  throw new ReverieError('invalid_request_error', `${twice} is written twice in one batch.`)
}

function movedOn(paths: readonly string[]): ReverieError {
  return new ReverieError(
    'memory_precondition_failed_error',
    `Changed meanwhile: ${paths.join(', ')}.`,
    { next: 'Run `reverie dream` again over the present files.' },
  )
}

function notText(path: string): ReverieError {
  return new ReverieError('invalid_request_error', `${path} is not UTF-8 text.`)
}
