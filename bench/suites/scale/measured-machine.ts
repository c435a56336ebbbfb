/** `node measured-machine.ts <order as JSON>`: one life of a store in a process of its own, as JSON. */

import { cpSync, createReadStream, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { spareMemory } from '../../../src/cli/runtime/spare-memory.ts'
import { createReverie } from '../../../src/reverie.ts'
import { cpuMs, stageClock } from '../../harness/stage-clock.ts'

export interface MachineOrder {
  /** A memory folder, which is copied. */
  readonly memory: string
  /** A folder of transcripts. */
  readonly sessions: string
}

/** Times in ms of the processor; sizes in MB (10^6 bytes). */
export interface MachineMeasures {
  readonly megabytes: number
  /** Reading the transcripts line by line and parsing each line. */
  readonly parseMs: number
  readonly importMs: number
  readonly dreamMs: number
  readonly stages: Readonly<Record<string, number>>
  readonly applyMs: number
  readonly statusMs: number
  readonly revertMs: number
  readonly peakMb: number
  readonly peakAfterImportMb: number
  readonly sessionsRead: number
  readonly sessionsPending: number
  readonly changes: number
  /** The longest time of the processor in which nothing else got a turn, in the dream. */
  readonly longestTurnMs: number
}

const TURN_MS = 5

if (import.meta.main) {
  const order = JSON.parse(process.argv[2] ?? '') as MachineOrder
  console.log(JSON.stringify(await measure(order)))
}

async function measure(order: MachineOrder): Promise<MachineMeasures> {
  // As the command line does it.
  spareMemory()
  const home = mkdtempSync(join(tmpdir(), 'reverie-scale-'))
  const memory = join(home, 'memory')
  cpSync(order.memory, memory, { recursive: true })
  const reverie = await createReverie({ home: join(home, 'state') })
  try {
    const importMs = await timed(() => reverie.sessions.add([order.sessions]))
    const peakAfterImportMb = peakMb()
    const stages = new Map<string, number>()
    const turns = watchTurns()
    const start = cpuMs()
    const outcome = await reverie.dream({
      memory,
      sessions: [order.sessions],
      onProgress: stageClock(stages, 'import', start),
    })
    const dreamMs = cpuMs() - start
    const longestTurnMs = turns.stop()
    const peak = peakMb()
    const { dream, changes } = outcome
    const isWaiting = dream.planStatus === 'waiting'
    const applyMs = await timed(async () => isWaiting && reverie.apply(dream.id))
    const statusMs = await timed(() => reverie.status())
    const revertMs = await timed(async () => isWaiting && reverie.revert(dream.id))
    // Last, so that it is no part of the peak.
    const { parseMs, bytes } = await parseAll(order.sessions)
    return {
      megabytes: bytes / 1e6,
      parseMs,
      importMs,
      dreamMs,
      stages: Object.fromEntries(stages),
      applyMs,
      statusMs,
      revertMs,
      peakMb: Math.max(peak, peakMb()),
      peakAfterImportMb,
      sessionsRead: dream.plan?.report.read.sessions?.read ?? 0,
      sessionsPending: dream.plan?.report.read.sessions?.pending ?? 0,
      changes: changes.length,
      longestTurnMs,
    }
  } finally {
    await reverie.close()
    rmSync(home, { recursive: true })
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = cpuMs()
  await work()
  return cpuMs() - start
}

async function parseAll(folder: string): Promise<{ parseMs: number; bytes: number }> {
  let bytes = 0
  const parseMs = await timed(async () => {
    for (const name of readdirSync(folder)) {
      const path = join(folder, name)
      bytes += statSync(path).size
      for await (const line of createInterface({ input: createReadStream(path) })) JSON.parse(line)
    }
  })
  return { parseMs, bytes }
}

/** Measures how late a timer comes. */
function watchTurns(): { stop(): number } {
  let longest = 0
  let last = cpuMs()
  const look = (): void => {
    const now = cpuMs()
    longest = Math.max(longest, now - last)
    last = now
  }
  const timer = setInterval(look, TURN_MS)
  return {
    stop() {
      clearInterval(timer)
      look()
      return longest
    },
  }
}

function peakMb(): number {
  return (process.resourceUsage().maxRSS * 1024) / 1e6
}
