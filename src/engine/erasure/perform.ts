import { derivedId, type ErasureId, sha256 } from '../../core/ids.ts'
import type { LedgerEntry } from '../../core/ledger.ts'
import { asUnitText } from '../../core/text/unit-text.ts'
import type { Storage } from '../../storage/storage.ts'
import { audit } from '../workspace/audit.ts'
import { cleanRows, cleanSteps, type PlaceCounts, redactVersions } from './clean-rows.ts'
import { endDreams } from './end-dreams.ts'
import type { ErasureSubject, ErasureTrace, TracedMemory } from './erasure-api.ts'
import { forgetSources } from './forget-sources.ts'
import { gather } from './gather.ts'
import { type Lineage, lineageOf, type MadeChange } from './lineage.ts'
import type { Erased } from './scrub.ts'
import { type ErasedSources, findSources } from './sources.ts'
import type { Left } from './support.ts'
import { type Act, type CleanedStore, withdrawIn } from './withdraw.ts'
import { anyOf, ERASED, SourceWords, type Words } from './words.ts'

/** What one transaction erased. */
export interface Performed {
  readonly trace: Omit<ErasureTrace, 'leftIn'>
  readonly stores: readonly CleanedStore[]
  /** What is looked for outside of the storage. */
  readonly erased: Erased
  readonly transcripts: readonly string[]
}

/** Erases a subject within a transaction: all of it, or nothing where it throws. */
export async function perform(
  tx: Storage,
  subject: ErasureSubject,
  id: ErasureId,
  act: Act,
): Promise<Performed> {
  const sources = await findSources(subject, tx)
  const made = await gather(tx, sources)
  const lineage = lineageOf(made.changes, made.counters, sources)
  const counts: PlaceCounts = {}
  await endDreams(tx, made, lineage, act, counts)
  const judge = { lineage, words: sources.words, isQuote: sources.isQuote }
  const stores: CleanedStore[] = []
  for (const store of made.stores) stores.push(await withdrawIn(tx, store, judge, act))
  const words = anyOf(sources.words, await derivedWords(tx, sources, lineage))
  const { isCited, retold } = lineage
  const reasons = reasonsOf(made.changes, lineage)
  const toldAs: Erased['toldAs'] = (text) =>
    retold.get(asUnitText(text)) ?? (reasons.has(text) ? ERASED : undefined)
  const erased: Erased = { words, isCited, toldAs }
  await forgetSources(tx, sources, erased, counts)
  await cleanSteps(tx, erased, made.readers, counts)
  await cleanRows(tx, erased, counts)
  await redactVersions(tx, erased, act, counts)
  await noteWithdrawn(tx, stores, id, act)
  await tx.erasure.reindex()
  await noteErasure(tx, subject, { id, act, stores, counts })
  const trace = {
    sessions: sources.sessions,
    events: counts.events ?? 0,
    memories: stores.flatMap(tracedIn),
    places: counts,
  }
  return { trace, stores, erased, transcripts: sources.transcripts }
}

/**
 * The texts that a dream made of what is gone: they are looked for as well. What still stands, and
 * what others said, is spared.
 */
async function derivedWords(
  tx: Storage,
  { sessions, events }: ErasedSources,
  { texts }: Lineage,
): Promise<Words> {
  const words = new SourceWords()
  for (const [text, left] of texts) if (left !== text) words.add(text, 1)
  const whole = new Set<string>(sessions)
  const gone = new Set<string>(events.map(({ id }) => id))
  for (const { id } of await tx.sessions.list()) {
    if (whole.has(id)) continue
    for (const event of await tx.sessions.events(id)) {
      if (!gone.has(event.id)) words.spare(event.text)
    }
  }
  for (const store of await tx.stores.list()) {
    words.spare(`${store.name}\n${store.description}`)
    for (const { content } of await tx.memories.list(store.id)) words.spare(content)
  }
  return words
}

/** Why these changes were made tells their values; what is said of others as well stays. */
function reasonsOf(changes: readonly MadeChange[], { touched }: Lineage): ReadonlySet<string> {
  const told = ({ change }: MadeChange): readonly string[] => [
    change.reason,
    ...change.ledger.map(({ reason }) => reason),
  ]
  const reasons = new Set([...touched].flatMap(told))
  for (const made of changes) {
    if (!touched.has(made)) for (const reason of told(made)) reasons.delete(reason)
  }
  return reasons
}

function tracedIn({ store, fates }: CleanedStore): readonly TracedMemory[] {
  return fates.map(({ unit, left }) => ({
    storeId: store.id,
    path: unit.path,
    line: unit.line,
    outcome: outcomeOf(unit.text, left),
  }))
}

function outcomeOf(text: string, left: Left): TracedMemory['outcome'] {
  if (left === null) return 'withdrawn'
  return left === text ? 'kept' : 'reworded'
}

/** The ledger tells that something was there, and why it is not any more; never what. */
async function noteWithdrawn(
  tx: Storage,
  stores: readonly CleanedStore[],
  id: ErasureId,
  { at, by, newId }: Act,
): Promise<void> {
  for (const { store, fates } of stores) {
    for (const [n, { unit, left }] of fates.entries()) {
      if (left === unit.text) continue
      const reason =
        left === null ? 'withdrawn: its source was erased' : 'told anew: a source of it was erased'
      const interval = { start: null, end: null }
      const entry: LedgerEntry = {
        id: derivedId('led', id, store.id, String(n)),
        storeId: store.id,
        // No dream did this, so that none takes it back.
        dreamId: id as string as LedgerEntry['dreamId'],
        changeId: id as string as LedgerEntry['changeId'],
        kind: 'removed',
        unitId: unit.id,
        path: ERASED,
        text: ERASED,
        interval,
        reason,
        evidence: [],
        recordedAt: at,
        isReverted: false,
      }
      await tx.ledger.append([entry])
      const details = {
        memory_store_id: store.id,
        erasure_id: id,
        outcome: outcomeOf(unit.text, left),
      }
      await audit(tx, { act: 'memory.withdrawn', subject: unit.id, by, at, details }, newId)
    }
  }
}

/** Counts, and a hash of the subject that only who knows the erasure's id can compare. */
async function noteErasure(
  tx: Storage,
  subject: ErasureSubject,
  of: {
    readonly id: ErasureId
    readonly act: Act
    readonly stores: readonly CleanedStore[]
    readonly counts: PlaceCounts
  },
): Promise<void> {
  const { id, act, stores, counts } = of
  const fates = stores.flatMap((store) => store.fates)
  const details = {
    kind: subject.kind,
    subject_sha256: sha256(`${id}\n${nameOf(subject)}`),
    memories: String(fates.length),
    ...Object.fromEntries(Object.entries(counts).map(([name, n]) => [name, String(n)])),
  }
  const { at, by, newId } = act
  await audit(tx, { act: 'erasure.done', subject: id, by, at, details }, newId)
}

function nameOf(subject: ErasureSubject): string {
  switch (subject.kind) {
    case 'session':
      return subject.sessionId
    case 'user':
      return subject.userId
    case 'quote':
      return subject.text
  }
}
