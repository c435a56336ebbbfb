import { type Dream, isTerminal } from '../../../core/dream.ts'
import { notFound, ReverieError } from '../../../core/errors.ts'
import type { DreamId } from '../../../core/ids.ts'
import type { Lease } from '../../../storage/storage.ts'
import type { DreamOutcome, DreamRequest } from '../../api.ts'
import type { CreatedAsker } from '../../asking/create-asker.ts'
import { DREAM_LIMITS } from '../../dream-limits.ts'
import type { DreamPorts } from '../../dream-ports.ts'
import { askerOfDream } from '../../hosting/asker-of-dream.ts'
import { failureOf } from '../../hosting/failure-of.ts'
import { leaseEnd, leaseKeeper } from '../../hosting/lease-keeper.ts'
import { assertOwnersOwn, ownersBehind } from '../../hosting/owners.ts'
import { normalInstructions, parseInstructions } from '../../instructions.ts'
import { type Contributor, planDream } from '../../plan-dream.ts'
import { runDream } from '../../run-dream.ts'
import { consume } from '../../settling/settle-plan.ts'
import { type ChosenModels, chooseModels } from '../choose-models.ts'
import type { Deps } from '../deps.ts'
import { ignoreProgress } from '../import-transcripts.ts'
import { noteAct } from '../note-act.ts'
import { dreamerWarnings } from '../projects/other-dreamers.ts'
import { exportRecording, keepUsed, keepVerdicts } from '../recordings.ts'
import { resolveTarget, type Target } from '../target.ts'
import { type GatheredSessions, gatherSessions } from './gather-sessions.ts'

/** Reads the memory and the transcripts, pins them, and runs the dream to its plan. */
export async function dream(request: DreamRequest, deps: Deps): Promise<DreamOutcome> {
  const instructions = checkedInstructions(request)
  const { chosen, warnings } = await chooseModels(request, deps)
  const target = await resolveTarget(request.memory, deps)
  const gathered = await gatherSessions(request, target.store, deps)
  const told = [...warnings, ...(await dreamerWarnings(target.store, deps))]
  return dreamInto({ request, instructions, target, chosen, warnings: told, ...gathered }, deps)
}

/** A dream of which everything is known that it starts from. */
export interface GatheredDream extends GatheredSessions, Run {
  readonly instructions: string | null
  /** Of other memories; absent = none. */
  readonly contributors?: readonly Contributor[]
  readonly warnings: readonly string[]
}

/** Pins what was gathered and runs the dream to its plan. Throws where a store may not hold it. */
export async function dreamInto(gathered: GatheredDream, deps: Deps): Promise<DreamOutcome> {
  const { request, target, chosen, sessions, summary, contributors } = gathered
  const { store } = target
  assertOwnersOwn(store.audience, sessions, await ownersBehind(deps.storage, store.id))
  // Its snapshot names every new event: held once, by the run alone.
  const {
    dream: { id },
    isNew,
  } = await planDream(
    {
      store,
      sessionIds: sessions.map(({ id }) => id),
      ...(contributors === undefined ? {} : { contributors }),
      instructions: gathered.instructions,
      asOf: deps.now().toISOString(),
      thinking: chosen?.thinking ?? null,
      imported: { lines: summary.lines, skipped: summary.skipped },
    },
    deps.storage,
    deps.newId,
  )
  await keepVerdicts(chosen?.cassettes ?? [], deps)
  const finished = await runToEnd(id, { request, target, chosen }, deps)
  const recording =
    request.cassette === undefined ? null : await exportRecording(finished, request.cassette, deps)
  const changes = await deps.storage.dreams.changes.list(finished.id)
  return {
    dream: finished,
    changes,
    store: target.store,
    isNew,
    imported: summary,
    warnings: [...gathered.warnings, ...target.warnings, ...(recording?.warnings ?? [])],
  }
}

/** Throws `invalid_request_error` for more than a dream takes. */
export function checkedInstructions(request: Pick<DreamRequest, 'instructions'>): string | null {
  const instructions = normalInstructions(request.instructions ?? null)
  const length = instructions === null ? 0 : [...instructions].length
  if (length > DREAM_LIMITS.instructionsCharsMax) {
    throw new ReverieError(
      'invalid_request_error',
      `The instructions have ${length} characters; ${DREAM_LIMITS.instructionsCharsMax} are allowed.`,
    )
  }
  parseInstructions(instructions)
  return instructions
}

