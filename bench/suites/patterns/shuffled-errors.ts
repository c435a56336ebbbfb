import { seededRandom } from '../../../src/testing/seeded-random.ts'
import { figureRow, type Row, shareRow } from '../../harness/row.ts'
import { shuffled } from '../../harness/shuffled.ts'
import type { BenchContext, BenchSet } from '../../harness/suite.ts'
import { type AgentSession, dreamOver } from './agent-transcript.ts'
import { type ErrorChunk, errorGroups } from './error-pool.ts'
import { claimsRecurrence, lessonsOf, textOf, toldBy } from './lesson-checks.ts'

const SET = 'shuffled-errors'
const SHUFFLES = 200
const ORDER_SHUFFLES = 40
const CONTROLS = 20
const SESSIONS = 6
const ERRORS_MAX = 24

/**
 * The errors of real sessions, dealt anew under a seed. In the null every error lies in one
 * session, or in sessions that resume one another: nothing recurs, and nothing may be learned.
 */
export const shuffledErrors: BenchSet = {
  name: SET,
  async run(context) {
    const groups = errorGroups(context.data)
    if (groups.length === 0) {
      context.note('no sessions with tool errors; the shuffles are left out')
      return []
    }
    const pool: Pool = { groups, context }
    return [
      ...(await nullRows(pool, 'one session each', dealtApart)),
      ...(await nullRows(pool, 'sessions resumed', dealtToFamilies)),
      ...(await controlRows(pool)),
      ...(await orderRows(pool)),
    ]
  },
}

interface Pool {
  readonly groups: readonly (readonly ErrorChunk[])[]
  readonly context: BenchContext
}

type Groups = Pool['groups']
type Deal = (groups: Groups, random: () => number) => readonly AgentSession[]

async function nullRows(
  { groups, context }: Pool,
  name: string,
  deal: Deal,
): Promise<readonly Row[]> {
  const n = Math.min(context.limit ?? SHUFFLES, SHUFFLES) / 2
  const place = { suite: 'patterns', set: SET, class: name }
  let learned = 0
  let lessons = 0
  for (let at = 0; at < n; at += 1) {
    const random = seededRandom(context.seed * 1_000 + at)
    const dreamt = await dreamOver(deal(someOf(groups, random), random), context.cases)
    const found = toldBy(dreamt).filter(claimsRecurrence)
    for (const lesson of found) context.note(`${name}, shuffle ${at}: ${textOf(lesson)}`)
    lessons += found.length
    learned += Math.min(1, found.length)
  }
  return [
    ...shareRow({ ...place, metric: 'false_recurring', target: '<= 0' }, learned, Math.ceil(n)),
    figureRow(
      { ...place, metric: 'false_lessons', target: '<= 0' },
      lessons,
      Math.ceil(n),
      'count',
    ),
  ]
}

/** The same errors, each in sessions of their own: that the null learns nothing says something. */
async function controlRows({ groups, context }: Pool): Promise<readonly Row[]> {
  const n = Math.min(context.limit ?? CONTROLS, CONTROLS)
  const place = { suite: 'patterns', set: SET, class: 'control: errors recur' }
  let learned = 0
  for (let at = 0; at < n; at += 1) {
    const random = seededRandom(context.seed * 1_000 + at)
    const dreamt = await dreamOver(dealtOut(someOf(groups, random), random), context.cases)
    learned += Math.min(1, lessonsOf(dreamt).length)
  }
  return shareRow({ ...place, metric: 'found' }, learned, n)
}

/** Sessions in another order and under other ids tell the same. */
async function orderRows({ groups, context }: Pool): Promise<readonly Row[]> {
  const n = Math.min(context.limit ?? ORDER_SHUFFLES, ORDER_SHUFFLES)
  const random = seededRandom(context.seed)
  const sessions = dealtOut(someOf(groups, random), random)
  const told = async (given: readonly AgentSession[]): Promise<string> =>
    lessonsOf(await dreamOver(given, context.cases))
      .map(textOf)
      .sort()
      .join('\n')
  const expected = await told(sessions)
  let same = 0
  for (let at = 0; at < n; at += 1) {
    const renamed = sessions.map((session) => ({
      ...session,
      id: `s${Math.floor(random() * 1e9)}`,
    }))
    same += Number((await told(shuffled(renamed, random))) === expected)
  }
  const place = { suite: 'patterns', set: SET, class: 'order and ids of sessions' }
  return shareRow({ ...place, metric: 'same_lessons', target: '>= 1' }, same, n)
}

/** Whole groups, with those that recur in truth first: they are what could be learned falsely. */
function someOf(groups: Groups, random: () => number): Groups {
  const isRecurring = (group: Groups[number]): boolean =>
    new Set(group.map(({ session }) => session)).size > 1
  const drawn = shuffled(groups, random).toSorted(
    (a, b) => Number(isRecurring(b)) - Number(isRecurring(a)),
  )
  let count = 0
  return drawn.flatMap((group) => {
    if (count >= ERRORS_MAX) return []
    const taken = shuffled(group, random).slice(0, SESSIONS)
    count += taken.length
    return [taken]
  })
}

const dealtApart: Deal = (groups, random) => {
  const hands = emptyHands(null)
  for (const group of groups) handOf(hands, random).turns.push(...group.flatMap(turnsOf))
  return hands
}

/** All chunks of a group go to one family, each to any session of it. */
const dealtToFamilies: Deal = (groups, random) => {
  const families = [emptyHands('a'), emptyHands('b')]
  for (const group of groups) {
    const family = families[Math.floor(random() * families.length)] ?? []
    for (const chunk of group) handOf(family, random).turns.push(...turnsOf(chunk))
  }
  return families.flat()
}

/** The chunks of a group go to different sessions. */
const dealtOut: Deal = (groups, random) => {
  const hands = emptyHands(null)
  for (const group of groups) {
    const order = shuffled(hands, random)
    for (const [at, chunk] of group.entries()) order[at % SESSIONS]?.turns.push(...turnsOf(chunk))
  }
  return hands
}

type Hand = Omit<AgentSession, 'turns'> & { readonly turns: AgentSession['turns'][number][] }

/** Sessions of one day each; of a family each resumes the one before it. */
function emptyHands(family: string | null): readonly Hand[] {
  const name = (at: number): string => `${family ?? 'session'}-${at}`
  return Array.from({ length: SESSIONS }, (_, at) => ({
    id: name(at),
    day: `2026-04-0${at + 1}`,
    resumed: family === null || at === 0 ? null : name(at - 1),
    turns: [{ user: 'Please go on with the work on the list.' }],
  }))
}

function handOf(hands: readonly Hand[], random: () => number): Hand {
  const hand = hands[Math.floor(random() * hands.length)]
  if (hand === undefined) throw new RangeError('There are no sessions to deal to.')
  return hand
}

function turnsOf({ turns }: ErrorChunk): ErrorChunk['turns'] {
  return turns
}
