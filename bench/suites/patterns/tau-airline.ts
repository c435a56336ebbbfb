import { readFileSync } from 'node:fs'
import type { Change } from '../../../src/core/change.ts'
import { shareRow } from '../../harness/row.ts'
import { type BenchContext, type BenchSet, itemsOf } from '../../harness/suite.ts'
import { citedSessions, isFalselyRecurring, lessonsOf, textOf, toldBy } from './lesson-checks.ts'

interface Run {
  readonly task: string
  readonly trial: number
  readonly file: string
  readonly reward: number
  readonly user_id: string
  readonly gold_actions: readonly { readonly name: string }[]
}

interface ErrorKind {
  readonly error_kind: string
  readonly seen_in: readonly { readonly task: string; readonly trial: number }[]
}

const SET = 'tau-airline'
const PLACE = { suite: 'patterns', set: SET }
/** Trials of the first dream; the later ones tell which errors come back. */
const FIRST_TRIALS: ReadonlySet<number> = new Set([0, 1])

/**
 * Customer service runs, some tasks tried four times: what the tools refused in the first trials
 * and refuse again in the later ones. A second dream reads these, too.
 */
export const tauAirline: BenchSet = {
  name: SET,
  async run(context) {
    const runs = itemsOf<Run>({ ...context, limit: null }, 'patterns', `${SET}-runs`)
    const kinds = itemsOf<ErrorKind>(context, 'patterns', `${SET}-errors`)
    if (runs.length === 0 || kinds.length === 0 || !context.data.has('sessions', SET)) return []
    const of = (isFirst: boolean): readonly { readonly path: string }[] =>
      runs
        .filter(({ trial }) => FIRST_TRIALS.has(trial) === isFirst)
        .map(({ file }) => ({ path: context.data.path('sessions', SET, file) }))
    const first = await context.cases.dream({ memory: {}, transcripts: of(true) })
    const second = await context.cases.dreamAgain(first.folder, of(false))
    const early = toldBy(first)
    const all = toldBy(first, second)
    const back = kinds.filter(returns)
    const twice = back.filter(({ seen_in }) => firstRuns(seen_in) >= 2)
    const held = (kind: ErrorKind, told: readonly Change[], runsMin: number): boolean =>
      told.some((it) => isOf(kind, it) && citedSessions(it).length >= runsMin)
    const count = <T>(
      items: readonly T[],
      isHit: (item: T) => boolean,
    ): readonly [number, number] => [items.filter(isHit).length, items.length]
    const personal = personalIn(runs, context)
    const actions = new Set(
      runs
        .flatMap(({ gold_actions }) => gold_actions.map(({ name }) => name))
        .filter((name) => !LOOKING.test(name)),
    )
    return [
      ...shareRow(
        {
          ...PLACE,
          metric: 'found',
          class: 'trials 0 and 1',
          baselines: { no_dream: 0 },
          target: '>= 0.8',
        },
        ...count(back, (kind) => held(kind, early, 1)),
      ),
      ...shareRow(
        { ...PLACE, metric: 'found', class: 'trials 0 and 1, two runs cited', target: '>= 1' },
        ...count(twice, (kind) => held(kind, early, 2)),
      ),
      ...shareRow(
        { ...PLACE, metric: 'found', class: 'all trials, two runs cited', target: '>= 0.8' },
        ...count(back, (kind) => held(kind, all, 2)),
      ),
      ...shareRow(
        { ...PLACE, metric: 'false_recurring', target: '<= 0' },
        ...count(all, isFalselyRecurring),
      ),
      ...shareRow(
        { ...PLACE, metric: 'failed_recommended', target: '<= 0' },
        ...count(lessonsOf({ changes: all }), (it) => recommendsAction(it, actions)),
      ),
      ...shareRow(
        { ...PLACE, metric: 'leaked', target: '<= 0' },
        ...count(
          all.filter(({ pattern }) => pattern !== null),
          (it) => personal.some((word) => textOf(it).includes(word)),
        ),
      ),
    ]
  },
}

function returns({ seen_in }: ErrorKind): boolean {
  return firstRuns(seen_in) > 0 && seen_in.some(({ trial }) => !FIRST_TRIALS.has(trial))
}

function firstRuns(seen: ErrorKind['seen_in']): number {
  return seen.filter(({ trial }) => FIRST_TRIALS.has(trial)).length
}

/** The kind's words with anything in the place of its numbers: `flight HAT# not available`. */
function isOf({ error_kind }: ErrorKind, change: Change): boolean {
  const words = error_kind.split(/\s+/).map((word) => (word.includes('#') ? '\\S+' : escaped(word)))
  return new RegExp(words.join('\\s+'), 'i').test(textOf(change))
}

function escaped(word: string): string {
  return word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

/** Names of tools that change nothing. */
const LOOKING = /^(?:get|search|list|find|calculate|think)/

/** A call that changes data, other than the refused one, told as the way: many such runs failed. */
function recommendsAction(change: Change, actions: ReadonlySet<string>): boolean {
  const [refused = '', ...others] = textOf(change).match(/(?<=`)\w+(?=`)/g) ?? []
  return others.some((name) => name !== refused && actions.has(name))
}

/** Ids of users, reservations and payments, and users' names, as the runs hold them. */
function personalIn(runs: readonly Run[], { data }: BenchContext): readonly string[] {
  const ids = runs.flatMap(({ file }) => {
    const text = readFileSync(data.path('sessions', SET, file), 'utf8')
    const found = text.matchAll(
      /\\?"(?:user_id|reservation_id|payment_id|id)\\?":\s*\\?"([^"\\]+)/g,
    )
    return [...found].map(([, id = '']) => id)
  })
  const names = runs.flatMap(({ user_id }) => user_id.split('_').filter((it) => /^[a-z]/.test(it)))
  const written = names.flatMap((name) => [
    ` ${name} `,
    name.charAt(0).toUpperCase() + name.slice(1),
  ])
  return [...new Set([...ids, ...written])].filter(({ length }) => length >= ID_CHARS_MIN)
}

const ID_CHARS_MIN = 4
