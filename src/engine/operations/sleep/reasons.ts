import { LIMITS } from '../../../config.ts'
import type { Dream } from '../../../core/dream.ts'
import type { DueOutcome } from '../../folder-api/projects-api.ts'
import type { Decision } from '../../sleep/rules/decide.ts'
import type { DueLook } from './open-look.ts'

/** What is known to be new before a transcript is opened, in words. */
export function wantedBy({ around, cheap }: Pick<DueLook, 'around' | 'cheap'>): string {
  const { files, bytes } = around.changed
  const { sessions, units } = cheap.fresh
  const stored = sessions - files
  const told = [
    files > 0 ? `${counted(files, 'transcript')} new or changed (${kilobytes(bytes)})` : '',
    stored > 0 ? `${counted(stored, 'session')} not dreamt over` : '',
    units > 0 ? `${counted(units, 'unit')} of the memory new` : '',
  ].filter((part) => part !== '')
  return `${told.join(', ')}.`
}

/** A process that has been at it for longer than this is taken to be gone. */
export function isBusy({ kept, folder }: Pick<DueLook, 'kept' | 'folder'>): boolean {
  const { busySince } = kept.sleep
  if (busySince === null) return false
  const age = folder.now.getTime() - Date.parse(busySince)
  return age >= 0 && age < LIMITS.folderLookMs
}

/** Somebody else is at this memory. */
export function busy({ folder }: Pick<DueLook, 'folder'>): DueOutcome {
  const reason = 'Another process is looking after this memory now.'
  const nextLookAt = new Date(folder.now.getTime() + LIMITS.sleepLookMs)
  return waited({ outcome: 'wait', rule: 'dream_under_way', reason, nextLookAt, keeps: {} })
}

/** A person is in the middle of a plan: a second one over the same sessions would be in the way. */
export function inReview(standing: Dream, { folder }: Pick<DueLook, 'folder'>): Decision {
  const { id } = standing
  const reason = `${id} waits and somebody has decided on some of it: apply it, or discard it, and the next dream comes.`
  const nextLookAt = new Date(folder.now.getTime() + LIMITS.sleepLookMs)
  return { outcome: 'wait', rule: 'awaits_review', reason, nextLookAt, keeps: {} }
}

/** The outcome of a look that ended without a dream. */
export function waited({ rule, reason, nextLookAt }: Decision): DueOutcome {
  return {
    outcome: 'waited',
    rule,
    reason,
    nextLookAt: nextLookAt.toISOString(),
    dream: null,
    applied: null,
    replaced: null,
  }
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

function kilobytes(bytes: number): string {
  return bytes < 1_000 ? `${bytes} B` : `${Math.round(bytes / 1_000)} kB`
}
