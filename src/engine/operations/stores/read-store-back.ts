import { LIMITS } from '../../../config.ts'
import { LOCAL_AUDIENCE } from '../../../core/audience.ts'
import type { ChangeId } from '../../../core/ids.ts'
import type { MemoryStore } from '../../../core/memory-store.ts'
import type { MemoryFiles } from '../../../memory-imports/memory-files.ts'
import type { Storage } from '../../../storage/storage.ts'
import type { StoreImport, StoreImportOptions } from '../../folder-api/stores-api.ts'
import { noteClone } from '../../settling/output-of.ts'
import { AUDIENCE_KEY } from '../../workspace/store-fields.ts'
import type { Deps } from '../deps.ts'
import { STORE_FILE } from './file-names.ts'
import { ImportIds } from './import-ids.ts'
import type { LedgerLine, MemoryLine, StoreFieldsLine, StoreLine } from './line-forms.ts'
import { evidenceOf } from './line-values.ts'
import { newImportedStore } from './new-imported-store.ts'
import { keepProvenance } from './provenance.ts'
import { type Replay, redactReplayed, replayVersion } from './replay-version.ts'
import { invalid, parsedStoreLine } from './store-lines.ts'
import { takeOverFiles } from './take-over-files.ts'

/** Brings an exported store back as a new one, in one transaction. */
export async function readStoreBack(
  folder: string,
  options: StoreImportOptions,
  files: MemoryFiles,
  deps: Deps,
): Promise<StoreImport> {
  return deps.storage.transaction(async (tx) => {
    const reading = new StoreReading(tx, options, deps)
    for await (const { number, text } of files.lines(`${folder}/${STORE_FILE}`)) {
      await reading.take(text, number)
    }
    return reading.finish(folder, files)
  })
}

class StoreReading {
  readonly #tx: Storage
  readonly #options: StoreImportOptions
  readonly #deps: Deps
  #store: MemoryStore | null = null
  #replay: Replay | null = null
  #isEnded = false
  #lines = 0
  readonly #memories: MemoryLine[] = []
  readonly #kept = { versions: 0, ledger: 0 }

  constructor(tx: Storage, options: StoreImportOptions, deps: Deps) {
    this.#tx = tx
    this.#options = options
    this.#deps = deps
  }

  async take(raw: string | null, number: number): Promise<void> {
    const where = `${STORE_FILE} line ${number}`
    if (number > LIMITS.exportLinesMax) throw invalid(where, 'is one line too many')
    if (this.#isEnded) throw invalid(where, 'stands behind the end')
    const line = parsedStoreLine(raw, where)
    if (line.type === 'store' && number === 1) await this.#begin(line)
    else await this.#goOn(line, where)
    this.#lines += 1
  }

  async finish(folder: string, files: MemoryFiles): Promise<StoreImport> {
    const { store, replay } = this.#begun(STORE_FILE)
    if (!this.#isEnded) throw invalid(STORE_FILE, 'was cut off: its last line is missing')
    await redactReplayed(this.#tx, replay)
    const source = { folder, files, lines: this.#memories, ids: replay.ids }
    const taken = await takeOverFiles(this.#tx, store, source, this.#deps)
    const units = await this.#tx.units.list(store.id)
    return {
      store,
      format: 'reverie',
      memories: (await this.#tx.memories.list(store.id)).length,
      kept: {
        ...this.#kept,
        units: units.length,
        pinned: units.filter(({ isPinned }) => isPinned).length,
        dreams: 0,
      },
      warnings: taken.warnings,
    }
  }

  async #begin(line: StoreFieldsLine): Promise<void> {
    const metadata =
      line.audience === LOCAL_AUDIENCE
        ? line.metadata
        : { ...line.metadata, [AUDIENCE_KEY]: line.audience }
    const { name, description } = line
    const draft = { name, description, metadata, format: 'reverie', sourceId: line.id } as const
    const store = await newImportedStore(this.#tx, draft, this.#options, this.#deps)
    const ids = new ImportIds(store.id)
    await noteClone(this.#tx, store.id, { dreamId: ids.dream('import'), userIds: line.user_ids })
    this.#store = store
    this.#replay = { storeId: store.id, ids, live: new Map(), redacted: [] }
  }

  async #goOn(line: StoreLine, where: string): Promise<void> {
    const { store, replay } = this.#begun(where)
    switch (line.type) {
      case 'store':
        throw invalid(where, 'begins a second store')
      case 'version':
        await replayVersion(this.#tx, line, where, replay)
        this.#kept.versions += 1
        return
      case 'memory':
        this.#memories.push(line)
        return
      case 'provenance': {
        const { subject_id: id, about, created_at: createdAt } = line
        const subjectId = id.startsWith('mem_') ? replay.ids.memory(id) : replay.ids.unit(id)
        await keepProvenance(this.#tx, store.id, { subjectId, about, createdAt })
        return
      }
      case 'ledger_entry':
        await this.#append(line, store, replay.ids)
        return
      case 'dream':
        return
      case 'end':
        if (line.lines !== this.#lines) throw invalid(where, `counts ${line.lines} lines before it`)
        this.#isEnded = true
    }
  }

  async #append(line: LedgerLine, store: MemoryStore, ids: ImportIds): Promise<void> {
    const entry = {
      id: ids.ledgerEntry(line.id),
      storeId: store.id,
      dreamId: ids.dream(line.dream_id),
      changeId: line.change_id as ChangeId,
      kind: line.kind,
      unitId: line.unit_id === null ? null : ids.unit(line.unit_id),
      path: line.path,
      text: line.text,
      interval: { start: line.since, end: line.until },
      reason: line.reason,
      evidence: line.evidence.map((one) => evidenceOf(one, (id) => ids.versionCited(id))),
      recordedAt: line.recorded_at,
      isReverted: line.is_reverted,
    }
    await this.#tx.ledger.append([entry])
    this.#kept.ledger += 1
  }

  #begun(where: string): { readonly store: MemoryStore; readonly replay: Replay } {
    if (this.#store === null || this.#replay === null) {
      throw invalid(where, 'is not the beginning of an exported store')
    }
    return { store: this.#store, replay: this.#replay }
  }
}
