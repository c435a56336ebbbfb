import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { generatedStore, type StoreSize } from '../../harness/generated-store.ts'
import { figureRow, type Row } from '../../harness/row.ts'
import { type BenchContext, type BenchSet, type Suite, suiteOf } from '../../harness/suite.ts'
import { type TranscriptsSize, writeTranscripts } from './made-transcripts.ts'
import type { MachineMeasures, MachineOrder } from './measured-machine.ts'

const SUITE = 'scale'
const MEASURE = fileURLToPath(new URL('./measured-machine.ts', import.meta.url))

interface World {
  readonly store: StoreSize
  readonly transcripts: TranscriptsSize
}

const TWO_THOUSAND: StoreSize = { files: 2_000, bulletsPerFile: 10 }

/** One process lives through import, dream, apply, status and revert of a made world. */
export const scale: Suite = suiteOf(
  SUITE,
  'many long transcripts, full stores: time of the processor by MB and step, memory at most',
  [
    worldSet('10x10mb-2000', {
      store: TWO_THOUSAND,
      transcripts: { sessions: 10, bytesEach: 10_000_000 },
    }),
    worldSet('100x10mb-2000', {
      store: TWO_THOUSAND,
      transcripts: { sessions: 100, bytesEach: 10_000_000 },
    }),
    worldSet('300x100kb-2000', {
      store: TWO_THOUSAND,
      transcripts: { sessions: 300, bytesEach: 100_000 },
    }),
    worldSet('1000x100kb-200', {
      store: { files: 200, bulletsPerFile: 10 },
      transcripts: { sessions: 1_000, bytesEach: 100_000 },
    }),
    worldSet('10x100kb-5000', {
      store: { files: 5_000, bulletsPerFile: 5 },
      transcripts: { sessions: 10, bytesEach: 100_000 },
    }),
  ],
)

/** A limit stands for transcripts: larger worlds are left out of quick runs. */
function worldSet(name: string, world: World): BenchSet {
  return {
    name,
    run: async (context) => {
      const { limit = null, note } = context
      if (limit !== null && world.transcripts.sessions > limit) {
        note(`${name} has more than ${limit} transcripts; the set is left out`)
        return []
      }
      note(`${name}: writing ${world.transcripts.sessions} transcripts, then dreaming`)
      return rowsOf(name, measured(name, world, context), world)
    },
  }
}

function measured(name: string, world: World, { seed }: BenchContext): MachineMeasures {
  const folder = mkdtempSync(join(tmpdir(), 'reverie-world-'))
  try {
    const order: MachineOrder = {
      memory: join(folder, 'memory'),
      sessions: join(folder, 'sessions'),
    }
    mkdirSync(order.memory)
    for (const [path, content] of Object.entries(generatedStore(world.store, seed))) {
      writeFileSync(join(order.memory, path), content)
    }
    writeTranscripts(order.sessions, world.transcripts, world.store, seed)
    const child = spawnSync(process.execPath, [MEASURE, JSON.stringify(order)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    if (child.status !== 0) throw new Error(`The set ${name} ended with ${child.status}.`)
    return JSON.parse(child.stdout) as MachineMeasures
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const PEAK_MB = 500

function rowsOf(set: string, found: MachineMeasures, { transcripts }: World): readonly Row[] {
  const place = { suite: SUITE, set }
  const { parseMs, importMs, dreamMs, megabytes, stages } = found
  const figure = (
    metric: string,
    value: number,
    unit: Row['unit'],
    more: Partial<Pick<Row, 'class' | 'target' | 'baselines'>> = {},
  ): Row => figureRow({ ...place, metric, ...more }, value, 1, unit)
  return [
    figure('import', importMs, 'ms', { baselines: { parse: parseMs } }),
    figure('import_to_parse', importMs / parseMs, 'ratio'),
    figure('import_mb_per_second', megabytes / (importMs / 1_000), 'mb'),
    figure('import_ms_per_mb', importMs / megabytes, 'ms'),
    figure('dream', dreamMs, 'ms', { baselines: { parse: parseMs } }),
    figure('dream_to_parse', dreamMs / parseMs, 'ratio'),
    figure('apply', found.applyMs, 'ms'),
    figure('status', found.statusMs, 'ms'),
    figure('revert', found.revertMs, 'ms'),
    figure('longest_turn', found.longestTurnMs, 'ms'),
    figure('peak_memory', found.peakMb, 'mb', { target: `<= ${PEAK_MB}` }),
    figure('peak_memory', found.peakAfterImportMb, 'mb', { class: 'import' }),
    figure('sessions_read', found.sessionsRead, 'count', {
      target: `>= ${transcripts.sessions}`,
    }),
    figure('sessions_pending', found.sessionsPending, 'count', { target: '<= 0' }),
    figure('changes', found.changes, 'count'),
    ...Object.entries(stages).map(([stage, ms]) =>
      figure('stage_share', ms / dreamMs, 'ratio', { class: stage }),
    ),
  ]
}
