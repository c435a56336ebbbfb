/** That an agent told us a session is over: it is at rest, however short ago it was written to. */
export interface SessionEnd {
  /** Absolute path of its transcript. */
  readonly transcript: string
  /** ISO 8601. */
  readonly at: string
}

/** Name of the file of the state folder that ends are told in until they are noted. */
export const SESSION_ENDS_FILE = 'session-ends.jsonl'

/** One line of that file. */
export function sessionEndLine({ transcript, at }: SessionEnd): string {
  return `${JSON.stringify({ transcript, at })}\n`
}

/** What a line tells; null = it was cut off, or nobody can read it. */
export function sessionEndIn(line: string): SessionEnd | null {
  let told: unknown
  try {
    told = JSON.parse(line)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
  if (told === null || typeof told !== 'object') return null
  const { transcript, at } = told as Partial<Record<keyof SessionEnd, unknown>>
  if (typeof transcript !== 'string' || !transcript.startsWith('/')) return null
  if (typeof at !== 'string' || Number.isNaN(Date.parse(at))) return null
  return { transcript, at: new Date(at).toISOString() }
}
