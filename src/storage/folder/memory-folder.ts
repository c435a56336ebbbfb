import { promises as fs } from 'node:fs'
import { join } from 'node:path'
import { isReverieError, ReverieError } from '../../core/errors.ts'
import { sha256 } from '../../core/ids.ts'
import type { FileWrite, FolderContent, MemoryFolder, Recovery } from '../memory-folder.ts'
import { isDiskFull, refusedAccess, UnconfirmedWrite } from '../system-errors.ts'
import { FILE_OPERATIONS, type FileOperations } from './file-operations.ts'
import { type Batch, batchStates, moveBatch, planBatch, removeTemporary } from './folder-batch.ts'
import { FolderJournal } from './folder-journal.ts'
import { lockFolder } from './folder-lock.ts'
import { type FolderLimits, readFolder, realRoot } from './folder-reading.ts'
import { makeStateFolder } from './state-folder.ts'

export interface MemoryFolderOptions {
  readonly root: string
  /** Holds journal and lock; made when missing. Several folders may share it. */
  readonly stateDir: string
  readonly limits: FolderLimits & { readonly busyTimeoutMs: number }
  /** Default: those of this machine. */
  readonly files?: FileOperations
}

/** A folder of markdown files on this machine; nothing is touched before the first call. */
export function openMemoryFolder(options: MemoryFolderOptions): MemoryFolder {
  return new MarkdownFolder(options)
}

class MarkdownFolder implements MemoryFolder {
  readonly #options: MemoryFolderOptions
  readonly #files: FileOperations

  constructor(options: MemoryFolderOptions) {
    this.#options = options
    this.#files = options.files ?? FILE_OPERATIONS
  }

  read(): Promise<FolderContent> {
    return readFolder(this.#options.root, this.#options.limits)
  }

  async write(
    batchId: string,
    writes: readonly FileWrite[],
    whenWritten: () => Promise<void>,
  ): Promise<void> {
    const { root, journal, lockPath } = await this.#state()
    await using _lock = await lockFolder(lockPath, this.#options.limits.busyTimeoutMs)
    if ((await journal.read()) !== null) throw unfinished(root)
    const batch = await planBatch(this.#files, root, batchId, writes)
    try {
      await journal.write(batch)
      await moveBatch(this.#files, batch, 'after')
    } catch (error) {
      throw await this.#takenBack(batch, journal, this.#refused(error))
    }
    try {
      await whenWritten()
    } catch (error) {
      const reason = this.#refused(error)
      // What belongs to the files may be there or not: the next command finds out, with the journal.
      if (reason instanceof UnconfirmedWrite) throw reason
      throw await this.#takenBack(batch, journal, reason)
    }
    await this.#removed(journal)
  }

  async recover(
    whenFinished: (batchId: string) => Promise<void>,
    isRecorded: (batchId: string) => Promise<boolean> = async () => false,
  ): Promise<Recovery | null> {
    const { journal, lockPath } = await this.#state()
    if ((await journal.read()) === null && !(await journal.isTorn())) return null
    await using _lock = await lockFolder(lockPath, this.#options.limits.busyTimeoutMs)
    // Whoever held the lock may have come to the end of the batch.
    const batch = await this.#leftBy(journal)
    if (batch === null) return null
    const hadLanded = await isRecorded(batch.id)
    if (hadLanded || (await this.#finish(batch))) {
      if (!hadLanded) await whenFinished(batch.id)
      await this.#removed(journal)
      return { batchId: batch.id, outcome: 'finished', leftAlone: [] }
    }
    const leftAlone = await this.#rollBack(batch)
    await this.#removed(journal)
    return { batchId: batch.id, outcome: 'rolled-back', leftAlone }
  }

  /** The batch that was cut off, without what lay half written beside it. */
  async #leftBy(journal: FolderJournal): Promise<Batch | null> {
    try {
      const batch = await journal.read()
      await journal.removeTorn()
      if (batch === null) return null
      await journal.keep()
      await removeTemporary(this.#files, batch)
      return batch
    } catch (error) {
      throw this.#refused(error)
    }
  }

  async #removed(journal: FolderJournal): Promise<void> {
    try {
      await journal.remove()
    } catch (error) {
      throw this.#refused(error)
    }
  }

  /** What is no error of a memory file by now is one of the journal. */
  #refused(error: unknown): unknown {
    return refusedAccess(error, this.#options.stateDir)
  }

  /** False when somebody has changed a file of the batch meanwhile. */
  async #finish(batch: Batch): Promise<boolean> {
    const states = await batchStates(this.#files, batch)
    if ([...states.values()].includes('other')) return false
    try {
      await moveBatch(this.#files, batch, 'after')
      return true
    } catch (error) {
      if (isReverieError(error, 'memory_precondition_failed_error')) return false
      throw error
    }
  }

  /** Returns the files that are neither old nor new and were left as they are. */
  async #rollBack(batch: Batch): Promise<readonly string[]> {
    const states = await batchStates(this.#files, batch)
    const ours = batch.files.filter((file) => states.get(file) !== 'other')
    await moveBatch(this.#files, { ...batch, files: ours }, 'before')
    return batch.files.filter((file) => states.get(file) === 'other').map(({ path }) => path)
  }

  /** Brings the folder back to what it was; returns the error to tell. */
  async #takenBack(batch: Batch, journal: FolderJournal, reason: unknown): Promise<unknown> {
    try {
      await removeTemporary(this.#files, batch)
      await this.#rollBack(batch)
      await journal.remove()
      return reason
    } catch (error) {
      // Going back needs a disk too. The next command goes on with the journal.
      if (isDiskFull(reason) || reason instanceof UnconfirmedWrite) return reason
      const why = isReverieError(reason) ? ` ${reason.message}` : ''
      return new ReverieError('api_error', `Writing "${batch.root}" was cut off half-way.${why}`, {
        next: 'Mend that, then run any command: it finishes or takes back what is left.',
        cause: new AggregateError([reason, error]),
      })
    }
  }

  async #state(): Promise<{ root: string; journal: FolderJournal; lockPath: string }> {
    const root = await realRoot(this.#options.root)
    const { stateDir } = this.#options
    makeStateFolder(stateDir)
    const name = join(await fs.realpath(stateDir), sha256(root).slice(0, 16))
    const journal = new FolderJournal(this.#files, `${name}.journal`)
    return { root, journal, lockPath: `${name}.writer` }
  }
}

function unfinished(root: string): ReverieError {
  return new ReverieError('conflict_error', `A write to "${root}" was cut off and waits.`, {
    next: 'Run `reverie status`, which recovers it first.',
  })
}
