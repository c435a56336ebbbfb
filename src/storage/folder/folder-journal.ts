import { dirname } from 'node:path'
import { ReverieError } from '../../core/errors.ts'
import { digestOf } from '../../core/ids.ts'
import { parseJson } from '../../core/text/parsed-json.ts'
import type { FileOperations } from './file-operations.ts'
import type { Batch } from './folder-batch.ts'

const FILE_MODE = 0o600

/** The file that holds both contents of every file of a batch until the batch has landed. */
export class FolderJournal {
  readonly #files: FileOperations
  readonly #path: string

  constructor(files: FileOperations, path: string) {
    this.#files = files
    this.#path = path
  }

  /** Null when no batch is under way. Throws `api_error` for a journal that is damaged. */
  async read(): Promise<Batch | null> {
    const file = await this.#files.readFile(this.#path)
    if (file === null) return null
    const entry = parseJson(new TextDecoder().decode(file.bytes))
    if (isEntry(entry) && digestOf(entry.batch) === entry.digest) return entry.batch
    throw new ReverieError('api_error', `The journal "${this.#path}" is damaged.`, {
      next: 'Compare the memory folder with a backup, then move the journal away.',
    })
  }

  /** Complete and durable when the promise resolves; before that there is no journal at all. */
  async write(batch: Batch): Promise<void> {
    const text = JSON.stringify({ digest: digestOf(batch), batch })
    await this.removeTorn()
    await this.#files.createFile(this.#temporary, Buffer.from(text, 'utf8'), FILE_MODE)
    await this.#files.rename(this.#temporary, this.#path)
    await this.#syncFolder()
  }

  /**
   * Makes sure that the journal is found again after a loss of power: whoever wrote it may have
   * been killed just before.
   */
  keep(): Promise<void> {
    return this.#syncFolder()
  }

  /** True when a crash cut off the writing of a journal: no file of the batch was touched yet. */
  async isTorn(): Promise<boolean> {
    return (await this.#files.readFile(this.#temporary)) !== null
  }

  async removeTorn(): Promise<void> {
    await this.#files.removeFile(this.#temporary)
  }

  async remove(): Promise<void> {
    await this.#files.removeFile(this.#path)
    await this.#syncFolder()
  }

  get #temporary(): string {
    return `${this.#path}.tmp`
  }

  async #syncFolder(): Promise<void> {
    const folder = await this.#files.holdFolder(dirname(this.#path))
    if (folder === null) return
    try {
      await folder.sync()
    } finally {
      await folder.close()
    }
  }
}

interface JournalEntry {
  readonly digest: string
  readonly batch: Batch
}

/** The digest vouches for the rest: nobody else writes this file. */
function isEntry(value: unknown): value is JournalEntry {
  return typeof value === 'object' && value !== null && 'digest' in value && 'batch' in value
}
