/** Sessions that were read for what recurs in them and for nothing else. */
export interface OthersRead {
  /** Parts of sessions that were read, and those that nobody could be counted for. */
  readonly sessions: number
  readonly unheard: number
  /** Patterns that were told, and those that too few independent users share. */
  readonly told: number
  readonly belowUsersMin: number
}

/** What became of the sessions of others, in plain words and counts. */
export function othersWords({ sessions, unheard, told, belowUsersMin }: OthersRead): string {
  const patterns = `${told} ${told === 1 ? 'pattern' : 'patterns'} told`
  const parts = [
    `Sessions of others: ${sessions} read for what recurs in them, ${patterns}`,
    ...(belowUsersMin === 0 ? [] : [`${belowUsersMin} that too few users share`]),
    ...(unheard === 0 ? [] : [`${unheard} not read: they count for nobody`]),
  ]
  return `${parts.join(', ')}.`
}
