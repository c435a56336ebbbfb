import { type TimedSession, timedSession } from './timed-sessions.ts'

/** A conversation of two people over many days. */
export interface Talk {
  readonly id: string
  /** `speaker_a`, `speaker_b`, and by number `session_1`, `session_1_date_time`, ... */
  readonly conversation: Readonly<Record<string, unknown>>
}

export interface TalkQuestion {
  /** The id of a talk. */
  readonly conversation: string
  readonly question: string
  readonly evidence: readonly string[]
  readonly category: number | string
  readonly exclude_from_evidence_score?: boolean
}

interface Said {
  readonly speaker: string
  readonly dia_id: string
  readonly text: string
}

/** A talk from the side of one of the two. */
export interface Side {
  readonly speaker: string
  readonly sessions: readonly TimedSession[]
  /** Time of each turn by its `dia_id`; those of the other are in it too. */
  readonly timeOf: ReadonlyMap<string, string>
}

/** The names of the two. */
export function speakersOf({ conversation }: Talk): readonly [string, string] {
  return [String(conversation.speaker_a), String(conversation.speaker_b)]
}

/**
 * What one person brings to their own agent: their own words are the user's, the other's are the
 * other side's. A memory belongs to one person, so a talk of two gives two memories.
 */
export function sideOf(talk: Talk, speaker: string): Side {
  const timeOf = new Map<string, string>()
  const sessions = sessionsOf(talk).map(({ name, at, turns }, place) => {
    const session = timedSession(
      `${talk.id} ${name}`,
      at,
      turns.map((turn) => ({
        role: turn.speaker === speaker ? 'user' : 'assistant',
        content: turn.text,
      })),
      place,
    )
    for (const [n, { dia_id }] of turns.entries()) timeOf.set(dia_id, session.times[n] ?? '')
    return session
  })
  return { speaker, sessions, timeOf }
}

/** `D1:3`, whether they stand alone or several in one string. */
export function evidenceOf({ evidence }: TalkQuestion): readonly string[] {
  return evidence.flatMap((cited) => cited.match(/D\d+:\d+/g) ?? [])
}

interface DatedTurns {
  readonly name: string
  readonly at: Date
  readonly turns: readonly Said[]
}

function sessionsOf({ conversation }: Talk): readonly DatedTurns[] {
  return Object.keys(conversation)
    .filter((key) => /^session_\d+$/.test(key))
    .toSorted((a, b) => Number(a.slice(8)) - Number(b.slice(8)))
    .flatMap((name) => {
      const at = dateOf(String(conversation[`${name}_date_time`] ?? ''))
      return at === null ? [] : [{ name, at, turns: conversation[name] as readonly Said[] }]
    })
}

/** `1:56 pm on 8 May, 2023`. */
function dateOf(text: string): Date | null {
  const [, hour, minute, half, day] =
    /^(\d{1,2}):(\d{2}) ?([ap])m on (\d{1,2} \w+,? \d{4})$/i.exec(text.trim()) ?? []
  if (hour === undefined || minute === undefined || day === undefined) return null
  const isAfternoon = half?.toLowerCase() === 'p'
  const hours = (Number(hour) % 12) + (isAfternoon ? 12 : 0)
  const midnight = Date.parse(`${day.replace(',', '')} 00:00 UTC`)
  return new Date(midnight + (hours * 60 + Number(minute)) * 60_000)
}
