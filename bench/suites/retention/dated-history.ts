import { readdirSync, readFileSync } from 'node:fs'
import type { BenchContext } from '../../harness/suite.ts'
import { type TimedSession, type Turn, timedSession } from './timed-sessions.ts'

/** Many dated conversations of one person, and a question about what they said in some of them. */
export interface HistoryFile {
  readonly id: string
  readonly sessions: readonly {
    readonly id: string
    /** `2023/07/12 (Wed) 10:14`. */
    readonly date: string
    readonly turns: readonly Turn[]
  }[]
  readonly gold: {
    readonly question_type: string
    readonly answers: readonly string[]
    readonly superseded_value?: string | null
    readonly current_value?: string | null
    readonly evidence_turns: readonly {
      readonly session: string
      readonly turn: number
      readonly role: Turn['role']
    }[]
  }
}

export interface History {
  readonly id: string
  readonly gold: HistoryFile['gold']
  /** As in the file, which need not be in the order of time. */
  readonly sessions: readonly TimedSession[]
  /** Times of the evidence turns of the user: what only the agent said is nobody's memory. */
  readonly evidence: readonly string[]
  /** Times of the user's other turns. */
  readonly others: readonly string[]
  /** Turns of both that are no evidence. */
  readonly fillers: number
}

const FOLDER = ['sessions', 'longmemeval'] as const

/** All histories of the data folder, by file name; none, with a note, without the folder. */
export function readHistories({ data, note }: BenchContext): readonly History[] {
  if (!data.has(...FOLDER)) {
    note(`no ${FOLDER.join('/')}; the set is left out`)
    return []
  }
  return readdirSync(data.path(...FOLDER))
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => JSON.parse(readFileSync(data.path(...FOLDER, name), 'utf8')) as HistoryFile)
    .map(historyOf)
}

function historyOf(file: HistoryFile): History {
  const gold = file.gold.evidence_turns.filter(({ role }) => role === 'user')
  const isGold = new Set(gold.map(({ session, turn }) => `${session} ${turn}`))
  const sessions = file.sessions.map((session, place) =>
    timedSession(session.id, startOf(session.date), session.turns, place),
  )
  const turns = sessions.flatMap(({ id, times, messages }) =>
    messages.map(({ role }, n) => ({ role, at: times[n] ?? '', isGold: isGold.has(`${id} ${n}`) })),
  )
  const evidence = turns.filter(({ isGold: isOne }) => isOne).map(({ at }) => at)
  if (evidence.length !== isGold.size) throw new Error(`${file.id} names turns that it has not.`)
  return {
    id: file.id,
    gold: file.gold,
    sessions,
    evidence,
    fillers: turns.length - evidence.length,
    others: turns.filter((turn) => turn.role === 'user' && !turn.isGold).map(({ at }) => at),
  }
}

/** The conversations in the order of time. */
export function byTime(sessions: readonly TimedSession[]): readonly TimedSession[] {
  return sessions.toSorted((a, b) => ((a.times[0] ?? '') < (b.times[0] ?? '') ? -1 : 1))
}

function startOf(date: string): Date {
  const [, day, time] = /^(\d{4}\/\d{2}\/\d{2})[^\d]*(\d{2}:\d{2})$/.exec(date) ?? []
  if (day === undefined || time === undefined) throw new Error(`"${date}" is no date of a session.`)
  return new Date(`${day.replaceAll('/', '-')}T${time}:00Z`)
}
