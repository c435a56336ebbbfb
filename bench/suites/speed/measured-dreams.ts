/** `node measured-dreams.ts <order as JSON>`: dreams in a process of its own, measures as JSON. */

import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createReverie } from '../../../src/reverie.ts'
import { cpuMs, stageClock } from '../../harness/stage-clock.ts'

export interface MeasureOrder {
  /** A memory folder, which is copied; null = an empty one. */
  readonly memory: string | null
  readonly sessions: readonly string[]
  /** What is new on the next day: files to write over the folder, more transcripts. */
  readonly later: { readonly memory: string | null; readonly sessions: readonly string[] } | null
}

/** Times in ms of the processor, which other programs hardly change; sizes in MB. */
export interface Measures {
  /** Reading all files once and parsing their JSON or splitting their lines. */
  readonly floorMs: number
  readonly megabytes: number
  readonly firstMs: number
  readonly stages: Readonly<Record<string, number>>
  readonly peakMb: number
  readonly changes: number
  /** After the first plan was applied and something new came; null = nothing was to come. */
  readonly laterMs: number | null
  /** The last command once more. */
  readonly againMs: number
}

if (import.meta.main) {
  const order = JSON.parse(process.argv[2] ?? '') as MeasureOrder
  console.log(JSON.stringify(await measure(order)))
}

async function measure({ memory: given, sessions, later }: MeasureOrder): Promise<Measures> {
  const home = mkdtempSync(join(tmpdir(), 'reverie-speed-'))
  const memory = join(home, 'memory')
  mkdirSync(memory)
  if (given !== null) cpSync(given, memory, { recursive: true })
  const floorStart = cpuMs()
  const bytes = [memory, ...sessions].reduce((sum, path) => sum + readAll(path), 0)
  const floorMs = cpuMs() - floorStart
  const reverie = await createReverie({ home: join(home, 'state') })
  try {
    const stages = new Map<string, number>()
    const start = cpuMs()
    const first = await reverie.dream({
      memory,
      sessions,
      onProgress: stageClock(stages, 'read', start),
    })
    const firstMs = cpuMs() - start
    const peakMb = process.resourceUsage().maxRSS / 1024
    if (first.dream.planStatus === 'waiting') await reverie.apply(first.dream.id)
    const all = [...sessions, ...(later?.sessions ?? [])]
    const laterStart = cpuMs()
    if (later !== null) {
      if (later.memory !== null) cpSync(later.memory, memory, { recursive: true })
      await reverie.dream({ memory, sessions: all })
    }
    const laterMs = later === null ? null : cpuMs() - laterStart
    const againStart = cpuMs()
    await reverie.dream({ memory, sessions: all })
    return {
      floorMs,
      megabytes: bytes / 1e6,
      firstMs,
      stages: Object.fromEntries(stages),
      peakMb,
      changes: first.changes.length,
      laterMs,
      againMs: cpuMs() - againStart,
    }
  } finally {
    await reverie.close()
    rmSync(home, { recursive: true })
  }
}

/** Bytes read. */
function readAll(path: string): number {
  const files = statSync(path).isDirectory()
    ? readdirSync(path, { recursive: true, encoding: 'utf8' }).map((name) => join(path, name))
    : [path]
  return files
    .filter((file) => statSync(file).isFile())
    .reduce((bytes, file) => {
      const text = readFileSync(file, 'utf8')
      const lines = text.split('\n')
      if (/\.jsonl?$/.test(file)) for (const line of lines) tryParse(line)
      return bytes + Buffer.byteLength(text)
    }, 0)
}

function tryParse(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch (error) {
    // Torn and blank lines belong to real transcripts.
    if (error instanceof SyntaxError) return null
    throw error
  }
}
