import type { Change } from '../../core/change.ts'
import type {
  DreamId,
  MemoryStoreId,
  MemoryVersionId,
  SessionEventId,
  SessionId,
  UnitId,
  WorkspaceId,
} from '../../core/ids.ts'
import type { LedgerEntry, Sighting } from '../../core/ledger.ts'
import type { Memory, MemoryVersion } from '../../core/memory.ts'
import type { MemoryStore } from '../../core/memory-store.ts'
import type { Session } from '../../core/session.ts'
import type { SessionEvent } from '../../core/session-event.ts'
import type { Unit } from '../../core/unit.ts'
import { compareBinary } from '../binary-order.ts'
import type { PlacedDocument } from '../document-rules.ts'
import type { LeasedDream } from '../dream-rules.ts'
import type { ChangeDecision, LogLine } from '../storage.ts'
import type { Connection } from '../transaction-queue.ts'
import { Table, type Undo } from './table.ts'

export interface HeadRow {
  readonly memory: Memory
  /** The version whose units are the memory's current ones. */
  readonly unitsVersionId: MemoryVersionId | null
}

export interface ConsumptionRow {
  readonly eventId: SessionEventId
  readonly sessionId: SessionId
  readonly lineageId: string
  readonly dreamId: DreamId
}

export interface ChangeRow {
  readonly dreamId: DreamId
  readonly change: Change
  /** The last decision on it; null = as the dream proposed it. */
  readonly decision: ChangeDecision | null
}

export interface SightingRow {
  readonly dreamId: DreamId
  readonly sighting: Sighting
}

export interface LedgerRow {
  readonly entry: LedgerEntry
  /** For a clone: of another store's dreams. */
  readonly isCopied: boolean
}

export interface LineRow {
  readonly stream: string
  readonly sequence: number
  readonly line: LogLine
}

/** The last number that was given out. */
export interface NumberRow {
  readonly of: string
  readonly last: number
}

/** All rows of one workspace; comments name the keys. */
export class WorkspaceData {
  /** id */
  readonly stores: Table<MemoryStore>
  /** id: taken for good */
  readonly removedStores: Table<MemoryStoreId>
  /** id */
  readonly heads: Table<HeadRow>
  /** id */
  readonly versions: Table<MemoryVersion>
  /** version id */
  readonly units: Table<readonly Unit[]>
  /** unit id */
  readonly pins: Table<UnitId>
  /** id */
  readonly sessions: Table<Session>
  /** id */
  readonly events: Table<SessionEvent>
  /** event id, lineage id, dream id */
  readonly consumption: Table<ConsumptionRow>
  /** id */
  readonly dreams: Table<LeasedDream>
  /** dream id, id */
  readonly changes: Table<ChangeRow>
  /** id */
  readonly ledger: Table<LedgerRow>
  /** lineage id, pattern, session id */
  readonly sightings: Table<SightingRow>
  /** key */
  readonly steps: Table<string>
  /** kind, id */
  readonly documents: Table<PlacedDocument>
  /** stream, sequence */
  readonly lines: Table<LineRow>
  /** stream, id of a line; the row is the stream */
  readonly lineIds: Table<string>
  /** what is numbered */
  readonly numbers: Table<NumberRow>

  constructor(journal: Undo[]) {
    this.stores = new Table(journal)
    this.removedStores = new Table(journal)
    this.heads = new Table(journal)
    this.versions = new Table(journal)
    this.units = new Table(journal)
    this.pins = new Table(journal)
    this.sessions = new Table(journal)
    this.events = new Table(journal)
    this.consumption = new Table(journal)
    this.dreams = new Table(journal)
    this.changes = new Table(journal)
    this.ledger = new Table(journal)
    this.sightings = new Table(journal)
    this.steps = new Table(journal)
    this.documents = new Table(journal)
    this.lines = new Table(journal)
    this.lineIds = new Table(journal)
    this.numbers = new Table(journal)
  }

  /** From 1 on, none twice. */
  nextNumber(of: string): number {
    const last = (this.numbers.get(of)?.last ?? 0) + 1
    this.numbers.set([of], { of, last })
    return last
  }
}

/** Every workspace in RAM, with one journal over all of them: a rollback runs it backwards. */
export class EphemeralData implements Connection<EphemeralData> {
  readonly data: EphemeralData = this
  readonly #journal: Undo[] = []
  readonly #workspaces = new Map<WorkspaceId, WorkspaceData>()

  workspace(id: WorkspaceId): WorkspaceData {
    const known = this.#workspaces.get(id)
    if (known !== undefined) return known
    const made = new WorkspaceData(this.#journal)
    this.#workspaces.set(id, made)
    return made
  }

  /** Those with a memory store or a document, in binary order. */
  usedWorkspaces(): readonly WorkspaceId[] {
    const used = [...this.#workspaces].filter(
      ([, { stores, documents }]) => stores.rows().length > 0 || documents.rows().length > 0,
    )
    return used.map(([id]) => id).sort(compareBinary)
  }

  async begin(): Promise<void> {
    this.#journal.length = 0
  }

  commit(): void {
    this.#journal.length = 0
  }

  rollback(): void {
    this.#undoTo(0)
  }

  nested<T>(work: (data: EphemeralData) => T): T {
    const mark = this.#journal.length
    try {
      return work(this)
    } catch (error) {
      this.#undoTo(mark)
      throw error
    }
  }

  close(): void {
    this.#workspaces.clear()
  }

  #undoTo(mark: number): void {
    while (this.#journal.length > mark) this.#journal.pop()?.()
  }
}
