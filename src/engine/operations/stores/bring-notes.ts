import { LIMITS } from '../../../config.ts'
import { ReverieError } from '../../../core/errors.ts'
import { type DreamId, derivedId } from '../../../core/ids.ts'
import type { LedgerEntry } from '../../../core/ledger.ts'
import { statedAtOf } from '../../../core/markdown.ts'
import type { Memory } from '../../../core/memory.ts'
import type { MemoryStore } from '../../../core/memory-store.ts'
import type { Unit } from '../../../core/unit.ts'
import type { AuthorOf } from '../../../core/unit-matching.ts'
import type { ImportedNote, ImportedNotes } from '../../../memory-imports/memory-importer.ts'
import type { Storage } from '../../../storage/storage.ts'
import type { MemoryFormat, StoreImport, StoreImportOptions } from '../../folder-api/stores-api.ts'
import { recordUnits } from '../../mirror-folder.ts'
import { noteClone } from '../../settling/output-of.ts'
import type { Deps } from '../deps.ts'
import { LOCAL_PERSON } from '../note-act.ts'
import { keptAbout } from './kept-about.ts'
import { type LaidOut, layOutNotes, topicPath } from './lay-out-notes.ts'
import { newImportedStore } from './new-imported-store.ts'
import { keepProvenance } from './provenance.ts'
import { assertHolds } from './take-over-files.ts'

/**
 * Makes a store of notes of another program. They have trust `note`; the time that the source states
 * of a note is its time, unless its text names one; what a note said before goes into the ledger.
 */
export async function bringNotes(
  format: MemoryFormat,
  source: ImportedNotes,
  options: StoreImportOptions,
  deps: Deps,
): Promise<StoreImport> {
  assertText(source.notes)
  const laidOut = layOutNotes(source.notes)
  return deps.storage.transaction(async (tx) => {
    const name = source.name ?? format
    const store = await newImportedStore(tx, { name, format }, options, deps)
    const bringing = new Bringing(tx, store, deps)
    const { userIds } = source
    await noteClone(tx, store.id, { dreamId: bringing.dreamId, userIds })
    for (const memory of laidOut) await bringing.bring(memory)
    for (const note of source.notes) await bringing.remember(note)
    await assertHolds(tx, store, deps)
    const { units, ledger, warnings } = bringing
    return {
      store,
      format,
      memories: laidOut.length,
      kept: { versions: laidOut.length, units, pinned: 0, ledger, dreams: 0 },
      warnings: [...source.warnings, ...warnings],
    }
  })
}

class Bringing {
  readonly #tx: Storage
  readonly #store: MemoryStore
  readonly #deps: Deps
  readonly #at: string
  /** Stands for the import where rows name a dream. */
  readonly dreamId: DreamId
  readonly #places = new Map<
    ImportedNote,
    { readonly path: string; readonly unitId: Unit['id'] | null }
  >()
  units = 0
  ledger = 0
  #future = 0
  #cut = 0

  constructor(tx: Storage, store: MemoryStore, deps: Deps) {
    this.#tx = tx
    this.#store = store
    this.#deps = deps
    this.#at = deps.now().toISOString()
    this.dreamId = derivedId('drm', store.id, 'import')
  }

  async bring(of: LaidOut): Promise<void> {
    const { path, content } = of
    const { newId } = this.#deps
    const memory = await this.#tx.memories.write({
      storeId: this.#store.id,
      path,
      content,
      actor: LOCAL_PERSON,
      at: this.#at,
      expectedSha256: null,
      newIds: { memory: newId('mem'), version: newId('memver') },
    })
    await recordUnits(this.#tx, this.#store, memory, null, this.#authorOf(of))
    const units = await this.#tx.units.ofVersion(memory.versionId)
    this.units += units.length
    for (const [n, note] of of.notes.entries()) {
      const unit = of.isWhole ? undefined : units[n]
      this.#places.set(note, { path, unitId: unit?.id ?? null })
      await this.#keep(note, unit, memory)
    }
  }

  /** What a note said before, and what only its past says. */
  async remember(note: ImportedNote): Promise<void> {
    const place = this.#places.get(note) ?? { path: topicPath(note), unitId: null }
    const entries = note.former.map((former, n): LedgerEntry => {
      const names = [this.#store.id, note.id ?? place.path, String(n), former.text] as const
      return {
        id: derivedId('led', ...names),
        storeId: this.#store.id,
        dreamId: this.dreamId,
        changeId: derivedId('chg', ...names),
        kind: former.isRemoved ? 'removed' : 'superseded',
        unitId: place.unitId,
        path: place.path,
        text: former.text,
        interval: { start: this.#time(former.since), end: this.#time(former.until) },
        reason: former.reason,
        evidence: [],
        recordedAt: this.#at,
        isReverted: false,
      }
    })
    await this.#tx.ledger.append(entries)
    this.ledger += entries.length
  }

  get warnings(): readonly string[] {
    return [
      ...(this.#future === 0
        ? []
        : [`${this.#future} times lie in the future and were not believed.`]),
      ...(this.#cut === 0
        ? []
        : [`Of ${this.#cut} memories, what stood beside the text was too large to keep whole.`]),
    ]
  }

  #authorOf({ notes, isWhole }: LaidOut): AuthorOf {
    const waiting = [...notes]
    return ({ text }) => {
      const note = isWhole ? waiting[0] : waiting.shift()
      const stated = this.#time(note?.statedAt ?? null)
      const statedAt = statedAtOf(text, stated === null ? null : { date: stated })
      return { origin: 'imported', trust: 'note', ...(stated === null ? {} : { statedAt }) }
    }
  }

  async #keep(note: ImportedNote, unit: Unit | undefined, { id }: Memory): Promise<void> {
    const { about, isWhole } = keptAbout(note.about)
    if (!isWhole) this.#cut += 1
    if (Object.keys(about).length === 0) return
    const subjectId = unit?.id ?? id
    await keepProvenance(this.#tx, this.#store.id, { subjectId, about, createdAt: this.#at })
  }

  /** A time of the source, in UTC; null = it names none, or one that has not come yet. */
  #time(stated: string | null): string | null {
    const at = stated === null ? null : statedAtOf('', { date: stated })
    if (at === null || at <= this.#at) return at
    this.#future += 1
    return null
  }
}

function assertText(notes: readonly ImportedNote[]): void {
  for (const [n, { id, text, former }] of notes.entries()) {
    const bytes = Buffer.byteLength(text)
    const isText = [text, ...former.map((one) => one.text)].every((one) => one.isWellFormed())
    if (isText && bytes <= LIMITS.memoryBytesMax) continue
    const what = isText
      ? `has ${bytes} bytes; a memory holds ${LIMITS.memoryBytesMax}`
      : 'is no text'
    const name = id === null ? '' : ` (${id})`
    throw new ReverieError('invalid_request_error', `Memory ${n + 1}${name} ${what}.`, {
      next: 'Mend or take out the item; nothing was imported.',
    })
  }
}
