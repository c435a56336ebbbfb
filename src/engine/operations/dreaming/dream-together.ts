import { LIMITS } from '../../../config.ts'
import { ReverieError } from '../../../core/errors.ts'
import type { MemoryStoreId } from '../../../core/ids.ts'
import type { MemoryStore } from '../../../core/memory-store.ts'
import type { DreamOutcome, ImportSummary, TogetherRequest } from '../../api.ts'
import type { Contributor } from '../../plan-dream.ts'
import { chooseModels } from '../choose-models.ts'
import type { Deps } from '../deps.ts'
import { resolveTarget, type Target } from '../target.ts'
import { checkedInstructions, dreamInto } from './dream.ts'
import { type GatheredSessions, gatherSessions } from './gather-sessions.ts'

/** A memory of `from`, with its sessions. */
interface Source extends GatheredSessions {
  readonly target: Target
}

/** Runs a dream for each of `into`, one after the other, to their plans. */
export async function dreamTogether(
  request: TogetherRequest,
  deps: Deps,
): Promise<readonly DreamOutcome[]> {
  const instructions = checkedInstructions(request)
  const { chosen, warnings } = await chooseModels(request, deps)
  const into = await targetsOf(request.into, deps)
  const sources = await sourcesOf(request, deps)
  const outcomes: DreamOutcome[] = []
  for (const target of into) {
    const isOwn = (source: Source): boolean => source.target.store.id === target.store.id
    const own = sources.filter(isOwn)
    outcomes.push(
      await dreamInto(
        {
          request,
          instructions,
          target,
          chosen,
          warnings: outcomes.length === 0 ? [...warnings, ...warningsOf(sources, into)] : [],
          sessions: own.flatMap(({ sessions }) => sessions),
          summary: sumOf(sources.map(({ summary }) => summary)),
          contributors: sources.filter((source) => !isOwn(source)).map(contributorOf),
        },
        deps,
      ),
    )
  }
  return outcomes
}

async function targetsOf(refs: readonly string[], deps: Deps): Promise<readonly Target[]> {
  if (refs.length === 0) throw invalid('No memory is named to learn.', 'Name one: --into <memory>.')
  const targets: Target[] = []
  for (const ref of refs) {
    const target = await resolveTarget(ref, deps)
    if (targets.some(({ store }) => store.id === target.store.id)) {
      throw invalid(`"${ref}" is to learn twice.`, 'Name each memory once.')
    }
    targets.push(target)
  }
  return targets
}

async function sourcesOf(request: TogetherRequest, deps: Deps): Promise<readonly Source[]> {
  const sources: Source[] = []
  for (const { memory, sessions } of request.from) {
    const target = await resolveTarget(memory, deps)
    sources.push({
      target,
      ...(await gatherSessions({ ...request, sessions }, target.store, deps)),
    })
  }
  assertApart(sources)
  return sources
}

/** A session that two memories name would be words for one of them and a pattern for the other. */
function assertApart(sources: readonly Source[]): void {
  const storeOf = new Map<string, MemoryStoreId>()
  for (const { target, sessions } of sources) {
    for (const { id } of sessions) {
      const known = storeOf.get(id) ?? target.store.id
      if (known !== target.store.id) {
        throw invalid(
          `The session "${id}" is named for two memories.`,
          'Name it for the memory of the agent whose session it is.',
        )
      }
      storeOf.set(id, known)
    }
  }
}

function contributorOf({ target, sessions }: Source): Contributor {
  return { agentId: agentOf(target.store), sessionIds: sessions.map(({ id }) => id) }
}

/** A memory is called after its agent; a folder `memory` after the one that it is in. */
function agentOf({ name, folder }: MemoryStore): string {
  const isPlain = /^(?:memory|memories|notes)$/i.test(name)
  const around = folder
    ?.split('/')
    .filter((part) => part !== '')
    .at(-2)
  return isPlain ? (around ?? name) : name
}

/** Of memories that only contribute: those that learn tell their own. */
function warningsOf(sources: readonly Source[], into: readonly Target[]): readonly string[] {
  const learning = new Set(into.map(({ store }) => store.id))
  return sources
    .filter(({ target }) => !learning.has(target.store.id))
    .flatMap(({ target }) => target.warnings)
}

function sumOf(all: readonly ImportSummary[]): ImportSummary {
  const skipped: Record<string, number> = {}
  for (const one of all) {
    for (const [reason, count] of Object.entries(one.skipped)) {
      skipped[reason] = (skipped[reason] ?? 0) + count
    }
  }
  const sum = (of: (one: ImportSummary) => number): number =>
    all.reduce((total, one) => total + of(one), 0)
  return {
    files: sum(({ files }) => files),
    sessions: sum(({ sessions }) => sessions),
    newEvents: sum(({ newEvents }) => newEvents),
    lines: sum(({ lines }) => lines),
    read: sum(({ read }) => read),
    skipped,
    badLines: all.flatMap(({ badLines }) => badLines).slice(0, LIMITS.badLinesToldMax),
    redacted: all.flatMap(({ redacted }) => redacted),
  }
}

function invalid(message: string, next: string): ReverieError {
  return new ReverieError('invalid_request_error', message, { next })
}
