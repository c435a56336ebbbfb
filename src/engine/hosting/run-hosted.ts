import { type Dream, NO_TOKENS, type TokenUsage } from '../../core/dream.ts'
import { isReverieError } from '../../core/errors.ts'
import type { DreamId } from '../../core/ids.ts'
import type { Lease } from '../../storage/storage.ts'
import type { CreatedAsker } from '../asking/create-asker.ts'
import { keepUsed, keepVerdicts } from '../operations/recordings.ts'
import { runDream } from '../run-dream.ts'
import { askerOfDream } from './asker-of-dream.ts'
import { beginHosted } from './begin-hosted.ts'
import { commitHosted } from './commit-hosted.ts'
import { failHosted } from './fail-hosted.ts'
import type { HostingDeps } from './hosting-deps.ts'
import { assertInputsThere } from './inputs-there.ts'
import { leaseEnd } from './lease-keeper.ts'
import { modelsOf } from './models-of-order.ts'
import { streamOf } from './telling/dream-session.ts'
import { sessionTeller } from './telling/session-teller.ts'
import { departureText } from './telling/stage-words.ts'
import { RunStop, type RunWatch, watchRun } from './watch-run.ts'

/**
 * Runs one dream from where it is to its end; resolves with its row, or null where somebody else
 * holds it. Failures end the dream; a stop of the process leaves it to the next one at once.
 */
export async function runHosted(
  id: DreamId,
  signal: AbortSignal,
  deps: HostingDeps,
): Promise<Dream | null> {
  const at = deps.now()
  const lease = await deps.storage.dreams.runs.claim(id, at.toISOString(), leaseEnd(at))
  if (lease === null) return null
  const run: Run = {
    lease,
    watch: watchRun(lease, signal, deps, () => newlyUsed(run)),
    asker: null,
    told: 0,
  }
  const { watch } = run
  try {
    await work(run, deps)
  } catch (error) {
    // A heartbeat that is still under way would prolong a lease that is given up here.
    await watch.end()
    await endOf(run, watch.signal.aborted ? watch.signal.reason : error, deps)
  } finally {
    await watch.end()
  }
  return deps.storage.dreams.get(id)
}

interface Run {
  readonly lease: Lease
  readonly watch: RunWatch
  /** Set as soon as there is one: what it has used is told of failures too. */
  asker: CreatedAsker | null
  /** Tokens that the dream's row tells of. */
  told: number
}

async function work(run: Run, deps: HostingDeps): Promise<void> {
  const { lease, watch } = run
  const { storage, secrets, embedder, rules } = deps
  const dream = await beginHosted(lease, deps)
  const stream = streamOf(dream)
  if (stream !== null) deps.announce(stream)
  const chosen = await modelsOf(dream, deps)
  await keepVerdicts(chosen?.cassettes ?? [], deps)
  const teller = sessionTeller(dream, lease, deps)
  const keepAlive = async (): Promise<void> => {
    await deps.breathe?.()
    await watch.keepAlive()
    if (await teller.flush()) await assertInputsThere(dream, storage)
  }
  const { asker, announce } = askerOfDream(
    {
      dreamId: dream.id,
      chosen,
      signal: watch.signal,
      keepAlive,
      onDeparture: (departure) => teller.tell('departure', departureText(departure)),
    },
    deps,
  )
  run.asker = asker
  await runDream(dream, lease, {
    storage,
    secrets,
    embedder,
    rules,
    asker,
    announce: async (estimate) => {
      await announce(estimate)
      await teller.flush()
    },
    onProgress: teller.onProgress,
    signal: watch.signal,
    keepAlive,
    ...(deps.breathe === undefined ? {} : { breathe: deps.breathe }),
    ending: {
      at: () => deps.now().toISOString(),
      whenPlanned: async (tx, planned) => {
        if (asker !== null && chosen !== null) {
          await keepUsed(dream.id, asker.used(), chosen, { storage: tx })
        }
        await commitHosted(tx, planned, deps)
      },
    },
  })
  if (stream !== null) deps.announce(stream)
}

/** What becomes of a dream whose run ended in an error. */
async function endOf({ lease, asker }: Run, error: unknown, deps: HostingDeps): Promise<void> {
  try {
    if (error instanceof RunStop && error.kind === 'lost') return
    if (error instanceof RunStop && error.kind === 'shutdown') {
      await deps.storage.dreams.runs.renew(lease, deps.now().toISOString())
      return
    }
    await failHosted(lease, error, usedBy(asker), deps)
  } catch (second) {
    // It was canceled or taken over meanwhile, or had ended: there is nothing left to end.
    if (!isReverieError(second, 'conflict_error')) throw second
  }
}

function newlyUsed(run: Run): TokenUsage | undefined {
  const usage = usedBy(run.asker)
  const tokens = usage.inputTokens + usage.outputTokens
  if (tokens === run.told) return undefined
  run.told = tokens
  return usage
}

function usedBy(asker: CreatedAsker | null): TokenUsage {
  return (asker?.usage() ?? []).reduce<TokenUsage>(
    (sum, { inputTokens, outputTokens, cachedInputTokens }) => ({
      inputTokens: sum.inputTokens + inputTokens,
      outputTokens: sum.outputTokens + outputTokens,
      cachedInputTokens: sum.cachedInputTokens + cachedInputTokens,
    }),
    NO_TOKENS,
  )
}
