import type { ScheduleDraft } from '../../src/core/schedule.ts'
import { DAY, type Habit, HOUR } from './month-agents.ts'

/** What really happened to one agent, told without the storage. */
export interface Truth {
  readonly habit: Habit
  readonly rules: ScheduleDraft
  readonly createdAt: number
  readonly events: {
    readonly id: string
    readonly session: string
    readonly at: number
    readonly tokens: number
  }[]
  readonly read: Set<string>
  readonly writes: number[]
  unitsNew: number
  isOff: boolean
  /** The dream that has not ended. */
  underWay: {
    readonly events: readonly string[]
    readonly units: number
    readonly madeAt: number
  } | null
  lastTry: number | null
  hasFailed: boolean
  cooldown: number
  share: number | null
  lastCronDay: string
  readonly spent: { readonly day: string; tokens: number }[]
}

export function newTruth(habit: Habit, rules: ScheduleDraft, createdAt: number): Truth {
  const truth: Truth = {
    habit,
    rules,
    createdAt,
    events: [],
    read: new Set(),
    writes: [],
    unitsNew: 0,
    isOff: false,
    underWay: null,
    lastTry: null,
    hasFailed: false,
    cooldown: rules.cooldownMs,
    share: null,
    lastCronDay: '',
    spent: [],
  }
  truth.lastCronDay = latestCronDay(truth, createdAt)
  return truth
}

/** The day of a zone, `2026-10-25`. */
export function dayIn(timeZone: string, at: number): string {
  return shown('sv-SE', timeZone, 'short', undefined, at)
}

function wall(timeZone: string, at: number): string {
  return shown('en-GB', timeZone, undefined, 'short', at)
}

type Style = Intl.DateTimeFormatOptions['dateStyle']

const formats = new Map<string, Intl.DateTimeFormat>()

function shown(
  locale: string,
  timeZone: string,
  dateStyle: Style,
  timeStyle: Style,
  at: number,
): string {
  const key = `${locale} ${timeZone}`
  const format =
    formats.get(key) ?? new Intl.DateTimeFormat(locale, { timeZone, dateStyle, timeStyle })
  formats.set(key, format)
  return format.format(at)
}

/** The last day whose cron time has come; the schedules of the month are daily. */
function latestCronDay({ rules }: Truth, now: number): string {
  if (rules.cron === null) return ''
  const [minute = '', hour = ''] = rules.cron.split(' ')
  const time = `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`
  const { timeZone } = rules
  return wall(timeZone, now) >= time ? dayIn(timeZone, now) : dayIn(timeZone, now - DAY)
}

function adapted(cooldown: number, share: number | null): number {
  if (share === null) return cooldown
  if (share < 0.02) return Math.min(2 * cooldown, 7 * DAY)
  return share > 0.2 ? Math.max(cooldown / 2, 4 * HOUR) : cooldown
}

/**
 * The rule that has to decide at a time, from the words of the rules and what really happened. Notes
 * the cron times that have had their answer.
 */
export function expectedRule(truth: Truth, now: number): string {
  const { rules } = truth
  const unread = truth.events.filter(({ id }) => !truth.read.has(id))
  if (truth.isOff) return over(truth, now, 'disabled')
  if (truth.underWay !== null) return 'dream_under_way'
  if (unread.length === 0 && truth.unitsNew === 0) return over(truth, now, 'nothing_new')
  if (truth.events.length === 0) return over(truth, now, 'no_sessions')
  const wanted = wantedBy(truth, unread, now)
  if (!wanted.isEnough) return wanted.rule
  const isLate = wanted.rule === 'latest_by'
  const byClock = wanted.rule === 'cron'
  const cooldownEnd = (truth.lastTry ?? 0) + adapted(truth.cooldown, truth.share)
  if (!byClock && truth.lastTry !== null && now < cooldownEnd) return 'cooldown'
  const active = Math.max(0, ...truth.events.map(({ at }) => at), ...truth.writes)
  if (!byClock && !isLate && now - active < rules.idleMs) return 'not_idle'
  if (isQuiet(rules, now)) return 'quiet_hours'
  const today = dayIn(rules.timeZone, now)
  const spent = truth.spent.filter(({ day }) => day === today)
  const tokens = spent.reduce((sum, one) => sum + one.tokens, 0)
  if (rules.tokensPerDay !== null && tokens >= rules.tokensPerDay) return 'budget'
  return wanted.rule
}

interface Wanted {
  readonly isEnough: boolean
  readonly rule: string
}

function wantedBy(truth: Truth, unread: Truth['events'], now: number): Wanted {
  const { rules, habit } = truth
  const sessions = new Set(unread.map(({ session }) => session)).size
  const tokens = unread.reduce((sum, event) => sum + event.tokens, 0)
  if (rules.cron !== null && latestCronDay(truth, now) > truth.lastCronDay) {
    return { isEnough: true, rule: 'cron' }
  }
  const since = truth.lastTry ?? truth.createdAt
  if (rules.latestByMs !== null && now >= since + rules.latestByMs) {
    return { isEnough: true, rule: 'latest_by' }
  }
  if (rules.cron !== null) {
    return { isEnough: truth.hasFailed, rule: truth.hasFailed ? 'retry' : 'before_cron' }
  }
  const named = [
    ['sessions', sessions, rules.sessionsMin],
    ['tokens', tokens, rules.tokensMin],
    ['units', truth.unitsNew, rules.unitsMin],
  ] as const
  if (named.some(([, , least]) => least !== null)) {
    const met = named.find(([, there, least]) => least !== null && there >= least)
    return { isEnough: met !== undefined, rule: met?.[0] ?? 'below_minimum' }
  }
  const input = Math.max(sessions / 5, tokens / 150_000, truth.unitsNew / 50)
  const isEnough = input + (0.5 * habit.duplicates) / 0.1 >= 1
  return { isEnough, rule: isEnough ? 'pressure' : 'low_pressure' }
}

function isQuiet({ quietHours, timeZone }: ScheduleDraft, now: number): boolean {
  if (quietHours === null) return false
  const time = wall(timeZone, now)
  const { from, until } = quietHours
  return from < until ? from <= time && time < until : time >= from || time < until
}

function over(truth: Truth, now: number, rule: string): string {
  truth.lastCronDay = latestCronDay(truth, now)
  return rule
}

/** A dream was made: what it reads is settled now, whether it counts is not. */
export function noteRun(truth: Truth, now: number, rule: string): void {
  truth.cooldown = adapted(truth.cooldown, truth.share)
  truth.share = null
  truth.lastTry = now
  if (rule === 'cron') truth.lastCronDay = latestCronDay(truth, now)
  const events = truth.events.map(({ id }) => id)
  truth.underWay = { events, units: truth.unitsNew, madeAt: now }
  truth.spent.push({ day: dayIn(truth.rules.timeZone, now), tokens: 0 })
}

/** The dream has ended; only a completed one has read anything. */
export function noteEnd(truth: Truth, isCompleted: boolean): void {
  const dream = truth.underWay
  if (dream === null) return
  truth.underWay = null
  truth.hasFailed = !isCompleted
  if (!isCompleted) return
  for (const id of dream.events) truth.read.add(id)
  truth.unitsNew -= dream.units
  const spent = truth.spent.at(-1)
  if (spent !== undefined) spent.tokens = truth.habit.tokensPerDream
  if (truth.habit.review !== null) truth.share = truth.habit.review === 'applied' ? 1 : 0
}
