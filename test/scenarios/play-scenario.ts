import { cpSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Departure, DreamOutcome, DreamRequest } from '../../src/reverie.ts'
import { FolderWorld, filesBelow } from '../support/folder-world.ts'
import type { Files } from './expectations.ts'
import type { Part, Scenario } from './scenario.ts'

/** What happens to the memory of one part: a dream, its changes, the same dream again, the way back. */
export interface Played {
  readonly outcome: DreamOutcome
  /** Null where the dream asked nothing. */
  readonly departure: Departure | null
  readonly before: Files
  readonly after: Files
  /** The same request once more, after the changes were applied. */
  readonly again: DreamOutcome
  readonly reverted: Files
}

export type PlayOptions = Pick<DreamRequest, 'model' | 'smallModel' | 'budget' | 'cassette'>

/** Plays a part in temporary folders, on a fixed day. `model: 'none'` = embedded mode. */
export async function play(part: Part, options: PlayOptions): Promise<Played> {
  await using world = await FolderWorld.open(textsBelow(part.memory))
  cpSync(part.sessions, world.sessions, { recursive: true })
  const before = world.files()
  let departure: Departure | null = null
  const onDeparture = (told: Departure): void => {
    departure ??= told
  }
  const outcome = await world.dream({ ...options, onDeparture })
  const isApplied = outcome.changes.some(({ status }) => status === 'proposed')
  if (isApplied) await world.reverie.apply(outcome.dream.id)
  const after = world.files()
  const again = await world.dream({ ...options, onDeparture })
  if (isApplied) await world.reverie.revert(outcome.dream.id)
  return { outcome, departure, before, after, again, reverted: world.files() }
}

/** One dream over the sessions of all parts, which is refused where they name several people. */
export async function playTogether(scenario: Scenario): Promise<DreamOutcome> {
  const [first] = scenario.parts
  if (first === undefined) throw new Error(`${scenario.name} has no part.`)
  await using world = await FolderWorld.open(textsBelow(first.memory))
  const sessions = scenario.parts.map((part) => part.sessions)
  return await world.dream({ sessions, model: 'none' })
}

/** The files of a folder as text, by relative name. */
export function textsBelow(folder: string): Files {
  const names = Object.keys(filesBelow(folder))
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]))
}

/** Rows of the transcripts of a part, sub-agents included. */
export function rowsOf({ sessions }: Part): number {
  return readdirSync(sessions, { recursive: true, encoding: 'utf8' })
    .map((name) => join(sessions, name))
    .filter((file) => file.endsWith('.jsonl') && statSync(file).isFile())
    .reduce((sum, file) => sum + readFileSync(file, 'utf8').trimEnd().split('\n').length, 0)
}