/** What a run needs besides the pinned dream. */
interface Run {
  readonly request: Omit<DreamRequest, 'memory' | 'sessions'>
  readonly target: Target
  readonly chosen: ChosenModels | null
}

const POLL_MS = 250

/** Runs a pending dream, takes over one whose process died, or waits for a live one to end. */
async function runToEnd(id: DreamId, run: Run, deps: Deps): Promise<Dream> {
  const signal = run.request.signal ?? null
  const tries = Math.ceil((2 * DREAM_LIMITS.leaseMs) / POLL_MS)
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const current = await deps.storage.dreams.get(id)
    if (current === null) throw notFound('dream', id)
    if (current.status === 'canceled') throw canceled(current)
    if (isTerminal(current.status)) return current
    const lease = await claim(current.id, deps)
    if (lease !== null) return runClaimed(current, lease, run, deps)
    await deps.wait(POLL_MS, signal)
  }
  throw new ReverieError('conflict_error', `Another process is running ${id}.`, {
    next: 'Wait for it, or end it, and run the command again.',
  })
}

async function claim(id: DreamId, deps: Deps): Promise<Lease | null> {
  const now = deps.now()
  return deps.storage.dreams.runs.claim(id, now.toISOString(), leaseEnd(now))
}

async function runClaimed(claimed: Dream, lease: Lease, run: Run, deps: Deps): Promise<Dream> {
  const ports = portsOf(claimed, lease, run, deps)
  try {
    await runDream(claimed, lease, ports)
    if (ports.asker !== null && run.chosen !== null) {
      await keepUsed(claimed.id, ports.asker.used(), run.chosen, deps)
    }
  } catch (error) {
    // A stop on request leaves the dream as it is: the next run resumes it.
    if (ports.signal?.aborted === true) throw error
    await assertNotCanceled(claimed.id, deps)
    await deps.storage.dreams.runs.fail(lease, deps.now().toISOString(), failureOf(error))
    throw error
  }
  const ended = await deps.storage.dreams.get(claimed.id)
  if (ended === null) throw notFound('dream', claimed.id)
  return ended
}

/** The lease of a dream that somebody canceled is lost: that is no failure of the dream. */
async function assertNotCanceled(id: DreamId, { storage }: Deps): Promise<void> {
  const dream = await storage.dreams.get(id)
  if (dream?.status === 'canceled') throw canceled(dream)
}

function canceled({ id }: Dream): ReverieError {
  return new ReverieError('conflict_error', `${id} was canceled; nothing was written.`, {
    next: 'Its sessions are unread as before: run the command again to dream over them.',
  })
}

interface RunPorts extends DreamPorts {
  readonly asker: CreatedAsker | null
}

function portsOf(
  dream: Dream,
  lease: Lease,
  { request, target, chosen }: Run,
  deps: Deps,
): RunPorts {
  const signal = request.signal ?? null
  const keepAlive = leaseKeeper(lease, deps)
  const { onDeparture } = request
  const asking = {
    dreamId: dream.id,
    chosen,
    signal,
    keepAlive,
    ...(onDeparture === undefined ? {} : { onDeparture }),
  }
  return {
    storage: deps.storage,
    secrets: deps.secrets,
    embedder: deps.embedder,
    rules: deps.rules,
    ...askerOfDream(asking, deps),
    onProgress: request.onProgress ?? ignoreProgress,
    signal,
    keepAlive,
    breathe: async () => {
      await deps.breathe?.()
      signal?.throwIfAborted()
      await keepAlive()
    },
    ending: {
      at: () => dream.snapshot.asOf,
      // Nothing waits for a person: what was read counts as read.
      whenPlanned: async (tx, { dream: ended }) => {
        if (ended.planStatus === 'empty') await consume(tx, ended, target.store)
        await noteAct(tx, { act: 'dream.completed', subject: ended.id }, deps)
      },
    },
  }
}
