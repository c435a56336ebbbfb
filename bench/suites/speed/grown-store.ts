import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type GeneratedStore,
  generatedSentences,
  generatedStore,
  laterStore,
  type StoreSize,
} from '../../harness/generated-store.ts'
import type { MeasureOrder } from './measured-dreams.ts'

/** A store, and what is new in it on the next day. */
export interface GrownStore {
  readonly size: StoreSize
  readonly news: {
    /** One bullet in so many is new or has other words; null = none. */
    readonly newEvery: number | null
    /** Whole new files of the same size. */
    readonly newFiles: number
  }
  readonly seed: number
}

/** New statements of a session that comes with the news. */
const STATEMENTS = 5

/** Writes both days to the disk for as long as `use` runs. */
export function withGrownStore<T>(store: GrownStore, use: (order: MeasureOrder) => T): T {
  const home = mkdtempSync(join(tmpdir(), 'reverie-store-'))
  try {
    const first = generatedStore(store.size, store.seed)
    const memory = writeAll(join(home, 'first'), first)
    const later = writeAll(join(home, 'later'), newsOf(store, first))
    const session = join(home, 'session.jsonl')
    writeFileSync(session, sessionOf(store))
    return use({ memory, sessions: [], later: { memory: later, sessions: [session] } })
  } finally {
    rmSync(home, { recursive: true })
  }
}

function newsOf({ size, news, seed }: GrownStore, first: GeneratedStore): GeneratedStore {
  const changed = news.newEvery === null ? {} : laterStore(first, news.newEvery, seed + 1)
  const larger = generatedStore({ ...size, files: size.files + news.newFiles }, seed)
  const added = Object.entries(larger).filter(([path]) => !(path in first))
  return { ...changed, ...Object.fromEntries(added) }
}

function sessionOf({ size, seed }: GrownStore): string {
  const messages = generatedSentences(STATEMENTS, size, seed + 2).map((sentence, n) => ({
    role: 'user',
    content: `Remember: ${sentence}`,
    timestamp: `2026-10-01T10:0${n}:00Z`,
  }))
  return `${JSON.stringify({ messages })}\n`
}

function writeAll(folder: string, store: GeneratedStore): string {
  mkdirSync(folder)
  for (const [path, content] of Object.entries(store)) writeFileSync(join(folder, path), content)
  return folder
}
