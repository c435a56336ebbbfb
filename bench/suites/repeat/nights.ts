import type { DreamCases, Dreamt, Message } from '../../harness/dream-cases.ts'

/** The sessions that are new each night. */
export type Night = readonly (readonly Message[])[]

export interface Slept {
  /** After each night, in their order. */
  readonly mornings: readonly Dreamt[]
  /** Changes of one more dream over the last store and sessions it has read. */
  readonly changedAgain: number
}

/** One dream after the other over one folder; at the end once more over nothing new. */
export async function sleep(cases: DreamCases, nights: readonly Night[]): Promise<Slept> {
  const mornings: Dreamt[] = []
  for (const night of nights) {
    const last = mornings.at(-1)
    const next =
      last === undefined
        ? await cases.dream({ memory: {}, transcripts: night })
        : await cases.dreamAgain(last.folder, night)
    mornings.push(next)
  }
  const last = mornings.at(-1)
  if (last === undefined) throw new Error('A night has sessions.')
  const read = last.outcome.dream.snapshot.sessions.map(({ id }) => id)
  const again = await cases.reverie.dream({ memory: last.folder, sessions: read })
  return { mornings, changedAgain: again.changes.length }
}

/** Its lines are made from the rest. */
const INDEX = '/MEMORY.md'

/** The first morning's entries that stand in the store byte by byte, or left it into the ledger. */
export function survivors(
  first: Dreamt,
  later: Dreamt,
): { readonly kept: number; readonly of: number } {
  const entries = first.current.filter(
    ({ path, evidence }) => path !== INDEX && evidence.length > 0,
  )
  const standing = new Set(later.current.map(({ text }) => text))
  const left = new Set(later.ledger.map(({ text }) => text))
  return {
    kept: entries.filter(({ text }) => standing.has(text) || left.has(text)).length,
    of: entries.length,
  }
}

/** `items` in so many runs of equal length, the first ones longer by one where it does not divide. */
export function inNights<T>(items: readonly T[], count: number): readonly (readonly T[])[] {
  const runs = Array.from({ length: count }, (_, n) =>
    items.slice(Math.ceil((n * items.length) / count), Math.ceil(((n + 1) * items.length) / count)),
  )
  return runs.filter((run) => run.length > 0)
}
