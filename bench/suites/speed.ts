import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { openReverie } from '../../src/reverie.ts'

export interface SpeedRow {
  readonly set: string
  /** Size of the transcripts. */
  readonly megabytes: number
  /** Reading the files and parsing their JSON. */
  readonly floor_ms: number
  readonly first_dream_ms: number
  /** First dream as a multiple of the floor. */
  readonly first_to_floor: number
  /** The same command again: nothing is new. */
  readonly again_to_first: number
  readonly megabytes_per_s: number
  readonly peak_megabytes: number
  readonly changes: number
}

export interface SpeedInput {
  readonly name: string
  readonly memory: string | null
  readonly sessions: string
}

/** Dreams a set in a fresh state folder, twice. */
export async function measureSpeed(set: SpeedInput, home: string): Promise<SpeedRow> {
  const floor = timed(() => parseAll(set.sessions))
  const memory = set.memory ?? join(home, 'memory')
  mkdirSync(memory, { recursive: true })
  const reverie = await openReverie({ home: join(home, 'state') })
  const order = { memory, sessions: [set.sessions] }
  const firstStart = performance.now()
  const first = await reverie.dream(order)
  const firstMs = performance.now() - firstStart
  const againStart = performance.now()
  await reverie.dream(order)
  const againMs = performance.now() - againStart
  await reverie.close()
  return {
    set: set.name,
    megabytes: round(floor.result / 1e6),
    floor_ms: round(floor.ms),
    first_dream_ms: round(firstMs),
    first_to_floor: round(firstMs / floor.ms),
    again_to_first: round(againMs / firstMs),
    megabytes_per_s: round(floor.result / 1e3 / firstMs),
    peak_megabytes: round(process.resourceUsage().maxRSS / 1024),
    changes: first.changes.length,
  }
}

/** Bytes read. */
function parseAll(folder: string): number {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((file) => statSync(file).isFile() && /\.jsonl?$/.test(file))
  return files.reduce((bytes, file) => {
    const text = readFileSync(file, 'utf8')
    for (const item of file.endsWith('.json') ? [text] : text.split('\n')) tryParse(item)
    return bytes + text.length
  }, 0)
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    // Torn and blank lines belong to real transcripts.
    if (error instanceof SyntaxError) return null
    throw error
  }
}

function timed<T>(work: () => T): { readonly result: T; readonly ms: number } {
  const start = performance.now()
  const result = work()
  return { result, ms: performance.now() - start }
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
